// Statements that count a batch again from its rows, for verify.

import type { Sum } from './batch-store.js';
import { blocksOf } from './copy-blocks.js';
import type { Session } from './session.js';

/** Lines and amounts of findings that hold or reject a line; a line has one of them at most. */
export async function sumFindings(session: Session, batch: number): Promise<({ severity: number } & Sum)[]> {
  return await session.query(
    `select severity::int as severity, count(distinct line)::int as count, coalesce(sum(amount), 0)::bigint as amount
     from finding_${batch} where severity < 2 group by 1`,
  );
}

/** All that banks said of a batch's payments, from the oldest to the newest: line and class. */
export function copyOutcomesInOrder(session: Session, batch: number): AsyncIterable<Uint8Array> {
  return session.copyOut(
    `copy (select line, class from outcome_${batch} order by return_file, row) to stdout (format binary)`,
  );
}

/**
 * The same as they are stored, in blocks of one column: of each outcome 16 bytes, where it stands (return file, row) and what it says
 * (line * 8 + class). Whoever reads them proves that they come in order, and reads them sorted where they do not: sorting takes the
 * server as long again.
 */
export function copyOutcomeBlocksOut(session: Session, batch: number): AsyncIterable<Uint8Array> {
  return session.copyOut(
    blocksOf(`outcome_${batch}`, (pairs) => [
      pairs('int8send((return_file::int8 << 32) | row)', 'int8send((line::int8 << 3) | class)'),
    ]),
  );
}

/** Files whose own count or amount is not that of their segments. */
export async function countFilesOutOfStep(session: Session, batch: number): Promise<number> {
  const [row] = await session.query<{ count: number }>(
    `select count(*)::int as count from (
       select f.number from payment_file f join payment_file_segment s on s.file = f.number
       where f.number in (select file from payment_file_segment where batch = $1)
       group by f.number, f.count, f.amount having sum(s.count) <> f.count or sum(s.amount) <> f.amount) odd`,
    [batch],
  );
  return row?.count ?? 0;
}

/** People of this batch who stand at the same sequence in another live batch of the cycle. */
export async function countPaidTwice(
  session: Session,
  batch: number,
  others: readonly number[],
): Promise<number> {
  let twice = 0;
  for (const other of others) {
    const [row] = await session.query<{ count: number }>(
      `select count(*)::int as count from payment_${batch} n
       join payment_${Number(other)} o on n.person = o.person and n.sequence = o.sequence`,
    );
    twice += row?.count ?? 0;
  }
  return twice;
}
