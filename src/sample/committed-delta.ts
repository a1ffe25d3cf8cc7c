// samples/cardholders/delta.csv: changes only. New people; people whose account or state was put right (also such whose
// payments a bank may have returned, and such whose lines are held); unchanged rows; rows that contradict an earlier
// row of the same person; and rows that cannot be taken.

import { decodeGb18030, encodeGb18030 } from '../encoding/gb18030.js';
import { dayNumber } from '../identity/calendar-date.js';
import { accountWriter } from './bank.js';
import { ByteSink } from './byte-sink.js';
import { cardholderRowWriter } from './cardholder-row.js';
import type { Cohort } from './cohort.js';
import { nameWriter } from './name-writer.js';
import { blankPerson, type People, type Person } from './person.js';
import type { PlannedKind } from './roster-plan.js';

/** As `yika cardholder import` answers. */
export interface DeltaCounts {
  lines: number;
  new: number;
  changed: number;
  unchanged: number;
  conflicts: number;
  rejected: number;
}

export interface DeltaPeople {
  people: People;
  rosters: ReadonlyMap<string, readonly PlannedKind[]>;
  newcomers: Cohort;
  periodFirst: number;
}

type Outcome = 'new' | 'changed' | 'unchanged' | 'conflicts' | 'rejected';

interface DeltaRow {
  outcome: Outcome;
  cohort: Cohort;
  member: number;
  change?: (person: Person) => void;
  /** For rows that no record can say: the row's cells are altered as text. */
  damage?: (cells: string[]) => void;
}

const ROSTER = '01-gljt-2026-10.csv';
const SECOND_ROSTER = '03-gljt-2026-10-part-2.xlsx';
/** Owners from here on stand for new accounts of people who are in the base. */
const NEW_ACCOUNTS = 2 ** 29;
const DRAWN_UP = dayNumber({ year: 2026, month: 10, day: 20 });

export function deltaFile(seed: number, population: DeltaPeople): { bytes: Uint8Array; counts: DeltaCounts } {
  const rows = deltaRows(population);
  const options = { encoding: 'gb18030', headers: 'zh', updatedBefore: population.periodFirst } as const;
  const writer = cardholderRowWriter(options, nameWriter('gb18030'), accountWriter(seed));
  const sink = new ByteSink(64 * 1024);
  writer.header(sink);
  for (const { outcome, cohort, member, change, damage } of rows) {
    const person = blankPerson();
    population.people.fill(person, cohort, member);
    change?.(person);
    const from = sink.length;
    writer.row(sink, person, outcome === 'unchanged' ? undefined : DRAWN_UP);
    if (damage !== undefined) damageRow(sink, from, damage);
  }
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  return {
    bytes: sink.bytes.slice(0, sink.length),
    counts: {
      lines: rows.length,
      new: count('new'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      conflicts: count('conflicts'),
      rejected: count('rejected'),
    },
  };
}

function damageRow(sink: ByteSink, from: number, damage: (cells: string[]) => void): void {
  const cells = decodeGb18030(sink.bytes.subarray(from, sink.length))!.trimEnd().split(',');
  damage(cells);
  const bytes = encodeGb18030(`${cells.join(',')}\n`);
  sink.length = from;
  sink.piece(bytes, 0, bytes.length);
}

function newAccount(person: Person): void {
  person.accountOwner = NEW_ACCOUNTS + person.number;
}

function deltaRows({ rosters, newcomers, periodFirst }: DeltaPeople): DeltaRow[] {
  const of = (kind: string, file = ROSTER) =>
    rosters.get(file)!.find((planned) => planned.kind.name === kind)!.cohort;
  const rows = (
    outcome: Outcome,
    cohort: Cohort,
    members: number[],
    change?: DeltaRow['change'],
  ): DeltaRow[] => members.map((member) => ({ outcome, cohort, member, ...(change && { change }) }));
  const rejected = (member: number, damage: (cells: string[]) => void): DeltaRow => ({
    ...{ outcome: 'rejected', cohort: of('good'), member, damage },
  });
  return [
    ...rows('new', newcomers, [0, 1, 2, 3]),
    // Corrected accounts of people who are paid.
    ...rows('changed', of('good'), [3, 50, 51, 120], newAccount),
    ...rows('changed', of('good', SECOND_ROSTER), [7], newAccount),
    ...rows('unchanged', of('good'), [10, 11, 12, 13]),
    // What held their lines is settled.
    ...rows('changed', of('cardLost'), [0], (person) => {
      person.card = 'active';
    }),
    ...rows('changed', of('cardNotActivated'), [0], (person) => {
      person.card = 'active';
    }),
    ...rows('changed', of('accountDormant'), [0, 1], (person) => {
      person.account = 'normal';
    }),
    ...rows('changed', of('accountClosed'), [0], (person) => {
      person.account = 'normal';
      newAccount(person);
    }),
    ...rows('new', newcomers, [4, 5, 6, 7]),
    // Died within the period that is being paid.
    ...rows('changed', of('good'), [200], (person) => {
      person.diedOn = periodFirst + 11;
    }),
    ...rows('unchanged', of('good'), [14, 15]),
    // Two rows of one person that say different things: the first is taken, the second is a conflict.
    ...rows('changed', of('good'), [60], newAccount),
    ...rows('conflicts', of('good'), [60], (person) => {
      person.account = 'frozen';
    }),
    ...rows('changed', of('good'), [61], (person) => {
      person.card = 'lost';
    }),
    ...rows('conflicts', of('good'), [61]),
    rejected(70, (cells) => {
      cells[0] = `${cells[0]!.slice(0, 17)}${cells[0]!.endsWith('X') ? '5' : 'X'}`;
    }),
    rejected(71, (cells) => {
      cells[1] = '';
    }),
    rejected(72, (cells) => {
      cells[5] = '某某银行';
    }),
    rejected(73, (cells) => {
      cells[6] = '6.21226E+18';
    }),
    rejected(74, (cells) => {
      cells[4] = '未知';
    }),
  ];
}
