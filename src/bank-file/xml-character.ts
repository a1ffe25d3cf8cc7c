// Which bytes may stand where in an XML file. Every encoding here keeps `< > & " ' = / ! ? - ;` and white space apart
// from the inside of its characters, so these are found byte by byte; `]` is a trail byte of GBK and is not.

import type { Encoding } from './definition.js';

/** What a byte is within text; PLAIN ones are passed over without a second look. */
export const PLAIN = 0;
export const OPENS = 1;
export const REFERS = 2;
export const FEED = 3;
export const RETURN = 4;
export const BRACKET = 5;
export const CONTROL = 6;
export const HIGH = 7;

export const TEXT_CLASS: Uint8Array = textClasses();

function textClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  classes.fill(CONTROL, 0, 0x20);
  classes.fill(HIGH, 0x80);
  classes[0x09] = PLAIN;
  classes[0x0a] = FEED;
  classes[0x0d] = RETURN;
  classes[0x26] = REFERS;
  classes[0x3c] = OPENS;
  classes[0x5d] = BRACKET;
  return classes;
}

export const NAME_START = 1;
export const NAME_INSIDE = 2;
/** By byte: NAME_START, NAME_INSIDE, HIGH (look at the whole character), or 0. */
export const NAME_CLASS: Uint8Array = nameClasses();

function nameClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  classes.fill(HIGH, 0x80);
  for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:')
    classes[character.charCodeAt(0)] = NAME_START;
  for (const character of '0123456789.-') classes[character.charCodeAt(0)] = NAME_INSIDE;
  return classes;
}

const START_POINTS =
  '\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}' +
  '\\u{10000}-\\u{EFFFF}';
const START = new RegExp(`^[${START_POINTS}]$`, 'u');
const INSIDE = new RegExp(`^[${START_POINTS}\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]$`, 'u');

/** Productions NameStartChar and NameChar of XML 1.0 (fifth edition), beyond ASCII. */
export function isNameCharacter(character: string, isFirst: boolean): boolean {
  return (isFirst ? START : INSIDE).test(character);
}

/** Production Char of XML 1.0. */
export function isCharacter(point: number): boolean {
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0d;
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || (point >= 0x10000 && point <= 0x10ffff);
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d;
}

/**
 * Bytes of the character beyond ASCII that begins at `at`; 0 when the bytes before `end` do not tell yet, -1 when there
 * is no character that XML allows.
 */
export type HighLength = (bytes: Uint8Array, at: number, end: number) => number;

export function highLength(encoding: Encoding): HighLength {
  switch (encoding) {
    case 'UTF-8':
      return utf8Length;
    case 'GBK':
    case 'GB18030':
      return gbLength;
    case 'ASCII':
      return () => -1;
    case 'Latin-1':
      return () => 1;
  }
}

/** RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF; and not U+FFFE and U+FFFF. */
function utf8Length(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  for (let next = at + 1; next < Math.min(at + length, end); next++)
    if ((bytes[next]! & 0xc0) !== 0x80) return -1;
  if (at + 1 >= end) return 0;
  const second = bytes[at + 1]!;
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return -1;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return -1;
  if (at + length > end) return 0;
  return lead === 0xef && second === 0xbf && bytes[at + 2]! >= 0xbe ? -1 : length;
}

/** GB 18030: two bytes, or four; of the four-byte codes those that stand for characters, without U+FFFE and U+FFFF. */
function gbLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead === 0x80 || lead === 0xff) return -1;
  if (at + 1 >= end) return 0;
  const second = bytes[at + 1]!;
  if (second >= 0x40) return second === 0x7f || second === 0xff ? -1 : 2;
  if (second < 0x30 || second > 0x39) return -1;
  if (at + 3 >= end) return 0;
  const [third, fourth] = [bytes[at + 2]!, bytes[at + 3]!];
  if (third < 0x81 || third > 0xfe || fourth < 0x30 || fourth > 0x39) return -1;
  const place = (((lead - 0x81) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30;
  return place < 39_418 || (place >= 189_000 && place <= 1_237_575) ? 4 : -1;
}
