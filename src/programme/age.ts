// Age in whole years on a day. A year of life is complete with the day of the month that corresponds to the birthday,
// and where a month has no such day, with its last day (Civil Code of the PRC, Article 202): who was born on 29 February
// is a year older with 28 February of a common year.

import { type CalendarDate, daysInMonth, packedDate } from '../identity/calendar-date.js';

/** What ageFromPacked needs of a day: packed, and with every later birthday of a month reached on its last day. */
export function packedAgeDay(day: CalendarDate): number {
  const isLastDay = day.day === daysInMonth(day.year, day.month);
  return packedDate(isLastDay ? { year: day.year, month: day.month, day: 31 } : day);
}

/**
 * The hot form: birth as yyyymmdd, the day as packedAgeDay makes it. The difference of two such numbers has the completed
 * years in front of its last four digits. Negative for those who were born later.
 */
export function ageFromPacked(birth: number, ageDay: number): number {
  return Math.floor((ageDay - birth) / 10_000);
}

/** Whole years on a day; negative for those who were born later. */
export function ageOn(birth: CalendarDate, day: CalendarDate): number {
  return ageFromPacked(packedDate(birth), packedAgeDay(day));
}
