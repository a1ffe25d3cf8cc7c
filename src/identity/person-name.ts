// Names are compared, never corrected: two spellings are the same name when they differ only in width, in spaces and in
// which code point stands for the middle dot. Files keep the spelling of the base.

import { FULL_WIDTH_FROM, FULL_WIDTH_OFFSET, FULL_WIDTH_TO, INVISIBLE_RANGES } from './invisible.js';

/** Separator in names of minorities and foreigners (GB 18030 A1A4; 12 ministries, 2016, document 33). */
export const MIDDLE_DOT = 0x00b7;

/** Code points met in data in its place: full stop, bullet, hyphenation point, bullet operator, katakana middle dot,
 *  full-width full stop, half-width katakana middle dot. */
export const MIDDLE_DOT_LOOKALIKES: readonly number[] = [
  0x002e, 0x2022, 0x2027, 0x2219, 0x30fb, 0xff0e, 0xff65,
];

/** Nothing in this range is ever folded: the CJK Unified Ideographs block, which nearly every name consists of. */
export const PLAIN_HANZI_FROM = 0x4e00;
export const PLAIN_HANZI_TO = 0x9fff;

const DROPPED = 0;

/** UTF-16 unit to what it is folded to, 0 for what is dropped. U+0000 itself maps to 0 but is kept by foldName. */
export const FOLDED_UNITS: Uint16Array = buildFoldedUnits();

function buildFoldedUnits(): Uint16Array {
  const folded = new Uint16Array(0x10000);
  for (let unit = 0; unit < folded.length; unit++) folded[unit] = unit;
  for (let unit = FULL_WIDTH_FROM; unit <= FULL_WIDTH_TO; unit++) folded[unit] = unit - FULL_WIDTH_OFFSET;
  for (const [from, to] of INVISIBLE_RANGES) folded.fill(DROPPED, from, to + 1);
  for (const unit of MIDDLE_DOT_LOOKALIKES) folded[unit] = MIDDLE_DOT;
  return folded;
}

/** The form that names are compared in. Latin letters keep their case. Empty when no character remains. */
export function foldName(name: string): string {
  let index = 0;
  while (index < name.length && isUnchanged(name.charCodeAt(index))) index++;
  if (index === name.length) return name;
  let folded = name.slice(0, index);
  for (; index < name.length; index++) {
    const unit = name.charCodeAt(index);
    if (isUnchanged(unit)) folded += name[index];
    else if (FOLDED_UNITS[unit] !== DROPPED) folded += String.fromCharCode(FOLDED_UNITS[unit]!);
  }
  return folded;
}

export function isSameName(one: string, other: string): boolean {
  return one === other || foldName(one) === foldName(other);
}

export function isPlainHanzi(unit: number): boolean {
  return unit >= PLAIN_HANZI_FROM && unit <= PLAIN_HANZI_TO;
}

/** Whether a three-byte UTF-8 sequence that begins so is plain hanzi: E4 B8 80 to E9 BF BF. */
export function isPlainHanziUtf8(first: number, second: number): boolean {
  return first > 0xe4 ? first <= 0xe9 : first === 0xe4 && second >= 0xb8;
}

/**
 * Whether a two-byte GBK code is plain hanzi: the three hanzi areas of GBK (GBK/2 B0A1–F7FE, GBK/3 8140–A0FE, GBK/4
 * AA40–FDA0). Leads FD and FE, where compatibility characters stand, are left out, and so are the five empty places
 * D7FA–D7FE.
 */
export function isPlainHanziGbk(lead: number, trail: number): boolean {
  if (trail < 0x40 || trail === 0x7f || trail === 0xff) return false;
  if (lead >= 0x81 && lead <= 0xa0) return true;
  if (lead >= 0xaa && lead <= 0xfc && trail <= 0xa0) return true;
  return lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1 && !(lead === 0xd7 && trail >= 0xfa);
}

function isUnchanged(unit: number): boolean {
  return isPlainHanzi(unit) || FOLDED_UNITS[unit] === unit;
}
