// Which rosters stand in samples/rosters, and how many lines of which kind each has. Numbered in the order of import:
// what is paid already or excluded depends on what came before.

import { BAD_KINDS, GOOD, GOOD_ODD, type LineKind } from './line-kind.js';
import { SAMPLE_PROGRAMMES, type SampleProgramme } from './programme.js';
import { kindsFor } from './roster-kinds.js';
import type { RosterColumns } from './roster-row.js';

/** `csv-bom`: UTF-8 with a byte order mark. `gz`: UTF-8 without one, compressed. */
export type RosterForm = 'gb18030' | 'csv-bom' | 'xlsx' | 'gz';

export interface RosterSpec {
  file: string;
  form: RosterForm;
  programme: SampleProgramme;
  /** Above the header; none where undefined. */
  title?: string;
  totalsRow?: true;
  lines: readonly LineCount[];
}

export interface LineCount {
  kind: LineKind;
  count: number;
  /** These lines name people of another roster's lines again: of that kind, from that member on. */
  again?: { file: string; kind: string; from: number };
}

/** As the department keeps them: account, payee and remark beside what is required. */
export const COMMITTED_COLUMNS: RosterColumns = { account: true, payee: true, remark: true };
export const COMMITTED_PERIOD = '2026-10';

const { GLJT, CJSH, GDDL } = SAMPLE_PROGRAMMES;
const FIRST = '01-gljt-2026-10.csv';
const DISABLED = '02-cjsh-2026-10.csv';

const ON_HOLD: LineKind = { name: 'onHold', finding: 'ON_HOLD_LIST', weight: 0, traits: {}, edit: 'none' };
const PAID: LineKind = { name: 'alreadyPaid', finding: 'ALREADY_PAID', weight: 0, traits: {}, edit: 'none' };
const EXCLUDED: LineKind = {
  name: 'excluded',
  finding: 'EXCLUDED_BY_PROGRAMME',
  weight: 0,
  traits: {},
  edit: 'none',
};
/** Good lines of people old enough to be listed for the old-age allowance as well. */
const GOOD_OLD: LineKind = { ...GOOD, name: 'goodOld', traits: { ages: 'old' } };
/** Children whose benefit a guardian receives. */
const GUARDIAN: LineKind = { ...GOOD, name: 'guardian', traits: { ages: 'child' }, edit: 'payeeGuardian' };

/** What a sheet cannot show: it has cells, so no line of it has too many fields, half a quote or broken bytes. */
const TEXT_ONLY = new Set(['fieldsTooFew', 'fieldsTooMany', 'quoteBroken', 'bytesNoText']);
/** More than one line of these: accounts are shared two and two, rare names go to a bank that takes them and one not. */
const MORE: Readonly<Record<string, number>> = {
  duplicate: 3,
  idCheckCharacter: 3,
  accountShared: 4,
  rareName: 3,
  passport: 2,
  cardLost: 3,
  accountDormant: 3,
};

function everyBadKind(programme: SampleProgramme, form: RosterForm): LineCount[] {
  const kinds = kindsFor(programme, COMMITTED_COLUMNS);
  return kinds
    .filter((kind) => form !== 'xlsx' || !TEXT_ONLY.has(kind.name))
    .map((kind) => ({ kind, count: MORE[kind.name] ?? 1 }));
}

function held(count: number): LineCount {
  return { kind: ON_HOLD, count };
}

function paidBefore(from: number, count: number): LineCount {
  return { kind: PAID, count, again: { file: FIRST, kind: 'good', from } };
}

function excludedBefore(from: number, count: number): LineCount {
  return { kind: EXCLUDED, count, again: { file: DISABLED, kind: 'goodOld', from } };
}

/** A later roster of the old-age allowance: everything that can be wrong. */
function laterRoster(file: string, form: RosterForm, part: number, good: number): RosterSpec {
  return {
    file,
    form,
    programme: GLJT,
    lines: [
      { kind: GOOD, count: good },
      { kind: GOOD_ODD[0]!, count: 1 },
      ...everyBadKind(GLJT, form),
      held(1),
      paidBefore(part * 4, 3),
      excludedBefore(part * 2, 2),
    ],
  };
}

export const COMMITTED_ROSTERS: readonly RosterSpec[] = [
  {
    file: FIRST,
    form: 'gb18030',
    programme: GLJT,
    lines: [
      { kind: GOOD, count: 250 },
      ...GOOD_ODD.map((kind) => ({ kind, count: 2 })),
      ...everyBadKind(GLJT, 'gb18030'),
      held(2),
    ],
  },
  {
    file: DISABLED,
    form: 'csv-bom',
    programme: CJSH,
    lines: [
      { kind: GOOD, count: 80 },
      { kind: GOOD_OLD, count: 12 },
      { kind: GUARDIAN, count: 4 },
      ...everyBadKind(CJSH, 'csv-bom'),
      held(1),
    ],
  },
  {
    ...laterRoster('03-gljt-2026-10-part-2.xlsx', 'xlsx', 0, 110),
    title: '2026年10月高龄津贴发放花名册（第二部分）',
    totalsRow: true,
  },
  laterRoster('04-gljt-2026-10-part-3.csv.gz', 'gz', 1, 100),
  {
    ...laterRoster('05-gljt-2026-10-part-4.csv', 'gb18030', 2, 20),
    title: '2026年10月高龄津贴发放花名册（第四部分）',
    totalsRow: true,
  },
  laterRoster('06-gljt-2026-10-part-5.csv', 'csv-bom', 3, 20),
  {
    file: '07-gddl-2026.csv',
    form: 'gb18030',
    programme: GDDL,
    lines: [{ kind: GOOD, count: 90 }, ...everyBadKind(GDDL, 'gb18030'), held(1)],
  },
];

/** Kinds by name, for tests that ask whether everything occurs. */
export const COMMITTED_KINDS: readonly LineKind[] = [...BAD_KINDS, ON_HOLD, PAID, EXCLUDED];
