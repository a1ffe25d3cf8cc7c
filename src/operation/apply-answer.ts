// Writes what a return file changed: outcomes added, running totals moved, exceptions and corrections kept.

import { ExactSum } from '../bank-file/detail-sums.js';
import { BufferPool } from '../base/buffer-pool.js';
import { COPY_HEADER, COPY_TRAILER, CopyRows } from '../encoding/copy-rows.js';
import { type AnswerRows, FAILED, OUTCOME_CLASSES, PAID, UNRESOLVED } from '../reconciliation/answer-rows.js';
import type { Instructed, InstructedSegment } from '../reconciliation/instructed.js';
import type { MatchedAnswer } from '../reconciliation/match-answer.js';
import type { Sum } from '../store/batch-store.js';
import { copyOutcomesIn, OUTCOME_COLUMNS } from '../store/outcome-store.js';
import type { PaymentFileRow } from '../store/payment-file-store.js';
import {
  addOutcomeSums,
  insertCorrections,
  insertExceptions,
  insertReturnAnswer,
  type OutcomeSums,
} from '../store/return-store.js';
import type { Session } from '../store/session.js';

const PIECE_BYTES = 1024 * 1024;
const ROW_BYTES = 40;
const EXCEPTIONS_GROUP = 10_000;

/** Answers with what this file settled anew. */
export async function applyAnswer(
  session: Session,
  returnFile: number,
  file: PaymentFileRow,
  rows: AnswerRows,
  instructed: Instructed,
  matched: MatchedAnswer,
): Promise<{ paid: Sum; failed: Sum }> {
  const paid: Sum = { count: 0, amount: 0n };
  const failed: Sum = { count: 0, amount: 0n };
  for (const segment of instructed.segments) {
    await copyOutcomes(session, returnFile, instructed, matched, segment);
    const sums = sumsOf(instructed, matched, segment, paid, failed);
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
  instructed: Instructed,
  matched: MatchedAnswer,
  segment: InstructedSegment,
): Promise<void> {
  const copy = copyOutcomesIn(session, segment.batch);
  const buffers = new BufferPool();
  const piece = new CopyRows(0);
  const begin = (): void => piece.beginIn(buffers.take(PIECE_BYTES + ROW_BYTES));
  const send = async (): Promise<void> => {
    const { buffer } = piece.bytes;
    await copy.write(piece.written(), () => buffers.give(buffer));
  };
  try {
    await copy.write(COPY_HEADER);
    begin();
    for (let index = segment.first; index < segment.first + segment.count; index++) {
      const outcome = matched.outcome[index] as number;
      if (outcome === 0) continue;
      const says = matched.says[index] as number;
      piece.reserve(ROW_BYTES);
      piece.startRow(OUTCOME_COLUMNS.length);
      piece.int4(instructed.lines[index] as number);
      piece.int4(returnFile);
      piece.int4(matched.row[index] as number);
      piece.int2(outcome);
      if (says < 0) piece.null();
      else piece.int4(says);
      if (piece.length < PIECE_BYTES) continue;
      await send();
      begin();
    }
    await send();
    await copy.write(COPY_TRAILER);
    await copy.finish();
  } catch (error) {
    await copy.abort(error as Error);
    throw error;
  }
}

/** How the running totals move: a payment leaves the class it was in and enters the new one. */
function sumsOf(
  instructed: Instructed,
  matched: MatchedAnswer,
  segment: InstructedSegment,
  paid: Sum,
  failed: Sum,
): OutcomeSums {
  const entered = newTotals();
  const left = newTotals();
  for (let index = segment.first; index < segment.first + segment.count; index++) {
    const outcome = matched.outcome[index] as number;
    if (outcome === 0) continue;
    const amountFen = instructed.amountFen[index] as number;
    (entered[outcome] as Total).add(amountFen);
    (left[instructed.before[index] as number] as Total).add(amountFen);
  }
  add(paid, entered[PAID] as Total);
  add(failed, entered[FAILED] as Total);
  const moved = (outcome: number): Sum => {
    const [more, less] = [entered[outcome] as Total, left[outcome] as Total];
    return { count: more.count - less.count, amount: more.fen.total - less.fen.total };
  };
  const [ofPaid, ofFailed, ofUnresolved] = [moved(PAID), moved(FAILED), moved(UNRESOLVED)];
  return {
    ...{ paidCount: ofPaid.count, paidAmount: ofPaid.amount },
    ...{ failedCount: ofFailed.count, failedAmount: ofFailed.amount },
    ...{ unresolvedCount: ofUnresolved.count, unresolvedAmount: ofUnresolved.amount },
  };
}

class Total {
  count = 0;
  readonly fen = new ExactSum();

  add(amountFen: number): void {
    this.count++;
    this.fen.add(amountFen);
  }
}

/** By class number, none included. */
function newTotals(): Total[] {
  return Array.from({ length: OUTCOME_CLASSES.length + 1 }, () => new Total());
}

function add(sum: Sum, { count, fen }: Total): void {
  sum.count += count;
  sum.amount += fen.total;
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
