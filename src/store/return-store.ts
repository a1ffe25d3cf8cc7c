// Statements on return files, what they answered, and the exceptions they left.

import type { Session } from './session.js';

const RETURN_NUMBER_LOCK = 7_960_031;

export interface ReturnFileRow {
  number: number;
  name: string;
  digest: Buffer;
  format: string;
  bank: number;
  lines: number;
  importedBy: string;
  importedAt: Date;
}

export interface ReturnAnswerRow {
  returnFile: number;
  paymentFile: number;
  paidCount: number;
  paidAmount: bigint;
  failedCount: number;
  failedAmount: bigint;
}

export interface NewException {
  row: number;
  code: string;
  detail: string | undefined;
  batch: number | undefined;
  line: number | undefined;
}

const COLUMNS = `number, name, digest, format, bank::int as bank, lines, imported_by as "importedBy",
  imported_at as "importedAt"`;

export async function takeReturnNumber(session: Session): Promise<number> {
  await session.query(`select pg_advisory_xact_lock(${RETURN_NUMBER_LOCK})`);
  const [row] = await session.query<{ next: number }>(
    'select coalesce(max(number), 0)::int + 1 as next from return_file',
  );
  return row?.next ?? 1;
}

export async function findReturnByDigest(
  session: Session,
  digest: Uint8Array,
): Promise<ReturnFileRow | undefined> {
  const [row] = await session.query<ReturnFileRow>(`select ${COLUMNS} from return_file where digest = $1`, [
    Buffer.from(digest),
  ]);
  return row;
}

export async function insertReturnFile(
  session: Session,
  row: Omit<ReturnFileRow, 'importedAt' | 'digest'> & { digest: Uint8Array },
): Promise<void> {
  await session.query(
    `insert into return_file (number, name, digest, format, bank, lines, imported_by) values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.number, row.name, Buffer.from(row.digest), row.format, row.bank, row.lines, row.importedBy],
  );
}

export async function insertReturnAnswer(session: Session, row: ReturnAnswerRow): Promise<void> {
  await session.query(`insert into return_file_answer values ($1, $2, $3, $4, $5, $6)`, [
    ...[row.returnFile, row.paymentFile, row.paidCount, row.paidAmount, row.failedCount, row.failedAmount],
  ]);
}

export async function readReturnAnswers(session: Session, returnFile: number): Promise<ReturnAnswerRow[]> {
  return await session.query<ReturnAnswerRow>(
    `select return_file as "returnFile", payment_file as "paymentFile", paid_count as "paidCount",
       paid_amount as "paidAmount", failed_count as "failedCount", failed_amount as "failedAmount"
     from return_file_answer where return_file = $1 order by payment_file`,
    [returnFile],
  );
}

/** Return files that answered a payment file, oldest first. */
export async function readReturnsOf(session: Session, paymentFile: number): Promise<ReturnFileRow[]> {
  return await session.query<ReturnFileRow>(
    `select ${COLUMNS} from return_file
     where number in (select return_file from return_file_answer where payment_file = $1) order by number`,
    [paymentFile],
  );
}

export async function insertExceptions(
  session: Session,
  returnFile: number,
  exceptions: readonly NewException[],
): Promise<void> {
  if (exceptions.length === 0) return;
  const column = <Key extends keyof NewException>(key: Key) => exceptions.map((row) => row[key] ?? null);
  await session.query(
    `insert into exception (return_file, row, code, detail, batch, line)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::int[])`,
    [returnFile, column('row'), column('code'), column('detail'), column('batch'), column('line')],
  );
}

export async function countExceptionsOfReturn(
  session: Session,
  returnFile: number,
): Promise<Record<string, number>> {
  return counted(
    await session.query(
      'select code, count(*)::int as count from exception where return_file = $1 group by 1',
      [returnFile],
    ),
  );
}

/** Exceptions of a batch's payments, with those of its files' answers that name no payment at all. */
export async function countExceptionsOfBatch(
  session: Session,
  batch: number,
): Promise<Record<string, number>> {
  return counted(
    await session.query(
      `select e.code, count(*)::int as count from exception e
       where e.batch = $1 or (e.batch is null and e.return_file in (
         select a.return_file from return_file_answer a join payment_file_segment s on s.file = a.payment_file
         where s.batch = $1))
       group by 1`,
      [batch],
    ),
  );
}

export async function insertCorrections(
  session: Session,
  returnFile: number,
  corrections: readonly { row: number; batch: number; line: number; code: string; corrected: string }[],
): Promise<void> {
  if (corrections.length === 0) return;
  await session.query(
    `insert into correction (return_file, row, batch, line, code, corrected)
     select $1, * from unnest($2::int[], $3::int[], $4::int[], $5::text[], $6::text[])`,
    [
      returnFile,
      corrections.map((entry) => entry.row),
      corrections.map((entry) => entry.batch),
      corrections.map((entry) => entry.line),
      corrections.map((entry) => entry.code),
      corrections.map((entry) => entry.corrected),
    ],
  );
}

/** Those of the named payments that exist, as `batch:line`. Batch by batch, so that only their own tables are read. */
export async function readKnownPayments(
  session: Session,
  payments: readonly { batch: number; line: number }[],
): Promise<Set<string>> {
  const batches = await session.query<{ number: number }>(
    'select number from batch where number = any($1::int[]) order by number',
    [[...new Set(payments.map((payment) => payment.batch))]],
  );
  const known = new Set<string>();
  for (const { number } of batches) {
    const lines = payments.filter(({ batch }) => batch === number).map(({ line }) => line);
    const rows = await session.query<{ line: number }>(
      `select line from payment_${Number(number)} where line = any($1::int[])`,
      [lines],
    );
    for (const { line } of rows) known.add(`${number}:${line}`);
  }
  return known;
}

/** The file that pays a payment: of its bank, with the payment's line in one of its segments. */
export async function findFileOfPayment(
  session: Session,
  batch: number,
  line: number,
): Promise<number | undefined> {
  const [row] = await session.query<{ file: number }>(
    `select s.file from payment p
       join payment_file_segment s on s.batch = p.batch and p.line between s.first_line and s.last_line
       join payment_file f on f.number = s.file and f.bank = p.bank
     where p.batch = $1 and p.line = $2`,
    [batch, line],
  );
  return row?.file;
}

/** The files that pay these payments, in order. Batch by batch, so that only their own tables are read. */
export async function findFilesOfPayments(
  session: Session,
  payments: readonly { batch: number; line: number }[],
): Promise<number[]> {
  const batches = await session.query<{ number: number }>(
    'select number from batch where number = any($1::int[]) order by number',
    [[...new Set(payments.map((payment) => payment.batch))]],
  );
  const files = new Set<number>();
  for (const { number } of batches) {
    const lines = payments.filter(({ batch }) => batch === number).map(({ line }) => line);
    const rows = await session.query<{ file: number }>(
      `select distinct s.file from payment_${Number(number)} p
         join payment_file_segment s on s.batch = ${Number(number)} and p.line between s.first_line and s.last_line
         join payment_file f on f.number = s.file and f.bank = p.bank
       where p.line = any($1::int[])`,
      [lines],
    );
    for (const { file } of rows) files.add(file);
  }
  return [...files].sort((left, right) => left - right);
}

/** Files of a format that wait for an answer, with just these totals. */
export async function findFilesByTotals(
  session: Session,
  format: string,
  count: number,
  amount: bigint,
): Promise<number[]> {
  const rows = await session.query<{ number: number }>(
    `select number from payment_file where format = $1 and count = $2 and amount = $3 and state <> 'answered'`,
    [format, count, amount],
  );
  return rows.map((row) => row.number);
}

export interface OutcomeSums {
  paidCount: number;
  paidAmount: bigint;
  failedCount: number;
  failedAmount: bigint;
  unresolvedCount: number;
  unresolvedAmount: bigint;
}

/** Moves the running totals of a segment and its file; the raw outcomes prove them again in verify. */
export async function addOutcomeSums(
  session: Session,
  file: number,
  batch: number,
  sums: OutcomeSums,
): Promise<void> {
  const values = [
    ...[sums.paidCount, sums.paidAmount, sums.failedCount, sums.failedAmount],
    ...[sums.unresolvedCount, sums.unresolvedAmount],
  ];
  const set = `paid_count = paid_count + $1, paid_amount = paid_amount + $2, failed_count = failed_count + $3,
    failed_amount = failed_amount + $4, unresolved_count = unresolved_count + $5,
    unresolved_amount = unresolved_amount + $6`;
  await session.query(`update payment_file_segment set ${set} where file = $7 and batch = $8`, [
    ...values,
    file,
    batch,
  ]);
  await session.query(`update payment_file set ${set} where number = $7`, [...values, file]);
}

function counted(rows: readonly Record<string, unknown>[]): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [String(row['code']), Number(row['count'])]));
}
