// Statements on cycles (a programme's month, quarter or year) and on who already stands in one.

import type { Session } from './session.js';

export interface CycleKey {
  programme: string;
  cycle: string;
  startsOn: string;
  endsOn: string;
}

/** Takes the rows of cycles, in an order that is the same for everybody, so that imports of them take turns. */
export async function lockCycles(session: Session, cycles: readonly CycleKey[]): Promise<void> {
  const ordered = [...cycles].sort(
    (one, other) => compare(one.programme, other.programme) || compare(one.cycle, other.cycle),
  );
  for (const { programme, cycle, startsOn, endsOn } of ordered) {
    await session.query(
      `insert into cycle (programme, cycle, starts_on, ends_on) values ($1, $2, $3, $4) on conflict do nothing`,
      [programme, cycle, startsOn, endsOn],
    );
    await session.query('select 1 from cycle where programme = $1 and cycle = $2 for update', [
      programme,
      cycle,
    ]);
  }
}

/** Live batches of a programme's cycle, oldest first. */
export async function readLiveBatches(session: Session, programme: string, cycle: string): Promise<number[]> {
  const rows = await session.query<{ number: number }>(
    `select number from batch where programme = $1 and cycle = $2 and state <> 'cancelled' order by number`,
    [programme, cycle],
  );
  return rows.map((row) => row.number);
}

/** Live batches of other programmes whose cycle shares a day with the one given. */
export async function readOverlappingBatches(
  session: Session,
  programmes: readonly string[],
  startsOn: string,
  endsOn: string,
): Promise<{ number: number; programme: string }[]> {
  return await session.query(
    `select b.number, b.programme from batch b join cycle c using (programme, cycle)
     where b.programme = any($1::text[]) and b.state <> 'cancelled'
       and c.starts_on <= $3::date and c.ends_on >= $2::date
     order by b.number`,
    [programmes, startsOn, endsOn],
  );
}

/** Columns of copyPaidOut. */
export const PAID_COLUMNS = 3;

/** person, line and sequence of a batch's payments. */
export function copyPaidOut(session: Session, batch: number): AsyncIterable<Uint8Array> {
  return session.copyOut(
    `copy (select person, line, sequence from payment_${batch}) to stdout (format binary)`,
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
