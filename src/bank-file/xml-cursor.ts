// A place in the bytes of an XML file, and what is read at it whatever comes: characters, white space, names, references.
// Each of them says so when its end is not there yet, so that a file may be cut into chunks anywhere.

import type { Encoding } from './definition.js';
import type { Refuse } from './file-events.js';
import {
  CONTROL,
  FEED,
  HIGH,
  type HighLength,
  highLength,
  isNameCharacter,
  isSpace,
  NAME_CLASS,
  NAME_INSIDE,
  NAME_START,
  RETURN,
  TEXT_CLASS,
} from './xml-character.js';
import { referenced, XmlContent } from './xml-content.js';
import type { RowPattern } from './xml-row-pattern.js';
import type { RowPatterns } from './xml-row-patterns.js';

const REFERENCE_LIMIT = 32;
const SEMICOLON = 0x3b;

export class XmlCursor {
  encoding: Encoding;
  protected bytes: Buffer = Buffer.alloc(0);
  /** Behind the last byte that is here. */
  protected end = 0;
  protected at = 0;
  /** Whether no more bytes will come. */
  protected isAll = false;
  protected line = 1;
  protected lineStart = 0;
  protected readonly refuse: Refuse;
  private highLength: HighLength;

  constructor(encoding: Encoding, refuse: Refuse) {
    this.encoding = encoding;
    this.highLength = highLength(encoding);
    this.refuse = refuse;
  }

  /** The bytes that are here; what stands from `position` on, a handler may read by itself while an element closes. */
  get buffer(): Buffer {
    return this.bytes;
  }

  get position(): number {
    return this.at;
  }

  get currentLine(): number {
    return this.line;
  }

  /** The row that begins here, read by a pattern; undefined where it has none of them. */
  matchRow(patterns: RowPatterns): RowPattern | undefined {
    return patterns.match(this.bytes, this.at, this.end, this.highLength);
  }

  /** Goes on behind rows that compiled loops have read: at `to`, `feeds` lines on; `lineStart` is -1 where there are none. */
  skipRows(to: number, feeds: number, lineStart: number): void {
    this.line += feeds;
    if (lineStart >= 0) this.lineStart = lineStart;
    this.at = to;
  }

  /** Goes on behind a row that a pattern has read. */
  skipRow(pattern: RowPattern, to: number): void {
    this.line += pattern.feeds;
    this.lineStart = pattern.lineStartAfter(this.lineStart);
    this.at = to;
  }

  protected useEncoding(encoding: Encoding): void {
    this.encoding = encoding;
    this.highLength = highLength(encoding);
  }

  /** The position behind the character at `at`; `at` itself when its end is not there yet. */
  protected pass(at: number): number {
    const byte = this.bytes[at]!;
    const kind = TEXT_CLASS[byte]!;
    if (kind === HIGH) {
      const length = this.highLength(this.bytes, at, this.end);
      if (length > 0) return at + length;
      if (length < 0 || this.isAll) this.broken(`these bytes are not text in ${this.encoding}`, at);
      return at;
    }
    if (kind === CONTROL)
      this.broken(`the character U+${byte.toString(16).padStart(4, '0')} is not allowed`, at);
    if (kind === FEED || kind === RETURN) {
      if (kind === RETURN && at + 1 === this.end && !this.isAll) return at;
      this.passSpace(at);
    }
    return at + 1;
  }

  /** Position behind the reference at `at`; -1 when it is not all there. */
  protected referenceEnd(at: number): number {
    const { bytes, end } = this;
    let semicolon = at + 1;
    while (
      semicolon < end &&
      semicolon - at < REFERENCE_LIMIT &&
      /[#\w]/.test(String.fromCharCode(bytes[semicolon]!))
    )
      semicolon++;
    if (semicolon === end && !this.isAll) return -1;
    const name = bytes.toString('latin1', at + 1, semicolon);
    if (semicolon === end || bytes[semicolon] !== SEMICOLON) this.broken('an "&" begins no reference', at);
    if (referenced(name) === undefined) this.broken(`the reference &${name}; is not known`, at);
    return semicolon + 1;
  }

  /** Position behind the name at `at`; -1 when its end is not there yet. */
  protected passName(at: number, what: string): number {
    const { bytes, end } = this;
    let next = at;
    if (NAME_CLASS[bytes[at]!] === NAME_START) while (next < end && isNameByte(bytes[next]!)) next++;
    while (next < end) {
      const kind = NAME_CLASS[bytes[next]!]!;
      if (kind === HIGH) {
        const behind = this.pass(next);
        if (behind === next) return -1;
        const character = new XmlContent();
        character.addBytes(bytes, next, behind, this.encoding);
        if (!isNameCharacter(character.string(this.encoding), next === at)) break;
        next = behind;
      } else if (kind === NAME_START || (kind !== 0 && next > at)) next++;
      else break;
    }
    if (next >= end) return -1;
    if (next === at) this.broken(`the name of ${what} is expected here`, at);
    return next;
  }

  protected skipSpace(at: number): number {
    const { bytes, end } = this;
    let next = at;
    while (next < end && isSpace(bytes[next])) this.passSpace(next++);
    return next;
  }

  /** Counts lines: a feed, or a return without one. */
  protected passSpace(at: number): void {
    const byte = this.bytes[at];
    if (byte === 0x0a || (byte === 0x0d && this.bytes[at + 1] !== 0x0a)) this.newLine(at);
  }

  protected newLine(at: number): void {
    this.line++;
    this.lineStart = at + 1;
  }

  protected begins(at: number, with_: Buffer): boolean {
    return (
      this.end - at >= with_.length && this.bytes.compare(with_, 0, with_.length, at, at + with_.length) === 0
    );
  }

  protected broken(problem: string, at: number): never {
    return this.refuse(`the XML is broken: ${problem}`, this.line, Math.max(1, at - this.lineStart + 1));
  }
}

function isNameByte(byte: number): boolean {
  const kind = NAME_CLASS[byte]!;
  return kind === NAME_START || kind === NAME_INSIDE;
}
