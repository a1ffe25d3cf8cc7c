// What a person waits for at a terminal: the help text, and a small roster while the database runs.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { World } from './job.js';
import { ROOT } from './root.js';
import type { RoundInput } from './round.js';
import { PROGRAMME } from './sample-files.js';

/** A month that no other stage uses, so that nobody on the small roster was paid. */
const PERIOD = '2026-12';

export async function measureCommands(input: RoundInput & { world: World }): Promise<void> {
  const { book, world, tell } = input;
  const { host, port, user, database } = world.database;
  const url = `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  const place = ['--database', url, '--data', world.dataFolder, '--actor', 'maker'];
  const roster = ['roster', 'import', world.files.smallRoster, '--programme', PROGRAMME, '--period', PERIOD];
  const commands: readonly (readonly [stage: string, args: readonly string[]])[] = [
    ['command: yika --help', ['--help']],
    ['command: a roster of 1,000 lines', [...roster, ...place]],
  ];
  for (const [stage, args] of commands) {
    const started = performance.now();
    const child = spawn(process.execPath, [join(ROOT, 'bin/yika.js'), ...args], { stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number | null];
    // 1 says that there are findings to look at.
    if (code !== 0 && code !== 1) throw new Error(`${stage} ended with ${code}`);
    const seconds = (performance.now() - started) / 1000;
    book.add(stage, 'yika', { seconds, cpu: Number.NaN, facts: {}, megabytes: undefined });
    tell(`${stage}: ${seconds.toFixed(3)} s`);
  }
}
