// Statements on outcomes: what banks said of payments. Rows are added, never changed; the newest of a payment holds.

import type { CopyIn } from './copy.js';
import type { Session } from './session.js';

const SAYINGS_GROUP = 10_000;

/** In the order of kernel/assembly/answer-rows.ts. */
const OUTCOME_COLUMNS = ['line', 'return_file', 'row', 'class', 'says'] as const;

/** The part of `outcome` that a released batch's answers go into. */
export async function createOutcomeTable(session: Session, batch: number): Promise<void> {
  await session.query(`create table outcome_${batch} partition of outcome for values in (${batch})`);
  await session.query(`alter table outcome_${batch} alter column batch set default ${batch}`);
}

export function copyOutcomesIn(session: Session, batch: number): CopyIn {
  return session.copyIn(`copy outcome_${batch} (${OUTCOME_COLUMNS.join(', ')}) from stdin (format binary)`);
}

/** What the bank says in a return file, by number. */
export async function insertSayings(
  session: Session,
  returnFile: number,
  sayings: readonly { code: string; text: string }[],
): Promise<void> {
  for (let at = 0; at < sayings.length; at += SAYINGS_GROUP) {
    const group = sayings.slice(at, at + SAYINGS_GROUP);
    // The database's text cannot hold U+0000, which stands in damaged files only.
    const column = (key: 'code' | 'text') => group.map((saying) => saying[key].replaceAll('\u0000', ''));
    await session.query(
      `insert into saying (return_file, number, code, text)
       select $1, $2::int + place - 1, code, text from unnest($3::text[], $4::text[]) with ordinality as s (code, text, place)`,
      [returnFile, at, column('code'), column('text')],
    );
  }
}

/** Accounts of a bank's payments in a range of lines, in order: for banks that send no reference back. */
export function copyAccountsOut(
  session: Session,
  segment: { batch: number; bank: number; firstLine: number; lastLine: number },
): AsyncIterable<Uint8Array> {
  const { batch, bank, firstLine, lastLine } = segment;
  return session.copyOut(
    `copy (select payment_account(details) from payment_${batch}
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
    `copy (select distinct on (line) line, class from outcome_${batch}
       where line between ${firstLine} and ${lastLine} order by line, return_file desc, row desc)
     to stdout (format binary)`,
  );
}
