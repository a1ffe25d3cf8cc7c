// Ages of synthetic people: bands of whole years at the end of a period, and how a group of people spreads over them.
// The bands 80-89, 90-99 and 100+ are those that the old-age allowance pays different amounts for.

import { dayNumber } from '../identity/calendar-date.js';
import { dateDigits } from './calendar.js';

export interface AgeBand {
  from: number;
  to: number;
}

export const AGE_BANDS: readonly AgeBand[] = [
  { from: 1, to: 17 },
  { from: 18, to: 59 },
  { from: 60, to: 79 },
  { from: 80, to: 89 },
  { from: 90, to: 99 },
  { from: 100, to: 105 },
];

/** Index of the band 80-89 in AGE_BANDS; the bands from there on are the old. */
export const FIRST_OLD_BAND = 3;

/** How a group spreads over the bands, in shares of 1000. */
export const AGE_GROUPS = {
  /** Everybody aged 80 and over, in about the proportions of a county's list. */
  old: [0, 0, 0, 840, 150, 10],
  /** Nobody aged 80 or over: who is too young for an old-age allowance. */
  younger: [0, 60, 940, 0, 0, 0],
  child: [1000, 0, 0, 0, 0, 0],
  adult: [0, 700, 300, 0, 0, 0],
  /** A whole population; the old are more than in life, so that every band occurs in small samples. */
  everyone: [150, 560, 220, 50, 15, 5],
} as const satisfies Record<string, readonly number[]>;

export type AgeGroup = keyof typeof AGE_GROUPS;

/**
 * First and last possible birthday (day numbers) of people whose age in whole years at the end of the period is in the
 * band. People born on 29 February are left out where a period ends on 28 February and they would stand on the edge:
 * whether they have had their birthday by then is a question that synthetic data need not ask.
 */
export function birthdays(band: AgeBand, periodLast: number): { first: number; last: number } {
  const end = dateDigits(periodLast);
  const year = Math.floor(end / 10_000);
  const month = Math.floor(end / 100) % 100;
  const day = month === 2 ? 28 : end % 100;
  const last = dayNumber({ year: year - band.from, month, day });
  let first = dayNumber({ year: year - band.to - 1, month, day }) + 1;
  if (dateDigits(first) % 10_000 === 229) first++;
  return { first, last };
}

/** Shares out `size` people over the bands: floors first, what is left to the largest bands in order. */
export function spreadOverBands(group: AgeGroup, size: number): number[] {
  const shares = AGE_GROUPS[group];
  const counts = shares.map((share) => Math.floor((size * share) / 1000));
  let left = size - counts.reduce((sum, count) => sum + count, 0);
  const bySize = shares
    .map((share, index) => ({ share, index }))
    .sort((a, b) => b.share - a.share || a.index - b.index);
  for (const { share, index } of bySize) {
    if (left === 0 || share === 0) break;
    counts[index]!++;
    left--;
  }
  return counts;
}
