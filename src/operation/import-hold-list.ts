// The hold list: people whose payments wait until someone settles them (ON_HOLD_LIST). A file replaces the whole list.

import { CARDHOLDER_COLUMNS } from '../codec/columns.js';
import type { ColumnSpec } from '../codec/header.js';
import { openTable } from '../codec/open-table.js';
import { readRecords } from '../codec/read-records.js';
import { inspectResidentId, personOfInspected } from '../identity/resident-id.js';
import { findOtherPerson, lockBase, readCardholder, replaceHoldList } from '../store/base-store.js';
import { addEvent } from '../store/event-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';

export interface HoldAnswer {
  held: number;
  /** People who are not in the base; they are held all the same where the ID says who they are. */
  unknown: number;
  rejected: number;
}

const COLUMNS = [
  { ...CARDHOLDER_COLUMNS[0] },
  { name: 'name', required: false, synonyms: CARDHOLDER_COLUMNS[1].synonyms },
  { name: 'reason', required: false, synonyms: ['原因', '事由', '备注'] },
] as const satisfies readonly ColumnSpec[];

export async function importHoldList(context: Context, input: { file: string }): Promise<HoldAnswer> {
  const table = await openTable(input.file, COLUMNS);
  try {
    return await context.database.withSession((session) =>
      session.transaction(async () => {
        await lockBase(session);
        const people = new Map<bigint, string>();
        const answer: HoldAnswer = { held: 0, unknown: 0, rejected: 0 };
        const cell = (fields: string[], name: 'resident_id' | 'reason'): string =>
          fields[table.positions.get(name) ?? -1] ?? '';
        for await (const { fields } of readRecords(table)) {
          const id = Array.isArray(fields) ? cell(fields, 'resident_id') : '';
          const person = await personOf(session, id);
          if (person === undefined) answer.rejected++;
          else {
            if (!(await readCardholder(session, person, undefined))) answer.unknown++;
            people.set(person, Array.isArray(fields) ? cell(fields, 'reason').trim() : '');
          }
        }
        const entries = [...people].map(([person, reason]) => ({ person, reason }));
        await replaceHoldList(session, entries, context.actor);
        answer.held = entries.length;
        await addEvent(session, { actor: context.actor, action: 'cardholder.hold', detail: { ...answer } });
        return answer;
      }),
    );
  } finally {
    await table.close();
  }
}

async function personOf(session: Session, text: string): Promise<bigint | undefined> {
  const inspected = inspectResidentId(text);
  if (inspected.kind === 'resident') return personOfInspected(inspected);
  return inspected.kind === 'other' ? await findOtherPerson(session, inspected.canonical) : undefined;
}
