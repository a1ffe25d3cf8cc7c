// A department's roster to a batch: found by looking, checked line by line, recognised when its bytes came before.

import { BufferPool } from '../base/buffer-pool.js';
import { EngineError } from '../base/error.js';
import { ROSTER_COLUMNS, type RosterColumn } from '../codec/columns.js';
import { openTable, type Table } from '../codec/open-table.js';
import { sha256OfFile } from '../codec/sha256-of-file.js';
import { covers, parseRegionCode } from '../identity/region-code.js';
import { parseYuan } from '../money/fen.js';
import { type Period, parsePeriod } from '../programme/period.js';
import type { RosterColumns } from '../roster/roster-line.js';
import { findBatchOfRoster, readBatch } from '../store/batch-store.js';
import type { Session } from '../store/session.js';
import { rosterJob } from '../worker/roster-job.js';
import { warmThreads } from '../worker/thread-pool.js';
import { programmeInForce } from './catalogue-in-force.js';
import type { Context } from './context.js';
import { type BatchAnswer, loadBatch } from './load-batch.js';
import { loadDirectory } from './load-directory.js';
import { withLocalFile } from './local-file.js';
import { lockCyclesOf } from './mark-people.js';
import { readBatchAnswer } from './read-batch-answer.js';
import { refuseSecondPayment } from './refuse-second-payment.js';
import { sizeOf, threadsForBytes } from './threads-for.js';

export interface ImportRosterInput {
  file: string;
  programme: string;
  /** YYYY-MM. */
  period: string;
  /** 6-digit code of the region whose roster it is. */
  region?: string | undefined;
  /** The department's control totals: lines, and yuan as text. */
  lines?: number | undefined;
  total?: string | undefined;
  /** The batch that this one supplements or corrects; needs a reason. */
  follows?: number | undefined;
  reason?: string | undefined;
}

export interface ImportRosterAnswer extends BatchAnswer {
  alreadyImported?: true;
  code?: 'ROSTER_ALREADY_IMPORTED';
}

/** Batches that may be followed: their payments stand, whatever the bank says of them. */
const FOLLOWABLE = ['released', 'sent', 'reconciled', 'closed'];

export async function importRoster(context: Context, input: ImportRosterInput): Promise<ImportRosterAnswer> {
  return await withLocalFile(context, input.file, (file, rosterName) =>
    importFile(context, { ...input, file }, rosterName),
  );
}

async function importFile(
  context: Context,
  input: ImportRosterInput,
  rosterName: string,
): Promise<ImportRosterAnswer> {
  const parsed = parseInput(input);
  const buffers = new BufferPool();
  const table = await openTable(input.file, ROSTER_COLUMNS);
  const started = performance.now();
  // They load what they need while the file is digested and the directory comes from disk.
  const threads = warmThreads(rosterJob, threadsForBytes(await sizeOf(input.file), context));
  const digesting = sha256OfFile(input.file);
  // Thrown where it is waited for; nobody may be waiting when it happens.
  digesting.catch(() => undefined);
  try {
    return await context.database.withSession((session) =>
      refuseSecondPayment(() =>
        session.transaction(async () => {
          const inForce = await programmeInForce(session, input.programme, input.period);
          refuseRegion(parsed.region, inForce.programme.regions);
          const cycle = await lockCyclesOf(session, inForce.catalogue, inForce.programme, parsed.period);
          const base = await loadDirectory(context, session);
          const rosterDigest = Buffer.from(await digesting, 'hex');
          const known = await findBatchOfRoster(session, rosterDigest, input.programme, input.period);
          if (known !== undefined) return await alreadyImported(session, known);
          if (input.follows !== undefined) await refuseFollows(session, input.follows, input, cycle.key);
          return await loadBatch(context, session, {
            started,
            base,
            kind: input.follows === undefined ? 'roster' : 'supplementary',
            inForce,
            ...parsed,
            cycle,
            follows: input.follows,
            reason: input.reason,
            rosterName,
            rosterDigest,
            columns: columnsOf(table),
            delimiter: table.delimiter,
            chunks: refuseEmpty(table, buffers),
            doneWith: (bytes) => buffers.give(bytes.buffer),
            threads,
          });
        }),
      ),
    );
  } finally {
    await threads.abandon();
    await digesting.catch(() => undefined);
    await table.close();
  }
}

interface ParsedInput {
  period: Period;
  region: number | undefined;
  controlLines: number | undefined;
  controlAmount: bigint | undefined;
}

function parseInput(input: ImportRosterInput): ParsedInput {
  const period = parsePeriod(input.period);
  if (!period) throw new EngineError('USAGE_INVALID', { option: '--period', value: input.period });
  const region = input.region === undefined ? undefined : parseRegionCode(input.region);
  if (input.region !== undefined && region === undefined) {
    throw new EngineError('USAGE_INVALID', { option: '--region', value: input.region });
  }
  const total = input.total === undefined ? undefined : parseYuan(input.total);
  if (typeof total === 'string')
    throw new EngineError('USAGE_INVALID', { option: '--total', value: input.total });
  if (input.follows !== undefined && !input.reason?.trim()) {
    throw new EngineError('USAGE_INVALID', { option: '--reason', problem: 'required with --follows' });
  }
  return {
    period,
    region,
    controlLines: input.lines,
    controlAmount: total === undefined ? undefined : BigInt(total),
  };
}

/** A roster of a region that the programme does not pay in is refused as a whole. */
function refuseRegion(region: number | undefined, regions: readonly number[]): void {
  if (region === undefined) return;
  if (!regions.some((area) => covers(area, region) || covers(region, area))) {
    throw new EngineError('REGION_REFUSED', { region });
  }
}

async function refuseFollows(
  session: Session,
  follows: number,
  input: ImportRosterInput,
  cycle: string,
): Promise<void> {
  const batch = await readBatch(session, follows);
  if (!batch) throw new EngineError('BATCH_UNKNOWN', { batch: follows });
  if (batch.programme !== input.programme || batch.cycle !== cycle) {
    throw new EngineError('FOLLOWS_REFUSED', { batch: follows, problem: 'otherProgrammeOrPeriod' });
  }
  if (!FOLLOWABLE.includes(batch.state)) {
    throw new EngineError('FOLLOWS_REFUSED', { batch: follows, problem: 'notReleased', state: batch.state });
  }
}

async function alreadyImported(session: Session, number: number): Promise<ImportRosterAnswer> {
  const answer = await readBatchAnswer(session, number);
  return { ...answer, alreadyImported: true, code: 'ROSTER_ALREADY_IMPORTED' };
}

export function columnsOf(table: Table<RosterColumn>): RosterColumns {
  const place = (name: RosterColumn): number => table.positions.get(name) ?? -1;
  return {
    residentId: place('resident_id'),
    name: place('name'),
    account: place('account'),
    amount: place('amount'),
    quantity: place('quantity'),
    payeeId: place('payee_id'),
    departmentLine: place('line'),
    count: table.width,
  };
}

/** A header without a line below it is no roster. */
async function* refuseEmpty(
  table: Table<RosterColumn>,
  buffers: BufferPool,
): ReturnType<Table<RosterColumn>['chunks']> {
  let bytes = 0;
  for await (const chunk of table.chunks(buffers)) {
    bytes += chunk.bytes.length;
    yield chunk;
  }
  if (bytes === 0) throw new EngineError('FILE_EMPTY', { file: table.name });
}
