// Statements on batches, their payments and findings.

import { FINDING_COLUMNS } from '../roster/finding-rows.js';
import { PACKED_COLUMNS } from '../roster/packed-payments.js';
import type { CopyIn } from './copy.js';
import { blocksOf } from './copy-blocks.js';
import { writeEarly } from './early-writing.js';
import type { Session } from './session.js';

const BATCH_NUMBER_LOCK = 7_960_020;

export type BatchState =
  | 'checked'
  | 'submitted'
  | 'approved'
  | 'released'
  | 'sent'
  | 'reconciled'
  | 'closed'
  | 'cancelled';

export interface Sum {
  count: number;
  amount: bigint;
}

export interface BatchRow {
  number: number;
  kind: 'roster' | 'supplementary' | 'reissue';
  state: BatchState;
  programme: string;
  period: string;
  cycle: string;
  region: number | null;
  catalogue: number;
  baseVersion: number;
  follows: number | null;
  reason: string | null;
  rosterName: string;
  rosterDigest: Buffer;
  controlLines: number | null;
  controlAmount: bigint | null;
  lines: number;
  acceptedCount: number;
  acceptedAmount: bigint;
  heldCount: number;
  heldAmount: bigint;
  rejectedCount: number;
  rejectedAmount: bigint;
  digest: Buffer;
  createdBy: string;
  createdAt: Date;
}

export interface NewBatch {
  number: number;
  kind: BatchRow['kind'];
  programme: string;
  period: string;
  cycle: string;
  region: number | undefined;
  catalogue: number;
  baseVersion: number;
  follows: number | undefined;
  reason: string | undefined;
  rosterName: string;
  rosterDigest: Uint8Array;
  controlLines: number | undefined;
  controlAmount: bigint | undefined;
  lines: number;
  accepted: Sum;
  held: Sum;
  rejected: Sum;
  digest: Uint8Array;
  createdBy: string;
}

const BATCH_COLUMNS = `number, kind::text as kind, state::text as state, programme, period, cycle, region, catalogue,
  base_version as "baseVersion", follows, reason, roster_name as "rosterName", roster_digest as "rosterDigest",
  control_lines as "controlLines", control_amount as "controlAmount", lines,
  accepted_count as "acceptedCount", accepted_amount as "acceptedAmount",
  held_count as "heldCount", held_amount as "heldAmount",
  rejected_count as "rejectedCount", rejected_amount as "rejectedAmount",
  digest, created_by as "createdBy", created_at as "createdAt"`;

/**
 * The number for a batch that is being loaded: the lowest free one above all that exist. The lock on it ends with the
 * transaction, so a killed load gives its number back and the next run gets the same.
 */
export async function takeBatchNumber(session: Session): Promise<number> {
  const [last] = await session.query<{ number: number }>(
    'select coalesce(max(number), 0)::int as number from batch',
  );
  for (let number = (last?.number ?? 0) + 1; ; number++) {
    const [lock] = await session.query<{ taken: boolean }>(
      `select pg_try_advisory_xact_lock(${BATCH_NUMBER_LOCK}, $1) as taken`,
      [number],
    );
    if (!lock?.taken) continue;
    const [known] = await session.query('select 1 from batch where number = $1', [number]);
    if (known === undefined) return number;
  }
}

/**
 * What a row of each table must be; its number of the batch lets the table become a part of the whole without being read again. One
 * constraint each, because COPY evaluates each by itself (migration 0007).
 */
const MAKES_SENSE = {
  payment: 'line > 0 and amount > 0 and sequence >= 0 and bank between 100 and 999',
  finding: 'severity between 0 and 2',
} as const;

/** Tables of a batch's own, bare and made in this transaction: loading them needs no index and no second log. */
export async function createBatchTables(session: Session, number: number): Promise<void> {
  await writeEarly(session);
  for (const [table, rule] of Object.entries(MAKES_SENSE)) {
    await session.query(`create table ${table}_${number} (like ${table} including defaults)`);
    await session.query(
      `alter table ${table}_${number} alter column batch set default ${number},
         add constraint makes_sense check (batch = ${number} and ${rule})`,
    );
  }
}

export function copyPaymentsIn(session: Session, number: number): CopyIn {
  return session.copyIn(
    `copy payment_${number} (${PACKED_COLUMNS.join(', ')}) from stdin (format binary, freeze)`,
  );
}

export function copyFindingsIn(session: Session, number: number): CopyIn {
  return session.copyIn(
    `copy finding_${number} (${FINDING_COLUMNS.join(', ')}) from stdin (format binary, freeze)`,
  );
}

/**
 * IDs that are not in the base but stand on several lines: all but the first line become `duplicateCode`. Only lines whose
 * finding is `unknownCode` change; a line that was rejected for something graver keeps that.
 */
export async function settleUnknownRepeats(
  session: Session,
  number: number,
  unknownCode: number,
  duplicateCode: number,
): Promise<number> {
  // The rows are named by their place (ctid): a join by text on a table without statistics took 36 s for 2M lines.
  return await session.execute(
    `update finding_${number} set code = $2, detail = null where ctid = any (array(
       select place from (
         select ctid as place, code, row_number() over (partition by resident_id order by line) as nth
         from finding_${number} where person is null and severity = 0 and resident_id is not null) repeated
       where nth > 1 and code = $1))`,
    [unknownCode, duplicateCode],
  );
}

/** Indexes afterwards; then the tables become parts of payment and finding, and their rows immutable. */
export async function attachBatchTables(session: Session, number: number): Promise<void> {
  // Nobody stands in a batch twice, at whatever sequence: narrower than (person, sequence), and a fifth faster to build.
  await session.query(`create unique index on payment_${number} (person)`);
  await session.query(`create index on finding_${number} (line)`);
  for (const table of ['payment', 'finding']) {
    await session.query(`alter table ${table} attach partition ${table}_${number} for values in (${number})`);
  }
}

export async function insertBatch(session: Session, batch: NewBatch): Promise<void> {
  await session.query(
    `insert into batch (number, kind, state, programme, period, cycle, region, catalogue, base_version, follows, reason,
       roster_name, roster_digest, control_lines, control_amount, lines, accepted_count, accepted_amount, held_count,
       held_amount, rejected_count, rejected_amount, digest, created_by)
     values ($1, $2, 'checked', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
       $22, $23)`,
    [
      ...[batch.number, batch.kind, batch.programme, batch.period, batch.cycle, batch.region ?? null],
      ...[batch.catalogue, batch.baseVersion, batch.follows ?? null, batch.reason ?? null, batch.rosterName],
      ...[
        Buffer.from(batch.rosterDigest),
        batch.controlLines ?? null,
        batch.controlAmount ?? null,
        batch.lines,
      ],
      ...[batch.accepted.count, batch.accepted.amount, batch.held.count, batch.held.amount],
      ...[batch.rejected.count, batch.rejected.amount, Buffer.from(batch.digest), batch.createdBy],
    ],
  );
}

export async function insertBatchSums(
  session: Session,
  number: number,
  sums: {
    banks: readonly (readonly [number, Sum])[];
    funding: readonly (readonly [string, bigint])[];
  },
): Promise<void> {
  await session.query(
    `insert into batch_bank select $1, * from unnest($2::smallint[], $3::int[], $4::bigint[])`,
    [
      number,
      sums.banks.map(([bank]) => bank),
      sums.banks.map(([, sum]) => sum.count),
      sums.banks.map(([, sum]) => sum.amount),
    ],
  );
  await session.query(
    `insert into batch_funding (batch, ordinal, source, amount)
     select $1, ordinality, source, amount
     from unnest($2::text[], $3::bigint[]) with ordinality as f (source, amount, ordinality)`,
    [number, sums.funding.map(([source]) => source), sums.funding.map(([, amount]) => amount)],
  );
}

export async function insertFindingCounts(
  session: Session,
  number: number,
  counts: readonly { code: string; severity: string; count: number }[],
): Promise<void> {
  await session.query(
    `insert into batch_finding select $1, * from unnest($2::text[], $3::text[], $4::int[])`,
    [
      number,
      counts.map((row) => row.code),
      counts.map((row) => row.severity),
      counts.map((row) => row.count),
    ],
  );
}

export async function readBatch(session: Session, number: number): Promise<BatchRow | undefined> {
  const [row] = await session.query<BatchRow>(`select ${BATCH_COLUMNS} from batch where number = $1`, [
    number,
  ]);
  return row;
}

/** As readBatch, and nobody else moves the batch until the transaction ends. */
export async function lockBatch(session: Session, number: number): Promise<BatchRow | undefined> {
  const [row] = await session.query<BatchRow>(
    `select ${BATCH_COLUMNS} from batch where number = $1 for update`,
    [number],
  );
  return row;
}

export async function readBatches(session: Session): Promise<BatchRow[]> {
  return await session.query<BatchRow>(`select ${BATCH_COLUMNS} from batch order by number`);
}

/** The live batch that the same bytes became before, for the same programme and period. */
export async function findBatchOfRoster(
  session: Session,
  digest: Uint8Array,
  programme: string,
  period: string,
): Promise<number | undefined> {
  const [row] = await session.query<{ number: number }>(
    `select number from batch
     where roster_digest = $1 and programme = $2 and period = $3 and state <> 'cancelled' order by number limit 1`,
    [Buffer.from(digest), programme, period],
  );
  return row?.number;
}

export async function readBatchBanks(session: Session, number: number): Promise<({ bank: number } & Sum)[]> {
  return await session.query(
    'select bank::int as bank, count, amount from batch_bank where batch = $1 order by bank',
    [number],
  );
}

export async function readBatchFunding(
  session: Session,
  number: number,
): Promise<{ source: string; amount: bigint }[]> {
  return await session.query('select source, amount from batch_funding where batch = $1 order by ordinal', [
    number,
  ]);
}

export async function readFindingCounts(
  session: Session,
  number: number,
): Promise<{ code: string; severity: string; count: number }[]> {
  return await session.query('select code, severity, count from batch_finding where batch = $1', [number]);
}

/** Moves a batch if it is still where the caller thinks; answers whether it was. */
export async function moveBatch(
  session: Session,
  number: number,
  from: BatchState,
  to: BatchState,
): Promise<boolean> {
  const touched = await session.execute('update batch set state = $3 where number = $1 and state = $2', [
    number,
    from,
    to,
  ]);
  return touched === 1;
}

/**
 * How payments are read: as they are stored, which is in order of line unless someone rearranged the table, or sorted.
 * Sorting 2,000,000 rows takes as long again as reading them, so it is done only when the digest says it is needed.
 */
export type PaymentOrder = 'asStored' | 'byLine';

/** The payments of a batch as packed COPY rows (roster/packed-payments.ts). */
export function copyPaymentsOut(
  session: Session,
  number: number,
  order: PaymentOrder,
): AsyncIterable<Uint8Array> {
  const columns = PACKED_COLUMNS.join(', ');
  const rows =
    order === 'asStored'
      ? `payment_${number} (${columns})`
      : `(select ${columns} from payment_${number} order by line)`;
  return session.copyOut(`copy ${rows} to stdout (format binary)`);
}

/** The payments of a batch as they are stored, in blocks of columns (roster/payment-block.ts). */
export function copyPaymentBlocksOut(session: Session, number: number): AsyncIterable<Uint8Array> {
  return session.copyOut(
    blocksOf(`payment_${number}`, (pairs) => [
      pairs('int8send(person)', 'int8send(line | (bank::int8 << 31) | (sequence::int8 << 41))'),
      pairs('int8send(amount)', 'details'),
    ]),
  );
}

/**
 * A few kilobytes that say which pages hold which lines, so that a bank's file of 1,000 payments is found without reading
 * all of a batch (218 return files of 1,900,000 payments: 70 s of reading without it).
 */
export async function indexPaymentLines(session: Session, number: number): Promise<void> {
  await session.query(`create index on payment_${number} using brin (line) with (pages_per_range = 32)`);
  // Without statistics the planner takes the lines for scattered and reads everything all the same.
  // That lines stand in order is seen from a few thousand rows.
  await session.query('set local default_statistics_target = 10');
  await session.query(`analyze payment_${number} (line, bank)`);
}

export interface FindingRow {
  line: number;
  code: number;
  severity: number;
  detail: string | null;
  residentId: string | null;
  name: string | null;
  account: string | null;
  amount: bigint | null;
  amountText: string | null;
  departmentLine: string | null;
}

/** One page of a batch's findings in order of line and precedence, after a line. */
export async function readFindings(
  session: Session,
  number: number,
  after: { line: number; code: number },
  limit: number,
): Promise<FindingRow[]> {
  return await session.query<FindingRow>(
    `select line, code::int as code, severity::int as severity, detail, resident_id as "residentId", name, account,
       amount, amount_text as "amountText", department_line as "departmentLine"
     from finding where batch = $1 and (line, code) > ($2, $3) order by line, code limit $4`,
    [number, after.line, after.code, limit],
  );
}
