import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cycleOf, formatPeriod, judgedCycle, overlaps, parsePeriod } from '../../src/programme/period.js';
import { FREQUENCIES, type Frequency } from '../../src/programme/programme.js';

describe('parsePeriod', () => {
  it.each([
    ['2026-10', { year: 2026, month: 10 }],
    [' 2026-01 ', { year: 2026, month: 1 }],
    ['2026-1', undefined],
    ['2026-00', undefined],
    ['2026-13', undefined],
    ['202610', undefined],
    ['2026-10-01', undefined],
    ['0226-10', undefined],
    ['3026-10', undefined],
    ['２０２６-10', undefined],
    ['', undefined],
  ])('reads %j', (text, period) => {
    expect(parsePeriod(text)).toEqual(period);
  });
});

describe('cycleOf', () => {
  it.each<[Frequency, string, string, string, string]>([
    ['monthly', '2026-10', '2026-10', '2026-10-01', '2026-10-31'],
    ['monthly', '2026-02', '2026-02', '2026-02-01', '2026-02-28'],
    ['monthly', '2024-02', '2024-02', '2024-02-01', '2024-02-29'],
    ['monthly', '2026-12', '2026-12', '2026-12-01', '2026-12-31'],
    ['quarterly', '2026-01', '2026-Q1', '2026-01-01', '2026-03-31'],
    ['quarterly', '2026-03', '2026-Q1', '2026-01-01', '2026-03-31'],
    ['quarterly', '2026-04', '2026-Q2', '2026-04-01', '2026-06-30'],
    ['quarterly', '2026-09', '2026-Q3', '2026-07-01', '2026-09-30'],
    ['quarterly', '2026-10', '2026-Q4', '2026-10-01', '2026-12-31'],
    ['yearly', '2026-10', '2026', '2026-01-01', '2026-12-31'],
    ['once', '2026-10', 'once', '0001-01-01', '9999-12-31'],
  ])('%s in %s is %s', (frequency, period, key, start, end) => {
    expect(cycleOf(frequency, parsePeriod(period)!)).toMatchObject({ key, start, end });
  });

  const periods = fc.record({
    year: fc.integer({ min: 1900, max: 2999 }),
    month: fc.integer({ min: 1, max: 12 }),
  });

  it('gives every month of a cycle the same key, and cycles of one frequency either the same or no common day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FREQUENCIES), periods, periods, (frequency, one, other) => {
        const [left, right] = [cycleOf(frequency, one), cycleOf(frequency, other)];
        expect(left.key === right.key).toBe(overlaps(left, right));
        expect(parsePeriod(formatPeriod(one))).toEqual(one);
      }),
    );
  });

  it('leaves no day between neighbouring months', () => {
    fc.assert(
      fc.property(periods, ({ year, month }) => {
        const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
        expect(cycleOf('monthly', next).startDay).toBe(cycleOf('monthly', { year, month }).endDay + 1);
      }),
    );
  });
});

describe('overlaps', () => {
  const cycle = (frequency: Frequency, period: string) => cycleOf(frequency, parsePeriod(period)!);

  it.each<[Frequency, string, Frequency, string, boolean]>([
    ['monthly', '2026-10', 'yearly', '2026-01', true],
    ['monthly', '2027-01', 'yearly', '2026-01', false],
    ['monthly', '2026-09', 'quarterly', '2026-07', true],
    ['monthly', '2026-10', 'quarterly', '2026-07', false],
    ['monthly', '2026-10', 'once', '1999-01', true],
  ])('%s %s and %s %s: %s', (frequency, period, otherFrequency, otherPeriod, expected) => {
    const [one, other] = [cycle(frequency, period), cycle(otherFrequency, otherPeriod)];
    expect(overlaps(one, other)).toBe(expected);
    expect(overlaps(other, one)).toBe(expected);
  });

  it('counts one common day', () => {
    const october = cycle('monthly', '2026-10');
    const lastDay = { ...october, startDay: october.endDay };
    const dayAfter = { ...october, startDay: october.endDay + 1, endDay: october.endDay + 1 };
    expect([overlaps(october, lastDay), overlaps(lastDay, october)]).toEqual([true, true]);
    expect([overlaps(october, dayAfter), overlaps(dayAfter, october)]).toEqual([false, false]);
  });
});

describe('judgedCycle', () => {
  it('is the cycle, and the month for what is paid once', () => {
    const period = { year: 2026, month: 10 };
    expect(judgedCycle('yearly', period)).toEqual(cycleOf('yearly', period));
    expect(judgedCycle('once', period)).toEqual(cycleOf('monthly', period));
  });
});
