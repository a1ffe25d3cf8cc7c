import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHECK_CHARACTERS,
  CHECK_WEIGHTS,
  checkCharacter,
  inspectResidentId,
  personOfInspected,
  RESIDENT_ID_PROBLEMS,
  type ResidentIdProblem,
  residentIdFromPerson,
} from '../../src/identity/resident-id.js';

/** A number with this birth date and whatever check character belongs to it. */
const withCheck = (first17: string): string => first17 + checkCharacter(first17);

describe('checkCharacter', () => {
  it.each([
    // The example of the standard's annex, and published test vectors of Hong Kong's and Taiwan's residence permits.
    ['11010519491231002', 'X'],
    ['44052418800101001', '4'],
    ['81000019940823002', '1'],
    ['83000019920130002', '2'],
    ['44011320141005001', 'X'],
  ])('of %s is %s', (first17, check) => {
    expect(checkCharacter(first17)).toBe(check);
  });

  it('is (1 - 2n) mod 11 with n read in base 13', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 17n - 1n }), (person) => {
        const first17 = String(person).padStart(17, '0');
        const inBase13 = [...first17].reduce((sum, digit) => (sum * 13 + Number(digit)) % 11, 0);
        expect('0123456789X'[(((1 - 2 * inBase13) % 11) + 11) % 11]).toBe(checkCharacter(first17));
      }),
    );
  });

  it('exports the tables it is made from', () => {
    expect(CHECK_WEIGHTS).toEqual(Array.from({ length: 17 }, (_, index) => 2 ** (17 - index) % 11));
    expect(new Set(CHECK_CHARACTERS).size).toBe(11);
  });
});

const INVALID: readonly (readonly [text: string, reason: ResidentIdProblem])[] = [
  ['', 'empty'],
  [' \u3000 ', 'empty'],
  ['11010519491231002', 'length'],
  ['11010519491231002X1', 'characters'],
  ['1101051949123100200', 'length'],
  ['12345678', 'length'],
  ['110105491231002', 'fifteenDigits'],
  ['11010519491231 002X', 'innerSpace'],
  ['110105 19491231 002X', 'innerSpace'],
  ['110105\u200b19491231002X', 'innerSpace'],
  ['11010519491231002Y', 'characters'],
  ['1101051949123100XX', 'characters'],
  ['11010519491231002Х', 'characters'],
  ['11010519491231002×', 'characters'],
  ['110105194912310O2X', 'characters'],
  ["'11010519491231002X", 'characters'],
  ['11010519491231002X.', 'characters'],
  ['①10105194912310021', 'characters'],
  ['²10105194912310021', 'characters'],
  ['王小明', 'characters'],
  ['*10105194912310021', 'characters'],
  ['4.6E+17', 'spreadsheetExponent'],
  ['4.60105E+17', 'spreadsheetExponent'],
  ['4.60105199001011E+17', 'spreadsheetExponent'],
  ['4.60105199001011e17', 'spreadsheetExponent'],
  ['1E+17', 'spreadsheetExponent'],
  [withCheck('46010519490230002'), 'birthDate'],
  [withCheck('46010519491301002'), 'birthDate'],
  [withCheck('46010519490001002'), 'birthDate'],
  [withCheck('46010519490100002'), 'birthDate'],
  [withCheck('46010519000229002'), 'birthDate'],
  [withCheck('46010518491231002'), 'birthDate'],
  [withCheck('46010500000101002'), 'birthDate'],
  ['110105194912310021', 'checkCharacter'],
  ['110105194912310020', 'checkCharacter'],
  ['460105199001011000', 'spreadsheetZeros'],
  ['460105199001012000', 'spreadsheetZeros'],
  ['E1234567 8', 'innerSpace'],
  ['E12345678；', 'characters'],
  ['E12345678|', 'characters'],
  [`E${'1'.repeat(32)}`, 'length'],
  ['E张', 'characters'],
];

describe('inspectResidentId', () => {
  it.each([
    ['11010519491231002X', '11010519491231002X', { year: 1949, month: 12, day: 31 }],
    ['11010519491231002x', '11010519491231002X', { year: 1949, month: 12, day: 31 }],
    ['440524188001010014', '440524188001010014', { year: 1880, month: 1, day: 1 }],
    ['810000199408230021', '810000199408230021', { year: 1994, month: 8, day: 23 }],
    ['830000199201300022', '830000199201300022', { year: 1992, month: 1, day: 30 }],
    [' 11010519491231002X ', '11010519491231002X', { year: 1949, month: 12, day: 31 }],
    ['\u202d11010519491231002X\u202c', '11010519491231002X', { year: 1949, month: 12, day: 31 }],
    [
      '\ufeff１１０１０５１９４９１２３１００２Ｘ\u3000',
      '11010519491231002X',
      { year: 1949, month: 12, day: 31 },
    ],
    ['11010519491231002ｘ', '11010519491231002X', { year: 1949, month: 12, day: 31 }],
  ])('reads %j', (text, canonical, birth) => {
    const inspected = inspectResidentId(text);
    const [first, rest] = [Number(canonical.slice(0, 8)), Number(canonical.slice(8, 17))];
    expect(inspected).toEqual({ kind: 'resident', canonical, first, rest, birth });
    expect(personOfInspected({ first, rest })).toBe(BigInt(canonical.slice(0, 17)));
  });

  it.each([
    ['82000019940823002'],
    // A foreigner's permanent residence number: 9, province, country, birth date.
    ['94684019900101001'],
    // Born in Hainan when it was part of Guangdong; a county that has gone; a region that never was.
    ['44040119500101002'],
    ['46000119900101002'],
    ['99999919900101002'],
    ['00000019900101002'],
    ['46010520000229001'],
    ['46010518500101001'],
    ['46010520990101001'],
  ])('takes %s whatever its region and its future', (first17) => {
    expect(inspectResidentId(withCheck(first17)).kind).toBe('resident');
  });

  it.each(INVALID)('refuses %j: %s', (text, reason) => {
    expect(inspectResidentId(text)).toEqual({ kind: 'invalid', reason });
  });

  it.each([
    ['E12345678', 'E12345678'],
    ['e12345678', 'e12345678'],
    [' E12345678\u00a0', 'E12345678'],
    ['Ｅ１２３４５６７８', 'E12345678'],
    ['USA110123456789', 'USA110123456789'],
    ['H12345678(9)', 'H12345678(9)'],
    ['X10105194912310021', 'X10105194912310021'],
  ])('keeps %j as an identifier of another kind', (text, canonical) => {
    expect(inspectResidentId(text)).toEqual({ kind: 'other', canonical });
  });

  it('has a row above for every reason', () => {
    expect(new Set(INVALID.map(([, reason]) => reason))).toEqual(new Set(RESIDENT_ID_PROBLEMS));
  });

  it('reads what residentIdFromPerson writes, or finds its birth date impossible', () => {
    const persons = fc.bigInt({ min: 0n, max: 10n ** 17n - 1n });
    fc.assert(
      fc.property(persons, (person) => {
        const text = residentIdFromPerson(person);
        const inspected = inspectResidentId(text);
        if (inspected.kind === 'resident') {
          expect(inspected.canonical).toBe(text);
          expect(personOfInspected(inspected)).toBe(person);
        } else expect(inspected).toEqual({ kind: 'invalid', reason: 'birthDate' });
      }),
    );
  });
});

describe('the check character', () => {
  const persons = fc
    .record({
      region: fc.integer({ min: 110_000, max: 999_999 }),
      birth: fc.integer({ min: 0, max: 40_000 }),
      sequence: fc.integer({ min: 0, max: 999 }),
    })
    .map(({ region, birth, sequence }) => {
      const date = new Date(Date.UTC(1910, 0, 1) + birth * 86_400_000)
        .toISOString()
        .slice(0, 10)
        .replaceAll('-', '');
      return withCheck(`${region}${date}${String(sequence).padStart(3, '0')}`);
    });

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(persons, fc.nat(17), fc.nat(10), (text, index, replacement) => {
        const wrong = '0123456789X'[replacement]!;
        fc.pre(wrong !== text[index] && (wrong !== 'X' || index === 17));
        const damaged = text.slice(0, index) + wrong + text.slice(index + 1);
        expect(inspectResidentId(damaged).kind).toBe('invalid');
      }),
      { numRuns: 2000 },
    );
  });

  it('finds every pair of neighbours, and of any two of the 18, that changed places', () => {
    fc.assert(
      fc.property(persons, fc.nat(17), fc.nat(17), (text, one, other) => {
        fc.pre(text[one] !== text[other]);
        const characters = [...text];
        [characters[one], characters[other]] = [characters[other]!, characters[one]!];
        const swapped = characters.join('');
        // MOD 11-2 promises neighbours; two places whose weights are equal modulo 11 (ten apart) it cannot tell apart.
        const promised = (2 ** Math.abs(one - other) - 1) % 11 !== 0;
        if (promised) expect(inspectResidentId(swapped).kind).not.toBe('resident');
      }),
      { numRuns: 2000 },
    );
  });

  it('cannot find two digits ten places apart that changed places, which is why the name is compared too', () => {
    const text = withCheck('46010519900101123');
    const swapped = `${text.slice(0, 5)}${text[15]}${text.slice(6, 15)}${text[5]}${text.slice(16)}`;
    expect(swapped).not.toBe(text);
    expect(inspectResidentId(swapped).kind).toBe('resident');
  });
});

describe('residentIdFromPerson', () => {
  it('pads to 17 digits', () => {
    expect(residentIdFromPerson(1n)).toBe(withCheck('00000000000000001'));
    expect(residentIdFromPerson(11_010_519_491_231_002n)).toBe('11010519491231002X');
  });

  it('refuses what is no person number', () => {
    expect(() => residentIdFromPerson(10n ** 17n)).toThrow('17 digits');
    expect(() => residentIdFromPerson(-1n)).toThrow('17 digits');
  });
});
