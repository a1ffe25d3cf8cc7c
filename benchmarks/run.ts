// The benchmark: ours and its peers in the same run, on the same data, with the same results or none.
// `npm run bench -- --help` tells the options.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, pid, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { Book } from './book.js';
import { Cluster } from './cluster.js';
import { environmentOf, loadNow } from './environment.js';
import { type BenchOptions, parseOptions, USAGE } from './options.js';
import { drawPlots } from './plots.js';
import { reportOf, tableOf } from './report.js';
import { ROOT } from './root.js';
import { runRound } from './round.js';
import { sampleFiles } from './sample-files.js';

const tell = (line: string): void => void stderr.write(`${line}\n`);

async function bench(options: BenchOptions): Promise<boolean> {
  await mkdir(options.data, { recursive: true });
  tell('data');
  const files = await sampleFiles(options);
  const cluster = await Cluster.open(join(options.data, `run-${pid}`));
  const book = new Book();
  try {
    const environment = await environmentOf(cluster);
    for (let round = 1; round <= options.repeat; round++) {
      tell(`round ${round} of ${options.repeat}`);
      await runRound({ options, files, cluster, book, round, tell });
    }
    book.compareSides();
    book.compareExpected('roster', files.expected);
    const report = reportOf(book, options, { ...environment, load: [...environment.load, loadNow()] });
    stdout.write(tableOf(report));
    if (options.json !== undefined)
      await writeFile(options.json, `${JSON.stringify(report, undefined, 1)}\n`);
    return book.differences.length === 0;
  } finally {
    await cluster.close();
  }
}

async function formats(): Promise<void> {
  const program = fileURLToPath(new URL('bank-file.js', import.meta.url));
  await once(spawn(process.execPath, [program], { stdio: 'inherit' }), 'exit');
}

async function main(): Promise<void> {
  const options = parseOptions(argv.slice(2));
  if (options === 'help') return void stdout.write(USAGE);
  if (options.plot.length > 0) {
    const paths = await drawPlots(options.plot, join(ROOT, 'benchmarks', 'plots'));
    return void stdout.write(`${paths.join('\n')}\n`);
  }
  if (options.formats) await formats();
  if (options.only.length > 0 && !(await bench(options))) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 70;
});
