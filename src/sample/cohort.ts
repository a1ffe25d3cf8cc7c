// Cohorts: groups of synthetic people who have something in common that decides what becomes of their roster lines.
// A population is a row of cohorts; person number q is in the cohort whose range holds q.

import { AGE_BANDS, type AgeGroup, birthdays, spreadOverBands } from './age-band.js';
import { dateDigits } from './calendar.js';
import { LANES, type Lane, PERMIT_LANES } from './lane.js';
import type { NameStyle } from './name-writer.js';
import { keyOf, permutation } from './random.js';
import { residentNumbers } from './resident-number.js';

export type CardState = 'active' | 'lost' | 'cancelled' | 'replaced' | 'not_activated';
export type AccountState = 'normal' | 'dormant' | 'frozen' | 'closed';

/** What the people of a cohort have in common; what is not given is the ordinary. */
export interface CohortTraits {
  ages?: AgeGroup;
  /** A second state stands for every second person, where the first one's finding takes precedence anyway. */
  cards?: readonly CardState[];
  accounts?: readonly AccountState[];
  /** `diedBefore`: before the period begins. `diedWithin`: in it, so the period is still paid. */
  life?: 'alive' | 'diedBefore' | 'diedWithin';
  /** Day number that the period begins on, where it is not the population's. */
  periodFirst?: number;
  issued?: 'hainan' | 'elsewhere';
  /** `permit`: 81, 82, 83 and 9, which use the same check. `passport`: begins with a letter. */
  identity?: 'resident' | 'permit' | 'passport';
  names?: NameStyle;
  /** Codes of their banks in turn; drawn by the banks' shares where not given. */
  banks?: readonly string[];
  /** Two and two have one account. */
  sharesAccount?: boolean;
  /** Small rates of every state, for people whom no roster names. */
  anyState?: boolean;
  /** Not in the base: planned after everybody who is. */
  stranger?: boolean;
}

/** People of one age band within a cohort. */
export interface BandRange {
  /** Index in AGE_BANDS. */
  band: number;
  /** Members from the previous range's end up to here, not included. */
  end: number;
  /** Added to a member's index: its place among all IDs of the band. */
  placeOffset: number;
}

export interface Cohort {
  traits: CohortTraits;
  size: number;
  /** Number of the first person. */
  first: number;
  lanes: readonly Lane[];
  bands: readonly BandRange[];
}

/** All IDs that a band has, and the shuffling that hands them out. */
interface IdSpace {
  size: number;
  taken: number;
}

export interface CohortPlanner {
  /** Adds a cohort after those that are there. */
  add(traits: CohortTraits, size: number, ages: AgeGroup): Cohort;
  readonly people: number;
  readonly cohorts: readonly Cohort[];
  readonly bands: readonly BandIds[];
}

/** How the IDs of one band are made: place, shuffled, to lane, day and sequence. */
export interface BandIds {
  /** All birthdays as YYYYMMDD: looked up, since working a date out of a day number for each person costs more. */
  dates: Int32Array;
  shuffle: (place: number) => number;
  shufflePermit: (place: number) => number;
}

/** `periodLast`: day number of the period's last day, at which ages are counted. */
export function cohortPlanner(seed: number, periodLast: number): CohortPlanner {
  const cohorts: Cohort[] = [];
  const days = AGE_BANDS.map((band) => birthdays(band, periodLast));
  const spaces = days.map((range): Record<'resident' | 'permit', IdSpace> => {
    const count = range.last - range.first + 1;
    return {
      resident: { size: residentNumbers(count, LANES), taken: 0 },
      permit: { size: residentNumbers(count, PERMIT_LANES), taken: 0 },
    };
  });
  const bands = days.map((range, index) => ({
    dates: Int32Array.from({ length: range.last - range.first + 1 }, (_, day) =>
      dateDigits(range.first + day),
    ),
    shuffle: permutation(spaces[index]!.resident.size, keyOf(seed, `id ${index}`)),
    shufflePermit: permutation(spaces[index]!.permit.size, keyOf(seed, `permit ${index}`)),
  }));
  let people = 0;
  return {
    cohorts,
    bands,
    get people() {
      return people;
    },
    add(traits, size, ages) {
      const kind = traits.identity === 'permit' ? 'permit' : 'resident';
      const cohort: Cohort = {
        traits,
        size,
        first: people,
        lanes: kind === 'permit' ? PERMIT_LANES : LANES,
        bands: takeBands(spreadOverBands(traits.ages ?? ages, size), (band) => spaces[band]![kind]),
      };
      people += size;
      cohorts.push(cohort);
      return cohort;
    },
  };
}

function takeBands(counts: readonly number[], spaceOf: (band: number) => IdSpace): BandRange[] {
  const ranges: BandRange[] = [];
  let end = 0;
  for (const [band, count] of counts.entries()) {
    if (count === 0) continue;
    const space = spaceOf(band);
    ranges.push({ band, end: end + count, placeOffset: space.taken - end });
    space.taken += count;
    if (space.taken > space.size) throw new RangeError(`more people than resident IDs in age band ${band}`);
    end += count;
  }
  return ranges;
}
