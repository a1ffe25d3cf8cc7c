// What must hold between the values of one programme.

import { covers } from '../identity/region-code.js';
import { formatYuan, parseAmount } from '../money/fen.js';
import { parseRate, type Rate, sumRates } from '../money/rate.js';
import type { ValuePath } from './catalogue-file.js';
import type { CatalogueProblemCode } from './catalogue-problem.js';
import type { WrittenFunding, WrittenProgramme } from './catalogue-schema.js';

/** `at` is the place inside the programme; `key` where the last key of it is meant and not its value. */
export interface ProgrammeProblem {
  readonly at: ValuePath;
  readonly key?: boolean;
  readonly code: CatalogueProblemCode;
  readonly values: Readonly<Record<string, string>>;
}

/** Every contradiction in a programme whose values are each of the right form. */
export function checkProgramme(programme: WrittenProgramme): ProgrammeProblem[] {
  return [
    ...checkRegions(programme.regions),
    ...checkAgeOrder(programme.eligibility.age ?? {}, ['eligibility', 'age']),
    ...checkEntitlement(programme),
    ...checkFunding(programme.funding, ['funding']),
    ...checkRegionalFunding(programme),
    ...checkExcludes(programme),
  ];
}

function checkRegions(regions: readonly string[]): ProgrammeProblem[] {
  return repeated(regions).map((index) => ({
    at: ['regions', index],
    code: 'regionRepeated',
    values: { region: regions[index]! },
  }));
}

function checkAgeOrder(
  { from, to }: { from?: number | undefined; to?: number | undefined },
  at: ValuePath,
): ProgrammeProblem[] {
  if (from === undefined || to === undefined || from <= to) return [];
  return [{ at, code: 'ageOrder', values: { from: String(from), to: String(to) } }];
}

function checkEntitlement({ entitlement, ceiling }: WrittenProgramme): ProgrammeProblem[] {
  switch (entitlement.kind) {
    case 'open':
      return entitlement.policy === 'asRostered'
        ? []
        : [{ at: ['entitlement', 'policy'], code: 'policyOpen', values: {} }];
    case 'fixed':
      return checkCeiling(entitlement, ceiling, ['entitlement', 'amount']);
    case 'banded':
      return entitlement.bands.flatMap((band, index) => {
        const at = ['entitlement', 'bands', index];
        return [
          ...checkAgeOrder(band, at),
          ...checkBandOrder(entitlement.bands, index),
          ...checkCeiling({ ...band, policy: entitlement.policy }, ceiling, [...at, 'amount']),
        ];
      });
    case 'perUnit':
      return [];
  }
}

function checkBandOrder(
  bands: readonly { from: number; to?: number | undefined }[],
  index: number,
): ProgrammeProblem[] {
  const at = ['entitlement', 'bands', index];
  const band = bands[index]!;
  const before = bands[index - 1];
  const problems: ProgrammeProblem[] = [];
  if (band.to === undefined && index < bands.length - 1) {
    problems.push({ at, code: 'bandOpenNotLast', values: {} });
  }
  if (before?.to !== undefined && band.from <= before.to) {
    problems.push({ at, code: 'bandsOverlap', values: { from: String(band.from), to: String(before.to) } });
  }
  return problems;
}

// Under mustEqual only: where less may be paid, a ceiling below the standard is a way to say how much less.
function checkCeiling(
  { amount, policy }: { amount: string; policy: string },
  ceiling: string | undefined,
  at: ValuePath,
): ProgrammeProblem[] {
  if (ceiling === undefined || policy !== 'mustEqual') return [];
  const [amountFen, ceilingFen] = [parseAmount(amount) as number, parseAmount(ceiling) as number];
  if (amountFen <= ceilingFen) return [];
  const values = { amount: formatYuan(amountFen), ceiling: formatYuan(ceilingFen) };
  return [{ at, code: 'amountAboveCeiling', values }];
}

function checkFunding(funding: WrittenFunding, at: ValuePath): ProgrammeProblem[] {
  const problems: ProgrammeProblem[] = repeated(funding.map(({ source }) => source)).map((index) => ({
    at: [...at, index, 'source'],
    code: 'sourceRepeated',
    values: { source: funding[index]!.source },
  }));
  const rests = funding.flatMap(({ share }, index) => (share === 'rest' ? [index] : []));
  for (const index of rests.slice(1)) {
    problems.push({ at: [...at, index, 'share'], code: 'restRepeated', values: {} });
  }
  const sum = sumRates(statedShares(funding));
  const values = { sum: sum.toFixed() };
  if (rests.length === 0 && !sum.equals(1)) problems.push({ at, code: 'sharesSum', values });
  if (rests.length > 0 && sum.greaterThanOrEqualTo(1)) {
    problems.push({ at: [...at, rests[0]!, 'share'], code: 'restEmpty', values });
  }
  return problems;
}

function checkRegionalFunding({ regions, fundingByRegion }: WrittenProgramme): ProgrammeProblem[] {
  return Object.entries(fundingByRegion).flatMap(([region, funding]): ProgrammeProblem[] => {
    const at = ['fundingByRegion', region];
    const problems = checkFunding(funding, at);
    if (!/^[1-9]\d{5}$/.test(region))
      return [...problems, { at, key: true, code: 'regionInvalid', values: {} }];
    // A region may be wider than what the programme covers: a province's shares for a programme of two cities.
    const touches = regions.some((area) => covers(area, region) || covers(region, area));
    return touches
      ? problems
      : [...problems, { at, key: true, code: 'fundingRegionOutside', values: { region } }];
  });
}

function checkExcludes({ code, excludes }: WrittenProgramme): ProgrammeProblem[] {
  const problems: ProgrammeProblem[] = repeated(excludes).map((index) => ({
    at: ['excludes', index],
    code: 'excludesRepeated',
    values: { code: excludes[index]! },
  }));
  const self = excludes.indexOf(code);
  if (self >= 0) problems.push({ at: ['excludes', self], code: 'excludesItself', values: {} });
  return problems;
}

/** The shares that are numbers, as rates. */
export function statedShares(funding: WrittenFunding): Rate[] {
  return funding.flatMap(({ share }) => (share === 'rest' ? [] : [parseRate(share)!]));
}

/** Indexes of the values that stand earlier in the list already. */
function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}
