// Person number q of a synthetic population: everything about a person as a function of the seed and of q, filled into
// one record that is used again for every row. A roster line names a person by the same functions, so no table of
// people is ever held.

import { BANK_BY_SHARE, bankIndex } from './bank.js';
import type { AccountState, BandIds, CardState, Cohort, CohortPlanner } from './cohort.js';
import { CARD_REGIONS, REGIONS_ELSEWHERE } from './lane.js';
import type { NameStyle } from './name-writer.js';
import { hash, keyOf } from './random.js';
import { laneOf, putDigits, putResidentNumber, RESIDENT_ID_LENGTH } from './resident-number.js';

export interface Person {
  number: number;
  /** ASCII; `idLength` bytes of it count. */
  id: Uint8Array;
  idLength: number;
  /** Index in AGE_BANDS. */
  band: number;
  region: number;
  /** Index in SAMPLE_BANKS. */
  bank: number;
  /** Whose account number it is: their own, or the person's they share it with. */
  accountOwner: number;
  nameHash: number;
  nameStyle: NameStyle;
  card: CardState;
  account: AccountState;
  /** Day number, or undefined while alive. */
  diedOn: number | undefined;
  /** For choices of the row writers that are nobody else's business. */
  chance: number;
}

export interface People {
  /** Fills the record with member number `member` (0-based) of a cohort. */
  fill(person: Person, cohort: Cohort, member: number): void;
  /** Fills the record with person number `number` of the whole population. */
  fillNumber(person: Person, number: number): void;
}

/** Of 1000 people whom no roster names: the states that a base has in small rates. */
const RATE_CARD: readonly (readonly [CardState, number])[] = [
  ['lost', 8],
  ['replaced', 10],
  ['not_activated', 9],
  ['cancelled', 6],
];
const RATE_ACCOUNT: readonly (readonly [AccountState, number])[] = [
  ['dormant', 15],
  ['frozen', 3],
  ['closed', 5],
];
const RATE_DECEASED = 9;
/** Of 16 cards: issued where the ID says the person was first registered. */
const AT_HOME_OF_16 = 13;
const PASSPORT_LETTERS = 'EGPDKHAC';
const NATIONS = ['USA', 'PHL', 'RUS', 'VNM', 'IDN', 'DEU', 'JPN', 'SEN'];

export function blankPerson(): Person {
  return {
    number: 0,
    id: new Uint8Array(RESIDENT_ID_LENGTH),
    idLength: RESIDENT_ID_LENGTH,
    band: 0,
    region: 0,
    bank: 0,
    accountOwner: 0,
    nameHash: 0,
    nameStyle: 'any',
    card: 'active',
    account: 'normal',
    diedOn: undefined,
    chance: 0,
  };
}

/** `periodFirst`: day number of the period's first day, which deaths are counted from. */
export function peopleOf(planner: CohortPlanner, seed: number, periodFirst: number): People {
  const nameKey = keyOf(seed, 'name');
  const bankKey = keyOf(seed, 'bank');
  const chanceKey = keyOf(seed, 'chance');
  const regionKey = keyOf(seed, 'region');

  function fill(person: Person, cohort: Cohort, member: number): void {
    const { traits } = cohort;
    const number = cohort.first + member;
    const owner = traits.sharesAccount === true ? number - (member & 1) : number;
    person.number = number;
    person.nameHash = hash(nameKey, number);
    person.nameStyle = traits.names ?? (traits.identity === 'passport' ? 'foreign' : 'any');
    person.chance = hash(chanceKey, number);
    person.accountOwner = owner;
    person.bank =
      traits.banks === undefined
        ? BANK_BY_SHARE[hash(bankKey, owner) % 1000]!
        : bankIndex(traits.banks[member % traits.banks.length]!);
    fillIdentity(person, cohort, member, planner.bands, hash(regionKey, number));
    fillStates(person, cohort, member, periodFirst);
  }

  return {
    fill,
    fillNumber(person, number) {
      const cohort = findCohort(planner.cohorts, number);
      fill(person, cohort, number - cohort.first);
    },
  };
}

function fillIdentity(
  person: Person,
  cohort: Cohort,
  member: number,
  bands: readonly BandIds[],
  chance: number,
): void {
  let index = 0;
  while (member >= cohort.bands[index]!.end) index++;
  const range = cohort.bands[index]!;
  const ids = bands[range.band]!;
  const isPermit = cohort.traits.identity === 'permit';
  const shuffle = isPermit ? ids.shufflePermit : ids.shuffle;
  const place = shuffle(member + range.placeOffset);
  person.band = range.band;
  person.idLength = RESIDENT_ID_LENGTH;
  putResidentNumber(person.id, place, cohort.lanes, ids.dates);
  if (cohort.traits.identity === 'passport') putPassport(person);
  if (cohort.traits.issued === 'elsewhere') {
    person.region = REGIONS_ELSEWHERE[chance % REGIONS_ELSEWHERE.length]!;
    return;
  }
  const home = laneOf(place, cohort.lanes).region;
  const isAtHome = home !== 0 && (chance & 15) < AT_HOME_OF_16;
  person.region = isAtHome ? home : CARD_REGIONS[(chance >>> 4) % CARD_REGIONS.length]!;
}

/** A passport (letter and eight digits) or, every second time, the 15 characters of an older permanent-residence card. */
function putPassport(person: Person): void {
  const { id, number } = person;
  if ((number & 1) === 0) {
    id[0] = PASSPORT_LETTERS.charCodeAt(person.chance % PASSPORT_LETTERS.length);
    putDigits(id, 1, number, 8);
    person.idLength = 9;
    return;
  }
  const nation = NATIONS[person.chance % NATIONS.length]!;
  for (let index = 0; index < 3; index++) id[index] = nation.charCodeAt(index);
  putDigits(id, 3, 4600, 4);
  putDigits(id, 7, number, 8);
  person.idLength = 15;
}

function fillStates(person: Person, cohort: Cohort, member: number, periodFirst: number): void {
  const { traits } = cohort;
  const { chance } = person;
  if (traits.anyState === true) {
    person.card = drawState(RATE_CARD, chance % 1000, 'active');
    person.account = drawState(RATE_ACCOUNT, (chance >>> 10) % 1000, 'normal');
    person.diedOn = (chance >>> 20) % 1000 < RATE_DECEASED ? periodFirst - 1 - (chance % 700) : undefined;
    return;
  }
  person.card = pick(traits.cards, member, 'active');
  person.account = pick(traits.accounts, member, 'normal');
  person.diedOn = undefined;
  const first = traits.periodFirst ?? periodFirst;
  if (traits.life === 'diedBefore') person.diedOn = first - 1 - (chance % 400);
  if (traits.life === 'diedWithin') person.diedOn = first + (chance % 28);
}

function pick<State>(states: readonly State[] | undefined, member: number, ordinary: State): State {
  return states === undefined ? ordinary : states[member % states.length]!;
}

function drawState<State>(
  rates: readonly (readonly [State, number])[],
  draw: number,
  ordinary: State,
): State {
  let below = 0;
  for (const [state, rate] of rates) {
    below += rate;
    if (draw < below) return state;
  }
  return ordinary;
}

/** Last cohort that begins at or before the number; empty cohorts begin where the next one does. */
function findCohort(cohorts: readonly Cohort[], number: number): Cohort {
  let low = 0;
  let high = cohorts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (cohorts[middle]!.first <= number) low = middle;
    else high = middle - 1;
  }
  return cohorts[low]!;
}
