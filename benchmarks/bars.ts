// Ratios, and the bars that they are held against. A bar is meant for `province` on two cores; smaller sizes show the same
// ratios, and fixed costs weigh more there.

import type { Book } from './book.js';
import type { SideName } from './job.js';
import type { BenchOptions } from './options.js';
import { SIZES } from './options.js';

export interface Bar {
  name: string;
  value: number;
  /** The same by processor time, which other work on the machine disturbs less. */
  byCpu?: number | undefined;
  limit: number;
  /** Most bars are upper limits. */
  atLeast: boolean;
  unit: 'times' | 'seconds' | 'megabytes';
}

export const MONTH: Readonly<Record<'yika' | 'postgres' | 'duckdb', readonly string[]>> = {
  yika: ['roster', 'submit and approve', 'release', 'returns', 'reconcile', 'verify'],
  postgres: ['roster', 'release', 'returns', 'reconcile', 'verify'],
  duckdb: ['roster', 'release', 'returns', 'reconcile', 'verify'],
};

/** Seconds of a whole month; undefined unless all its stages were measured. */
export function monthOf(
  book: Book,
  side: keyof typeof MONTH,
  of: 'seconds' | 'cpu' = 'seconds',
): number | undefined {
  const seconds = MONTH[side].map((stage) => book.median(stage, side, of));
  return seconds.every((value) => value !== undefined)
    ? seconds.reduce((sum, value) => sum + value, 0)
    : undefined;
}

const RATIOS: readonly (readonly [
  name: string,
  stage: string,
  peer: SideName,
  peerStage: string,
  limit: number,
])[] = [
  ['base, every row checked: yika / PostgreSQL COPY and unique index', 'base', 'postgres', 'base', 1],
  ['roster: yika / set-based PostgreSQL', 'roster', 'postgres', 'roster', 0.25],
  ['roster: yika (durable) / DuckDB (keeps nothing)', 'roster', 'duckdb', 'roster', 1],
  ["release: yika / PostgreSQL's COPY TO a bank", 'release', 'postgres', 'release', 1],
  ['returns: yika / PostgreSQL that appends', 'returns', 'postgres', 'returns', 0.7],
  ['returns: yika / PostgreSQL that updates', 'returns', 'postgres', 'returns by UPDATE', 0.2],
];

export function bars(book: Book, options: BenchOptions): Bar[] {
  const found: Bar[] = [];
  const add = (name: string, value: number | undefined, limit: number, rest: Partial<Bar> = {}): void => {
    if (value !== undefined) found.push({ name, value, limit, atLeast: false, unit: 'times', ...rest });
  };
  for (const [name, stage, peer, peerStage, limit] of RATIOS) {
    const byCpu = quotient(book.median(stage, 'yika', 'cpu'), book.median(peerStage, peer, 'cpu'));
    add(name, quotient(book.median(stage, 'yika'), book.median(peerStage, peer)), limit, { byCpu });
  }
  add(
    'whole month: yika / set-based PostgreSQL',
    quotient(monthOf(book, 'yika'), monthOf(book, 'postgres')),
    0.3,
    { byCpu: quotient(monthOf(book, 'yika', 'cpu'), monthOf(book, 'postgres', 'cpu')) },
  );
  const inSeconds = { unit: 'seconds' } as const;
  add('directory from disk', book.median('directory from disk', 'yika'), 1, inSeconds);
  add('directory from PostgreSQL', book.median('directory from PostgreSQL', 'yika'), 5, inSeconds);
  add('yika --help', book.median('command: yika --help', 'yika'), 0.15, inSeconds);
  add('a roster of 1,000 lines', book.median('command: a roster of 1,000 lines', 'yika'), 1, inSeconds);
  // The bar is that the second processor is used. An import shares it with the server, hence the checks alone beside it; one
  // thread that checks and the one that reads and merges are two already, hence one processor beside one thread.
  const used: readonly (readonly [what: string, one: string])[] = [
    ['checks', 'one thread'],
    ['checks', 'one processor'],
    ['roster', 'one thread'],
  ];
  for (const [what, one] of used) {
    const ratio = quotient(
      book.median(`${what} on ${one}`, 'yika'),
      book.median(`${what} on two threads`, 'yika'),
    );
    add(`${what}: ${one} / two threads`, ratio, 1.7, { atLeast: true });
  }
  const peaks = book.measures.filter(({ side }) => side === 'yika').map(({ megabytes }) => megabytes ?? 0);
  const peak = Math.max(0, ...peaks);
  const allowed = 300 + (48 * SIZES[options.size].cardholders) / 1024 / 1024;
  add('peak memory of our process', peak || undefined, allowed, { unit: 'megabytes' });
  return found;
}

function quotient(ours: number | undefined, other: number | undefined): number | undefined {
  return ours === undefined || other === undefined ? undefined : ours / other;
}

export function holds({ value, limit, atLeast }: Bar): boolean {
  return atLeast ? value >= limit : value <= limit;
}
