// A programme made ready for one roster: what each line is asked, in the forms that the careful and the fast path need.

import { deathMonth } from '../directory/layout.js';
import { type CalendarDate, parseCalendarDate } from '../identity/calendar-date.js';
import { covers } from '../identity/region-code.js';
import { AMOUNT_FEN_MAX, formatYuan } from '../money/fen.js';
import { ageOn, packedAgeDay } from '../programme/age.js';
import { compileEligibility } from '../programme/eligibility.js';
import { compileEntitlement } from '../programme/entitlement.js';
import { type FundingRule, fundingRuleFor, splitAmount } from '../programme/funding.js';
import { judgedCycle, type Period } from '../programme/period.js';
import type { Programme } from '../programme/programme.js';
import type { FundingSplit } from './tally.js';

export interface RosterRules {
  payBase: boolean;
  guardianAllowed: boolean;
  ceilingFen: number;
  /** First month of the stretch in which death is judged, as directory/layout.ts counts months. */
  periodStartMonth: number;
  funding: FundingSplit;
  covers(region: number): boolean;
  ageOf(birth: CalendarDate): number;
  /** Undefined when the age is right or does not matter. */
  ageProblem(age: number): string | undefined;
  /** Undefined when the amount agrees with the standard; else a word, with what was expected where that is known. */
  standardProblem(amountFen: number, age: number, quantity: string): string | undefined;
  /** Number of the funding rule for a covered region, -1 for one that is not covered. */
  fundingRuleWhereCovered(region: number): number;
  /** What the compiled path may accept without asking further. */
  payable: PayableByAge;
}

/**
 * The least and the most that may be paid, in fen, by age in whole years (index); nothing where the least is more. `ageDay`: the
 * day on which age counts, as packedAgeDay makes it.
 */
export interface PayableByAge {
  ageDay: number;
  least: Float64Array;
  most: Float64Array;
}

/** Ages that are looked at: 0 to 199. */
const AGES = 200;
const REGION_CODES = 1_000_000;
const NOT_COVERED = -1;
const NOT_ASKED = -2;

/**
 * Rules for payments that were checked before and failed at the bank: the person and the account are judged again,
 * region, age and amount are not.
 */
export function relaxRules(rules: RosterRules): RosterRules {
  return {
    ...rules,
    covers: () => true,
    ageProblem: () => undefined,
    standardProblem: () => undefined,
    fundingRuleWhereCovered: (region) => rules.funding.ruleOf(region),
    payable: {
      ...rules.payable,
      least: new Float64Array(AGES).fill(1),
      most: new Float64Array(AGES).fill(AMOUNT_FEN_MAX),
    },
  };
}

/** `rosterRegion`: the region whose roster it is; it pays for people of other regions that are on its roster. */
export function compileRules(
  programme: Programme,
  period: Period,
  rosterRegion: number | undefined,
): RosterRules {
  const cycle = judgedCycle(programme.frequency, period);
  const end = parseCalendarDate(cycle.end) as CalendarDate;
  const start = parseCalendarDate(cycle.start) as CalendarDate;
  const eligibility = compileEligibility(programme);
  const entitled = compileEntitlement(programme);
  const funding = compileFundingRules(programme, rosterRegion);
  const standardProblem = (amountFen: number, age: number, quantity: string): string | undefined => {
    const answer = entitled(amountFen, age, quantity === '' ? undefined : quantity);
    if (answer === true) return undefined;
    return 'expectedFen' in answer ? `${answer.reason}=${formatYuan(answer.expectedFen)}` : answer.reason;
  };
  return {
    payBase: programme.accountPolicy === 'payBase',
    guardianAllowed: programme.payee === 'selfOrGuardian',
    ceilingFen: programme.ceilingFen ?? AMOUNT_FEN_MAX,
    periodStartMonth: deathMonth(start.year, start.month),
    funding,
    covers: (region) => eligibility.coversRegion(region),
    ageOf: (birth) => ageOn(birth, end),
    ageProblem: (age) => eligibility.ageProblem(age),
    standardProblem,
    fundingRuleWhereCovered: (region) =>
      eligibility.coversRegion(region) ? funding.ruleOf(region) : NOT_COVERED,
    payable: payableByAge(programme, packedAgeDay(end), (age) => eligibility.ageProblem(age) === undefined),
  };
}

/** Region codes are six digits, so what is found out about one is kept in a flat table. */
function rememberByRegion(find: (region: number) => number): (region: number) => number {
  const known = new Int16Array(REGION_CODES).fill(NOT_ASKED);
  return (region) => {
    let answer = known[region] as number;
    if (answer === NOT_ASKED) {
      answer = find(region);
      known[region] = answer;
    }
    return answer;
  };
}

function compileFundingRules(programme: Programme, rosterRegion: number | undefined): FundingSplit {
  // Every rule is made at once, in declared order, so that rule and source numbers never depend on the lines.
  const areas = [0, ...programme.fundingByRegion.map((regional) => regional.region)];
  const rules = areas.map((area) => fundingRuleFor(programme, area));
  const numberOf = (region: number): number =>
    areas.indexOf(ownFundingArea(programme, payingRegion(region, rosterRegion)));
  const sources = [...new Set(rules.flatMap((rule) => rule.sources))];
  return {
    sources,
    ruleCount: rules.length,
    ruleOf: rememberByRegion(numberOf),
    split(amountFen, number) {
      const rule = rules[number] as FundingRule;
      const shares = new Array<number>(sources.length).fill(0);
      splitAmount(amountFen, rule).forEach((share, index) => {
        const source = sources.indexOf(rule.sources[index] as string);
        shares[source] = (shares[source] as number) + share;
      });
      return shares;
    },
  };
}

/** A person of a region below the roster's is paid by the person's region's rule; anyone else by the roster's. */
function payingRegion(region: number, rosterRegion: number | undefined): number {
  if (rosterRegion === undefined || region === 0 || covers(rosterRegion, region)) return region;
  return rosterRegion;
}

/** Which of the programme's funding rules holds for a region: the region of the rule, or 0 for the programme's own. */
function ownFundingArea(programme: Programme, region: number): number {
  let best = 0;
  for (const regional of programme.fundingByRegion) {
    const narrower = best === 0 || covers(best, regional.region);
    if (region !== 0 && covers(regional.region, region) && narrower) best = regional.region;
  }
  return best;
}

function payableByAge(
  programme: Programme,
  ageDay: number,
  isAgeRight: (age: number) => boolean,
): PayableByAge {
  const { entitlement } = programme;
  const least = new Float64Array(AGES).fill(1);
  const most = new Float64Array(AGES).fill(0);
  if (entitlement.kind === 'perUnit' && entitlement.policy !== 'asRostered') return { ageDay, least, most };
  const entitled = compileEntitlement(programme);
  for (let age = 0; age < AGES; age++) {
    if (!isAgeRight(age)) continue;
    const due = dueAtAge(entitlement, age);
    if (due === undefined) continue;
    const exact = entitlement.policy === 'mustEqual';
    least[age] = exact ? due : 1;
    most[age] = entitlement.policy === 'asRostered' ? AMOUNT_FEN_MAX : due;
    if (entitled(most[age] as number, age, undefined) !== true) most[age] = 0;
  }
  return { ageDay, least, most };
}

function dueAtAge(entitlement: Programme['entitlement'], age: number): number | undefined {
  switch (entitlement.kind) {
    case 'open':
    case 'perUnit':
      return AMOUNT_FEN_MAX;
    case 'fixed':
      return entitlement.amountFen;
    case 'banded':
      if (entitlement.policy === 'asRostered') return AMOUNT_FEN_MAX;
      return entitlement.bands.find((band) => age >= band.from && age <= (band.to ?? AGES))?.amountFen;
  }
}
