// Statements that find what failed and was not reissued.

import { FAILED } from '../reconciliation/answer-rows.js';
import type { Session } from './session.js';

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
    `select p.line, p.person, payment_payee(p.details) as payee, p.amount,
       payment_department_line(p.details) as "departmentLine",
       coalesce((select c.name from cardholder_in_full c where c.person = p.person order by c.version desc limit 1),
         payment_name(p.details)) as name
     from payment_${batch} p join (
       select distinct on (line) line, class from outcome_${batch} where line > $2
       order by line, return_file desc, row desc) o using (line)
     where o.class = ${FAILED} and p.line > $2 and not exists (
       select 1 from batch b join payment q on q.batch = b.number
       where b.follows = $1 and b.state <> 'cancelled' and q.person = p.person
           and payment_follows_line(q.details) = p.line)
     order by p.line limit $3`,
    [batch, afterLine, limit],
  );
}
