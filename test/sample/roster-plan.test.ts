import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cohort } from '../../src/sample/cohort.js';
import { GOOD, type LineKind } from '../../src/sample/line-kind.js';
import { type PlannedKind, type PlannedLine, rosterPlan, shareOut } from '../../src/sample/roster-plan.js';

function cohort(size: number): Cohort {
  return { traits: {}, size, first: 0, lanes: [], bands: [] };
}

function planned(kind: LineKind, count: number, people = cohort(count)): PlannedKind {
  return { kind, count, cohort: people };
}

const BAD: LineKind = { ...GOOD, name: 'bad', finding: 'NAME_MISSING' };
const REPEAT: LineKind = { ...GOOD, name: 'repeat', finding: 'DUPLICATE_IN_ROSTER', repeats: true };

function allLines(seed: number, kinds: PlannedKind[]): PlannedLine[] {
  const plan = rosterPlan(seed, kinds);
  return Array.from({ length: plan.lines }, (_, line) => {
    const into: PlannedLine = { planned: kinds[0]!, member: -1, place: -1 };
    plan.lineAt(line, into);
    return into;
  });
}

describe('rosterPlan', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(60), fc.nat(60));

  it('has exactly the planned number of every kind, and names each of their people once', () => {
    fc.assert(
      fc.property(fc.nat(), sizes, (seed, [good, bad, repeats]) => {
        const kinds = [planned(GOOD, good), planned(BAD, bad), planned(REPEAT, repeats, cohort(good))];
        const lines = allLines(seed, kinds);
        for (const kind of kinds.slice(0, 2)) {
          const members = lines.filter((line) => line.planned === kind).map((line) => line.member);
          expect(members.sort((a, b) => a - b)).toEqual(
            Array.from({ length: kind.count }, (_, index) => index),
          );
        }
        expect(lines.filter((line) => line.planned === kinds[2]).length).toBe(repeats);
      }),
    );
  });

  it('lets a duplicate repeat only a good line above it', () => {
    fc.assert(
      fc.property(fc.nat(), sizes, (seed, [good, bad, repeats]) => {
        const kinds = [planned(GOOD, good), planned(BAD, bad), planned(REPEAT, repeats, cohort(good))];
        const seen = new Set<number>();
        for (const line of allLines(seed, kinds)) {
          if (line.planned === kinds[0]) seen.add(line.member);
          if (line.planned === kinds[2]) expect(seen.has(line.member)).toBe(true);
        }
      }),
    );
  });

  it('names people again from the first where there are fewer of them than lines', () => {
    const kinds = [planned(GOOD, 3), planned(BAD, 7, cohort(3))];
    const members = allLines(1, kinds)
      .filter((line) => line.planned === kinds[1])
      .map((line) => line.member);
    expect(members.sort((a, b) => a - b)).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });
});

describe('shareOut', () => {
  it.each([
    [10, [1, 1, 1], [4, 3, 3]],
    [5, [3, 1], [4, 1]],
    [0, [3, 1], [0, 0]],
    [7, [0, 0], [0, 0]],
    [3, [1, 2], [1, 2]],
  ])('shares out %i by %j', (total, weights, counts) => {
    expect(shareOut(total, weights)).toEqual(counts);
  });
});
