import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysInMonth, packedDate, parseCalendarDate } from '../../src/identity/calendar-date.js';
import { ageFromPacked, ageOn, packedAgeDay } from '../../src/programme/age.js';

const age = (birth: string, day: string): number => ageOn(parseCalendarDate(birth)!, parseCalendarDate(day)!);

describe('ageOn', () => {
  it.each([
    ['1946-10-31', '2026-10-31', 80],
    ['1946-11-01', '2026-10-31', 79],
    ['1946-10-30', '2026-10-31', 80],
    ['1946-10-31', '2026-10-30', 79],
    ['1946-12-31', '2026-12-31', 80],
    ['1946-01-01', '2026-12-31', 80],
    ['2026-10-31', '2026-10-31', 0],
    ['2026-10-01', '2026-10-31', 0],
    ['1926-11-01', '2026-10-31', 99],
    // Born on 29 February: a year older with the last day of February where there is no 29th (Civil Code, Article 202).
    ['1944-02-29', '2024-02-28', 79],
    ['1944-02-29', '2024-02-29', 80],
    ['1944-02-29', '2025-02-27', 80],
    ['1944-02-29', '2025-02-28', 81],
    ['1944-02-29', '2025-03-01', 81],
    ['1946-03-01', '2026-02-28', 79],
    ['1944-02-28', '2024-02-28', 80],
    // Months of 30 days end before those of 31, which makes no one older.
    ['1946-10-01', '2026-09-30', 79],
    ['1946-09-30', '2026-09-30', 80],
  ])('born %s, on %s: %i', (birth, day, years) => {
    expect(age(birth, day)).toBe(years);
  });

  it('is negative for those who were born later', () => {
    expect(age('2026-11-01', '2026-10-31')).toBe(-1);
    expect(age('2030-01-01', '2026-10-31')).toBe(-4);
  });

  const dates = fc
    .tuple(fc.integer({ min: 1850, max: 2100 }), fc.integer({ min: 1, max: 12 }), fc.nat(30))
    .map(([year, month, day]) => ({ year, month, day: (day % daysInMonth(year, month)) + 1 }));

  it('counts the birthdays there were, each on its day or on the last one of a shorter month', () => {
    fc.assert(
      fc.property(dates, dates, (birth, day) => {
        let birthdays = 0;
        for (let year = birth.year + 1; year <= day.year; year++) {
          const birthday = {
            year,
            month: birth.month,
            day: Math.min(birth.day, daysInMonth(year, birth.month)),
          };
          if (packedDate(birthday) <= packedDate(day)) birthdays++;
        }
        fc.pre(packedDate(birth) <= packedDate(day));
        expect(ageOn(birth, day)).toBe(birthdays);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same in its hot form', () => {
    fc.assert(
      fc.property(dates, dates, (birth, day) => {
        expect(ageFromPacked(packedDate(birth), packedAgeDay(day))).toBe(ageOn(birth, day));
      }),
    );
  });
});
