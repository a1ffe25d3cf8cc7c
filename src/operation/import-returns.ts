// Return files into outcomes. Each file stands for itself: one that cannot be used is kept aside with its reason and
// never stops the others. The same bytes again change nothing.

import { basename } from 'node:path';
import { compilePaymentFormat } from '../bank-file/compile-payment.js';
import { type PlannedBatch, planFile } from '../bank-file/plan-file.js';
import { EngineError, type ErrorDetails } from '../base/error.js';
import { sha256OfFile } from '../codec/sha256-of-file.js';
import { keepRefusedFile, keepReturnFile } from '../exchange/inbox.js';
import { parseBankCode } from '../identity/bank-code.js';
import type { AnswerRows } from '../reconciliation/answer-rows.js';
import { type Instructed, indexOfPayment } from '../reconciliation/instructed.js';
import { matchAnswer } from '../reconciliation/match-answer.js';
import { unlistedOutcome } from '../reconciliation/unlisted.js';
import type { Sum } from '../store/batch-store.js';
import { addEvent } from '../store/event-store.js';
import {
  lockPaymentFile,
  type PaymentFileRow,
  readSegments,
  setFileState,
} from '../store/payment-file-store.js';
import {
  countExceptionsOfReturn,
  findReturnByDigest,
  insertReturnFile,
  readKnownPayments,
  readReturnAnswers,
  takeReturnNumber,
} from '../store/return-store.js';
import type { Session } from '../store/session.js';
import { applyAnswer } from './apply-answer.js';
import type { Context } from './context.js';
import { loadInstructed } from './load-instructed.js';
import { moveSentBatches } from './move-sent-batches.js';
import { readAnswer } from './read-answer.js';

export interface ReturnAnswer {
  name: string;
  /** Name of the payment file that it answers. */
  answers: string;
  lines: number;
  paid: Sum;
  failed: Sum;
  exceptions: Record<string, number>;
  /** Rows that repeat what an earlier file said. */
  repeated: number;
  alreadyImported?: true;
  code?: 'RETURN_ALREADY_IMPORTED';
}

export interface ImportReturnsAnswer {
  files: ReturnAnswer[];
  errors: ({ file: string; code: EngineError['code'] } & ErrorDetails)[];
}

export async function importReturns(
  context: Context,
  input: { files: readonly string[]; bank?: string | undefined },
): Promise<ImportReturnsAnswer> {
  const bank = input.bank === undefined ? undefined : parseBankCode(input.bank);
  if (input.bank !== undefined && bank === undefined) {
    throw new EngineError('USAGE_INVALID', { option: '--bank', value: input.bank });
  }
  const answer: ImportReturnsAnswer = { files: [], errors: [] };
  for (const path of input.files) {
    let digest: string | undefined;
    try {
      digest = await sha256OfFile(path);
      answer.files.push(await importOne(context, path, digest, bank));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.exitCode !== 4) throw error;
      if (digest !== undefined) await keepRefusedFile(context.dataFolder, path, digest);
      answer.errors.push({ ...error.details, file: basename(path), code: error.code });
    }
  }
  return answer;
}

async function importOne(
  context: Context,
  path: string,
  digest: string,
  bank: number | undefined,
): Promise<ReturnAnswer> {
  return await context.database.withSession(async (session) => {
    const known = await alreadyImported(session, path, digest);
    if (known) return known;
    const { rows, format, paymentFile } = await readAnswer(context, session, path, bank);
    const { answer, number } = await session.transaction(async () => {
      const number = await takeReturnNumber(session);
      const again = await alreadyImported(session, path, digest);
      if (again) return { answer: again, number: undefined };
      const file = (await lockPaymentFile(session, paymentFile)) as PaymentFileRow;
      await insertReturnFile(session, {
        ...{ number, name: basename(path), digest: Buffer.from(digest, 'hex'), format, bank: file.bank },
        ...{ lines: rows.length, importedBy: context.actor },
      });
      return { answer: await take(context, session, number, path, rows, file), number };
    });
    if (number !== undefined) await keepReturnFile(context.dataFolder, path, number);
    return answer;
  });
}

async function take(
  context: Context,
  session: Session,
  number: number,
  path: string,
  rows: AnswerRows,
  file: PaymentFileRow,
): Promise<ReturnAnswer> {
  const segments = await readSegments(session, file.number);
  const instructed = await loadInstructed(session, file, segments, rows.accounts.size > 0);
  const elsewhere = await knownElsewhere(session, rows, instructed);
  const planned = rows.batches.length === 0 ? [] : await plannedBatches(context, file, instructed);
  const matched = matchAnswer(
    rows,
    instructed,
    (batch, line) => elsewhere.has(`${batch}:${line}`),
    unlistedOutcome(rows, planned),
  );
  const sums = await applyAnswer(session, number, file, rows, instructed, matched);
  if (file.state !== 'answered') await setFileState(session, file.number, ['written', 'sent'], 'answered');
  await moveSentBatches(context, session, file.number);
  const exceptions = await countExceptionsOfReturn(session, number);
  await addEvent(session, {
    actor: context.actor,
    action: 'return.import',
    file: file.number,
    detail: { returnFile: number, paid: sums.paid.count, failed: sums.failed.count, exceptions },
  });
  const { paid, failed } = sums;
  const lines = rows.length;
  return {
    name: basename(path),
    answers: file.name,
    lines,
    paid,
    failed,
    exceptions,
    repeated: matched.repeated,
  };
}

async function alreadyImported(
  session: Session,
  path: string,
  digest: string,
): Promise<ReturnAnswer | undefined> {
  const known = await findReturnByDigest(session, Buffer.from(digest, 'hex'));
  if (!known) return undefined;
  const [answered] = await readReturnAnswers(session, known.number);
  const file = answered && (await lockPaymentFile(session, answered.paymentFile));
  return {
    name: basename(path),
    answers: file?.name ?? '',
    lines: known.lines,
    paid: { count: answered?.paidCount ?? 0, amount: answered?.paidAmount ?? 0n },
    failed: { count: answered?.failedCount ?? 0, amount: answered?.failedAmount ?? 0n },
    exceptions: await countExceptionsOfReturn(session, known.number),
    repeated: 0,
    alreadyImported: true,
    code: 'RETURN_ALREADY_IMPORTED',
  };
}

/** Payments that the answer names, that are not of this file, and that exist. */
async function knownElsewhere(
  session: Session,
  rows: AnswerRows,
  instructed: Instructed,
): Promise<Set<string>> {
  const strangers: { batch: number; line: number }[] = [];
  for (let at = 0; at < rows.length; at++) {
    const batch = rows.batch[at] as number;
    const line = rows.line[at] as number;
    if (batch > 0 && indexOfPayment(instructed, batch, line) < 0) strangers.push({ batch, line });
  }
  return strangers.length === 0 ? new Set() : await readKnownPayments(session, strangers);
}

/** The batches inside the payment file, as they were planned when it was written. */
async function plannedBatches(
  context: Context,
  file: PaymentFileRow,
  instructed: Instructed,
): Promise<readonly PlannedBatch[]> {
  const { formats } = await context.formats();
  const definition = formats.get(file.format);
  if (!definition) throw new EngineError('FORMAT_UNKNOWN', { format: file.format });
  const { limits } = compilePaymentFormat(definition);
  const [planned] = planFile(limits, file.count, (index) => instructed.amountFen[index] as number);
  return planned?.batches ?? [];
}
