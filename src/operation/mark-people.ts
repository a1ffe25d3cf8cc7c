// Gathers what else is known of people when a roster is checked: payments of the same cycle, payments of programmes
// that exclude this one, the hold list.

import type { Directory } from '../directory/directory.js';
import { OTHER_KIND } from '../directory/layout.js';
import { keyOfPerson, personFirst, personRest } from '../directory/person-key.js';
import { CopyTuples } from '../encoding/copy-tuples.js';
import { excludedWith } from '../programme/exclusion.js';
import { type Cycle, cycleOf, type Period } from '../programme/period.js';
import type { Catalogue, Programme } from '../programme/programme.js';
import { MarksBuilder, type MarksData } from '../roster/marks.js';
import { readHeldPeople } from '../store/base-store.js';
import {
  type CycleKey,
  copyPaidOut,
  lockCycles,
  PAID_COLUMNS,
  readLiveBatches,
  readOverlappingBatches,
} from '../store/cycle-store.js';
import type { Session } from '../store/session.js';

/**
 * Takes the cycles of the programme and of all that exclude it, so that imports of them wait for each other: what is
 * read here is true until the transaction ends.
 */
export async function lockCyclesOf(
  session: Session,
  catalogue: Catalogue,
  programme: Programme,
  period: Period,
): Promise<Cycle> {
  const excluding = excludedWith(catalogue.programmes, programme.code);
  const related = catalogue.programmes.filter((other) => excluding.includes(other.code));
  const cycles = [programme, ...related].map((member): CycleKey => {
    const cycle = cycleOf(member.frequency, period);
    return { programme: member.code, cycle: cycle.key, startsOn: cycle.start, endsOn: cycle.end };
  });
  await lockCycles(session, cycles);
  return cycleOf(programme.frequency, period);
}

export async function markPeople(
  session: Session,
  directory: Directory,
  catalogue: Catalogue,
  programme: Programme,
  cycle: Cycle,
  follows: number | undefined,
): Promise<MarksData> {
  const marks = new MarksBuilder(directory, follows);
  for (const batch of await readLiveBatches(session, programme.code, cycle.key)) {
    await eachPaid(session, directory, batch, (slot, line, sequence) =>
      marks.paid(slot, batch, line, sequence),
    );
  }
  const excluding = excludedWith(catalogue.programmes, programme.code);
  for (const other of await readOverlappingBatches(session, excluding, cycle.start, cycle.end)) {
    const exclusion = marks.addExclusion({ programme: other.programme, batch: other.number });
    await eachPaid(session, directory, other.number, (slot) => marks.excluded(slot, exclusion));
  }
  for (const person of await readHeldPeople(session)) {
    const { a, b } = keyOfPerson(person);
    const slot = directory.find(a, b);
    if (slot >= 0) marks.held(slot);
  }
  return marks.finish();
}

async function eachPaid(
  session: Session,
  directory: Directory,
  batch: number,
  visit: (slot: number, line: number, sequence: number) => void,
): Promise<void> {
  const tuples = new CopyTuples(PAID_COLUMNS);
  const start = (column: number): number => tuples.starts[column] as number;
  for await (const piece of copyPaidOut(session, batch)) {
    tuples.feed(piece, (_bytes, view) => {
      const high = view.getInt32(start(0));
      const low = view.getUint32(start(0) + 4);
      const a = high < 0 ? OTHER_KIND : personFirst(high, low);
      const b = high < 0 ? -(low | 0) >>> 0 : personRest(low, a);
      const slot = directory.find(a, b);
      if (slot >= 0) visit(slot, view.getInt32(start(1)), view.getInt16(start(2)));
    });
  }
  tuples.finish();
}
