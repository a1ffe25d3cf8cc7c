// Writes what a return file changed: outcomes added, running totals moved, exceptions and corrections kept.

import { COPY_HEADER, COPY_TRAILER } from '../encoding/copy-rows.js';
import type { AnswerLoops, ClassSum } from '../reconciliation/answer-loops.js';
import { type AnswerRows, FAILED, PAID, UNRESOLVED } from '../reconciliation/answer-rows.js';
import type { Instructed, InstructedSegment } from '../reconciliation/instructed.js';
import type { MatchedAnswer } from '../reconciliation/match-answer.js';
import type { Sum } from '../store/batch-store.js';
import { copyOutcomesIn } from '../store/outcome-store.js';
import type { PaymentFileRow } from '../store/payment-file-store.js';
import {
  addOutcomeSums,
  insertCorrections,
  insertExceptions,
  insertReturnAnswer,
  type OutcomeSums,
} from '../store/return-store.js';
import type { Session } from '../store/session.js';

const EXCEPTIONS_GROUP = 10_000;

/** Answers with what this file settled anew. */
export async function applyAnswer(
  session: Session,
  returnFile: number,
  file: PaymentFileRow,
  rows: AnswerRows,
  instructed: Instructed,
  matched: MatchedAnswer,
  loops: AnswerLoops,
): Promise<{ paid: Sum; failed: Sum }> {
  const paid: Sum = { count: 0, amount: 0n };
  const failed: Sum = { count: 0, amount: 0n };
  for (const segment of instructed.segments) {
    await copyOutcomes(session, returnFile, segment, loops);
    const sums = sumsOf(segment, loops, paid, failed);
    await addOutcomeSums(session, file.number, segment.batch, sums);
  }
  await insertReturnAnswer(session, {
    ...{ returnFile, paymentFile: file.number, paidCount: paid.count, paidAmount: paid.amount },
    ...{ failedCount: failed.count, failedAmount: failed.amount },
  });
  const { exceptions } = matched;
  for (let at = 0; at < exceptions.length; at += EXCEPTIONS_GROUP) {
    await insertExceptions(session, returnFile, exceptions.slice(at, at + EXCEPTIONS_GROUP));
  }
  await insertCorrections(session, returnFile, correctionsOf(rows, instructed, matched));
  return { paid, failed };
}

async function copyOutcomes(
  session: Session,
  returnFile: number,
  { batch, first, count }: InstructedSegment,
  loops: AnswerLoops,
): Promise<void> {
  const copy = copyOutcomesIn(session, batch);
  try {
    await copy.write(COPY_HEADER);
    // A write waits for the one before, so that its piece may be written again.
    for (const piece of loops.outcomeRows(first, count, returnFile)) await copy.write(piece);
    await copy.write(COPY_TRAILER);
    await copy.finish();
  } catch (error) {
    await copy.abort(error as Error);
    throw error;
  }
}

/** How the running totals move: a payment leaves the class it was in and enters the new one. */
function sumsOf(
  { first, count }: InstructedSegment,
  loops: AnswerLoops,
  paid: Sum,
  failed: Sum,
): OutcomeSums {
  const { entered, left } = loops.sums(first, count);
  add(paid, entered[PAID] as ClassSum);
  add(failed, entered[FAILED] as ClassSum);
  const moved = (outcome: number): Sum => {
    const [more, less] = [entered[outcome] as ClassSum, left[outcome] as ClassSum];
    return { count: more.count - less.count, amount: more.fen - less.fen };
  };
  const [ofPaid, ofFailed, ofUnresolved] = [moved(PAID), moved(FAILED), moved(UNRESOLVED)];
  return {
    ...{ paidCount: ofPaid.count, paidAmount: ofPaid.amount },
    ...{ failedCount: ofFailed.count, failedAmount: ofFailed.amount },
    ...{ unresolvedCount: ofUnresolved.count, unresolvedAmount: ofUnresolved.amount },
  };
}

function add(sum: Sum, { count, fen }: ClassSum): void {
  sum.count += count;
  sum.amount += fen;
}

function correctionsOf(rows: AnswerRows, instructed: Instructed, matched: MatchedAnswer) {
  if (rows.corrections.length === 0) return [];
  const indexByRow = new Map<number, number>();
  matched.row.forEach((row, index) => {
    if (row > 0) indexByRow.set(row, index);
  });
  return rows.corrections.flatMap(({ row, text }) => {
    const index = indexByRow.get(row + 1);
    if (index === undefined) return [];
    const segment = instructed.segments.find(({ first, count }) => index >= first && index < first + count);
    const code = rows.saying[rows.says[row] as number]?.code ?? '';
    const line = instructed.lines[index] as number;
    return [{ row: row + 1, batch: segment?.batch ?? 0, line, code, corrected: text }];
  });
}
