// The child process of job.ts: opens its side, then times each stage that it is told. Opening is outside the timer.

import type { Done, Facts, SideName, World } from './job.js';

/** Stages by name; each answers with what it found. */
export interface Side {
  stages: Readonly<Record<string, () => Promise<Facts>>>;
  close(): Promise<void>;
}

const BUNDLED = new URL('../bundle/yika.js', import.meta.url).href;

const OPENERS: Readonly<Record<SideName, () => Promise<(world: World) => Promise<Side>>>> = {
  // As commands are loaded: from a bundle.
  yika: async () => ((await import(BUNDLED)) as typeof import('./yika.js')).openYika,
  postgres: async () => (await import('./peers/postgres.js')).openPostgres,
  duckdb: async () => (await import('./peers/duckdb.js')).openDuckDb,
  readers: async () => (await import('./peers/readers.js')).openReaders,
};

let side: Promise<Side> | undefined;

process.on('message', (message: World | string) => {
  void hear(message).catch((error: unknown) => {
    process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
});

async function hear(message: World | string): Promise<void> {
  if (typeof message !== 'string') {
    side = OPENERS[process.argv[2] as SideName]().then((open) => open(message));
    // A failure is told when the first stage asks for the side.
    side.catch(() => undefined);
    return;
  }
  if (message === 'end') {
    await (await side?.catch(() => undefined))?.close();
    process.disconnect();
    return;
  }
  const opened = await (side as Promise<Side>);
  const stage = opened.stages[message];
  if (!stage) throw new Error(`no stage ${message}`);
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const facts = await stage();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.send?.({ seconds, cpu: (user + system) / 1e6, facts, megabytes } satisfies Done);
}
