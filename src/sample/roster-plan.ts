// Which line of a roster is of which kind, and whom it names: exact numbers of every kind, placed pseudo-randomly, known
// for any line without looking at the others.

import type { Cohort } from './cohort.js';
import type { LineKind } from './line-kind.js';
import { hash, keyOf, permutation } from './random.js';

/** A kind with its number of lines and the people they name. */
export interface PlannedKind {
  kind: LineKind;
  count: number;
  /** Who the lines name, in order; with fewer people than lines they are named again from the first. */
  cohort: Cohort;
  /** Of the person whom the first line names; 0 where not given. */
  memberOffset?: number;
  /** Who is to be paid instead, for kinds whose lines name a payee. */
  payees?: Cohort;
}

export interface PlannedLine {
  planned: PlannedKind;
  /** Index of the named person in the cohort. */
  member: number;
  /** Place among the lines of the kind. */
  place: number;
}

export interface RosterPlan {
  lines: number;
  kinds: readonly PlannedKind[];
  /** Fills `into` for a line (0-based). */
  lineAt(line: number, into: PlannedLine): void;
}

/** The first kind must be the good one: duplicates repeat its lines. */
export function rosterPlan(seed: number, kinds: readonly PlannedKind[]): RosterPlan {
  const ends: number[] = [];
  let lines = 0;
  for (const { count } of kinds) ends.push((lines += count));
  const shuffle = permutation(Math.max(1, lines), keyOf(seed, 'line order'));
  const originalKey = keyOf(seed, 'duplicates');
  const isRepeat = kinds.map(({ kind }) => kind.repeats === true);
  const firstOriginal = findFirstOriginal(lines, (line) => shuffle(line) < kinds[0]!.count);

  /** Line 0 changes places with the first good line, so that every duplicate has an earlier line to repeat. */
  function rankOf(line: number): number {
    if (line === 0) return shuffle(firstOriginal);
    return shuffle(line === firstOriginal ? 0 : line);
  }

  function kindOfRank(rank: number): number {
    let index = 0;
    while (rank >= ends[index]!) index++;
    return index;
  }

  /** A good line before this one: a pseudo-random one, or the nearest before that; line 0 is good at the latest. */
  function originalOf(line: number): number {
    let original = hash(originalKey, line) % line;
    while (rankOf(original) >= kinds[0]!.count) original--;
    return original;
  }

  return {
    lines,
    kinds,
    lineAt(line, into) {
      let rank = rankOf(line);
      const index = kindOfRank(rank);
      const planned = kinds[index]!;
      into.planned = planned;
      into.place = rank - (ends[index]! - planned.count);
      if (isRepeat[index]!) {
        rank = rankOf(originalOf(line));
        into.member = memberAt(kinds[0]!, rank);
      } else {
        into.member = memberAt(planned, into.place);
      }
    },
  };
}

function memberAt(planned: PlannedKind, place: number): number {
  const member = place + (planned.memberOffset ?? 0);
  return member < planned.cohort.size ? member : member % planned.cohort.size;
}

function findFirstOriginal(lines: number, isOriginal: (line: number) => boolean): number {
  for (let line = 0; line < lines; line++) if (isOriginal(line)) return line;
  return 0;
}

/** Shares out `total` over weights: floors first, what is left to the largest remainders, ties by order. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const counts = weights.map((weight) => Math.floor((total * weight) / sum));
  let left = total - counts.reduce((all, count) => all + count, 0);
  const order = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order) {
    if (left === 0) break;
    counts[index]!++;
    left--;
  }
  return counts;
}
