// The lines of a planned roster, written one by one and counted as they are written.

import type { ByteSink } from './byte-sink.js';
import type { RosterTally } from './expectation.js';
import { blankPerson, type People, type Person } from './person.js';
import type { SampleProgramme } from './programme.js';
import type { PlannedKind, PlannedLine, RosterPlan } from './roster-plan.js';
import type { RosterRowWriter } from './roster-row.js';

export interface RowSource {
  header(sink: ByteSink): void;
  /** `row` is 0-based. */
  row(sink: ByteSink, row: number): void;
}

export function rosterSource(
  people: People,
  plan: RosterPlan,
  rows: RosterRowWriter,
  tally: RosterTally,
  programme: SampleProgramme,
): RowSource {
  const person = blankPerson();
  const payee = blankPerson();
  const line: PlannedLine = { planned: plan.kinds[0]!, member: 0, place: 0 };
  return {
    header: (sink) => rows.header(sink),
    row(sink, row) {
      plan.lineAt(row, line);
      const { planned, member, place } = line;
      people.fill(person, planned.cohort, member);
      const { payees } = planned;
      if (payees !== undefined) people.fill(payee, payees, place % payees.size);
      rows.row(sink, row + 1, person, planned.kind.edit, payees === undefined ? undefined : payee);
      const paid = planned.kind.edit === 'payeeGuardian' ? payee : person;
      tally.add(planned, paid.bank, fenCounted(planned, person, programme));
    },
  };
}

/** What a line adds to the sum of its kind. */
function fenCounted({ kind }: PlannedKind, person: Person, programme: SampleProgramme): number {
  if (kind.fen !== undefined) return kind.fen;
  return kind.edit === 'amountOther' ? programme.wrongFen(person) : programme.amountFen(person);
}
