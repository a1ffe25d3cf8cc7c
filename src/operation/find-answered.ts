// The payment files that a return file answers, found from its content alone: names of files prove nothing.

import type { ReturnHeader } from '../bank-file/compile-return.js';
import { EngineError } from '../base/error.js';
import type { AnswerRows } from '../reconciliation/answer-rows.js';
import { findPaymentFile } from '../store/payment-file-store.js';
import { findFileOfPayment, findFilesByTotals, findFilesOfPayments } from '../store/return-store.js';
import type { Session } from '../store/session.js';

/** Rows whose reference is asked for the payment file, before giving up. */
const ASKED_ROWS = 20;

/**
 * By the file's own reference, by a payment that it names, or by totals that fit one waiting file only. One, unless it is a
 * statement of the account; ascending; none when it answers nothing of ours. Throws RETURN_FILE_INVALID when its first line
 * names another file than its rows, or another count or amount than that file has.
 */
export async function findAnswered(
  session: Session,
  format: string,
  rows: AnswerRows,
  bank: number | undefined,
): Promise<number[]> {
  const { header } = rows;
  const fits = async (number: number | undefined): Promise<number | undefined> => {
    if (number === undefined || !Number.isSafeInteger(number)) return undefined;
    const file = await findPaymentFile(session, String(number));
    const isFit = file?.format === format && (bank === undefined || file.bank === bank);
    return isFit && agrees(rows, file.count, file.amount) ? file.number : undefined;
  };
  if (header?.rowsAre === 'movements') return await filesOfMovements(session, format, rows, bank);
  const named = await fits(header?.fileReference);
  if (named !== undefined) return [named];
  const found = await foundByRows(session, rows, fits);
  const numbers = found === undefined ? await onlyByTotals(session, format, rows, bank) : [found];
  if (header?.fileReference !== undefined) await refuseContradiction(session, format, header, numbers, bank);
  return numbers;
}

type Fits = (number: number | undefined) => Promise<number | undefined>;

async function foundByRows(session: Session, rows: AnswerRows, fits: Fits): Promise<number | undefined> {
  for (let at = 0; at < Math.min(rows.length, ASKED_ROWS); at++) {
    const batch = rows.batch[at] as number;
    if (batch === 0) continue;
    const found = await fits(await findFileOfPayment(session, batch, rows.line[at] as number));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A file whose first line speaks of one payment file and whose rows of another answers neither. */
async function refuseContradiction(
  session: Session,
  format: string,
  { fileReference, fileCount, fileAmountFen, fileLine }: ReturnHeader,
  numbers: readonly number[],
  bank: number | undefined,
): Promise<void> {
  const named = Number.isSafeInteger(fileReference)
    ? await findPaymentFile(session, String(fileReference))
    : undefined;
  if (named?.format === format && (bank === undefined || named.bank === bank)) {
    throw new EngineError('RETURN_FILE_INVALID', {
      ...{ line: fileLine, problem: 'otherTotals', named: named.name },
      ...{ statedCount: fileCount ?? named.count, statedFen: String(fileAmountFen ?? named.amount) },
      ...{ expectedCount: named.count, expectedFen: String(named.amount) },
    });
  }
  const [number] = numbers;
  if (number === undefined) return;
  const found = (await findPaymentFile(session, String(number)))?.name;
  throw new EngineError('RETURN_FILE_INVALID', {
    ...{ line: fileLine, problem: 'otherFile', named: fileReference, found },
  });
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

async function onlyByTotals(
  session: Session,
  format: string,
  rows: AnswerRows,
  bank: number | undefined,
): Promise<number[]> {
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
  const found: number[] = [];
  for (const number of await findFilesByTotals(session, format, header?.fileCount ?? rows.length, amount)) {
    const file = await findPaymentFile(session, String(number));
    if (bank === undefined || file?.bank === bank) found.push(number);
  }
  return found.length === 1 ? found : [];
}
