// Bytes of a field → text, strictly: what is not text in the file's encoding is told, never mended.

import { isUtf8 } from 'node:buffer';
import { decodeGb18030, gbTables } from '../encoding/gb18030.js';
import type { Encoding } from './definition.js';

/** Undefined when the bytes are not text in the encoding. */
export function decodeField(bytes: Buffer, from: number, to: number, encoding: Encoding): string | undefined {
  if (isAscii(bytes, from, to) || encoding === 'Latin-1') return bytes.toString('latin1', from, to);
  if (encoding === 'ASCII') return undefined;
  const part = bytes.subarray(from, to);
  // A check and a plain decoding take half the time of a decoder that checks.
  if (encoding === 'UTF-8') return isUtf8(part) ? bytes.toString('utf8', from, to) : undefined;
  return (to - from <= SHORT ? decodeTwoByte(bytes, from, to) : undefined) ?? decodeGb18030(part);
}

/** Whether the bytes are text in the encoding: what decodeField would not refuse, without making the text. */
export function isFieldText(bytes: Buffer, from: number, to: number, encoding: Encoding): boolean {
  if (isAscii(bytes, from, to) || encoding === 'Latin-1') return true;
  if (encoding !== 'GBK' && encoding !== 'GB18030')
    return decodeField(bytes, from, to, encoding) !== undefined;
  const { toUnit } = gbTables();
  for (let at = from; at < to; at++) {
    const lead = bytes[at]!;
    if (lead < 0x80) continue;
    if (at + 1 === to || toUnit[(lead << 8) | bytes[++at]!] === 0)
      return decodeField(bytes, from, to, encoding) !== undefined;
  }
  return true;
}

export function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! >= 0x80) return false;
  return true;
}

/** Names are short: by the table they take a fifth of the time that a TextDecoder call costs. */
const SHORT = 128;
const units = new Uint16Array(SHORT);

/** Undefined when there is more in it than ASCII and two-byte codes. */
function decodeTwoByte(bytes: Buffer, from: number, to: number): string | undefined {
  const { toUnit } = gbTables();
  let count = 0;
  for (let at = from; at < to; at++) {
    const lead = bytes[at]!;
    if (lead < 0x80) units[count++] = lead;
    else {
      const unit = at + 1 < to ? toUnit[(lead << 8) | bytes[++at]!]! : 0;
      if (unit === 0) return undefined;
      units[count++] = unit;
    }
  }
  return String.fromCharCode.apply(undefined, units.subarray(0, count) as unknown as number[]);
}

const SLOTS = 1024;

/** Keeps the strings of fields that repeat (codes, reasons), so that a million rows do not make a million of them. */
export class TextCache {
  private readonly bytes: (Uint8Array | undefined)[] = new Array(SLOTS);
  private readonly texts: string[] = new Array(SLOTS);

  private readonly encoding: Encoding;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  decode(source: Buffer, from: number, to: number): string | undefined {
    if (from === to) return '';
    let hash = to - from;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + source[at]!) | 0;
    const slot = hash & (SLOTS - 1);
    const known = this.bytes[slot];
    if (known !== undefined && equalBytes(known, source, from, to)) return this.texts[slot];
    const text = decodeField(source, from, to, this.encoding);
    if (text === undefined) return undefined;
    this.bytes[slot] = Uint8Array.prototype.slice.call(source, from, to);
    this.texts[slot] = text;
    return text;
  }
}

export function equalBytes(expected: Uint8Array, source: Uint8Array, from: number, to: number): boolean {
  if (expected.length !== to - from) return false;
  for (let index = 0; index < expected.length; index++)
    if (expected[index] !== source[from + index]) return false;
  return true;
}
