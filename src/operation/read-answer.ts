// Reads a return file by the first format that it fits, and finds the payment file that it answers from its content.

import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { compileReturnFormat, type ReturnFormat } from '../bank-file/compile-return.js';
import { allReturns } from '../bank-file/definition.js';
import { EngineError } from '../base/error.js';
import { fileError } from '../codec/file-error.js';
import { AnswerRows, visitorOf } from '../reconciliation/answer-rows.js';
import { findPaymentFile } from '../store/payment-file-store.js';
import { findFileOfPayment, findFilesByTotals, findFilesOfPayments } from '../store/return-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';
import { readBankFile } from './read-bank-file.js';

export interface ReadAnswer {
  rows: AnswerRows;
  format: string;
  /** One, unless it is a statement of the account; ascending. */
  paymentFiles: number[];
}

const HEAD_BYTES = 64 * 1024;
/** Rows whose reference is asked for the payment file, before giving up. */
const ASKED_ROWS = 20;

/** Throws RETURN_FILE_INVALID, with its place, or RETURN_FILE_UNKNOWN. */
export async function readAnswer(
  context: Context,
  session: Session,
  path: string,
  bank: number | undefined,
): Promise<ReadAnswer> {
  const name = basename(path);
  let failure: EngineError | undefined;
  for (const format of await candidates(context, path, bank)) {
    const rows = new AnswerRows();
    try {
      await readBankFile(path, format.reads, (source) => format.read(source, visitorOf(rows)));
    } catch (error) {
      if (!(error instanceof EngineError)) throw fileError(error, path);
      failure ??= new EngineError(error.code, { ...error.details, file: name });
      continue;
    }
    const paymentFiles = await findAnswered(session, format, rows, bank);
    if (paymentFiles.length > 0) return { rows, format: format.name, paymentFiles };
  }
  throw failure ?? new EngineError('RETURN_FILE_UNKNOWN', { file: name });
}

async function candidates(context: Context, path: string, bank: number | undefined): Promise<ReturnFormat[]> {
  const { formats, profiles } = await context.formats();
  const head = await readHead(path);
  const own = bank === undefined ? undefined : profiles.get(bank)?.format;
  if (bank !== undefined && own === undefined) throw new EngineError('BANK_WITHOUT_FORMAT', { bank });
  const answers = [...formats.values()]
    .filter((definition) => own === undefined || definition.name === own)
    .flatMap((definition) => allReturns(definition).map((kind) => compileReturnFormat(definition, kind)));
  const fitting = answers.filter((format) => format.sniff(head, basename(path)));
  // The bank is known: what its usual answer says of the file is worth more than that no format fits.
  return fitting.length === 0 && own !== undefined ? answers.slice(0, 1) : fitting;
}

async function readHead(path: string): Promise<Uint8Array> {
  try {
    const handle = await open(path);
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
      if (bytesRead === 0) throw new EngineError('FILE_EMPTY', { file: basename(path) });
      return head.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof EngineError ? error : fileError(error, path);
  }
}

/** By the file's own reference, by a payment that it names, or by totals that fit one waiting file only. */
async function findAnswered(
  session: Session,
  format: ReturnFormat,
  rows: AnswerRows,
  bank: number | undefined,
): Promise<number[]> {
  const fits = async (number: number | undefined): Promise<number | undefined> => {
    if (number === undefined || !Number.isSafeInteger(number)) return undefined;
    const file = await findPaymentFile(session, String(number));
    const isFit = file?.format === format.name && (bank === undefined || file.bank === bank);
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
  format: ReturnFormat,
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
    if (file?.format !== format.name || file.bank !== (own ?? file.bank)) continue;
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

async function onlyByTotals(session: Session, format: ReturnFormat, rows: AnswerRows): Promise<number[]> {
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
  const found = await findFilesByTotals(session, format.name, header?.fileCount ?? rows.length, amount);
  return found.length === 1 ? found : [];
}
