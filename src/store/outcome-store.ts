// Statements on outcomes: what banks said of payments. Rows are added, never changed; the newest of a payment holds.

import type { CopyIn } from './copy.js';
import type { Session } from './session.js';

export const OUTCOME_COLUMNS = ['line', 'return_file', 'row', 'class', 'code', 'text'] as const;

/** The part of `outcome` that a released batch's answers go into. */
export async function createOutcomeTable(session: Session, batch: number): Promise<void> {
  await session.query(`create table outcome_${batch} partition of outcome for values in (${batch})`);
  await session.query(`alter table outcome_${batch} alter column batch set default ${batch}`);
}

export function copyOutcomesIn(session: Session, batch: number): CopyIn {
  return session.copyIn(`copy outcome_${batch} (${OUTCOME_COLUMNS.join(', ')}) from stdin (format binary)`);
}

/** Line, amount and account of a bank's payments in a range of lines, in order: what a return file is matched with. */
export function copyInstructedOut(
  session: Session,
  segment: { batch: number; bank: number; firstLine: number; lastLine: number },
): AsyncIterable<Uint8Array> {
  const { batch, bank, firstLine, lastLine } = segment;
  return session.copyOut(
    `copy (select line, amount, account from payment_${batch}
       where bank = ${bank} and line between ${firstLine} and ${lastLine} order by line) to stdout (format binary)`,
  );
}

/** The newest outcome of each payment in a range of lines that has any. */
export function copyOutcomesOut(
  session: Session,
  segment: { batch: number; firstLine: number; lastLine: number },
): AsyncIterable<Uint8Array> {
  const { batch, firstLine, lastLine } = segment;
  return session.copyOut(
    `copy (select distinct on (line) line, class::text from outcome_${batch}
       where line between ${firstLine} and ${lastLine} order by line, return_file desc, row desc)
     to stdout (format binary)`,
  );
}
