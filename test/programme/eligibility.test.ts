import { describe, expect, it } from 'vitest';
import { AGE_UNKNOWN, compileEligibility } from '../../src/programme/eligibility.js';
import { sampleProgramme } from './sample-programme.js';

describe('coversRegion', () => {
  it.each([
    [[460000], 469021, true],
    [[460000], 440105, false],
    [[460100, 460200], 460205, true],
    [[460100, 460200], 460105, true],
    [[460100, 460200], 469001, false],
    [[469021], 469021, true],
    [[469021], 469022, false],
    [[460100], 460000, false],
  ])('%j and %i: %s', (regions, region, expected) => {
    const eligibility = compileEligibility(sampleProgramme({ regions }));
    expect(eligibility.coversRegion(region)).toBe(expected);
    expect(eligibility.coversRegion(region)).toBe(expected);
  });
});

describe('ageProblem', () => {
  it.each([
    [{ ageFrom: 80 }, 79, 'ageBelow'],
    [{ ageFrom: 80 }, 80, undefined],
    [{ ageFrom: 80 }, 120, undefined],
    [{ ageFrom: 60, ageTo: 79 }, 79, undefined],
    [{ ageFrom: 60, ageTo: 79 }, 80, 'ageAbove'],
    [{ ageTo: 17 }, 0, undefined],
    [{ ageTo: 17 }, 18, 'ageAbove'],
    [{ ageFrom: 0 }, AGE_UNKNOWN, 'ageUnknown'],
    [{ ageTo: 17 }, AGE_UNKNOWN, 'ageUnknown'],
    [{}, AGE_UNKNOWN, undefined],
    [{}, 200, undefined],
  ])('%j at %i: %s', (ages, years, problem) => {
    expect(compileEligibility(sampleProgramme(ages)).ageProblem(years)).toBe(problem);
  });
});
