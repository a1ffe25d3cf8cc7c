// Reads return files in threads, ahead of whoever takes what they say into the database, and finds the payment files that
// they answer.

import { basename } from 'node:path';
import type { FormatDefinition } from '../bank-file/definition.js';
import { EngineError } from '../base/error.js';
import { AnswerRows } from '../reconciliation/answer-rows.js';
import { readFormatsInUse } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import { type AnswerJobData, type AnswerResult, type AnswerTask, answerJob } from '../worker/answer-job.js';
import { kernelModule } from '../worker/kernel-module.js';
import { openThreadPool, type ThreadPool } from '../worker/thread-pool.js';
import type { Context } from './context.js';
import { fileExpecting } from './expected-return.js';
import { explainUnknown } from './explain-unknown.js';
import { findAnswered } from './find-answered.js';
import { sizeOf, threadsForBytes } from './threads-for.js';

export interface ReadFile {
  path: string;
  /** What it says, by the first format that it fits. */
  result: AnswerResult;
  /** Reads it by this format, whatever it looks like. */
  readAs(format: string): Promise<AnswerResult>;
  /** Reads it by the formats that come after the one of a result. */
  readOn(after: AnswerResult): Promise<AnswerResult>;
  /** Why no format fits. */
  explain(): Promise<EngineError>;
}

/** In the order of `files`; a file that cannot be read is told as such and stops no other. */
export async function* readAnswers(
  context: Context,
  session: Session,
  files: readonly string[],
  bank: number | undefined,
): AsyncGenerator<ReadFile> {
  const data = await formatsOf(context, session, bank);
  const { profiles } = await context.formats();
  const formatOfBank = (code: number): string | undefined => profiles.get(code)?.format;
  let inline: ThreadPool<AnswerTask, AnswerResult> | undefined;
  const sizes = await Promise.all(files.map((path) => sizeOf(path)));
  const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const threads = threadsForBytes(bytes, context);
  const pool = openThreadPool(answerJob, data, threads);
  const begun: string[] = [];
  async function* tasks(): AsyncGenerator<AnswerTask> {
    for (const path of files) {
      begun.push(path);
      yield { path, skip: 0, isDigested: true };
    }
  }
  const readOn = async (path: string, { tried }: AnswerResult): Promise<AnswerResult> => {
    inline ??= openThreadPool(answerJob, data, 0);
    for await (const result of inline.mapInOrder(one({ path, skip: tried, isDigested: false })))
      return result;
    throw new EngineError('INTERNAL', { problem: 'a task without a result' });
  };
  const readAs = async (path: string, format: string): Promise<AnswerResult> => {
    const { formats } = await context.formats();
    const definitions = [formats.get(format) as FormatDefinition];
    const single = openThreadPool(answerJob, { definitions, kernel: undefined, isOwn: true }, 0);
    try {
      for await (const result of single.mapInOrder(one({ path, skip: 0, isDigested: false }))) return result;
    } finally {
      await single.close();
    }
    throw new EngineError('INTERNAL', { problem: 'a task without a result' });
  };
  try {
    for await (const result of pool.mapInOrder(tasks())) {
      const path = begun.shift() as string;
      yield {
        path,
        result,
        readAs: (format) => readAs(path, format),
        readOn: (after) => readOn(path, after),
        explain: () => explainUnknown(path, data.definitions, formatOfBank),
      };
    }
  } finally {
    await pool.close();
    await inline?.close();
  }
}

async function* one<Item>(item: Item): AsyncGenerator<Item> {
  yield item;
}

/** Where the bank is known, its format; else those that payment files were written in, which alone can be answered. */
async function formatsOf(
  context: Context,
  session: Session,
  bank: number | undefined,
): Promise<AnswerJobData> {
  const { formats, profiles } = await context.formats();
  const own = bank === undefined ? undefined : profiles.get(bank)?.format;
  if (bank !== undefined && own === undefined) throw new EngineError('BANK_WITHOUT_FORMAT', { bank });
  const names = own === undefined ? [...(await readFormatsInUse(session))].sort() : [own];
  const definitions = names.map((name) => formats.get(name)).filter((definition) => definition !== undefined);
  return { definitions: definitions as FormatDefinition[], kernel: kernelModule(), isOwn: own !== undefined };
}

export interface AnsweredFiles {
  rows: AnswerRows;
  format: string;
  /** One, unless it is a statement of the account; ascending. */
  paymentFiles: number[];
}

/** Throws RETURN_FILE_INVALID, with its place, or RETURN_FILE_UNKNOWN. */
export async function answeredFiles(
  context: Context,
  session: Session,
  read: ReadFile,
  bank: number | undefined,
): Promise<AnsweredFiles> {
  let { result } = read;
  let { failure } = result;
  while (result.rows !== undefined) {
    const rows = AnswerRows.of(result.rows);
    const paymentFiles = await findAnswered(session, result.format, rows, bank);
    if (paymentFiles.length > 0) return { rows, format: result.format, paymentFiles };
    result = await read.readOn(result);
    failure ??= result.failure;
  }
  const name = basename(read.path);
  if (failure === undefined && bank === undefined) {
    // Nothing in it is known, but its name is expected: the format of that file says where it is broken.
    const expecting = await fileExpecting(context, session, name);
    failure = expecting === undefined ? undefined : (await read.readAs(expecting.format)).failure;
  }
  if (failure !== undefined) throw engineError(failure);
  if (read.result.tried === 0) throw await read.explain();
  throw new EngineError('RETURN_FILE_UNKNOWN', { file: name });
}

/** What went wrong in a thread, as it would have been thrown here. */
export function engineError(failure: AnswerResult['failure']): EngineError {
  return new EngineError(failure?.code ?? 'INTERNAL', failure?.details ?? {});
}
