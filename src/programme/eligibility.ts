// Who may be paid under a programme, as far as region and age say it.

import { covers } from '../identity/region-code.js';
import type { Programme } from './programme.js';

/** Age of a person whose identifier shows no birth date (passports). */
export const AGE_UNKNOWN = -1;

export type AgeProblem = 'ageUnknown' | 'ageBelow' | 'ageAbove';

export interface Eligibility {
  /** Whether the programme covers a 6-digit region. */
  coversRegion(region: number): boolean;
  /** Whole years at the end of the period, or AGE_UNKNOWN; undefined when the age is right or does not matter. */
  ageProblem(ageYears: number): AgeProblem | undefined;
}

/** Both answers allocate nothing; regions are remembered, because a roster has few and lines are many. */
export function compileEligibility(programme: Programme): Eligibility {
  const { regions, ageFrom = 0, ageTo = Number.MAX_SAFE_INTEGER } = programme;
  const agesMatter = programme.ageFrom !== undefined || programme.ageTo !== undefined;
  const known = new Map<number, boolean>();
  return {
    coversRegion(region) {
      let covered = known.get(region);
      if (covered === undefined) {
        covered = regions.some((area) => covers(area, region));
        known.set(region, covered);
      }
      return covered;
    },
    ageProblem(ageYears) {
      if (!agesMatter) return undefined;
      if (ageYears < 0) return 'ageUnknown';
      if (ageYears < ageFrom) return 'ageBelow';
      return ageYears > ageTo ? 'ageAbove' : undefined;
    },
  };
}
