// The payments of one payment file, as they are matched with what the bank says of them: by place in the file, by batch
// and line, by account and amount.

import { withoutLeadingZeros } from '../identity/account-number.js';

/** Consecutive payments of one batch in the file. */
export interface InstructedSegment {
  batch: number;
  /** Index of its first payment in the arrays. */
  first: number;
  count: number;
}

/** By sequence in the file, from 0. */
export interface InstructedColumns {
  lines: Int32Array;
  amountFen: Float64Array;
  /** Newest outcome before this return file: 0 none, else the numbers of answer-rows.ts. */
  before: Uint8Array;
}

export interface Instructed extends InstructedColumns {
  segments: InstructedSegment[];
  accounts: readonly string[] | undefined;
}

export function instructedColumns(count: number): InstructedColumns {
  return {
    lines: new Int32Array(count),
    amountFen: new Float64Array(count),
    before: new Uint8Array(count),
  };
}

/** Index of a payment of this file, or -1. Lines ascend within a segment. */
export function indexOfPayment(instructed: Instructed, batch: number, line: number): number {
  for (const segment of instructed.segments) {
    if (segment.batch !== batch) continue;
    let low = segment.first;
    let high = segment.first + segment.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = instructed.lines[middle] as number;
      if (found === line) return middle;
      if (found < line) low = middle + 1;
      else high = middle - 1;
    }
  }
  return -1;
}

/** Finds payments as indexOfPayment does, sooner where they are asked for in the order of the file, as most banks answer. */
export function paymentFinder(instructed: Instructed): (batch: number, line: number) => number {
  const { segments, lines } = instructed;
  let segment = segments[0];
  let end = segment === undefined ? 0 : segment.first + segment.count;
  let next = segment?.first ?? 0;
  return (batch, line) => {
    if (next < end && segment?.batch === batch && lines[next] === line) return next++;
    const found = indexOfPayment(instructed, batch, line);
    if (found < 0) return found;
    segment = segments.find(({ first, count }) => found >= first && found < first + count);
    end = segment === undefined ? 0 : segment.first + segment.count;
    next = found + 1;
    return found;
  };
}

/** Payments by account and amount, for banks that send nothing else back. Keys cannot run into each other. */
export function indexByAccount(instructed: Instructed): Map<string, number[]> {
  const index = new Map<string, number[]>();
  instructed.accounts?.forEach((account, at) => {
    const key = accountKey(account, instructed.amountFen[at] as number);
    const found = index.get(key);
    if (found) found.push(at);
    else index.set(key, [at]);
  });
  return index;
}

/** A bank that pads accounts with zeros gives them back with more or fewer of them; two that differ in nothing else are ambiguous. */
export function accountKey(account: string, amountFen: number): string {
  return `${withoutLeadingZeros(account)}|${amountFen}`;
}
