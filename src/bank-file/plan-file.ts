// How many rows go into which file and which batch, in order. Greedy and deterministic: a batch is closed when the next
// row would break a limit of the batch, a file when it would break one of the file.

import { EngineError } from '../base/error.js';
import type { FileLimits } from './definition.js';

export interface PlannedBatch {
  /** In its file, 1-based. */
  readonly ordinal: number;
  /** Index of its first row among all rows, 0-based. */
  readonly first: number;
  readonly count: number;
}

export interface PlannedFile {
  readonly part: number;
  readonly parts: number;
  readonly first: number;
  readonly count: number;
  readonly batches: readonly PlannedBatch[];
}

/** Rows that may share a batch; a limit `ownAndOther` puts the next group into another batch or file. */
export interface RowGroup {
  readonly count: number;
}

/**
 * Plans files for `count` rows, or for groups of rows (own bank first, then the others). `amountAt` gives the fen of
 * row n (0-based) and is needed only where the limits bound amounts. Throws PAYMENT_FILE_REFUSED when one row alone
 * breaks a limit.
 */
export function planFile(
  limits: FileLimits,
  rows: number | readonly RowGroup[],
  amountAt?: (index: number) => number,
): PlannedFile[] {
  const groups = typeof rows === 'number' ? [{ count: rows }] : rows;
  const planner =
    amountAt !== undefined && boundsAmounts(limits) ? byAmount(limits, amountAt) : byCount(limits);
  const files: PlannedBatch[][] = [];
  let first = 0;
  groups.forEach((group, index) => {
    if (group.count === 0) return;
    const newFile = files.length === 0 || (index > 0 && limits.ownAndOther === 'apartByFile');
    planner(first, group.count, newFile, files);
    first += group.count;
  });
  return files.map((batches, index) => ({
    part: index + 1,
    parts: files.length,
    first: batches[0]!.first,
    count: batches.reduce((sum, batch) => sum + batch.count, 0),
    batches,
  }));
}

function boundsAmounts(limits: FileLimits): boolean {
  return limits.amountPerBatchFen !== undefined || limits.amountPerFileFen !== undefined;
}

type Planner = (first: number, count: number, newFile: boolean, files: PlannedBatch[][]) => void;

function rowsIn(batches: readonly PlannedBatch[]): number {
  return batches.reduce((sum, batch) => sum + batch.count, 0);
}

function byCount(limits: FileLimits): Planner {
  return (first, count, newFile, files) => {
    let at = first;
    let left = count;
    let file = newFile ? undefined : files.at(-1);
    while (left > 0) {
      const room = file === undefined ? 0 : (limits.rowsPerFile ?? Infinity) - rowsIn(file);
      if (file === undefined || room <= 0 || file.length >= (limits.batchesPerFile ?? Infinity)) {
        file = [];
        files.push(file);
        continue;
      }
      const take = Math.min(left, room, limits.rowsPerBatch ?? Infinity);
      file.push({ ordinal: file.length + 1, first: at, count: take });
      at += take;
      left -= take;
    }
  };
}

function byAmount(limits: FileLimits, amountAt: (index: number) => number): Planner {
  return (first, count, newFile, files) => {
    let file = newFile ? undefined : files.at(-1);
    let fileFen = file === undefined ? 0n : sumOf(file, amountAt);
    let at = first;
    const end = first + count;
    while (at < end) {
      if (file === undefined || !fileTakes(limits, file, fileFen, amountAt(at))) {
        file = [];
        fileFen = 0n;
        files.push(file);
      }
      const start = at;
      let batchFen = 0n;
      const inFile = rowsIn(file);
      while (at < end && batchTakes(limits, at - start, inFile, batchFen, fileFen, amountAt(at))) {
        batchFen += BigInt(amountAt(at));
        fileFen += BigInt(amountAt(at));
        at++;
      }
      if (at === start)
        throw new EngineError('PAYMENT_FILE_REFUSED', { problem: 'one payment alone is over the limit' });
      file.push({ ordinal: file.length + 1, first: start, count: at - start });
    }
  };
}

function sumOf(file: readonly PlannedBatch[], amountAt: (index: number) => number): bigint {
  let sum = 0n;
  for (const batch of file) {
    for (let at = batch.first; at < batch.first + batch.count; at++) sum += BigInt(amountAt(at));
  }
  return sum;
}

function fileTakes(limits: FileLimits, file: readonly PlannedBatch[], fileFen: bigint, fen: number): boolean {
  if (file.length === 0) return true;
  if (file.length >= (limits.batchesPerFile ?? Infinity)) return false;
  if (rowsIn(file) >= (limits.rowsPerFile ?? Infinity)) return false;
  return limits.amountPerFileFen === undefined || fileFen + BigInt(fen) <= limits.amountPerFileFen;
}

function batchTakes(
  limits: FileLimits,
  inBatch: number,
  inFile: number,
  batchFen: bigint,
  fileFen: bigint,
  fen: number,
): boolean {
  if (inBatch >= (limits.rowsPerBatch ?? Infinity)) return false;
  if (inFile + inBatch >= (limits.rowsPerFile ?? Infinity)) return false;
  const amount = BigInt(fen);
  if (limits.amountPerBatchFen !== undefined && batchFen + amount > limits.amountPerBatchFen) return false;
  return limits.amountPerFileFen === undefined || fileFen + amount <= limits.amountPerFileFen;
}
