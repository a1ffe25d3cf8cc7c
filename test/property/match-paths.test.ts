// What a return file changes, by the compiled loops and without them, on random rows that contradict each other.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReturnHeader } from '../../src/bank-file/compile-return.js';
import { CopyTuples } from '../../src/encoding/copy-tuples.js';
import { AnswerLoops } from '../../src/reconciliation/answer-loops.js';
import { AnswerRows } from '../../src/reconciliation/answer-rows.js';
import { type Instructed, instructedColumns } from '../../src/reconciliation/instructed.js';
import { type MatchedAnswer, matchAnswer } from '../../src/reconciliation/match-answer.js';
import { unlistedOutcome } from '../../src/reconciliation/unlisted.js';
import { kernelModule } from '../../src/worker/kernel-module.js';

const OUTCOMES = ['paid', 'paid', 'paid', 'failed', 'pending', 'unknown'] as const;
const RETURN_FILE = 7;

/** Payments of three segments: lines 2, 4, 6 … of batches 1, 2 and 1000000. */
const PAYMENT = fc.record({
  fen: fc.constantFrom(100, 200, 30_000),
  before: fc.constantFrom(0, 0, 0, 1, 2, 3, 4),
});
const ROW = fc.record({
  /** Which payment it names: most in order, some twice, some of none. */
  place: fc.oneof(
    { weight: 6, arbitrary: fc.constant(-1) },
    { weight: 2, arbitrary: fc.nat(40) },
    fc.constantFrom(-2, -3, -4),
  ),
  fen: fc.constantFrom('right', 'right', 'right', 'none', 'wrong'),
  outcome: fc.constantFrom(...OUTCOMES),
  isSkipping: fc.boolean(),
});
const FILE = fc.record({
  counts: fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12)),
  payments: fc.array(PAYMENT, { minLength: 36, maxLength: 36 }),
  rows: fc.array(ROW, { maxLength: 50 }),
  unlisted: fc.constantFrom('paid' as const, 'outstanding' as const),
  isRefused: fc.boolean(),
  rowsAre: fc.constantFrom('results' as const, 'results' as const, 'movements' as const),
  hasBatches: fc.boolean(),
});
type File = typeof FILE extends fc.Arbitrary<infer Value> ? Value : never;

const BATCHES = [1, 2, 1_000_000] as const;

function instructedOf({ counts, payments }: File, columns: ReturnType<typeof instructedColumns>): Instructed {
  const segments: Instructed['segments'] = [];
  let first = 0;
  counts.forEach((count, nth) => {
    for (let index = 0; index < count; index++) {
      columns.lines[first + index] = 2 * index + 2;
      columns.amountFen[first + index] = payments[first + index]!.fen;
      columns.before[first + index] = payments[first + index]!.before;
    }
    segments.push({ batch: BATCHES[nth] as number, first, count });
    first += count;
  });
  const accounts = Array.from(columns.lines, (line) => `62${line % 4}`);
  return { ...columns, segments, accounts };
}

function rowsOf(file: File, { segments, lines, amountFen }: Instructed): AnswerRows {
  const rows = new AnswerRows();
  const refused = file.isRefused ? { code: 'X', text: 'refused' } : undefined;
  const header: ReturnHeader = {
    ...{ rowsAre: file.rowsAre, fileReference: 1, fileLine: 1, refused, unlisted: file.unlisted, status: '' },
    ...{ fileCount: undefined, fileAmountFen: undefined },
  };
  rows.file(header);
  if (file.hasBatches) {
    rows.answeredBatch({ ordinal: 1, refused, unlisted: 'outstanding', status: '' });
    rows.answeredBatch({ ordinal: 2, refused: undefined, unlisted: 'paid', status: '' });
  }
  let next = 0;
  for (const { place, fen, outcome, isSkipping } of file.rows) {
    const index = place >= 0 ? place % Math.max(1, lines.length) : next;
    if (place === -1) next += isSkipping ? 2 : 1;
    const segment = segments.find(({ first, count }) => index >= first && index < first + count);
    const known = place >= -1 && segment !== undefined;
    const rowNumber = rows.length + 1;
    rows.row({
      ...{ rowNumber, line: rowNumber, reference: undefined, correction: undefined, text: '', code: outcome },
      paymentBatch: known ? segment.batch : place === -2 ? 2 : 0,
      paymentLine: known ? (lines[index] as number) : 9,
      sequence: place === -3 ? 2 : -1,
      account: '622',
      amountFen: fen === 'none' ? -1 : fen === 'wrong' ? 5 : ((amountFen[index] ?? 100) as number),
      outcome,
    });
  }
  const none = { count: 0, amountFen: 0n };
  rows.end({
    rows: rows.length,
    paid: none,
    failed: none,
    pending: none,
    unknown: none,
    unlisted: file.unlisted,
  });
  return rows;
}

function plain({ outcome, says, row, exceptions, repeated }: MatchedAnswer) {
  const isNew = (_value: number, index: number): boolean => outcome[index] !== 0;
  return {
    ...{ outcome: [...outcome], exceptions, repeated },
    says: [...says].filter(isNew),
    row: [...row].filter(isNew),
  };
}

describe('a return file', () => {
  it('is matched the same with compiled loops and without, and comes to the same rows and sums', () => {
    const loops = new AnswerLoops(kernelModule());
    let exceptions = 0;
    fc.assert(
      fc.property(FILE, (file) => {
        const count = file.counts.reduce((sum, some) => sum + some, 0);
        const careful = instructedOf(file, instructedColumns(count));
        const rows = rowsOf(file, careful);
        const planned = [
          { ordinal: 1, first: 0, count: 5, amount: 0n },
          { ordinal: 2, first: 5, count: 9, amount: 0n },
        ];
        const unlisted = unlistedOutcome(rows, planned as never);
        const isKnown = (batch: number): boolean => batch === 2;
        const expected = matchAnswer(rows, careful, isKnown, unlisted);

        loops.begin();
        loops.setRows(rows);
        const fast = instructedOf(file, loops.instructedColumns(count));
        loops.setInstructed(fast);
        const strangers: number[] = [];
        for (let at = loops.findStranger(0); at < rows.length; at = loops.findStranger(at + 1))
          strangers.push(at);
        expect(strangers).toEqual(
          file.rows.flatMap(({ place }, at) => (place === -2 && rows.batch[at] === 2 ? [at] : [])),
        );
        const matched = matchAnswer(rows, fast, isKnown, unlisted, undefined, loops);
        expect(plain(matched)).toEqual(plain(expected));
        exceptions += expected.exceptions.length;
        const apart = matchAnswer(rows, fast, isKnown, unlisted, (at) => at % 2 === 0, loops);
        expect(plain(apart)).toEqual(
          plain(matchAnswer(rows, careful, isKnown, unlisted, (at) => at % 2 === 0)),
        );

        loops.setMatched(matched);
        for (const { first, count } of careful.segments) {
          expect(writtenRows(loops, first, count)).toEqual(rowsExpected(expected, careful, first, count));
          expect(loops.sums(first, count)).toEqual(sumsExpected(expected, careful, first, count));
        }
      }),
      { numRuns: 2000 },
    );
    expect(exceptions).toBeGreaterThan(1000);
  });
});

function writtenRows(loops: AnswerLoops, first: number, count: number): number[][] {
  const written: number[][] = [];
  const tuples = new CopyTuples(5, { hasHeader: false });
  for (const piece of loops.outcomeRows(first, count, RETURN_FILE)) {
    tuples.feed(Uint8Array.from(piece), (_bytes, view) => {
      const int = (column: number): number => view.getInt32(tuples.starts[column] as number);
      const says = tuples.lengths[4] === -1 ? -1 : int(4);
      written.push([int(0), int(1), int(2), view.getInt16(tuples.starts[3] as number), says]);
    });
  }
  return written;
}

function indexes(matched: MatchedAnswer, first: number, count: number): number[] {
  return Array.from({ length: count }, (_, nth) => first + nth).filter(
    (index) => matched.outcome[index] !== 0,
  );
}

function rowsExpected(
  matched: MatchedAnswer,
  { lines }: Instructed,
  first: number,
  count: number,
): number[][] {
  return indexes(matched, first, count).map((index) => {
    const { outcome, says, row } = matched;
    return [lines[index], RETURN_FILE, row[index], outcome[index], says[index]] as number[];
  });
}

function sumsExpected(matched: MatchedAnswer, instructed: Instructed, first: number, count: number) {
  const sums = () => Array.from({ length: 5 }, () => ({ count: 0, fen: 0n }));
  const [entered, left] = [sums(), sums()];
  for (const index of indexes(matched, first, count)) {
    const both = [entered[matched.outcome[index] as number], left[instructed.before[index] as number]];
    for (const sum of both) {
      sum!.count++;
      sum!.fen += BigInt(instructed.amountFen[index] as number);
    }
  }
  return { entered, left };
}
