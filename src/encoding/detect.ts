// Which encoding a file is in, found by looking at it. A streaming question: a file may begin with megabytes of ASCII
// and show its first Chinese name late. GB 18030 text is nearly never well-formed UTF-8 (a Chinese character in UTF-8
// is E4..E9 and two bytes 80..BF), so well-formed UTF-8 decides, and a few damaged lines in a UTF-8 file do not turn the
// whole file into GB 18030.

import { isAscii, isUtf8 } from 'node:buffer';
import { startsWithUtf8Bom } from './utf8.js';

/** What a file turned out to be; GBK is a part of GB 18030. */
export type TextEncoding = 'utf-8' | 'gb18030';

/** `ascii`: nothing but ASCII so far, either encoding reads it the same. */
export type EncodingSoFar = TextEncoding | 'ascii';

/**
 * So many well-formed UTF-8 characters of three or four bytes for each damaged place make a damaged UTF-8 file. GB 18030
 * names read as UTF-8 have one damaged place or more for every two characters and next to no well-formed ones.
 */
const WELL_FORMED_FOR_DAMAGED = 8;

/** A UTF-8 character has at most four bytes, so at most three of them can be left over at the end of a chunk. */
const CARRY_MAX = 3;

/** Asked chunk by chunk; the first chunk with a character beyond ASCII settles it for the rest of the file. */
export class EncodingDetector {
  #soFar: EncodingSoFar = 'ascii';
  #carry: Uint8Array = new Uint8Array(0);
  #isStart = true;

  /** Looks at the next bytes of the file and says what is known by now. */
  push(bytes: Uint8Array): EncodingSoFar {
    if (this.#soFar !== 'ascii' || bytes.length === 0) return this.#soFar;
    const joined = this.#carry.length === 0 ? bytes : concat(this.#carry, bytes);
    if (this.#isStart && joined.length < CARRY_MAX && !isAscii(joined)) {
      this.#carry = joined.slice();
      return this.#soFar;
    }
    const isBom = this.#isStart && startsWithUtf8Bom(joined);
    this.#isStart = false;
    const whole = joined.subarray(0, joined.length - incompleteTail(joined));
    this.#carry = joined.slice(whole.length);
    this.#soFar = isBom ? 'utf-8' : encodingOf(whole);
    return this.#soFar;
  }

  /** What the file is, now that it has ended: half a character at its end counts. */
  finish(): EncodingSoFar {
    if (this.#soFar === 'ascii' && this.#carry.length > 0) this.#soFar = encodingOf(this.#carry);
    return this.#soFar;
  }
}

/** What a piece of text that is all there is in; see EncodingDetector for text that comes in pieces. */
export function detectEncoding(bytes: Uint8Array): EncodingSoFar {
  const detector = new EncodingDetector();
  detector.push(bytes);
  return detector.finish();
}

/** UTF-16 is what Excel calls "Unicode text". We do not read it, but can say so instead of finding nonsense. */
export function startsWithUtf16Bom(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function encodingOf(bytes: Uint8Array): EncodingSoFar {
  if (isAscii(bytes)) return 'ascii';
  if (isUtf8(bytes)) return 'utf-8';
  const { wellFormed, damaged } = countUtf8(bytes);
  return wellFormed >= WELL_FORMED_FOR_DAMAGED * damaged ? 'utf-8' : 'gb18030';
}

/** Characters of three and four bytes that are well-formed, and places that are not. */
function countUtf8(bytes: Uint8Array): { wellFormed: number; damaged: number } {
  let wellFormed = 0;
  let damaged = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = bytes[at]! < 0x80 ? 1 : sequenceLength(bytes[at]!);
    if (length > 0 && at + length <= bytes.length && hasContinuations(bytes, at + 1, at + length)) {
      if (length >= 3) wellFormed++;
      at += length;
    } else {
      damaged++;
      at++;
    }
  }
  return { wellFormed, damaged };
}

/** The length a lead byte announces, 0 when it is none (RFC 3629, section 4). */
function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

function hasContinuations(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at]! & 0xc0) !== 0x80) return false;
  return true;
}

/** How many bytes at the end begin a UTF-8 character that goes on after them. */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(CARRY_MAX, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function concat(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const joined = new Uint8Array(head.length + tail.length);
  joined.set(head);
  joined.set(tail, head.length);
  return joined;
}
