// Return files into outcomes. Each file stands for itself: one that cannot be used is kept aside with its reason and
// never stops the others. The same bytes again change nothing.

import { basename } from 'node:path';
import { compilePaymentFormat } from '../bank-file/compile-payment.js';
import { type PlannedBatch, planFile } from '../bank-file/plan-file.js';
import { EngineError, type ErrorDetails } from '../base/error.js';
import { keepRefusedFile, keepReturnFile } from '../exchange/inbox.js';
import { parseBankCode } from '../identity/bank-code.js';
import { AnswerLoops } from '../reconciliation/answer-loops.js';
import type { AnswerRows } from '../reconciliation/answer-rows.js';
import { type Instructed, indexOfPayment } from '../reconciliation/instructed.js';
import { matchAnswer } from '../reconciliation/match-answer.js';
import { unlistedOutcome } from '../reconciliation/unlisted.js';
import type { Sum } from '../store/batch-store.js';
import { addEvent } from '../store/event-store.js';
import { insertSayings } from '../store/outcome-store.js';
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
import { kernelModule } from '../worker/kernel-module.js';
import { applyAnswer } from './apply-answer.js';
import type { Context } from './context.js';
import { loadInstructed } from './load-instructed.js';
import { moveSentBatches } from './move-sent-batches.js';
import { answeredFiles, engineError, type ReadFile, readAnswers } from './read-answers.js';

export interface ReturnAnswer {
  name: string;
  /** Name of the payment file that it answers; of each, where it is a statement that answers several. */
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
  const loops = new AnswerLoops(kernelModule());
  await context.database.withSession(async (session) => {
    for await (const read of readAnswers(context, session, input.files, bank)) {
      try {
        answer.files.push(await importOne(context, session, read, bank, loops));
      } catch (error) {
        if (!(error instanceof EngineError) || error.exitCode !== 4) throw error;
        const { path } = read;
        const { digest } = read.result;
        if (digest !== undefined) await keepRefusedFile(context.dataFolder, path, digest);
        answer.errors.push({ ...error.details, file: basename(path), code: error.code });
      }
    }
  });
  return answer;
}

async function importOne(
  context: Context,
  session: Session,
  read: ReadFile,
  bank: number | undefined,
  loops: AnswerLoops,
): Promise<ReturnAnswer> {
  const { path } = read;
  const { digest, failure } = read.result;
  if (digest === undefined) throw engineError(failure);
  const known = await alreadyImported(session, path, digest);
  if (known) return known;
  const { rows, format, paymentFiles } = await answeredFiles(context, session, read, bank);
  const { answer, number } = await session.transaction(async () => {
    const number = await takeReturnNumber(session);
    const again = await alreadyImported(session, path, digest);
    if (again) return { answer: again, number: undefined };
    const files: PaymentFileRow[] = [];
    for (const file of paymentFiles) files.push((await lockPaymentFile(session, file)) as PaymentFileRow);
    const { bank } = files[0] as PaymentFileRow;
    await insertReturnFile(session, {
      ...{ number, name: basename(path), digest: Buffer.from(digest, 'hex'), format, bank },
      ...{ lines: rows.length, importedBy: context.actor },
    });
    return { answer: await takeAll(context, session, number, path, rows, files, loops), number };
  });
  if (number !== undefined) await keepReturnFile(context.dataFolder, path, number);
  return answer;
}

/** What the file says of each payment file that it answers; a statement of the account may answer several. */
async function takeAll(
  context: Context,
  session: Session,
  number: number,
  path: string,
  rows: AnswerRows,
  files: readonly PaymentFileRow[],
  loops: AnswerLoops,
): Promise<ReturnAnswer> {
  loops.begin();
  loops.setRows(rows);
  const loaded: Instructed[] = [];
  for (const file of files) {
    const segments = await readSegments(session, file.number);
    const columns = loops.instructedColumns(file.count);
    const wanted = { accounts: rows.accounts.size > 0, outcomes: true };
    loaded.push(await loadInstructed(session, file, segments, wanted, columns));
  }
  const owners = ownersOf(rows, loaded);
  const elsewhere = await knownElsewhere(session, rows, loaded, loops);
  const taken: Taken = { paid: { count: 0, amount: 0n }, failed: { count: 0, amount: 0n }, repeated: 0 };
  for (const [index, file] of files.entries()) {
    const isApart = owners && ((at: number): boolean => owners[at] !== index);
    await takeOne(
      context,
      session,
      number,
      { file, instructed: loaded[index] as Instructed, rows, isApart },
      elsewhere,
      taken,
      loops,
    );
  }
  await insertSayings(session, number, rows.saying);
  const exceptions = await countExceptionsOfReturn(session, number);
  for (const file of files) {
    await addEvent(session, {
      actor: context.actor,
      action: 'return.import',
      file: file.number,
      detail: { returnFile: number, paid: taken.paid.count, failed: taken.failed.count, exceptions },
    });
  }
  const answers = files.map(({ name }) => name).join(', ');
  return { name: basename(path), answers, lines: rows.length, ...taken, exceptions };
}

interface Taken {
  paid: Sum;
  failed: Sum;
  repeated: number;
}

interface Answered {
  file: PaymentFileRow;
  instructed: Instructed;
  rows: AnswerRows;
  isApart: ((at: number) => boolean) | undefined;
}

async function takeOne(
  context: Context,
  session: Session,
  number: number,
  { file, instructed, rows, isApart }: Answered,
  elsewhere: ReadonlySet<string>,
  taken: Taken,
  loops: AnswerLoops,
): Promise<void> {
  const planned = rows.batches.length === 0 ? [] : await plannedBatches(context, file, instructed);
  const matched = matchAnswer(
    rows,
    instructed,
    (batch, line) => elsewhere.has(`${batch}:${line}`),
    unlistedOutcome(rows, planned),
    isApart,
    loops,
  );
  const { paid, failed } = await applyAnswer(session, number, file, rows, instructed, matched, loops);
  add(taken.paid, paid);
  add(taken.failed, failed);
  taken.repeated += matched.repeated;
  if (file.state !== 'answered') await setFileState(session, file.number, ['written', 'sent'], 'answered');
  await moveSentBatches(context, session, file.number);
}

function add(to: Sum, more: Sum): void {
  to.count += more.count;
  to.amount += more.amount;
}

/** By row: which file's payment it is; rows of none are told of once, with the first. Undefined for a single file. */
function ownersOf(rows: AnswerRows, loaded: readonly Instructed[]): Int32Array | undefined {
  if (loaded.length < 2) return undefined;
  const owners = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const batch = rows.batch[at] as number;
    const line = rows.line[at] as number;
    owners[at] = Math.max(
      0,
      loaded.findIndex((instructed) => indexOfPayment(instructed, batch, line) >= 0),
    );
  }
  return owners;
}

async function alreadyImported(
  session: Session,
  path: string,
  digest: string,
): Promise<ReturnAnswer | undefined> {
  const known = await findReturnByDigest(session, Buffer.from(digest, 'hex'));
  if (!known) return undefined;
  const paid: Sum = { count: 0, amount: 0n };
  const failed: Sum = { count: 0, amount: 0n };
  const names: string[] = [];
  for (const answered of await readReturnAnswers(session, known.number)) {
    const file = await lockPaymentFile(session, answered.paymentFile);
    if (file) names.push(file.name);
    add(paid, { count: answered.paidCount, amount: answered.paidAmount });
    add(failed, { count: answered.failedCount, amount: answered.failedAmount });
  }
  return {
    name: basename(path),
    answers: names.join(', '),
    lines: known.lines,
    paid,
    failed,
    exceptions: await countExceptionsOfReturn(session, known.number),
    repeated: 0,
    alreadyImported: true,
    code: 'RETURN_ALREADY_IMPORTED',
  };
}

/** Payments that the answer names, that are not of these files, and that exist. */
async function knownElsewhere(
  session: Session,
  rows: AnswerRows,
  loaded: readonly Instructed[],
  loops: AnswerLoops,
): Promise<Set<string>> {
  const [first, ...others] = loaded;
  const strangers: { batch: number; line: number }[] = [];
  if (first === undefined) return new Set();
  loops.setInstructed(first);
  for (let at = loops.findStranger(0); at < rows.length; at = loops.findStranger(at + 1)) {
    const [batch, line] = [rows.batch[at] as number, rows.line[at] as number];
    if (others.every((instructed) => indexOfPayment(instructed, batch, line) < 0))
      strangers.push({ batch, line });
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
