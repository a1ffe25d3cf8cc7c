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

/**
 * Plans files for `count` rows, all of one bank: its own customers, so a file never mixes banks. `amountAt` gives the fen
 * of row n (0-based) and is needed only where the limits bound amounts. Throws PAYMENT_FILE_REFUSED when one row alone
 * breaks a limit.
 */
export function planFile(
  limits: FileLimits,
  count: number,
  amountAt?: (index: number) => number,
): PlannedFile[] {
  const files: PlannedBatch[][] = [];
  if (amountAt !== undefined && boundsAmounts(limits)) planByAmount(limits, count, amountAt, files);
  else planByCount(limits, count, files);
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

function rowsIn(batches: readonly PlannedBatch[]): number {
  return batches.reduce((sum, batch) => sum + batch.count, 0);
}

function planByCount(limits: FileLimits, count: number, files: PlannedBatch[][]): void {
  let file: PlannedBatch[] | undefined;
  for (let at = 0; at < count; ) {
    const room = file === undefined ? 0 : (limits.rowsPerFile ?? Infinity) - rowsIn(file);
    if (file === undefined || room <= 0 || file.length >= (limits.batchesPerFile ?? Infinity)) {
      file = [];
      files.push(file);
      continue;
    }
    const take = Math.min(count - at, room, limits.rowsPerBatch ?? Infinity);
    file.push({ ordinal: file.length + 1, first: at, count: take });
    at += take;
  }
}

function planByAmount(
  limits: FileLimits,
  count: number,
  amountAt: (index: number) => number,
  files: PlannedBatch[][],
): void {
  let file: PlannedBatch[] | undefined;
  let fileFen = 0n;
  for (let at = 0; at < count; ) {
    if (file === undefined || !fileTakes(limits, file, fileFen, amountAt(at))) {
      file = [];
      fileFen = 0n;
      files.push(file);
    }
    const start = at;
    let batchFen = 0n;
    const inFile = rowsIn(file);
    while (at < count && batchTakes(limits, at - start, inFile, batchFen, fileFen, amountAt(at))) {
      batchFen += BigInt(amountAt(at));
      fileFen += BigInt(amountAt(at));
      at++;
    }
    if (at === start)
      throw new EngineError('PAYMENT_FILE_REFUSED', { problem: 'one payment alone is over the limit' });
    file.push({ ordinal: file.length + 1, first: start, count: at - start });
  }
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
