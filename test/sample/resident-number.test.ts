import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, parseCalendarDate } from '../../src/identity/calendar-date.js';
import { checkCharacter, inspectResidentId } from '../../src/identity/resident-id.js';
import { ageOn } from '../../src/programme/age.js';
import { AGE_BANDS, birthdays } from '../../src/sample/age-band.js';
import { dateDigits } from '../../src/sample/calendar.js';
import { damageId } from '../../src/sample/damage.js';
import { LANES, PERMIT_LANES } from '../../src/sample/lane.js';
import type { LineEdit } from '../../src/sample/line-kind.js';
import { checkByte, putResidentNumber, residentNumbers } from '../../src/sample/resident-number.js';

const DATES = Int32Array.from({ length: 4000 }, (_, day) =>
  dateDigits(dayNumber({ year: 1936, month: 11, day: 1 }) + day),
);

function idAt(place: number, lanes = LANES): string {
  const bytes = new Uint8Array(18);
  putResidentNumber(bytes, place, lanes, DATES);
  return Buffer.from(bytes).toString('latin1');
}

describe('checkByte', () => {
  it('is the check character of the identity module', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{17}$/), (first17) => {
        expect(String.fromCharCode(checkByte(Buffer.from(first17)))).toBe(checkCharacter(first17));
      }),
    );
  });
});

describe('putResidentNumber', () => {
  it('makes valid IDs, each place another', () => {
    const most = residentNumbers(DATES.length, LANES);
    const places = Array.from({ length: 5000 }, (_, index) => Math.floor((index * most) / 5000));
    const ids = [...places, 0, 1, 2, most - 1].map((place) => idAt(place));
    expect(new Set(ids).size).toBe(new Set([...places, 0, 1, 2, most - 1]).size);
    for (const id of ids) expect(inspectResidentId(id)).toMatchObject({ kind: 'resident', canonical: id });
  });

  it('never gives lanes with the same region digits the same sequence', () => {
    const lanes = LANES.length;
    for (let sequence = 0; sequence < 124; sequence++) {
      const ids = Array.from({ length: lanes }, (_, lane) => idAt(lane + lanes * DATES.length * sequence));
      expect(new Set(ids).size).toBe(lanes);
    }
  });

  it('gives people born before 1988 digits of Guangdong, and permits their own', () => {
    const prefixes = new Set(Array.from({ length: LANES.length - 4 }, (_, place) => idAt(place).slice(0, 2)));
    expect([...prefixes]).toEqual(['44']);
    const permits = Array.from({ length: PERMIT_LANES.length }, (_, place) => idAt(place, PERMIT_LANES));
    expect(permits.map((id) => id.slice(0, 2))).toEqual(['81', '82', '83', '94', '91']);
    for (const id of permits) expect(inspectResidentId(id).kind).toBe('resident');
  });
});

describe('damageId', () => {
  const edits: [LineEdit, string][] = [
    ['idCheckCharacter', 'checkCharacter'],
    ['idSwapped', 'checkCharacter'],
    ['idShort', 'length'],
    ['idFifteen', 'fifteenDigits'],
    ['idBirthDate', 'birthDate'],
    ['idExponent', 'spreadsheetExponent'],
    ['idZeros', 'spreadsheetZeros'],
    ['idLetter', 'characters'],
  ];
  it.each(edits)('%s makes every ID invalid', (edit, reason) => {
    for (let place = 0; place < 3000; place++) {
      const id = { bytes: new Uint8Array(24), length: 18 };
      id.bytes.set(Buffer.from(idAt(place * 977)));
      damageId(id, edit);
      const text = Buffer.from(id.bytes.subarray(0, id.length)).toString('latin1');
      expect(inspectResidentId(text), text).toEqual({ kind: 'invalid', reason });
    }
  });
});

describe('dateDigits', () => {
  it('is the way back from a day number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 60_000 }), (day) => {
        const date = parseCalendarDate(String(dateDigits(day)))!;
        expect(dayNumber(date)).toBe(day);
      }),
    );
  });
});

describe('birthdays', () => {
  it.each(['2026-10-31', '2027-02-28', '2028-02-29', '2026-12-31'])(
    'are those of people whose age at %s is in the band',
    (text) => {
      const end = parseCalendarDate(text)!;
      for (const band of AGE_BANDS) {
        const { first, last } = birthdays(band, dayNumber(end));
        const age = (day: number) => ageOn(parseCalendarDate(String(dateDigits(day)))!, end);
        expect([age(first), age(last)]).toEqual([band.to, band.from]);
      }
    },
  );
});
