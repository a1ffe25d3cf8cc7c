// Text → bytes of the bank's encoding, under the bank's rules: which characters it takes, which are written as others,
// what must be escaped. A character that cannot be written is reported, never replaced, and never cut in half.

import { encodeGb18030, gbTables } from '../encoding/gb18030.js';
import type { ByteSink } from './byte-sink.js';
import type { CharacterRules, Encoding } from './definition.js';

export interface TextRules {
  readonly encoding: Encoding;
  readonly characters: CharacterRules;
  /** Characters that would break the record: the separator, where nothing is quoted. */
  readonly forbidden: string;
  readonly escape: 'none' | 'xml' | 'json' | 'sheet' | 'quote';
}

/** Entries of the table: 0 = refused; SPECIAL = look into `specials`; else the byte or the two bytes to write. */
const SPECIAL = 1;

interface Special {
  readonly bytes: Uint8Array;
  /** How many characters of the bank's it is. */
  readonly characters: number;
}

export interface TextTable {
  /** By UTF-16 unit. In UTF-8 the entry is the unit itself. */
  readonly codes: Uint16Array;
  /** By code point: bytes to write (transliterated, escaped, four-byte or supplementary characters). */
  readonly specials: ReadonlyMap<number, Special>;
  readonly rules: TextRules;
  /** Matches one character that the bank takes; undefined where it takes what the encoding has. */
  readonly allowed: RegExp | undefined;
  readonly utf8: boolean;
}

const tables = new Map<string, TextTable>();

/** Tables of 128 KiB, made once for each set of rules in a thread. */
export function textTable(rules: TextRules): TextTable {
  const key = JSON.stringify(rules);
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = buildTable(rules);
  tables.set(key, table);
  return table;
}

const ESCAPES: Record<TextRules['escape'], Readonly<Record<string, string>>> = {
  none: {},
  xml: { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  // In a cell `_x0041_` means A, so an underscore is written as what it is (ECMA-376 part 1, 22.4.2.4).
  sheet: { '&': '&amp;', '<': '&lt;', '>': '&gt;', _: '_x005F_' },
  json: { '"': '\\"', '\\': '\\\\' },
  quote: { '"': '""' },
};

function buildTable(rules: TextRules): TextTable {
  const { codes, specials } = encodingTable(rules.encoding);
  const { allow } = rules.characters;
  const allowed = allow === undefined ? undefined : new RegExp(`^[${allow}]$`, 'u');
  if (allowed !== undefined) {
    for (let unit = 0x20; unit < 0x10000; unit++) {
      if (codes[unit] !== 0 && !allowed.test(String.fromCharCode(unit))) codes[unit] = 0;
    }
  }
  for (const character of rules.forbidden) codes[character.charCodeAt(0)] = 0;
  for (const [character, escaped] of Object.entries(ESCAPES[rules.escape])) {
    const unit = character.charCodeAt(0);
    if (codes[unit] === 0) continue;
    codes[unit] = SPECIAL;
    specials.set(unit, { bytes: encodeAll(escaped, rules.encoding)!, characters: 1 });
  }
  addUpperCase(rules, codes, specials);
  addTransliterations(rules, codes, specials);
  return { codes, specials, rules, allowed, utf8: rules.encoding === 'UTF-8' };
}

interface EncodingTable {
  readonly codes: Uint16Array;
  readonly specials: Map<number, Special>;
}

const encodingTables = new Map<Encoding, EncodingTable>();

/** A copy of the encoding's own table: walking 65,536 characters takes some milliseconds, and a month has ten tables. */
function encodingTable(encoding: Encoding): EncodingTable {
  let known = encodingTables.get(encoding);
  if (known === undefined) {
    known = buildEncodingTable(encoding);
    encodingTables.set(encoding, known);
  }
  return { codes: known.codes.slice(), specials: new Map(known.specials) };
}

function buildEncodingTable(encoding: Encoding): EncodingTable {
  const codes = plainCodes(encoding).slice();
  for (const [from, to] of NO_CHARACTERS) codes.fill(0, from, to);
  const specials = new Map<number, Special>();
  if (encoding !== 'GB18030') return { codes, specials };
  for (let unit = 0x20; unit < 0x10000; unit++) {
    if (codes[unit] !== 0 || isPrivateUse(unit) || isNoCharacter(unit)) continue;
    codes[unit] = SPECIAL;
    specials.set(unit, { bytes: encodeAll(String.fromCharCode(unit), encoding)!, characters: 1 });
  }
  return { codes, specials };
}

/** Control characters, surrogates and non-characters never stand in a bank file. */
const NO_CHARACTERS: readonly (readonly [from: number, to: number])[] = [
  [0, 0x20],
  [0x7f, 0xa0],
  [0xd800, 0xe000],
  [0xfeff, 0xff00],
  [0xfffd, 0x10000],
];

function isNoCharacter(unit: number): boolean {
  return NO_CHARACTERS.some(([from, to]) => unit >= from && unit < to);
}

/** Private use, of which no bank knows what it means. */
const PRIVATE_FROM = 0xe000;
const PRIVATE_TO = 0xf900;

function isPrivateUse(unit: number): boolean {
  return unit >= PRIVATE_FROM && unit < PRIVATE_TO;
}

const plain = new Map<Encoding, Uint16Array>();

/** By UTF-16 unit the byte or two bytes of the encoding, 0 where it has none. Asked for unit by unit they took a new process 20 ms. */
function plainCodes(encoding: Encoding): Uint16Array {
  let codes = plain.get(encoding);
  if (codes === undefined) {
    codes = makePlainCodes(encoding);
    plain.set(encoding, codes);
  }
  return codes;
}

function makePlainCodes(encoding: Encoding): Uint16Array {
  switch (encoding) {
    case 'UTF-8':
      return unitsBelow(0x10000).fill(0, PRIVATE_FROM, PRIVATE_TO);
    case 'ASCII':
      return unitsBelow(0x7f);
    case 'Latin-1':
      return unitsBelow(0x100);
    default: {
      const { fromUnit, toUnit } = gbTables();
      const codes = fromUnit.slice();
      // A private-use code point is no character; the 2022 stand-ins have the bytes of a real one and pass.
      for (let unit = PRIVATE_FROM; unit < PRIVATE_TO; unit++) {
        if (isPrivateUse(toUnit[codes[unit]!]!)) codes[unit] = 0;
      }
      return codes;
    }
  }
}

function unitsBelow(end: number): Uint16Array {
  const codes = new Uint16Array(0x10000);
  for (let unit = 0; unit < end; unit++) codes[unit] = unit;
  return codes;
}

function addUpperCase(rules: TextRules, codes: Uint16Array, specials: Map<number, Special>): void {
  if (!rules.characters.upperCase) return;
  for (let unit = 0x61; unit <= 0x7a; unit++) {
    codes[unit] = codes[unit - 32]!;
    const special = specials.get(unit - 32);
    if (special !== undefined) specials.set(unit, special);
  }
}

function addTransliterations(rules: TextRules, codes: Uint16Array, specials: Map<number, Special>): void {
  for (const [from, to] of rules.characters.transliterate) {
    const escaped = [...to].map((character) => ESCAPES[rules.escape][character] ?? character).join('');
    const bytes = encodeAll(escaped, rules.encoding);
    if (bytes === undefined) continue;
    const point = from.codePointAt(0)!;
    specials.set(point, { bytes, characters: [...to].length });
    if (point < 0x10000) codes[point] = SPECIAL;
  }
}

/** The bytes of a text without any rule; undefined when the encoding does not have one of its characters. */
export function encodeAll(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === 'UTF-8') return new TextEncoder().encode(text);
  if (encoding === 'GB18030') return encodeGb18030(text);
  const bytes: number[] = [];
  const codes = plainCodes(encoding);
  for (let index = 0; index < text.length; index++) {
    const code = codes[text.charCodeAt(index)]!;
    if (code === 0) return undefined;
    if (code > 0xff) bytes.push(code >> 8, code & 0xff);
    else bytes.push(code);
  }
  return Uint8Array.from(bytes);
}

/** Where `writeText` stopped: the code point that cannot be written. */
export const lastRefused = { point: 0 };

/**
 * Writes the UTF-8 bytes `source[from, to)` by the table. Returns the number of characters written, or -1 at the first
 * one that cannot be written (then `lastRefused.point` names it and the sink holds what came before).
 */
export function writeText(
  table: TextTable,
  source: Uint8Array,
  from: number,
  to: number,
  sink: ByteSink,
): number {
  const { codes, utf8 } = table;
  sink.ensure((to - from) * 2 + 8);
  let characters = 0;
  let at = from;
  while (at < to) {
    const lead = source[at]!;
    let point = lead;
    if (lead < 0x80) at += 1;
    else if (lead < 0xe0) {
      point = ((lead & 0x1f) << 6) | (source[at + 1]! & 0x3f);
      at += 2;
    } else if (lead < 0xf0) {
      point = ((lead & 0x0f) << 12) | ((source[at + 1]! & 0x3f) << 6) | (source[at + 2]! & 0x3f);
      at += 3;
    } else {
      point = supplementary(source, at);
      at += 4;
    }
    const code = point < 0x10000 ? codes[point]! : SPECIAL;
    if (code <= SPECIAL) {
      const written = code === 0 ? -1 : writeSpecial(table, point, sink);
      if (written < 0) {
        lastRefused.point = point;
        return -1;
      }
      sink.ensure((to - at) * 2 + 8);
      characters += written - 1;
    } else if (code < 0x80) {
      sink.bytes[sink.length++] = code;
    } else if (utf8) {
      putUtf8(code, sink);
    } else if (code < 0x100) {
      sink.bytes[sink.length++] = code;
    } else {
      const bytes = sink.bytes;
      bytes[sink.length] = code >> 8;
      bytes[sink.length + 1] = code & 0xff;
      sink.length += 2;
    }
    characters++;
  }
  return characters;
}

function supplementary(source: Uint8Array, at: number): number {
  return (
    ((source[at]! & 0x07) << 18) |
    ((source[at + 1]! & 0x3f) << 12) |
    ((source[at + 2]! & 0x3f) << 6) |
    (source[at + 3]! & 0x3f)
  );
}

function putUtf8(unit: number, sink: ByteSink): void {
  const bytes = sink.bytes;
  if (unit < 0x800) {
    bytes[sink.length++] = 0xc0 | (unit >> 6);
  } else {
    bytes[sink.length++] = 0xe0 | (unit >> 12);
    bytes[sink.length++] = 0x80 | ((unit >> 6) & 0x3f);
  }
  bytes[sink.length++] = 0x80 | (unit & 0x3f);
}

/** Transliterated, escaped and supplementary characters; how many characters were written, -1 when the bank cannot take it. */
function writeSpecial(table: TextTable, point: number, sink: ByteSink): number {
  const known = table.specials.get(point);
  if (known !== undefined) {
    sink.append(known.bytes);
    return known.characters;
  }
  const { encoding } = table.rules;
  if (point < 0x10000 || (encoding !== 'UTF-8' && encoding !== 'GB18030')) return -1;
  if (table.allowed?.test(String.fromCodePoint(point)) === false) return -1;
  // Planes 15 and 16 are private use; the last two of every plane are no characters.
  if (point >= 0xf0000 || (point & 0xfffe) === 0xfffe) return -1;
  const bytes = encodeAll(String.fromCodePoint(point), encoding);
  if (bytes === undefined) return -1;
  sink.append(bytes);
  return 1;
}

/** `U+20BB7`, how a refused character is named. */
export function pointName(point: number): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
