// The period that a roster pays for, a month, and the cycle it falls into: the stretch of time in which a person is paid
// at most once under a programme.

import { assert } from '../base/assert.js';
import { type CalendarDate, dayNumber, daysInMonth, formatCalendarDate } from '../identity/calendar-date.js';
import type { Frequency } from './programme.js';

export interface Period {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

export interface Cycle {
  /** `2026-10`, `2026-Q4`, `2026` or `once`: with person and programme it identifies what is paid once. */
  readonly key: string;
  /** First and last day, YYYY-MM-DD. */
  readonly start: string;
  readonly end: string;
  /** The same as days since 1970-01-01. */
  readonly startDay: number;
  readonly endDay: number;
}

const CYCLE_MONTHS = { monthly: 1, quarterly: 3, yearly: 12 } as const satisfies Partial<
  Record<Frequency, number>
>;

/** `2026-10`; undefined for anything else. Benefits of the years 1900 to 2999, so that a slipped digit is noticed. */
export function parsePeriod(text: string): Period | undefined {
  const match = /^((?:19|2\d)\d{2})-(0[1-9]|1[0-2])$/.exec(text.trim());
  return match === null ? undefined : { year: Number(match[1]), month: Number(match[2]) };
}

/** `2026-10`. */
export function formatPeriod({ year, month }: Period): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** The cycle that a period falls into: the month, the quarter, the year, or all time. */
export function cycleOf(frequency: Frequency, period: Period): Cycle {
  if (frequency === 'once') {
    return stretch('once', { year: 1, month: 1, day: 1 }, { year: 9999, month: 12, day: 31 });
  }
  const months = CYCLE_MONTHS[frequency];
  const first = period.month - ((period.month - 1) % months);
  const last = first + months - 1;
  return stretch(
    cycleKey(frequency, period),
    { year: period.year, month: first, day: 1 },
    { year: period.year, month: last, day: daysInMonth(period.year, last) },
  );
}

/**
 * The stretch in which a person's age and death are judged: the cycle, and for `once` the roster's month, because all
 * time has no end to be of an age at.
 */
export function judgedCycle(frequency: Frequency, period: Period): Cycle {
  return cycleOf(frequency === 'once' ? 'monthly' : frequency, period);
}

/** Whether two cycles share a day: what decides between programmes that exclude each other. */
export function overlaps(one: Cycle, other: Cycle): boolean {
  return one.startDay <= other.endDay && other.startDay <= one.endDay;
}

function cycleKey(frequency: Exclude<Frequency, 'once'>, period: Period): string {
  const year = String(period.year).padStart(4, '0');
  if (frequency === 'yearly') return year;
  return frequency === 'quarterly' ? `${year}-Q${Math.ceil(period.month / 3)}` : formatPeriod(period);
}

function stretch(key: string, start: CalendarDate, end: CalendarDate): Cycle {
  const [startDay, endDay] = [dayNumber(start), dayNumber(end)];
  assert(startDay <= endDay, 'a cycle ends after it starts');
  return { key, start: formatCalendarDate(start), end: formatCalendarDate(end), startDay, endDay };
}
