// A whole synthetic sample as a plan: who is in the base and what the roster says of whom. Nothing is written here and
// nothing is kept per person or line.

import { judgedCycle, parsePeriod } from '../programme/period.js';
import type { AgeGroup } from './age-band.js';
import { type Cohort, type CohortPlanner, cohortPlanner } from './cohort.js';
import { type People, peopleOf } from './person.js';
import type { SampleProgramme } from './programme.js';
import { type KindCount, kindCounts, type SampleVariant } from './roster-kinds.js';
import { type PlannedKind, type RosterPlan, rosterPlan } from './roster-plan.js';
import type { RosterColumns } from './roster-row.js';

export interface SamplePlanInput {
  cardholders: number;
  lines: number;
  seed: number;
  /** Share of bad lines, 0 to 1. */
  errors: number;
  /** YYYY-MM. */
  period: string;
  programme: SampleProgramme;
  variant: SampleVariant;
  columns: RosterColumns;
}

export interface SamplePlan {
  cardholders: number;
  people: People;
  roster: RosterPlan;
  /** Day number that the stretch begins on which ages and deaths are judged by. */
  firstDay: number;
}

/** Of 100 people whom the roster does not name: those whom its programme is for. The others are of all ages. */
const BYSTANDERS_ELIGIBLE = 97;

/**
 * Undefined when the period is no month. Lines must not be more than cardholders: a roster of a sample names each
 * person once, so that every line's outcome is the line's own.
 */
export function planSample(input: SamplePlanInput): SamplePlan | undefined {
  const { cardholders, lines, seed, errors, programme, variant, columns } = input;
  const period = parsePeriod(input.period);
  if (period === undefined) return undefined;
  const cycle = judgedCycle(programme.frequency, period);
  const planner = cohortPlanner(seed, cycle.endDay);
  const counts = kindCounts(lines, errors, variant, programme, columns);
  const cohorts = addCohorts(planner, counts, programme.ages, false);
  addBystanders(planner, cardholders - planner.people, programme.ages);
  const strangers = addCohorts(planner, counts, programme.ages, true);
  const good = cohorts[0]!;
  const kinds = counts.map((entry, index) =>
    plannedKind(entry, cohorts[entry.sameAs ?? index] ?? strangers[index] ?? good, good),
  );
  return {
    cardholders,
    people: peopleOf(planner, seed, cycle.startDay),
    roster: rosterPlan(seed, kinds),
    firstDay: cycle.startDay,
  };
}

/** One cohort for every kind that has people of its own, among the strangers or among the others; holes elsewhere. */
export function addCohorts(
  planner: CohortPlanner,
  counts: readonly KindCount[],
  ages: AgeGroup,
  strangers: boolean,
): (Cohort | undefined)[] {
  return counts.map(({ traits, count, sameAs, kind }) => {
    // Lines that repeat others name no people of their own.
    if (sameAs !== undefined || kind.repeats === true) return undefined;
    return (traits.stranger === true) === strangers ? planner.add(traits, count, ages) : undefined;
  });
}

/** The rest of the base: people in small rates of every state, whom no roster names. */
export function addBystanders(planner: CohortPlanner, count: number, ages: AgeGroup): void {
  const eligible = Math.floor((count * BYSTANDERS_ELIGIBLE) / 100);
  planner.add({ anyState: true }, eligible, ages);
  planner.add({ anyState: true, ages: 'everyone' }, count - eligible, ages);
}

export function plannedKind(entry: KindCount, cohort: Cohort, good: Cohort): PlannedKind {
  const { kind, count } = entry;
  return kind.edit === 'payeeOther' ? { kind, count, cohort, payees: good } : { kind, count, cohort };
}
