// GB 18030-2022 and its two-byte part, which banks call GBK. Node decodes it and does not encode it, so the reverse
// tables are built from Node's own decoder: what we write is by construction what we read. Non-goals: the single byte
// 0x80 (a euro sign in Microsoft's GBK only) is not a character here, and nothing is ever replaced by a question mark.

import { assert } from '../base/assert.js';

export interface GbTables {
  /** 65536 entries: index is `lead << 8 | trail` of a two-byte code, value the UTF-16 unit; 0 = no character. */
  toUnit: Uint16Array;
  /** 65536 entries: index is a UTF-16 unit, value its two-byte code, or the ASCII byte itself; 0 = none (and NUL). */
  fromUnit: Uint16Array;
}

/** Four-byte codes 81308130 to 8431A439, in order, are the BMP characters that have no two-byte code. */
const FOUR_BYTE_BMP_COUNT = 39_420;
/** 90308130, the code of U+10000; from there the supplementary planes follow in order (GB 18030-2022, 4.3). */
const FOUR_BYTE_SUPPLEMENTARY = 189_000;

/**
 * Private-use code points that stood in for characters until GB 18030-2005, and the two-byte codes they had. The 2022
 * edition gave those codes to the real characters, so text with the stand-ins is written with the same bytes and reads
 * back as the real character. U+E5E5 reads back as the ideographic space (WHATWG Encoding Standard, 10.2.2).
 */
const STAND_INS: readonly (readonly [unit: number, code: number])[] = [
  [0xe5e5, 0xa3a0],
  [0xe78d, 0xa6d9],
  [0xe78e, 0xa6da],
  [0xe78f, 0xa6db],
  [0xe790, 0xa6dc],
  [0xe791, 0xa6dd],
  [0xe792, 0xa6de],
  [0xe793, 0xa6df],
  [0xe794, 0xa6ec],
  [0xe795, 0xa6ed],
  [0xe796, 0xa6f3],
  [0xe81e, 0xfe59],
  [0xe826, 0xfe61],
  [0xe82b, 0xfe66],
  [0xe82c, 0xfe67],
  [0xe832, 0xfe6d],
  [0xe843, 0xfe7e],
  [0xe854, 0xfe90],
  [0xe864, 0xfea0],
];

const decoder = new TextDecoder('gb18030', { fatal: true });
let built: GbTables | undefined;

/** The tables, built on first use (about 8 ms) and shared by everyone in the thread. */
export function gbTables(): GbTables {
  built ??= buildTables();
  return built;
}

function buildTables(): GbTables {
  const toUnit = new Uint16Array(0x10000);
  const fromUnit = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x80; unit++) fromUnit[unit] = unit;
  addTwoByteCodes(toUnit, fromUnit);
  for (const [unit, code] of STAND_INS) if (fromUnit[unit] === 0) fromUnit[unit] = code;
  return { toUnit, fromUnit };
}

let fourByte: Uint16Array | undefined;

/**
 * 65536 entries: index is a UTF-16 unit, value 1 + its place in the four-byte plane of the BMP; 0 = none. By itself: who only reads, or
 * writes GBK, never asks for it.
 */
function fourByteFromUnit(): Uint16Array {
  if (fourByte === undefined) {
    fourByte = new Uint16Array(0x10000);
    addFourByteCodes(fourByte);
  }
  return fourByte;
}

/** All 126 × 190 two-byte codes are assigned, so one call decodes them all: one unit for each code, in order. */
function addTwoByteCodes(toUnit: Uint16Array, fromUnit: Uint16Array): void {
  const bytes = new Uint8Array(126 * 190 * 2);
  let at = 0;
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      bytes[at++] = lead;
      bytes[at++] = trail;
    }
  }
  const text = decoder.decode(bytes);
  assert(text.length === at / 2, 'the two-byte codes of GB 18030 do not decode one to one');
  for (let index = 0; index < text.length; index++) {
    const code = (bytes[2 * index]! << 8) | bytes[2 * index + 1]!;
    const unit = text.charCodeAt(index);
    toUnit[code] = unit;
    // U+3000 has two codes, A1A1 and A3A0; the lower one is the one everybody writes.
    if (fromUnit[unit] === 0) fromUnit[unit] = code;
  }
}

function addFourByteCodes(fourByteFromUnit: Uint16Array): void {
  const bytes = new Uint8Array(FOUR_BYTE_BMP_COUNT * 4);
  for (let place = 0; place < FOUR_BYTE_BMP_COUNT; place++) putFourBytes(place, bytes, place * 4);
  const text = decoder.decode(bytes);
  assert(text.length === FOUR_BYTE_BMP_COUNT, 'the four-byte codes of GB 18030 do not decode one to one');
  for (let place = 0; place < text.length; place++) fourByteFromUnit[text.charCodeAt(place)] = place + 1;
}

function putFourBytes(place: number, target: Uint8Array, at: number): void {
  target[at] = 0x81 + Math.floor(place / 12_600);
  target[at + 1] = 0x30 + (Math.floor(place / 1_260) % 10);
  target[at + 2] = 0x81 + (Math.floor(place / 10) % 126);
  target[at + 3] = 0x30 + (place % 10);
}

/** The text of GB 18030 bytes; undefined when they are not GB 18030 (also when they end inside a character). */
export function decodeGb18030(bytes: Uint8Array): string | undefined {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return undefined;
  }
  // Node takes 0x80 for a euro sign; only text with a euro sign can hold that byte, and is looked at again.
  return text.includes('€') && hasLoneEuroByte(bytes) ? undefined : text;
}

/** Whether 0x80 stands where a character begins. The bytes are known to be well-formed otherwise. */
function hasLoneEuroByte(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    if (lead === 0x80) return true;
    if (lead < 0x80) at += 1;
    else at += bytes[at + 1]! < 0x40 ? 4 : 2;
  }
  return false;
}

/** The GB 18030 bytes of any text. A lone surrogate, which is no character, is written as U+FFFD, as UTF-8 does. */
export function encodeGb18030(text: string): Uint8Array {
  const target = new Uint8Array(gb18030Length(text));
  const { fromUnit } = gbTables();
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const code = fromUnit[unit]!;
    if (code > 0xff) {
      target[at++] = code >> 8;
      target[at++] = code & 0xff;
    } else if (unit < 0x80) {
      target[at++] = unit;
    } else {
      const point = text.codePointAt(index)!;
      const place =
        point > 0xffff
          ? FOUR_BYTE_SUPPLEMENTARY + (point - 0x10000)
          : fourByteFromUnit()[isSurrogate(unit) ? 0xfffd : unit]! - 1;
      assert(place >= 0, 'a code point has no GB 18030 code');
      putFourBytes(place, target, at);
      at += 4;
      if (point > 0xffff) index++;
    }
  }
  return target;
}

/** The number of bytes `encodeGb18030` makes: 1 for ASCII, 2 for what has a two-byte code, 4 for the rest. */
export function gb18030Length(text: string): number {
  const { fromUnit } = gbTables();
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) length += 1;
    else if (fromUnit[unit] !== 0) length += 2;
    else {
      length += 4;
      if (text.codePointAt(index)! > 0xffff) index++;
    }
  }
  return length;
}

/** The GBK bytes of a text, or undefined when one of its characters has no two-byte code (such as 𠮷 and 㛃). */
export function encodeGbk(text: string): Uint8Array | undefined {
  const length = gbkLength(text);
  return length === undefined ? undefined : encodeGb18030(text);
}

/** The number of bytes a text takes in GBK, or undefined when one of its characters has no two-byte code. */
export function gbkLength(text: string): number | undefined {
  const { fromUnit } = gbTables();
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) length += 1;
    else if (fromUnit[unit] !== 0) length += 2;
    else return undefined;
  }
  return length;
}

/** The characters of a text that GBK has no two-byte code for, each once, in order of appearance. */
export function charactersOutsideGbk(text: string): string[] {
  return [...new Set(text)].filter((character) => gbkLength(character) === undefined);
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
