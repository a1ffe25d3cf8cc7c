// Failed payments once more: a new batch whose payments name the old ones. The people are judged again by the base as it
// is now, so a corrected account is paid and a closed one is not. It needs its own two people like any batch.

import { createHash } from 'node:crypto';
import { EngineError } from '../base/error.js';
import type { RecordChunk } from '../encoding/record-chunk.js';
import { residentIdFromPerson } from '../identity/resident-id.js';
import { formatYuan } from '../money/fen.js';
import { type Period, parsePeriod } from '../programme/period.js';
import type { RosterColumns } from '../roster/roster-line.js';
import { readOtherIdentifiers } from '../store/base-store.js';
import { type FailedPayment, readFailedPayments } from '../store/reconcile-store.js';
import { rosterJob } from '../worker/roster-job.js';
import { warmThreads } from '../worker/thread-pool.js';
import { programmeOfBatch } from './catalogue-in-force.js';
import type { Context } from './context.js';
import { type BatchAnswer, loadBatch } from './load-batch.js';
import { loadDirectory } from './load-directory.js';
import { lockCyclesOf } from './mark-people.js';
import { refuseSecondPayment } from './refuse-second-payment.js';
import { takeBatch } from './step-batch.js';

/** Once something was released, what failed of it can be paid again. */
const REISSUABLE = ['released', 'sent', 'reconciled', 'closed'];
const PAGE_PAYMENTS = 20_000;
const COLUMNS: RosterColumns = {
  departmentLine: 0,
  residentId: 1,
  name: 2,
  amount: 3,
  payeeId: 4,
  account: -1,
  quantity: -1,
  count: 5,
};

export async function reissueBatch(context: Context, input: { batch: number }): Promise<BatchAnswer> {
  return await context.database.withSession((session) =>
    refuseSecondPayment(() =>
      session.transaction(async () => {
        const batch = await takeBatch(session, input.batch);
        if (!REISSUABLE.includes(batch.state)) {
          throw new EngineError('BATCH_STATE_REFUSED', {
            ...{ batch: batch.number, step: 'reissue', state: batch.state, allowed: REISSUABLE },
          });
        }
        const started = performance.now();
        const inForce = await programmeOfBatch(session, batch);
        const period = parsePeriod(batch.period) as Period;
        const cycle = await lockCyclesOf(session, inForce.catalogue, inForce.programme, period);
        const others = new Map(
          (await readOtherIdentifiers(session)).map(([identifier, serial]) => [-BigInt(serial), identifier]),
        );
        const chunks = new FailedChunks(context, batch.number, others);
        const digest = await chunks.digest();
        if (chunks.payments === 0) throw new EngineError('NOTHING_TO_REISSUE', { batch: batch.number });
        return await loadBatch(context, session, {
          started,
          base: await loadDirectory(context, session),
          kind: 'reissue',
          inForce,
          period,
          cycle,
          region: batch.region ?? undefined,
          follows: batch.number,
          reason: `reissue of batch ${batch.number}`,
          rosterName: `reissue-${batch.number}`,
          rosterDigest: digest,
          controlLines: chunks.payments,
          controlAmount: chunks.amount,
          columns: COLUMNS,
          delimiter: ',',
          chunks: chunks.read(),
          threads: warmThreads(rosterJob, 0),
        });
      }),
    ),
  );
}

/** The failed payments as a roster, page by page, so that memory does not grow with them. */
class FailedChunks {
  readonly #context: Context;
  readonly #batch: number;
  readonly #others: ReadonlyMap<bigint, string>;
  payments = 0;
  amount = 0n;

  constructor(context: Context, batch: number, others: ReadonlyMap<bigint, string>) {
    this.#context = context;
    this.#batch = batch;
    this.#others = others;
  }

  async digest(): Promise<Uint8Array> {
    const hash = createHash('sha256').update(`reissue ${this.#batch}\n`);
    for await (const page of this.#pages()) {
      this.payments += page.length;
      for (const payment of page) this.amount += payment.amount;
      hash.update(this.#text(page));
    }
    return hash.digest();
  }

  async *read(): AsyncGenerator<RecordChunk> {
    let index = 0;
    let firstLine = 1;
    for await (const page of this.#pages()) {
      const text = this.#text(page);
      const bytes = new TextEncoder().encode(text);
      yield { index: index++, bytes, firstLine, hasQuote: true, encoding: 'utf-8' };
      firstLine += page.length;
    }
  }

  /** Read over a session of its own, because the batch's is busy copying; the cycle's lock keeps what is read true. */
  async *#pages(): AsyncGenerator<FailedPayment[]> {
    let after = 0;
    for (;;) {
      const from = after;
      const page = await this.#context.database.withSession((session) =>
        readFailedPayments(session, this.#batch, from, PAGE_PAYMENTS),
      );
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)?.line ?? after;
    }
  }

  #text(page: readonly FailedPayment[]): string {
    return page
      .map(({ departmentLine, person, name, amount, payee }) => {
        const ids = [person, payee].map((id) => (id === null ? '' : this.#identifier(id)));
        return quoted([departmentLine ?? '', ids[0] as string, name, formatYuan(amount), ids[1] as string]);
      })
      .join('');
  }

  #identifier(person: bigint): string {
    return person < 0n ? (this.#others.get(person) ?? '') : residentIdFromPerson(person);
  }
}

/** Every field quoted: the texts come back exactly as they were. */
function quoted(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}
