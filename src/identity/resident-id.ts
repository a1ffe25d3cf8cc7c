// The citizen number and its siblings (GB 11643-1999): six digits of region, eight of birth date, three of sequence, one
// check character by ISO 7064 MOD 11-2. Residence permits of Hong Kong, Macau and Taiwan (81, 82, 83) and the foreigners'
// permanent residence number issued since 2023-12-01 (first digit 9) have the same birth date and check.
//
// The region digits are never judged: they name where the person was first registered, in the codes of that year, and
// Hainan people born before 1988 carry Guangdong's 44. Birth dates in the future need a clock and are judged elsewhere.

import { assert } from '../base/assert.js';
import { type CalendarDate, isCalendarDate } from './calendar-date.js';
import { foldWidth, isInvisible, trimInvisible } from './invisible.js';

/** Weights of the 17 digits: 2^(17 - index) mod 11 (GB 11643-1999, 3.4). */
export const CHECK_WEIGHTS: readonly number[] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character by the weighted sum modulo 11. */
export const CHECK_CHARACTERS = '10X98765432';

/** No cardholder was born before; an earlier year is a typing error. */
export const BIRTH_YEAR_MIN = 1850;

const PERSON_MAX = 10n ** 17n - 1n;

/** Why a text is no resident ID; the order is the order of precedence. */
export const RESIDENT_ID_PROBLEMS = [
  'empty',
  'spreadsheetExponent',
  'innerSpace',
  'characters',
  'fifteenDigits',
  'length',
  'birthDate',
  'spreadsheetZeros',
  'checkCharacter',
] as const;

export type ResidentIdProblem = (typeof RESIDENT_ID_PROBLEMS)[number];

export type ResidentIdInspection =
  /** `first` and `rest`: the first 8 and the next 9 digits, as the directory keeps a person. */
  | { kind: 'resident'; canonical: string; first: number; rest: number; birth: CalendarDate }
  | { kind: 'other'; canonical: string }
  | { kind: 'invalid'; reason: ResidentIdProblem };

/** The 18th character that belongs to the 17 ASCII digits that a text begins with. */
export function checkCharacter(first17: string): string {
  assert(first17.length >= 17, 'a check character is computed from 17 digits');
  let sum = 0;
  for (let index = 0; index < 17; index++) sum += CHECK_WEIGHTS[index]! * (first17.charCodeAt(index) - 48);
  return CHECK_CHARACTERS[sum % 11]!;
}

/**
 * What an identifier is. Full-width characters are read as what they show, since the check character still has to fit;
 * blanks and invisible characters count only inside. An identifier that begins with a letter is of another kind
 * (passport, older permanent residence card): kept as written, case too.
 */
export function inspectResidentId(text: string): ResidentIdInspection {
  if (hasShape(text)) return inspectNumber(text);
  const trimmed = foldWidth(trimInvisible(text));
  if (hasShape(trimmed)) return inspectNumber(trimmed);
  if (/^[A-Za-z]/.test(trimmed)) return inspectOther(trimmed);
  return { kind: 'invalid', reason: problemOfShape(trimmed) };
}

/** 17 digits and a digit or X. */
function hasShape(text: string): boolean {
  if (text.length !== 18) return false;
  for (let index = 0; index < 17; index++) if (!isDigit(text.charCodeAt(index))) return false;
  const last = text.charCodeAt(17);
  return isDigit(last) || last === 0x58 || last === 0x78;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function inspectNumber(text: string): ResidentIdInspection {
  const birth = { year: digits(text, 6, 10), month: digits(text, 10, 12), day: digits(text, 12, 14) };
  if (birth.year < BIRTH_YEAR_MIN || !isCalendarDate(birth.year, birth.month, birth.day)) {
    return { kind: 'invalid', reason: 'birthDate' };
  }
  const canonical = text.charCodeAt(17) === 0x78 ? text.toUpperCase() : text;
  if (checkCharacter(canonical) !== canonical[17]) {
    // A spreadsheet keeps 15 significant digits of a number and fills the last three with zeros.
    return { kind: 'invalid', reason: canonical.endsWith('000') ? 'spreadsheetZeros' : 'checkCharacter' };
  }
  return { kind: 'resident', canonical, first: digits(text, 0, 8), rest: digits(text, 8, 17), birth };
}

/** The number that the digits of text[from, to) are. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) value = value * 10 + (text.charCodeAt(index) - 48);
  return value;
}

/** The person number of a resident ID: its first 17 digits. */
export function personOfInspected({ first, rest }: { first: number; rest: number }): bigint {
  return BigInt(first) * 1_000_000_000n + BigInt(rest);
}

/** The resident ID of a person number, check character and all. */
export function residentIdFromPerson(person: bigint): string {
  assert(person >= 0n && person <= PERSON_MAX, 'a person number has at most 17 digits');
  const first17 = String(person).padStart(17, '0');
  return first17 + checkCharacter(first17);
}

function problemOfShape(text: string): ResidentIdProblem {
  if (text === '') return 'empty';
  if (/^\d(\.\d*)?[eE]\+?\d{1,2}$/.test(text)) return 'spreadsheetExponent';
  if (hasInvisible(text)) return 'innerSpace';
  if (/^\d{15}$/.test(text)) return 'fifteenDigits';
  return /^\d+[Xx]?$/.test(text) ? 'length' : 'characters';
}

// Thirty-two characters is what a bank's certificate number field holds (BOC batch tool).
function inspectOther(text: string): ResidentIdInspection {
  if (/^[A-Za-z][0-9A-Za-z()./-]{0,31}$/.test(text)) return { kind: 'other', canonical: text };
  if (hasInvisible(text)) return { kind: 'invalid', reason: 'innerSpace' };
  return { kind: 'invalid', reason: text.length > 32 ? 'length' : 'characters' };
}

function hasInvisible(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (isInvisible(text.charCodeAt(index))) return true;
  return false;
}
