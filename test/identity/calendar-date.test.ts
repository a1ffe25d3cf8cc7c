import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayNumber,
  daysInMonth,
  formatCalendarDate,
  isCalendarDate,
  packedDate,
  parseCalendarDate,
} from '../../src/identity/calendar-date.js';

describe('isCalendarDate', () => {
  it.each([
    [2024, 2, 29, true],
    [2023, 2, 29, false],
    [1900, 2, 29, false],
    [2000, 2, 29, true],
    [2400, 2, 29, true],
    [2500, 2, 29, false],
    [2026, 4, 31, false],
    [2026, 12, 31, true],
    [2026, 0, 1, false],
    [2026, 13, 1, false],
    [2026, 1, 0, false],
    [2026, 1, 32, false],
    [0, 1, 1, false],
    [10_000, 1, 1, false],
  ])('%i-%i-%i: %s', (year, month, day, expected) => {
    expect(isCalendarDate(year, month, day)).toBe(expected);
  });
});

describe('parseCalendarDate', () => {
  it.each([
    ['2026-10-31', { year: 2026, month: 10, day: 31 }],
    ['20261031', { year: 2026, month: 10, day: 31 }],
    [' 2026-10-31 ', { year: 2026, month: 10, day: 31 }],
    ['2026-10-3', undefined],
    ['2026/10/31', undefined],
    ['2026-1031', undefined],
    ['202610-31', undefined],
    ['2026-02-29', undefined],
    ['20260230', undefined],
    ['45961', undefined],
    ['', undefined],
  ])('reads %j', (text, date) => {
    expect(parseCalendarDate(text)).toEqual(date);
  });
});

describe('day numbers', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2026-10-31', 20_757],
  ])('%s is day %i', (text, day) => {
    expect(dayNumber(parseCalendarDate(text)!)).toBe(day);
  });

  it('agree with the calendar of the platform, and order as packed dates do', () => {
    const dates = fc
      .tuple(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.nat(30))
      .map(([year, month, day]) => ({ year, month, day: (day % daysInMonth(year, month)) + 1 }));
    fc.assert(
      fc.property(dates, dates, (one, other) => {
        expect(dayNumber(one)).toBe(Date.UTC(one.year, one.month - 1, one.day) / 86_400_000);
        expect(Math.sign(dayNumber(one) - dayNumber(other))).toBe(
          Math.sign(packedDate(one) - packedDate(other)),
        );
        expect(parseCalendarDate(formatCalendarDate(one))).toEqual(one);
      }),
    );
  });
});
