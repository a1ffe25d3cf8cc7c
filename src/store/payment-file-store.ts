// Statements on payment files and on which payments stand in them.

import { CopyTuples } from '../encoding/copy-tuples.js';
import { PACKED_COLUMNS } from '../roster/packed-payments.js';
import type { PaymentOrder } from './batch-store.js';
import type { Session } from './session.js';

const FILE_NUMBER_LOCK = 7_960_030;

export type PaymentFileState = 'written' | 'sent' | 'answered';

export interface PaymentFileRow {
  number: number;
  name: string;
  bank: number;
  format: string;
  formatDigest: Buffer;
  payDate: string;
  part: number;
  parts: number;
  count: number;
  amount: bigint;
  size: bigint;
  digest: Buffer;
  state: PaymentFileState;
  paidCount: number;
  paidAmount: bigint;
  failedCount: number;
  failedAmount: bigint;
  unresolvedCount: number;
  unresolvedAmount: bigint;
  /** What the file was written with besides its payments, so that the same bytes can be written again. */
  context: {
    batches: number[];
    programmes: string[];
    parameters: Record<string, string>;
    batchCount?: number;
    allParts?: { count: number; fen: string };
  };
  writtenBy: string;
  writtenAt: Date;
}

export interface SegmentRow {
  file: number;
  batch: number;
  firstLine: number;
  lastLine: number;
  firstSequence: number;
  count: number;
  amount: bigint;
  paidCount: number;
  paidAmount: bigint;
  failedCount: number;
  failedAmount: bigint;
  unresolvedCount: number;
  unresolvedAmount: bigint;
}

export type NewSegment = Pick<
  SegmentRow,
  'file' | 'batch' | 'firstLine' | 'lastLine' | 'firstSequence' | 'count' | 'amount'
>;

export type NewPaymentFile = Pick<
  PaymentFileRow,
  'number' | 'name' | 'bank' | 'format' | 'payDate' | 'part' | 'parts' | 'count' | 'amount' | 'writtenBy'
> & { formatDigest: Uint8Array; digest: Uint8Array; size: bigint; context: unknown };

const FILE_COLUMNS = `number, name, bank::int as bank, format, format_digest as "formatDigest", pay_date as "payDate",
  part, parts, count, amount, size, digest, state::text as state, paid_count as "paidCount",
  paid_amount as "paidAmount", failed_count as "failedCount", failed_amount as "failedAmount",
  unresolved_count as "unresolvedCount", unresolved_amount as "unresolvedAmount", context, written_by as "writtenBy",
  written_at as "writtenAt"`;

const SEGMENT_COLUMNS = `file, batch, first_line as "firstLine", last_line as "lastLine",
  first_sequence as "firstSequence", count, amount, paid_count as "paidCount", paid_amount as "paidAmount",
  failed_count as "failedCount", failed_amount as "failedAmount", unresolved_count as "unresolvedCount",
  unresolved_amount as "unresolvedAmount"`;

/** The next free number; releases take turns until the transaction ends, so that numbers have no gaps. */
export async function takeFileNumbers(session: Session): Promise<number> {
  await session.query(`select pg_advisory_xact_lock(${FILE_NUMBER_LOCK})`);
  const [row] = await session.query<{ next: number }>(
    'select coalesce(max(number), 0)::int + 1 as next from payment_file',
  );
  return row?.next ?? 1;
}

/** Whether no release is between the planning of its files and its end. */
export async function isReleaseIdle(session: Session): Promise<boolean> {
  const [row] = await session.query<{ idle: boolean }>(
    `select pg_try_advisory_xact_lock(${FILE_NUMBER_LOCK}) as idle`,
  );
  return row?.idle ?? false;
}

export async function insertPaymentFile(session: Session, file: NewPaymentFile): Promise<void> {
  await session.query(
    `insert into payment_file (number, name, bank, format, format_digest, pay_date, part, parts, count, amount, size,
       digest, context, written_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[file.number, file.name, file.bank, file.format, Buffer.from(file.formatDigest), file.payDate],
      ...[file.part, file.parts, file.count, file.amount, file.size, Buffer.from(file.digest)],
      ...[JSON.stringify(file.context), file.writtenBy],
    ],
  );
}

export async function insertSegments(session: Session, segments: readonly NewSegment[]): Promise<void> {
  const column = <Key extends keyof NewSegment>(key: Key) => segments.map((segment) => segment[key]);
  await session.query(
    `insert into payment_file_segment (file, batch, first_line, last_line, first_sequence, count, amount)
     select * from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::bigint[])`,
    [
      ...[column('file'), column('batch'), column('firstLine'), column('lastLine'), column('firstSequence')],
      ...[column('count'), column('amount')],
    ],
  );
}

/** Bytes of a payment in a file's content: its line and its amount, as int4send and int8send write them. */
export const CONTENT_ROW_BYTES = 12;

/** What a file instructs in one batch, in the order of the file. */
export async function insertContent(
  session: Session,
  content: { file: number; batch: number; payments: Uint8Array },
): Promise<void> {
  const { file, batch, payments } = content;
  await session.query('insert into payment_file_content (file, batch, payments) values ($1, $2, $3)', [
    ...[file, batch, Buffer.from(payments.buffer, payments.byteOffset, payments.byteLength)],
  ]);
}

/** By batch. Copied out in binary: in a query's answer every byte is two hexadecimal digits. */
export async function readContents(session: Session, file: number): Promise<Map<number, Uint8Array>> {
  const pieces: Uint8Array[] = [];
  const copy = session.copyOut(
    `copy (select batch, payments from payment_file_content where file = ${Number(file)}) to stdout (format binary)`,
  );
  for await (const piece of copy) pieces.push(piece);
  const contents = new Map<number, Uint8Array>();
  const tuples = new CopyTuples(2);
  const [batch, payments] = [0, 1];
  tuples.feed(Buffer.concat(pieces), (bytes, view) => {
    const from = tuples.starts[payments] as number;
    const to = from + (tuples.lengths[payments] as number);
    contents.set(view.getInt32(tuples.starts[batch] as number), bytes.subarray(from, to));
  });
  tuples.finish();
  return contents;
}

/** The formats that any payment file was written in: only they can be answered. */
export async function readFormatsInUse(session: Session): Promise<Set<string>> {
  const rows = await session.query<{ format: string }>('select distinct format from payment_file');
  return new Set(rows.map(({ format }) => format));
}

/** Files that pay a batch, or all, by number. */
export async function readPaymentFiles(session: Session, batch?: number): Promise<PaymentFileRow[]> {
  return await session.query<PaymentFileRow>(
    `select ${FILE_COLUMNS} from payment_file
     where $1::int is null or number in (select file from payment_file_segment where batch = $1) order by number`,
    [batch ?? null],
  );
}

/** A file by its name or its number. */
export async function findPaymentFile(session: Session, name: string): Promise<PaymentFileRow | undefined> {
  const number = /^[0-9]{1,9}$/.test(name) ? Number(name) : null;
  const [row] = await session.query<PaymentFileRow>(
    `select ${FILE_COLUMNS} from payment_file where name = $1 or number = $2 order by name = $1 desc limit 1`,
    [name, number],
  );
  return row;
}

/** As found by number, and kept from everybody else until the transaction ends. */
export async function lockPaymentFile(session: Session, number: number): Promise<PaymentFileRow | undefined> {
  const [row] = await session.query<PaymentFileRow>(
    `select ${FILE_COLUMNS} from payment_file where number = $1 for update`,
    [number],
  );
  return row;
}

export async function readSegments(session: Session, file: number): Promise<SegmentRow[]> {
  return await session.query<SegmentRow>(
    `select ${SEGMENT_COLUMNS} from payment_file_segment where file = $1 order by first_sequence`,
    [file],
  );
}

export async function readSegmentsOfBatch(session: Session, batch: number): Promise<SegmentRow[]> {
  return await session.query<SegmentRow>(
    `select ${SEGMENT_COLUMNS} from payment_file_segment where batch = $1 order by file`,
    [batch],
  );
}

/** Where a batch's payments stand: which bank's file, between which lines. */
export async function readSegmentPlaces(
  session: Session,
  batch: number,
): Promise<({ bank: number } & Pick<SegmentRow, 'file' | 'firstLine' | 'lastLine'>)[]> {
  return await session.query(
    `select s.file, f.bank::int as bank, s.first_line as "firstLine", s.last_line as "lastLine"
     from payment_file_segment s join payment_file f on f.number = s.file where s.batch = $1 order by s.file`,
    [batch],
  );
}

export async function setFileState(
  session: Session,
  number: number,
  from: readonly PaymentFileState[],
  to: PaymentFileState,
): Promise<boolean> {
  const touched = await session.execute(
    'update payment_file set state = $3 where number = $1 and state::text = any($2::text[])',
    [number, from, to],
  );
  return touched === 1;
}

/** Batches of a file whose every file is sent or answered. */
export async function readBatchesAllSent(session: Session, file: number): Promise<number[]> {
  const rows = await session.query<{ batch: number }>(
    `select s.batch from payment_file_segment s
     where s.file = $1 and not exists (
       select 1 from payment_file_segment o join payment_file f on f.number = o.file
       where o.batch = s.batch and f.state = 'written')`,
    [file],
  );
  return rows.map((row) => row.batch);
}

/** The payments of one segment of a file as packed COPY rows (roster/packed-payments.ts), in order of line. */
export function copySegmentOut(
  session: Session,
  bank: number,
  segment: Pick<SegmentRow, 'batch' | 'firstLine' | 'lastLine'>,
): AsyncIterable<Uint8Array> {
  const { batch, firstLine, lastLine } = segment;
  return session.copyOut(
    `copy (select ${PACKED_COLUMNS.join(', ')} from payment_${batch}
       where bank = ${bank} and line between ${firstLine} and ${lastLine} order by line) to stdout (format binary)`,
  );
}

/** Until the transaction ends no parallel worker reads along, so that rows come in the order in which they are stored. */
export async function readWithoutHelpers(session: Session): Promise<void> {
  await session.query('set local max_parallel_workers_per_gather = 0');
}

/**
 * Each bank's amounts as int8send writes them, in the order that its rows are copied out in: what files are planned from. In one
 * value, because a message for each amount costs both sides more than the amount.
 */
export function copyAmountsOut(
  session: Session,
  batch: number,
  banks: readonly number[],
  order: PaymentOrder,
): AsyncIterable<Uint8Array> {
  const sorted = order === 'byLine' ? ' order by line' : '';
  return session.copyOut(
    `copy (select bank, string_agg(int8send(amount), ''::bytea${sorted}) from payment_${batch}
       where bank in (${banks.map(Number).join(', ')}) group by bank)
     to stdout (format binary)`,
  );
}
