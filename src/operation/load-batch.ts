// Makes a batch of a roster's lines: checks them in threads, streams payments and findings into tables of the batch's
// own, and seals them. Runs inside one transaction: until it commits there is no batch.

import { EngineError } from '../base/error.js';
import { FINDING_CODE_LIST, type FindingCode, type Severity } from '../base/finding.js';
import { BatchDigest } from '../batch/batch-digest.js';
import { personOfKey } from '../directory/person-key.js';
import { COPY_HEADER, COPY_TRAILER } from '../encoding/copy-rows.js';
import type { RecordChunk } from '../encoding/record-chunk.js';
import { Spool } from '../exchange/spool.js';
import { handBack } from '../kernel/areas.js';
import { formatYuan } from '../money/fen.js';
import { formatPeriod } from '../programme/period.js';
import type { ChunkResult } from '../roster/check-chunk.js';
import type { BaseSpelling } from '../roster/check-line.js';
import { ChunkMerger, spellingKey } from '../roster/merge-chunk.js';
import { PaymentPacker } from '../roster/packed-payments.js';
import { SEVERITIES, type Tally } from '../roster/tally.js';
import { readSpellings } from '../store/base-store.js';
import {
  attachBatchTables,
  copyFindingsIn,
  copyPaymentsIn,
  createBatchTables,
  insertBatch,
  insertBatchSums,
  insertFindingCounts,
  type Sum,
  settleUnknownRepeats,
  takeBatchNumber,
} from '../store/batch-store.js';
import { addEvent } from '../store/event-store.js';
import type { Session } from '../store/session.js';
import { type RosterJobData, rosterContext } from '../worker/roster-job.js';
import type { WarmThreads } from '../worker/thread-pool.js';
import type { Context } from './context.js';
import { type ChecksSource, prepareChecks } from './prepare-checks.js';
import { readBatchAnswer } from './read-batch-answer.js';

/** What to make a batch of. */
export interface BatchSource extends ChecksSource {
  /** When the work began, of performance.now(). */
  started: number;
  reason: string | undefined;
  rosterName: string;
  rosterDigest: Uint8Array;
  /** The department's own totals, in fen; compared with what was read. */
  controlLines: number | undefined;
  controlAmount: bigint | undefined;
  chunks: AsyncIterable<RecordChunk>;
  /** Told the bytes of each chunk once nobody looks at them any more. */
  doneWith?: (bytes: Uint8Array) => void;
  /** Whoever began them ends them. */
  threads: RosterThreads;
}

export type RosterThreads = WarmThreads<RosterJobData, RecordChunk, ChunkResult>;

export interface BatchAnswer {
  batch: number;
  state: string;
  programme: string;
  period: string;
  digest: string;
  baseVersion: number;
  lines: number;
  accepted: Sum;
  held: Sum;
  rejected: Sum;
  findings: Record<string, number>;
  banks: Record<string, Sum>;
  funding: Record<string, bigint>;
  follows?: number;
  seconds: number;
}

export async function loadBatch(
  context: Context,
  session: Session,
  source: BatchSource,
): Promise<BatchAnswer> {
  const load = new BatchLoad(context, session, source, await prepareChecks(context, session, source));
  await load.copy();
  return await load.seal();
}

interface FindingCount {
  code: FindingCode;
  severity: Severity;
  count: number;
}

function codeNumber(code: FindingCode): number {
  return FINDING_CODE_LIST.indexOf(code);
}

class BatchLoad {
  readonly #context: Context;
  readonly #session: Session;
  readonly #source: BatchSource;
  readonly #data: RosterJobData;
  readonly #merger: ChunkMerger;
  readonly #digest: BatchDigest;
  #number = 0;
  #payments = 0;
  #findings = 0;

  constructor(context: Context, session: Session, source: BatchSource, data: RosterJobData) {
    this.#context = context;
    this.#session = session;
    this.#source = source;
    this.#data = data;
    const { settings, context: checks } = rosterContext(data);
    this.#merger = new ChunkMerger(settings, checks);
    this.#digest = new BatchDigest({
      programme: data.programme.code,
      period: formatPeriod(source.period),
      cycle: source.cycle.key,
      region: source.region,
      catalogueDigest: source.inForce.digest,
      follows: source.follows,
    });
  }

  get #tally(): Tally {
    return this.#merger.tally;
  }

  async copy(): Promise<void> {
    this.#number = await takeBatchNumber(this.#session);
    await createBatchTables(this.#session, this.#number);
    const spool = await Spool.open(this.#context.dataFolder);
    try {
      await this.#copyPayments(spool);
      await this.#copyFindings(spool);
    } finally {
      await spool.close();
    }
  }

  /** Payments go to the database as they come; findings wait on disk, since one session copies into one table. */
  async #copyPayments(spool: Spool): Promise<void> {
    const pool = this.#source.threads.open(this.#data);
    const copy = copyPaymentsIn(this.#session, this.#number);
    const packer = new PaymentPacker(this.#data.kernel, this.#data.directory);
    const spellings = new SpellingBook(this.#context);
    this.#context.progress.begin('roster');
    try {
      await copy.write(COPY_HEADER);
      for await (const result of pool.mapInOrder(this.#source.chunks)) {
        const merged = this.#merger.merge(result, await spellings.of(this.#merger.deferred(result)));
        for (const piece of merged.payments) {
          this.#digest.add(piece);
          await copy.write(packer.pack(piece));
        }
        for (const piece of merged.findings) await spool.write(piece);
        handBack(result.area);
        this.#source.doneWith?.(result.bytes);
        this.#context.progress.advance(this.#tally.lines);
      }
      await copy.write(COPY_TRAILER);
      this.#payments = await copy.finish();
    } catch (error) {
      await copy.abort(error as Error);
      throw error;
    } finally {
      this.#context.progress.end();
      await pool.close();
    }
  }

  async #copyFindings(spool: Spool): Promise<void> {
    const copy = copyFindingsIn(this.#session, this.#number);
    try {
      await copy.write(COPY_HEADER);
      for await (const piece of spool.read()) await copy.write(piece);
      await copy.write(COPY_TRAILER);
      this.#findings = await copy.finish();
    } catch (error) {
      await copy.abort(error as Error);
      throw error;
    }
  }

  /** Settles what can be known only at the end, compares the control totals, and adds the batch. */
  async seal(): Promise<BatchAnswer> {
    const session = this.#session;
    const tally = this.#tally;
    this.#compareControlTotals();
    if (this.#payments !== tally.accepted.count) {
      throw new Error(`${this.#payments} payments were stored of ${tally.accepted.count}`);
    }
    const counts = await this.#settleFindings();
    const banks = [...tally.banks].filter(([, sum]) => sum.count > 0).sort(([one], [other]) => one - other);
    const { sources } = this.#merger.funding;
    const funding = tally
      .funding()
      .map((amount, index): [string, bigint] => [sources[index] as string, amount]);
    await attachBatchTables(session, this.#number);
    const digest = this.#digest.finish();
    await this.#insert(digest);
    await insertBatchSums(session, this.#number, { banks, funding });
    await insertFindingCounts(session, this.#number, counts);
    await this.#record(digest);
    const answer = await readBatchAnswer(session, this.#number);
    return { ...answer, seconds: Math.round(performance.now() - this.#source.started) / 1000 };
  }

  /** Strangers on several lines are known only now. The counts are those of the rows that were stored. */
  async #settleFindings(): Promise<FindingCount[]> {
    const { findings } = this.#tally;
    const stored = findings.reduce((sum, count) => sum + count, 0);
    if (this.#findings !== stored) throw new Error(`${this.#findings} findings were stored of ${stored}`);
    const [unknown, repeated] = [codeNumber('CARDHOLDER_UNKNOWN'), codeNumber('DUPLICATE_IN_ROSTER')];
    const moved = await settleUnknownRepeats(this.#session, this.#number, unknown, repeated);
    const counts: FindingCount[] = [];
    for (const [code, name] of FINDING_CODE_LIST.entries()) {
      for (const [index, severity] of SEVERITIES.entries()) {
        const isMoved = severity === 'R' && (code === unknown || code === repeated);
        const change = isMoved ? (code === repeated ? moved : -moved) : 0;
        const count = (findings[code * SEVERITIES.length + index] as number) + change;
        if (count > 0) counts.push({ code: name, severity, count });
      }
    }
    return counts;
  }

  #compareControlTotals(): void {
    const { controlLines, controlAmount } = this.#source;
    const { lines, accepted, held, rejected } = this.#tally;
    const amount = accepted.amount + held.amount + rejected.amount;
    if (controlLines !== undefined && controlLines !== lines) {
      throw new EngineError('CONTROL_TOTAL_MISMATCH', {
        what: 'lines',
        expected: controlLines,
        actual: lines,
      });
    }
    if (controlAmount !== undefined && controlAmount !== amount) {
      const [expected, actual] = [formatYuan(controlAmount), formatYuan(amount)];
      throw new EngineError('CONTROL_TOTAL_MISMATCH', { what: 'total', expected, actual });
    }
  }

  async #insert(digest: Uint8Array): Promise<void> {
    const source = this.#source;
    const { lines, accepted, held, rejected } = this.#tally;
    await insertBatch(this.#session, {
      number: this.#number,
      kind: source.kind,
      programme: this.#data.programme.code,
      period: formatPeriod(source.period),
      cycle: source.cycle.key,
      region: source.region,
      catalogue: source.inForce.version,
      baseVersion: this.#source.base.baseVersion,
      follows: source.follows,
      reason: source.reason,
      rosterName: source.rosterName,
      rosterDigest: source.rosterDigest,
      controlLines: source.controlLines,
      controlAmount: source.controlAmount,
      lines,
      accepted,
      held,
      rejected,
      digest,
      createdBy: this.#context.actor,
    });
  }

  async #record(digest: Uint8Array): Promise<void> {
    const { lines, accepted, held, rejected } = this.#tally;
    await addEvent(this.#session, {
      actor: this.#context.actor,
      action: `batch.${this.#source.kind}`,
      batch: this.#number,
      detail: {
        ...{ lines, accepted: accepted.count, held: held.count, rejected: rejected.count },
        ...{ digest: Buffer.from(digest).toString('hex'), baseVersion: this.#source.base.baseVersion },
        ...(this.#source.follows === undefined ? {} : { follows: this.#source.follows }),
      },
    });
  }
}

/** The base's spelling of the few people whose name or account the directory does not hold in full. */
class SpellingBook {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  async of(people: readonly { a: number; b: number }[]): Promise<ReadonlyMap<string, BaseSpelling>> {
    if (people.length === 0) return new Map();
    const wanted = new Map(people.map(({ a, b }) => [personOfKey(a, b), spellingKey({ a, b })]));
    // A session of its own: the import's is busy copying.
    const rows = await this.#context.database.withSession((session) =>
      readSpellings(session, [...wanted.keys()]),
    );
    return new Map(
      rows.map(({ person, name, account }) => [wanted.get(person) as string, { name, account }]),
    );
  }
}
