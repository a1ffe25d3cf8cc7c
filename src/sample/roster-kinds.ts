// Which kinds of lines a roster has and how many of each: the sample's own rules for shares, variants and programmes.

import type { FindingCode } from '../base/finding.js';
import type { CohortTraits } from './cohort.js';
import { BAD_KINDS, GOOD, GOOD_ODD, type LineKind } from './line-kind.js';
import type { SampleProgramme } from './programme.js';
import { shareOut } from './roster-plan.js';
import type { RosterColumns } from './roster-row.js';

/**
 * `plain`: as rosters are. `quoted`: every field in quotes. `wrong`: every line refused. `duplicates`: every ID ten
 * times. `rareNames`: every good line's name has a character that GBK cannot write.
 */
export type SampleVariant = 'plain' | 'quoted' | 'wrong' | 'duplicates' | 'rareNames';

export interface KindCount {
  kind: LineKind;
  count: number;
  traits: CohortTraits;
  /** Index in the list of the kind whose people these lines name again. */
  sameAs?: number;
}

/** Lines that name one person, in the variant `duplicates`. */
const LINES_PER_DUPLICATE = 10;
/** Of 1000 good lines: those of people who are easily taken for bad. */
const GOOD_ODD_SHARE = 3;

const DUPLICATE = BAD_KINDS.find((kind) => kind.repeats === true)!;
/** What pays all the same: warnings, and names that only some banks refuse. */
const PAID_ALL_THE_SAME: ReadonlySet<FindingCode | undefined> = new Set<FindingCode | undefined>([
  undefined,
  'ACCOUNT_SHARED',
  'RESIDENT_ID_UNCHECKED',
  'CARD_LOST',
  'CARD_NOT_ACTIVATED',
  'ACCOUNT_FROZEN',
  'ACCOUNT_DORMANT',
]);

/** Kinds that this programme and these columns can show. */
export function kindsFor(programme: SampleProgramme, columns: RosterColumns): LineKind[] {
  return BAD_KINDS.filter((kind) => {
    if (kind.finding === 'AGE_NOT_ELIGIBLE') return programme.agesRefused !== undefined;
    if (kind.edit === 'accountOther') return columns.account;
    if (kind.edit === 'payeeOther') return columns.payee && programme.payee === 'self';
    return true;
  });
}

/** The people of a kind in a programme's roster. */
export function traitsOf(kind: LineKind, programme: SampleProgramme): CohortTraits {
  const refused = kind.finding === 'AGE_NOT_ELIGIBLE' ? programme.agesRefused : undefined;
  return refused === undefined ? kind.traits : { ...kind.traits, ages: refused };
}

/** Number of lines of every kind; the good lines come first. */
export function kindCounts(
  lines: number,
  errors: number,
  variant: SampleVariant,
  programme: SampleProgramme,
  columns: RosterColumns,
): KindCount[] {
  if (variant === 'duplicates') return duplicateCounts(lines);
  let kinds = kindsFor(programme, columns);
  if (variant === 'wrong') {
    kinds = kinds.filter((kind) => kind.repeats !== true && !PAID_ALL_THE_SAME.has(kind.finding));
  }
  const bad = variant === 'wrong' ? lines : Math.round(lines * errors);
  const counts = shareOut(
    bad,
    kinds.map((kind) => kind.weight),
  );
  // Accounts are shared two and two, and a duplicate needs an earlier good line.
  const shared = kinds.findIndex((kind) => kind.traits.sharesAccount === true);
  if (shared >= 0) counts[shared]! -= counts[shared]! % 2;
  const repeating = kinds.indexOf(DUPLICATE);
  if (repeating >= 0 && bad === lines) counts[repeating] = 0;
  const rest = lines - counts.reduce((sum, count) => sum + count, 0);
  const odd = shareOut(
    Math.floor((rest * GOOD_ODD_SHARE) / 1000),
    GOOD_ODD.map((kind) => kind.weight),
  );
  const good = rest - odd.reduce((sum, count) => sum + count, 0);
  const entry = (kind: LineKind, count: number): KindCount => ({
    kind,
    count,
    traits: traitsOf(kind, programme),
  });
  const rare: CohortTraits = variant === 'rareNames' ? { names: 'rare' } : {};
  return [
    { kind: GOOD, count: good, traits: rare },
    ...GOOD_ODD.map((kind, index) => entry(kind, odd[index]!)),
    ...kinds.map((kind, index) => entry(kind, counts[index]!)),
  ];
}

function duplicateCounts(lines: number): KindCount[] {
  const people = Math.ceil(lines / LINES_PER_DUPLICATE);
  return [
    { kind: GOOD, count: people, traits: {} },
    { kind: { ...DUPLICATE, name: 'again', repeats: false }, count: lines - people, traits: {}, sameAs: 0 },
  ];
}
