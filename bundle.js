// Puts the command line and its threads into few files: Node finds, reads and links each module by itself, and a command has four
// hundred of them. Part of `npm run build`; names of functions and lines stay readable in a stack trace.

import { rolldown } from 'rolldown';
import { parseFormat } from './dist/bank-file/parse-definition.js';
import { keyOfFormat, paymentSideOf, readFormats } from './dist/config/load-formats.js';
import { FORMATS_FOLDER } from './dist/config/package-root.js';

/** Parsing a format takes a new process 30 ms, and a roster needs those of all banks. */
const preparedFormats = {
  name: 'prepared-formats',
  load(id) {
    if (!/src[\\/]config[\\/]prepared-formats\.ts$/.test(id)) return null;
    const sides = readFormats(FORMATS_FOLDER).map(paymentSideOf);
    const entries = sides.map((side) => `["${keyOfFormat(side)}", () => (${literal(parseFormat(side))})]`);
    return { code: `export const PREPARED = new Map([\n${entries.join(',\n')}\n]);\n`, moduleType: 'js' };
  },
};

/** Plain data as JavaScript: unlike JSON with whole numbers of any size, and with what is there and undefined. */
function literal(value) {
  if (typeof value === 'bigint') return `${value}n`;
  if (value === undefined) return 'undefined';
  if (Array.isArray(value)) return `[${value.map(literal).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${literal(inner)}`)}}`;
}

const THREADS = {
  'answer-thread': 'src/worker/answer-thread.ts',
  'cardholder-thread': 'src/worker/cardholder-thread.ts',
  'roster-thread': 'src/worker/roster-thread.ts',
};

/** All goes into one folder: threads and the package's root are found from where the importer stands. */
async function bundle(input, dir) {
  const built = await rolldown({
    input: { ...input, ...THREADS },
    platform: 'node',
    // Piscina starts threads from a file of its own.
    external: ['piscina'],
    plugins: [preparedFormats],
  });
  await built.write({
    dir,
    cleanDir: true,
    chunkFileNames: '[name].js',
    // Help is one file.
    codeSplitting: { groups: [{ name: 'help', test: /src[\\/]cli[\\/]main\.ts$/ }] },
    comments: { legal: true, annotation: false, jsdoc: false },
    sourcemap: true,
  });
  await built.close();
}

// The benchmark measures what a command runs, so it gets a bundle too.
if (process.argv[2] === 'bench') await bundle({ yika: 'benchmarks/yika.ts' }, 'dist-bench/bundle');
else await bundle({ main: 'src/cli/main.ts' }, 'dist/bundle');
