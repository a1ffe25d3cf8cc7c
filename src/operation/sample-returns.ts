// Plays the banks: return files for a released batch, in each bank's own format. What a payment comes to is a function of
// the seed and its reference, so the same call makes the same bytes.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ByteSink } from '../bank-file/byte-sink.js';
import {
  compileReturnWriter,
  type DecidedOutcome,
  type ReturnWriter,
} from '../bank-file/compile-return-writer.js';
import { CopiedPayments } from '../bank-file/copied-payments.js';
import type { DetailSums } from '../bank-file/detail-sums.js';
import { NO_SUMS } from '../bank-file/detail-sums.js';
import type { PaymentRow } from '../bank-file/payment-row.js';
import type { BankPlan } from '../bank-file/write-segments.js';
import { EngineError } from '../base/error.js';
import { FOLDER_MODE, writeWhole } from '../exchange/write-whole.js';
import { readOtherIdentifiers } from '../store/base-store.js';
import { readBatch } from '../store/batch-store.js';
import {
  type PaymentFileRow,
  readPaymentFiles,
  readSegments,
  type SegmentRow,
} from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';
import { copiedSegments } from './copied-batches.js';
import { loadInstructed } from './load-instructed.js';
import { planAgain } from './restore-file.js';

export interface SampleReturnsInput {
  batch: number;
  /** Share of payments that fail. */
  fail?: number | undefined;
  seed?: number | undefined;
  /** `camt054`: banks whose format has this answer give it; without it all give their usual one. */
  kind?: string | undefined;
  out: string;
}

export interface SampleReturn {
  name: string;
  path: string;
  answers: string;
  paid: { count: number; amount: bigint };
  failed: { count: number; amount: bigint };
}

const DEFAULT_FAIL = 0.02;
const PIECE_BYTES = 256 * 1024;

export async function sampleReturns(
  context: Context,
  input: SampleReturnsInput,
): Promise<{ batch: number; files: SampleReturn[] }> {
  const fail = input.fail ?? DEFAULT_FAIL;
  if (!(fail >= 0 && fail <= 1))
    throw new EngineError('USAGE_INVALID', { option: '--fail', value: String(fail) });
  await mkdir(input.out, { recursive: true, mode: FOLDER_MODE });
  await requireKind(context, input.kind);
  return await context.database.withSession(async (session) => {
    const batch = await readBatch(session, input.batch);
    if (!batch) throw new EngineError('BATCH_UNKNOWN', { batch: input.batch });
    const files = await readPaymentFiles(session, batch.number);
    if (files.length === 0) {
      const allowed = ['released', 'sent', 'reconciled', 'closed'];
      throw new EngineError('BATCH_STATE_REFUSED', {
        batch: batch.number,
        step: 'sample',
        state: batch.state,
        allowed,
      });
    }
    const answer: SampleReturn[] = [];
    for (const file of files) {
      const bank = new PlayedBank(context, session, file, fail, input.seed ?? 1, input.kind);
      const made = await bank.write(input.out);
      if (made) answer.push(made);
    }
    return { batch: batch.number, files: answer };
  });
}

async function requireKind(context: Context, kind: string | undefined): Promise<void> {
  if (kind === undefined) return;
  const { formats } = await context.formats();
  const isKnown = [...formats.values()].some(({ moreReturns }) =>
    moreReturns.some((more) => more.kind === kind),
  );
  if (!isKnown) throw new EngineError('USAGE_INVALID', { option: '--answer', value: kind });
}

class PlayedBank {
  readonly #context: Context;
  readonly #session: Session;
  readonly #file: PaymentFileRow;
  readonly #fail: number;
  readonly #seed: number;
  readonly #kind: string | undefined;

  constructor(
    context: Context,
    session: Session,
    file: PaymentFileRow,
    fail: number,
    seed: number,
    kind: string | undefined,
  ) {
    this.#kind = kind;
    this.#context = context;
    this.#session = session;
    this.#file = file;
    this.#fail = fail;
    this.#seed = seed;
  }

  /** Undefined for a format without a return side. */
  async write(out: string): Promise<SampleReturn | undefined> {
    const { formats } = await this.#context.formats();
    const definition = formats.get(this.#file.format);
    if (!definition?.returns) return undefined;
    const wanted = definition.moreReturns.find(({ kind }) => kind === this.#kind);
    const writer = compileReturnWriter(definition, wanted);
    const segments = await readSegments(this.#session, this.#file.number);
    const plan = await planAgain(this.#context, this.#session, this.#file, segments);
    const sums = await this.#decideTotals(segments);
    const file = (plan.files[0] as BankPlan['files'][number]).context;
    const zero = { count: 0, amountFen: 0n };
    const returned = {
      file,
      totals: {
        paid: { count: sums.paid.count, amountFen: sums.paid.amount },
        failed: { count: sums.failed.count, amountFen: sums.failed.amount },
        pending: zero,
      },
    };
    const name = writer.fileName(returned);
    const path = join(out, name);
    await writeWhole(path, this.#pieces(writer, returned, plan, segments));
    return { name, path, answers: this.#file.name, ...sums };
  }

  async #decideTotals(segments: readonly SegmentRow[]) {
    const instructed = await loadInstructed(this.#session, this.#file, segments);
    const sums = { paid: { count: 0, amount: 0n }, failed: { count: 0, amount: 0n } };
    for (const { batch, first, count } of instructed.segments) {
      for (let index = first; index < first + count; index++) {
        const sum = this.#fails(batch, instructed.lines[index] as number) ? sums.failed : sums.paid;
        sum.count++;
        sum.amount += BigInt(instructed.amountFen[index] as number);
      }
    }
    return sums;
  }

  #fails(batch: number, line: number): boolean {
    return hash(this.#seed, batch, line) < this.#fail * 0x100000000;
  }

  #decide(writer: ReturnWriter, batch: number, line: number): DecidedOutcome {
    if (!this.#fails(batch, line)) return { outcome: 'paid' };
    // Where the format has a status beside the code, the writer chooses both; else one of the bank's codes is taken.
    const codes = writer.codes.filter(({ outcome }) => outcome === 'failed');
    const code = codes[hash(this.#seed + 1, batch, line) % codes.length]?.code;
    return code === undefined ? { outcome: 'failed' } : { outcome: 'failed', code };
  }

  async *#pieces(
    writer: ReturnWriter,
    returned: Parameters<ReturnWriter['fileHeader']>[0],
    plan: BankPlan,
    segments: readonly SegmentRow[],
  ): AsyncGenerator<Uint8Array> {
    const { planned, batchAmounts } = plan.files[0] as BankPlan['files'][number];
    const copied = new CopiedPayments(await readOtherIdentifiers(this.#session));
    const rows = writer.createRowWriter(returned);
    const packer = writer.createPacker();
    const sink = new ByteSink();
    const put = (bytes: Uint8Array): void => sink.append(bytes);
    let at = 0;
    let batchIndex = 0;
    let before: DetailSums = NO_SUMS;
    const batchContext = () => {
      const { ordinal, count } = planned.batches[batchIndex] as (typeof planned.batches)[number];
      return { ordinal, count, amountFen: batchAmounts[batchIndex] as bigint };
    };
    put(writer.fileHeader(returned));
    const visit = (row: PaymentRow): void => {
      const inBatch = planned.batches[batchIndex] as (typeof planned.batches)[number];
      if (at === inBatch.first) {
        put(writer.batchHeader(returned, batchContext()));
        rows.beginBatch(batchContext());
      }
      const outcome = this.#decide(writer, row.batch, row.line);
      rows.write(row, at + 1, at - inBatch.first + 1, outcome, sink);
      at++;
      if (at === inBatch.first + inBatch.count) {
        put(writer.batchTrailer(returned, batchContext(), difference(rows.sums, before)));
        before = rows.sums;
        batchIndex++;
      }
    };
    for await (const { batch, rows: copies } of copiedSegments(this.#session, this.#file.bank, segments)) {
      for await (const block of copies) {
        copied.forEach(block, batch, visit);
        if (sink.length < PIECE_BYTES) continue;
        yield packer.pack(sink.take());
        sink.reset();
      }
    }
    put(writer.fileTrailer(returned, rows.sums));
    yield packer.pack(sink.take());
    yield packer.end();
  }
}

function difference(all: DetailSums, before: DetailSums): DetailSums {
  return {
    count: all.count - before.count,
    amountFen: all.amountFen - before.amountFen,
    records: all.records - before.records,
    hashes: all.hashes.map((hash, index) => hash - (before.hashes[index] ?? 0n)),
  };
}

/** 32 well-mixed bits of three numbers. */
function hash(seed: number, batch: number, line: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(batch, 0xc2b2ae35) ^ line;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
