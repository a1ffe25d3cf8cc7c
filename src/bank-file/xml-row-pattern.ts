// Rows of XML that a program wrote differ in their values and in nothing else. A pattern is what stands between the values
// of a row that was read tag by tag; where the next row has the same bytes there, its values are found without looking at
// its tags. It proves nothing by itself: a row that differs anywhere else is read tag by tag, and so is one whose values
// hold more than plain characters. Processor time of 500,000 rows (pain.002, camt.053, pain.001): 2.8, 5.5, 4.2 s tag by tag,
// 0.9, 1.5, 1.7 s by their pattern.

import { FEED, HIGH, type HighLength, isSpace, OPENS, PLAIN, RETURN, TEXT_CLASS } from './xml-character.js';
import type { Binding } from './xml-tree.js';

/** Longer rows are read tag by tag. */
const UNIT_BYTES_MAX = 16 * 1024;
const GREATER = 0x3e;

/** The text of an element of the row that was read. */
export interface Leaf {
  readonly from: number;
  readonly bindings: readonly Binding[];
  /** It stands behind the row that it is not part of: what it says holds for no other. */
  readonly isBehind: boolean;
}

/** Undefined bindings: nobody asks for this text. */
export type Slot = Omit<Leaf, 'from'> | undefined;

/** Where a row was found: it begins behind the one before, so the white space between them is part of it. */
export interface Unit {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  /** Where the tag of the row itself begins. */
  readonly row: number;
}

export class RowPattern {
  readonly slots: readonly Slot[];
  /** Start and end of the value of slot n at 2n and 2n + 1, after `match`. */
  readonly ranges: Int32Array;
  /** Line feeds, and how many of them stand before the row's tag. */
  readonly feeds: number;
  readonly feedsBeforeRow: number;
  /** Literal n stands before value n; the last one ends the row. */
  private readonly literals: readonly Literal[];
  /** Bytes from the last line feed to the end of the literal that holds it. */
  readonly feedLiteral: number;
  readonly behindFeed: number;
  private lineStart = 0;

  constructor(literals: readonly Uint8Array[], slots: readonly Slot[], feedsBeforeRow: number) {
    this.literals = literals.map((literal) => new Literal(literal));
    this.slots = slots;
    this.ranges = new Int32Array(2 * slots.length);
    this.feedsBeforeRow = feedsBeforeRow;
    this.feeds = literals.reduce((sum, literal) => sum + countFeeds(literal, 0, literal.length), 0);
    this.feedLiteral = literals.findLastIndex((literal) => literal.includes(0x0a));
    const last = literals[this.feedLiteral];
    this.behindFeed = last === undefined ? 0 : last.length - last.lastIndexOf(0x0a) - 1;
  }

  /** What stands before each value, and at the end. */
  get literalBytes(): readonly Uint8Array[] {
    return this.literals.map(({ bytes }) => bytes);
  }

  /** Where a row ends that begins at `at` and has this pattern; -1 where there is none, or not all of it is here. */
  match(bytes: Buffer, view: DataView, at: number, end: number, highLength: HighLength): number {
    const { literals, ranges } = this;
    const last = literals.length - 1;
    let next = at;
    for (let index = 0; ; index++) {
      const literal = literals[index]!;
      if (next + literal.length > end || !literal.stands(bytes, view, next)) return -1;
      next += literal.length;
      if (index === this.feedLiteral) this.lineStart = next - this.behindFeed;
      if (index === last) return next;
      ranges[2 * index] = next;
      for (; next < end; next++) {
        const kind = TEXT_CLASS[bytes[next]!]!;
        if (kind === PLAIN) continue;
        if (kind !== HIGH) break;
        const length = highLength(bytes, next, end);
        if (length <= 0) return -1;
        next += length - 1;
      }
      if (next === end || TEXT_CLASS[bytes[next]!] !== OPENS) return -1;
      if (next - ranges[2 * index]! > UNIT_BYTES_MAX) return -1;
      ranges[2 * index + 1] = next;
    }
  }

  /** Where the line begins on which the matched row ends; `before` where it has no line feed. */
  lineStartAfter(before: number): number {
    return this.feeds === 0 ? before : this.lineStart;
  }
}

/** Bytes that are compared four at a time, which takes a third of the time. */
class Literal {
  readonly length: number;
  readonly bytes: Uint8Array;
  private readonly words: Int32Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.length = bytes.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.words = Int32Array.from({ length: bytes.length >> 2 }, (_, index) => view.getInt32(4 * index, true));
  }

  /** `view`: of the same bytes. */
  stands(bytes: Uint8Array, view: DataView, at: number): boolean {
    const { words, length } = this;
    let next = at;
    for (let index = 0; index < words.length; index++, next += 4)
      if (view.getInt32(next, true) !== words[index]) return false;
    for (let index = next - at; index < length; index++)
      if (bytes[at + index] !== this.bytes[index]) return false;
    return true;
  }
}

/** Undefined where the row holds what a pattern cannot tell: comments, character data sections, lone returns, lines of text. */
export function patternOf({ bytes, from, to, row }: Unit, leaves: readonly Leaf[]): RowPattern | undefined {
  if (to - from > UNIT_BYTES_MAX) return undefined;
  const literals: Uint8Array[] = [];
  const slots: Slot[] = [];
  let literalFrom = from;
  let leaf = 0;
  for (let at = from; at < to; ) {
    const start = at;
    let isBlank = true;
    let hasFeed = false;
    for (; at < to && TEXT_CLASS[bytes[at]!] !== OPENS; at++) {
      const kind = TEXT_CLASS[bytes[at]!]!;
      if (kind === RETURN && bytes[at + 1] !== 0x0a) return undefined;
      if (kind === FEED) hasFeed = true;
      if (!isSpace(bytes[at])) isBlank = false;
    }
    if (hasFeed && !isBlank) return undefined;
    while (leaf < leaves.length && leaves[leaf]!.from < start) leaf++;
    const found = leaves[leaf]?.from === start ? leaves[leaf] : undefined;
    // What never changes is part of the pattern.
    if (!isBlank && found?.bindings.every(({ constant }) => constant !== undefined) !== true) {
      literals.push(copyOf(bytes, literalFrom, start));
      slots.push(found);
      literalFrom = at;
    }
    if (at === to) break;
    at = tagEnd(bytes, at, to);
    if (at === -1) return undefined;
  }
  literals.push(copyOf(bytes, literalFrom, to));
  if (literals.some((literal) => literal.length === 0)) return undefined;
  return new RowPattern(literals, slots, countFeeds(bytes, from, row));
}

/** Position behind the tag at `at`; -1 for markup that is no tag. */
function tagEnd(bytes: Buffer, at: number, to: number): number {
  if (bytes[at + 1] === 0x21 || bytes[at + 1] === 0x3f) return -1;
  let next = at + 1;
  while (next < to && bytes[next] !== GREATER) {
    const byte = bytes[next]!;
    if (byte === 0x22 || byte === 0x27) {
      next = bytes.indexOf(byte, next + 1);
      if (next === -1) return -1;
    } else if (TEXT_CLASS[byte] === RETURN) return -1;
    next++;
  }
  return next + 1;
}

function copyOf(bytes: Buffer, from: number, to: number): Uint8Array {
  return new Uint8Array(bytes.subarray(from, to));
}

function countFeeds(bytes: Uint8Array, from: number, to: number): number {
  let feeds = 0;
  for (let at = from; at < to; at++) if (TEXT_CLASS[bytes[at]!] === FEED) feeds++;
  return feeds;
}
