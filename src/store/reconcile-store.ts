// Statements that count what banks said, and find what failed and was not reissued.

import { FAILED, OUTCOME_CLASSES } from '../reconciliation/answer-rows.js';
import type { Sum } from './batch-store.js';
import type { Session } from './session.js';

/** A batch's payments by their newest outcome, counted again from the rows themselves. */
export async function countOutcomes(
  session: Session,
  batch: number,
): Promise<({ bank: number; class: string | null } & Sum)[]> {
  const rows = await session.query<{ bank: number; class: number | null } & Sum>(
    `select p.bank::int as bank, o.class::int as class, count(*)::int as count, sum(p.amount)::bigint as amount
     from payment_${batch} p left join (
       select distinct on (line) line, class from outcome_${batch} order by line, return_file desc, row desc) o using (line)
     group by 1, 2 order by 1, 2`,
  );
  return rows.map(inWords);
}

/** The same by amount and region, from which the funding shares are made. */
export async function groupOutcomes(
  session: Session,
  batch: number,
  isReleased: boolean,
): Promise<{ amount: bigint; region: number; class: string | null; count: number }[]> {
  const outcomes = isReleased
    ? `left join (select distinct on (line) line, class from outcome_${batch}
         order by line, return_file desc, row desc) o using (line)`
    : 'cross join (select null::smallint as class) o';
  const rows = await session.query<{ amount: bigint; region: number; class: number | null; count: number }>(
    `select p.amount, p.region, o.class::int as class, count(*)::int as count
     from payment_${batch} p ${outcomes} group by 1, 2, 3`,
  );
  return rows.map(inWords);
}

function inWords<Row extends { class: number | null }>(
  row: Row,
): Omit<Row, 'class'> & { class: string | null } {
  return { ...row, class: row.class === null ? null : (OUTCOME_CLASSES[row.class - 1] ?? null) };
}

export interface FailedPayment {
  line: number;
  person: bigint;
  payee: bigint | null;
  amount: bigint;
  name: string;
  departmentLine: string | null;
}

/**
 * Failed payments that no live batch follows, after a line, with the person's name as the base spells it now (the
 * payment's own where the base has the person no more).
 */
export async function readFailedPayments(
  session: Session,
  batch: number,
  afterLine: number,
  limit: number,
): Promise<FailedPayment[]> {
  return await session.query<FailedPayment>(
    `select p.line, p.person, p.payee, p.amount, p.department_line as "departmentLine",
       coalesce((select c.name from cardholder c where c.person = p.person order by c.version desc limit 1), p.name) as name
     from payment_${batch} p join (
       select distinct on (line) line, class from outcome_${batch} where line > $2
       order by line, return_file desc, row desc) o using (line)
     where o.class = ${FAILED} and p.line > $2 and not exists (
       select 1 from batch b join payment q on q.batch = b.number
       where b.follows = $1 and b.state <> 'cancelled' and q.person = p.person and q.follows_line = p.line)
     order by p.line limit $3`,
    [batch, afterLine, limit],
  );
}
