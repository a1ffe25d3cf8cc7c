// How many threads read a file: by its size, by what was asked for, and by where the server runs.

import { expect, it } from 'vitest';
import { threadsForBytes } from '../../src/operation/threads-for.js';
import type { Database } from '../../src/store/connection.js';

const MIB = 1024 * 1024;
const on = (kind: Database['kind'], threads: number, areThreadsGiven = false) => ({
  threads,
  areThreadsGiven,
  database: { kind } as Database,
});

it.each([
  ['a small file is read by the calling thread', 8 * MIB, on('embedded', 8), 0],
  ['so is a very small one when a number was given', MIB, on('embedded', 8, true), 0],
  ['a larger one by a thread', 9 * MIB, on('server', 8), 1],
  ['a large one leaves a processor to the server beside it', 100 * MIB, on('embedded', 8), 7],
  ['and has one at least', 100 * MIB, on('embedded', 1), 1],
  ['with the server elsewhere it has all', 100 * MIB, on('server', 8), 8],
  ['a number that was given is kept', 2 * MIB, on('embedded', 8, true), 8],
  ['what cannot be measured may be large', undefined, on('embedded', 4), 3],
])('%s', (_what, bytes, context, threads) => {
  expect(threadsForBytes(bytes, context)).toBe(threads);
});
