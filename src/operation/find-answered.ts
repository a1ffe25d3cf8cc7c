// The payment files that a return file answers, found from its content alone: names of files prove nothing.

import type { AnswerRows } from '../reconciliation/answer-rows.js';
import { findPaymentFile } from '../store/payment-file-store.js';
import { findFileOfPayment, findFilesByTotals, findFilesOfPayments } from '../store/return-store.js';
import type { Session } from '../store/session.js';

/** Rows whose reference is asked for the payment file, before giving up. */
const ASKED_ROWS = 20;

/**
 * By the file's own reference, by a payment that it names, or by totals that fit one waiting file only. One, unless it is a
 * statement of the account; ascending; none when it answers nothing of ours.
 */
export async function findAnswered(
  session: Session,
  format: string,
  rows: AnswerRows,
  bank: number | undefined,
): Promise<number[]> {
  const fits = async (number: number | undefined): Promise<number | undefined> => {
    if (number === undefined || !Number.isSafeInteger(number)) return undefined;
    const file = await findPaymentFile(session, String(number));
    const isFit = file?.format === format && (bank === undefined || file.bank === bank);
    return isFit && agrees(rows, file.count, file.amount) ? file.number : undefined;
  };
  if (rows.header?.rowsAre === 'movements') return await filesOfMovements(session, format, rows, bank);
  const named = await fits(rows.header?.fileReference);
  if (named !== undefined) return [named];
  for (let at = 0; at < Math.min(rows.length, ASKED_ROWS); at++) {
    const batch = rows.batch[at] as number;
    if (batch === 0) continue;
    const found = await fits(await findFileOfPayment(session, batch, rows.line[at] as number));
    if (found !== undefined) return [found];
  }
  return await onlyByTotals(session, format, rows);
}

/** A statement of one account answers every file of this format and bank that its entries name. */
async function filesOfMovements(
  session: Session,
  format: string,
  rows: AnswerRows,
  bank: number | undefined,
): Promise<number[]> {
  const payments: { batch: number; line: number }[] = [];
  for (let at = 0; at < rows.length; at++)
    payments.push({ batch: rows.batch[at] as number, line: rows.line[at] as number });
  const numbers = await findFilesOfPayments(session, payments);
  let own = bank;
  const files: number[] = [];
  for (const number of numbers) {
    const file = await findPaymentFile(session, String(number));
    if (file?.format !== format || file.bank !== (own ?? file.bank)) continue;
    own = file.bank;
    files.push(number);
  }
  return files;
}

/** Whether the totals that the answer repeats from the payment file, if it does, are that file's. */
function agrees(rows: AnswerRows, count: number, amount: bigint): boolean {
  const { fileCount, fileAmountFen } = rows.header ?? {};
  return (fileCount ?? count) === count && (fileAmountFen ?? amount) === amount;
}

async function onlyByTotals(session: Session, format: string, rows: AnswerRows): Promise<number[]> {
  const { header } = rows;
  let amount = header?.fileAmountFen;
  if (amount === undefined) {
    amount = 0n;
    for (let at = 0; at < rows.length; at++) {
      const fen = rows.amountFen[at] as number;
      if (fen < 0) return [];
      amount += BigInt(fen);
    }
  }
  const found = await findFilesByTotals(session, format, header?.fileCount ?? rows.length, amount);
  return found.length === 1 ? found : [];
}
