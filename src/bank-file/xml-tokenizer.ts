// XML 1.0 as bytes arrive: elements, attributes, text. Strict about well-formedness, in flat memory, and without making
// a string of anything that the handler does not ask for. Non-goals: document types (refused: bank messages have none,
// and entities are how such files are attacked), namespaces (names are given with their prefix), XML 1.1, UTF-16.

import type { Encoding } from './definition.js';
import type { Refuse } from './file-events.js';
import { joined } from './line-reader.js';
import { XmlAttributes } from './xml-attributes.js';
import { BRACKET, FEED, isSpace, OPENS, PLAIN, REFERS, RETURN, TEXT_CLASS } from './xml-character.js';
import { referenced, XmlContent } from './xml-content.js';
import { readStart } from './xml-declaration.js';
import { OpenNames } from './xml-open-names.js';

export interface XmlHandler {
  /** An element `bytes[from, to)` begins; returns whether its text is wanted. Attributes are asked of the tokenizer. */
  open(bytes: Buffer, from: number, to: number): boolean;
  /** It ends. `content` is its text, if that was wanted and no element stands in it. */
  close(content: XmlContent): void;
}

/** Longest text of an element that someone wants, longest tag, and how deep elements may stand in each other. */
const TEXT_LIMIT = 64 * 1024;
const TAG_LIMIT = 64 * 1024;
const DEPTH_LIMIT = 256;

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const QUESTION = 0x3f;
const EXCLAMATION = 0x21;
const HYPHEN = 0x2d;
const SQUARE = 0x5d;
const CDATA = Buffer.from('<![CDATA[');
const COMMENT = Buffer.from('<!--');
const DOCTYPE = Buffer.from('<!DOCTYPE');

type Mode = 'start' | 'content' | 'cdata' | 'comment' | 'instruction';

export class XmlTokenizer extends XmlAttributes {
  /** Where the tag stands that the handler is told of: line from 1, column in bytes from 1. */
  tagLine = 1;
  tagColumn = 1;
  /** Where it begins in `buffer`. */
  tagAt = 0;
  private readonly handler: XmlHandler;
  private readonly names = new OpenNames();
  private readonly content = new XmlContent();
  private mode: Mode = 'start';
  private isWanted = false;
  private hasRoot = false;

  /** `encoding`: of files that declare none. */
  constructor(encoding: Encoding, handler: XmlHandler, refuse: Refuse) {
    super(encoding, refuse);
    this.handler = handler;
  }

  /** The bytes may be filled again afterwards; so may `room` bytes before them be now. */
  feed(chunk: Uint8Array, room = 0): void {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const kept = this.end - this.at;
    this.bytes = joined(this.bytes.subarray(this.at, this.end), fresh, room);
    this.lineStart -= this.at;
    this.at = 0;
    this.end = this.bytes.length;
    // A tag is read from its beginning each time: not before its end can be there.
    if (!(this.isInTag(kept) && fresh.indexOf(GREATER) === -1)) while (this.at < this.end && this.step()) {}
    if (this.end - this.at > TAG_LIMIT) this.broken('a tag is longer than 65536 bytes', this.at);
    // The next chunk brings other bytes under the same positions.
    this.content.detach(this.encoding);
    this.bytes = Buffer.from(this.bytes.subarray(this.at));
    this.lineStart -= this.at;
    this.at = 0;
    this.end = this.bytes.length;
  }

  /** Whether the bytes that were kept begin a tag whose end was not among them. */
  private isInTag(kept: number): boolean {
    if (kept < 2 || this.mode !== 'content' || this.bytes[0] !== LESS) return false;
    return this.bytes[1] !== EXCLAMATION && this.bytes[1] !== QUESTION;
  }

  finish(): void {
    this.isAll = true;
    while (this.at < this.end && this.step()) {}
    if (this.names.depth > 0 || !this.hasRoot)
      this.refuse('the file ends before its root element is closed', this.line);
    if (this.at < this.end || this.mode !== 'content')
      this.refuse('the file ends inside a tag or a comment', this.line);
  }

  /** Goes on as far as the bytes tell; false when it needs more of them. */
  private step(): boolean {
    switch (this.mode) {
      case 'content':
        return this.names.depth === 0 ? this.readOutside() : this.readContent();
      case 'cdata':
        return this.readCdata();
      case 'comment':
        return this.readComment();
      case 'instruction':
        return this.readInstruction();
      case 'start':
        return this.readStart();
    }
  }

  private readStart(): boolean {
    const start = readStart(this.bytes, this.isAll, this.encoding);
    if (start === undefined) return false;
    if (typeof start === 'string') return this.refuse(start, 1);
    this.useEncoding(start.encoding);
    while (this.at < start.at) {
      if (this.bytes[this.at] === 0x0a) this.newLine(this.at);
      this.at++;
    }
    this.mode = 'content';
    return true;
  }

  private readOutside(): boolean {
    let { at } = this;
    const { bytes, end } = this;
    while (at < end && isSpace(bytes[at])) {
      if (bytes[at] === 0x0d && at + 1 === end && !this.isAll) break;
      this.passSpace(at++);
    }
    this.at = at;
    if (at === end || bytes[at] === 0x0d) return false;
    if (bytes[at] === LESS) return this.readMarkup();
    return this.broken('there is text outside the root element', at);
  }

  private readContent(): boolean {
    const { bytes, end } = this;
    let start = this.at;
    let at = start;
    for (;;) {
      while (at < end && TEXT_CLASS[bytes[at]!] === PLAIN) at++;
      const kind = at < end ? TEXT_CLASS[bytes[at]!]! : OPENS;
      if (kind === OPENS) {
        this.keep(start, at);
        this.at = at;
        return at < end && this.readMarkup();
      }
      if (kind === FEED) this.newLine(at++);
      else if (kind === REFERS || kind === RETURN) {
        this.keep(start, at);
        this.at = at;
        if (!(kind === REFERS ? this.readReference() : this.readReturn())) return false;
        at = this.at;
        start = at;
      } else {
        const next = kind === BRACKET ? this.passBracket(at) : this.pass(at);
        if (next === at) {
          this.keep(start, at);
          this.at = at;
          return false;
        }
        at = next;
      }
    }
  }

  private keep(from: number, to: number): void {
    if (!this.isWanted || from === to) return;
    this.content.addBytes(this.bytes, from, to, this.encoding);
    if (this.content.length > TEXT_LIMIT) this.broken('the text of an element is too long', from);
  }

  /** XML 1.0, 2.4: `]]>` does not stand in text. */
  private passBracket(at: number): number {
    const { bytes, end } = this;
    if (at + 1 < end && bytes[at + 1] !== SQUARE) return at + 1;
    if (at + 2 < end && bytes[at + 2] !== GREATER) return at + 1;
    if (at + 2 < end) this.broken('"]]>" is not allowed in text', at);
    return this.isAll ? at + 1 : at;
  }

  /** XML 1.0, 2.11: a return, or a return and a feed, is one line feed. */
  private readReturn(): boolean {
    if (this.at + 1 === this.end && !this.isAll) return false;
    this.passSpace(this.at++);
    const isPair = this.bytes[this.at] === 0x0a && this.at < this.end;
    if (this.isWanted && !isPair) this.content.addText('\n', this.encoding);
    return true;
  }

  private readReference(): boolean {
    const end = this.referenceEnd(this.at);
    if (end === -1) return false;
    const text = referenced(this.bytes.toString('latin1', this.at + 1, end - 1))!;
    if (this.isWanted) this.content.addText(text, this.encoding);
    if (this.content.length > TEXT_LIMIT) this.broken('the text of an element is too long', this.at);
    this.at = end;
    return true;
  }

  private readMarkup(): boolean {
    const { at, line, lineStart } = this;
    this.tagLine = line;
    this.tagColumn = at - lineStart + 1;
    this.tagAt = at;
    if (this.tryMarkup(at)) return true;
    // The whole tag is read again when there is more of it.
    this.line = line;
    this.lineStart = lineStart;
    return false;
  }

  private tryMarkup(at: number): boolean {
    if (at + 1 >= this.end) return false;
    switch (this.bytes[at + 1]) {
      case SLASH:
        return this.readClose(at);
      case EXCLAMATION:
        return this.readExclamation(at);
      case QUESTION:
        return this.readTarget(at);
      default:
        return this.readOpen(at);
    }
  }

  private readClose(at: number): boolean {
    const { bytes, end, names } = this;
    if (names.depth === 0) return this.broken('a closing tag stands outside the root element', at);
    let next = at + 2 + names.length;
    if (next >= end) return false;
    if (!names.stands(bytes, at + 2) || !(bytes[next] === GREATER || isSpace(bytes[next])))
      return this.broken(`the element ${names.innermost} is not closed before this tag`, at);
    if (bytes[next] !== GREATER) next = this.skipSpace(next);
    if (next >= end) return false;
    if (bytes[next] !== GREATER) return this.broken('a closing tag holds more than a name', at);
    this.at = next + 1;
    this.closeElement();
    return true;
  }

  private closeElement(): void {
    this.names.pop();
    this.isWanted = false;
    this.handler.close(this.content);
    this.content.clear();
  }

  private openElement(from: number, to: number): void {
    if (this.names.depth === 0 && this.hasRoot)
      this.broken('there is an element behind the root element', from - 1);
    if (this.names.depth === DEPTH_LIMIT) this.broken('elements stand too deep in each other', from - 1);
    this.hasRoot = true;
    this.names.push(this.bytes, from, to);
    this.content.clear();
    this.isWanted = this.handler.open(this.bytes, from, to);
  }

  private readOpen(at: number): boolean {
    const { bytes } = this;
    const from = at + 1;
    const to = this.passName(from, 'an element');
    if (to === -1) return false;
    this.attributeCount = 0;
    let next = to;
    while (bytes[next] !== GREATER) {
      const space = next;
      next = this.skipSpace(next);
      if (next >= this.end) return false;
      if (bytes[next] === GREATER) break;
      if (bytes[next] === SLASH) {
        if (next + 1 >= this.end) return false;
        if (bytes[next + 1] !== GREATER) this.broken('a "/" stands inside a tag', next);
        this.at = next + 2;
        this.openElement(from, to);
        this.closeElement();
        return true;
      }
      if (next === space) this.broken('a tag holds what is no attribute', next);
      next = this.passAttribute(next);
      if (next === -1 || next >= this.end) return false;
    }
    this.at = next + 1;
    this.openElement(from, to);
    return true;
  }

  private readExclamation(at: number): boolean {
    if (this.begins(at, COMMENT)) return this.enter('comment', at + COMMENT.length);
    if (this.begins(at, CDATA)) {
      if (this.names.depth === 0) this.broken('there is text outside the root element', at);
      return this.enter('cdata', at + CDATA.length);
    }
    if (this.begins(at, DOCTYPE)) return this.refuse('a document type is not allowed', this.line);
    if (this.end - at < CDATA.length && !this.isAll) return false;
    return this.broken('a tag begins with "<!" and is none that XML knows', at);
  }

  private enter(mode: Mode, at: number): true {
    this.mode = mode;
    this.at = at;
    return true;
  }

  private readCdata(): boolean {
    const { bytes, end } = this;
    const start = this.at;
    let at = start;
    while (at < end) {
      if (bytes[at] === SQUARE && (at + 1 >= end || bytes[at + 1] === SQUARE)) {
        if (at + 2 >= end) break;
        if (bytes[at + 2] === GREATER) {
          this.keep(start, at);
          return this.enter('content', at + 3);
        }
      }
      if (bytes[at] === 0x0d) {
        this.keep(start, at);
        this.at = at;
        return this.readReturn();
      }
      const next = this.pass(at);
      if (next === at) break;
      at = next;
    }
    this.keep(start, at);
    this.at = at;
    return false;
  }

  /** XML 1.0, 2.5: `--` stands at the end of a comment only. */
  private readComment(): boolean {
    const { bytes, end } = this;
    while (this.at < end) {
      const { at } = this;
      if (bytes[at] === HYPHEN && (at + 1 >= end || bytes[at + 1] === HYPHEN)) {
        if (at + 2 >= end) return false;
        if (bytes[at + 2] === GREATER) return this.enter('content', at + 3);
        this.broken('"--" is not allowed in a comment', at);
      }
      const next = this.pass(at);
      if (next === at) return false;
      this.at = next;
    }
    return false;
  }

  private readTarget(at: number): boolean {
    const end = this.passName(at + 2, 'an instruction');
    if (end === -1) return false;
    if (this.bytes.toString('latin1', at + 2, end).toLowerCase() === 'xml')
      this.broken('the XML declaration does not stand at the beginning', at);
    if (!isSpace(this.bytes[end]) && this.bytes[end] !== QUESTION)
      this.broken('the name of an instruction is expected here', at);
    if (this.bytes[end] === QUESTION) {
      if (end + 1 >= this.end) return false;
      if (this.bytes[end + 1] !== GREATER) this.broken('the name of an instruction is expected here', at);
    }
    return this.enter('instruction', end);
  }

  private readInstruction(): boolean {
    const { bytes, end } = this;
    while (this.at < end) {
      const { at } = this;
      if (bytes[at] === QUESTION) {
        if (at + 1 >= end) return false;
        if (bytes[at + 1] === GREATER) return this.enter('content', at + 2);
      }
      const next = this.pass(at);
      if (next === at) return false;
      this.at = next;
    }
    return false;
  }
}
