// Reading return files, in a thread or in the calling one: a whole file is one task.

import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { compileReturnFormat, type ReturnFormat } from '../bank-file/compile-return.js';
import { allReturns, type FormatDefinition } from '../bank-file/definition.js';
import type { FileSource } from '../bank-file/layout-reader.js';
import { EngineError, type ErrorCode, type ErrorDetails } from '../base/error.js';
import { fileError } from '../codec/file-error.js';
import { sha256OfFile } from '../codec/sha256-of-file.js';
import { createMemory } from '../kernel/memory.js';
import { AnswerRows, type AnswerRowsData, visitorOf } from '../reconciliation/answer-rows.js';
import { FileWindow } from './file-window.js';
import { readBankFile } from './read-bank-file.js';
import { type ThreadJob, threadModule } from './thread-pool.js';

export interface AnswerJobData {
  definitions: FormatDefinition[];
  /** Without it, every row is read carefully: for a single file that is in doubt, memory of its own would be too much. */
  kernel: WebAssembly.Module | undefined;
  /** The files' bank is known, so the first definition is its own. */
  isOwn: boolean;
}

export interface AnswerTask {
  path: string;
  /** Answers that were tried before and answered no file of ours. */
  skip: number;
  /** Whether its digest is wanted. */
  isDigested: boolean;
}

export interface AnswerResult {
  /** SHA-256 of the file's bytes, hexadecimal, if it was wanted; undefined when the file itself cannot be read. */
  digest: string | undefined;
  /** Undefined when no (further) format fits. */
  rows: AnswerRowsData | undefined;
  /** Name of the format, and how many answers were tried up to it. */
  format: string;
  tried: number;
  /** Why the first format that seemed to fit does not, or what is wrong with the file as a whole. */
  failure: { code: ErrorCode; details: ErrorDetails } | undefined;
}

export const answerJob: ThreadJob<AnswerJobData, AnswerTask, AnswerResult> = {
  module: threadModule('answer-thread', import.meta.url),
  create(data) {
    const reader = new AnswerReader(data);
    return (task) => reader.read(task);
  },
  transferOfTask: () => [],
  transferOfResult: ({ rows }) =>
    rows === undefined
      ? []
      : [rows.batch, rows.line, rows.sequence, rows.amountFen, rows.outcome, rows.says].map(
          (column) => column.buffer as ArrayBuffer,
        ),
};

const HEAD_BYTES = 64 * 1024;

class AnswerReader {
  readonly #isOwn: boolean;
  readonly #formats: readonly ReturnFormat[];
  readonly #window: FileWindow | undefined;

  constructor({ definitions, kernel, isOwn }: AnswerJobData) {
    const loops = kernel && { module: kernel, memory: createMemory(0) };
    this.#isOwn = isOwn;
    this.#window = loops && new FileWindow(loops.memory);
    this.#formats = definitions.flatMap((definition) =>
      allReturns(definition).map((kind) => compileReturnFormat(definition, kind, loops)),
    );
  }

  async read(task: AnswerTask): Promise<AnswerResult> {
    let digest: string | undefined;
    const answer = await this.#read(task, (taken) => {
      digest = taken;
    });
    if (digest !== undefined || !task.isDigested) return { ...answer, digest };
    // It was not read to its end, or not as bytes.
    try {
      return { ...answer, digest: await sha256OfFile(task.path) };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { ...answer, digest: undefined, failure: { code: error.code, details: error.details } };
    }
  }

  async #read(
    { path, skip }: AnswerTask,
    digested: (digest: string) => void,
  ): Promise<Omit<AnswerResult, 'digest'>> {
    let failure: AnswerResult['failure'];
    let tried = 0;
    try {
      for (const format of await this.#candidates(path)) {
        if (tried++ < skip) continue;
        const rows = new AnswerRows();
        try {
          const read = (source: FileSource): Promise<void> => format.read(source, visitorOf(rows));
          if (this.#window && format.reads === 'bytes') await read(this.#window.read(path, digested));
          else await readBankFile(path, format.reads, read);
          return { rows: dataOf(rows), format: format.name, tried, failure };
        } catch (error) {
          if (!(error instanceof EngineError)) throw fileError(error, path);
          failure ??= { code: error.code, details: { ...error.details, file: basename(path) } };
        }
      }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      failure = { code: error.code, details: error.details };
    }
    return { rows: undefined, format: '', tried, failure };
  }

  async #candidates(path: string): Promise<readonly ReturnFormat[]> {
    const head = await readHead(path);
    const fitting = this.#formats.filter((format) => format.sniff(head, basename(path)));
    // The bank is known: what its usual answer says of the file is worth more than that no format fits.
    return fitting.length === 0 && this.#isOwn ? this.#formats.slice(0, 1) : fitting;
  }
}

/** Without what only the building of it needs. */
function dataOf(rows: AnswerRows): AnswerRowsData {
  const { header, totals, length, batches, corrections, accounts, saying } = rows;
  const { batch, line, sequence, amountFen, outcome, says } = rows;
  return {
    ...{ header, totals, length, batches, corrections, accounts, saying },
    ...{ batch, line, sequence, amountFen, outcome, says },
  };
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
