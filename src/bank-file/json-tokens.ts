// Bytes of JSON (RFC 8259) → tokens, in flat memory: a token that a chunk cuts is kept until it is whole, nothing else.
// It accepts exactly what JSON.parse accepts, in the bank's encoding: in GBK the second byte of a character may be a
// backslash, so it looks at whole characters there.

import { isUtf8 } from 'node:buffer';
import { startsWithUtf8Bom } from '../encoding/utf8.js';
import { gbLength } from './character-length.js';
import type { Encoding } from './definition.js';

/** Ranges lie in `bytes` during the call only. A range of a string is what stands between its quotes. */
export interface JsonHandler {
  openObject(): void;
  closeObject(): void;
  openArray(): void;
  closeArray(): void;
  key(bytes: Buffer, from: number, to: number, isEscaped: boolean): void;
  string(bytes: Buffer, from: number, to: number, isEscaped: boolean): void;
  /** A number, true, false or null, as it stands there. */
  literal(bytes: Buffer, from: number, to: number): void;
}

export type RefuseJson = (problem: string, line: number, column: number) => never;

// What may come next.
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const COLON = 4;
const COMMA_OR_END = 5;
const NOTHING = 6;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** ASCII that is nothing but itself in a string. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

/** No value of a bank is longer. */
const TOKEN_BYTES_MAX = 64 * 1024;
const DEPTH_MAX = 100;
const LITERAL = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;
const ESCAPES = '"\\/bfnrt';

export class JsonTokens {
  /** Line of the token at hand, 1-based. */
  line = 1;
  readonly #handler: JsonHandler;
  readonly #refuse: RefuseJson;
  readonly #encoding: Encoding;
  readonly #twoByte: boolean;
  readonly #inArray: boolean[] = [];
  #expect = VALUE;
  #rest: Buffer = Buffer.alloc(0);
  #started = false;
  /** Bytes of the input before the buffer at hand, and where in the input the line began. */
  #base = 0;
  #lineStart = 0;
  #at = 0;

  constructor(encoding: Encoding, handler: JsonHandler, refuse: RefuseJson) {
    this.#encoding = encoding;
    this.#twoByte = encoding === 'GBK' || encoding === 'GB18030';
    this.#handler = handler;
    this.#refuse = refuse;
  }

  /** Byte column of the token at hand, 1-based. */
  get column(): number {
    return this.#base + this.#at - this.#lineStart + 1;
  }

  get isComplete(): boolean {
    return this.#expect === NOTHING;
  }

  /** Takes the next chunk; it may be filled again afterwards. */
  feed(chunk: Uint8Array): void {
    const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = this.#rest.length === 0 ? fresh : Buffer.concat([this.#rest, fresh]);
    if (!this.#started && bytes[0] === 0xef && bytes.length < 3) {
      this.#rest = Buffer.from(bytes);
      return;
    }
    this.#at = 0;
    if (!this.#started && this.#encoding === 'UTF-8' && startsWithUtf8Bom(bytes)) {
      this.#at = 3;
      this.#lineStart = 3;
    }
    this.#started = true;
    this.#run(bytes, false);
    if (bytes.length - this.#at > TOKEN_BYTES_MAX) this.#fail('a value is too long');
    this.#base += this.#at;
    this.#rest = Buffer.from(bytes.subarray(this.#at));
    this.#at = 0;
  }

  /** The end of the input. */
  end(): void {
    if (this.#rest.length > 0) this.#run(this.#rest, true);
    if (this.#expect !== NOTHING) this.#fail('the file ends before its JSON is complete');
  }

  #fail(problem: string): never {
    return this.#refuse(problem, this.line, this.column);
  }

  /** Reads whole tokens; `#at` stays at the first one that is not whole. */
  #run(bytes: Buffer, isEnd: boolean): void {
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at]!;
      if (byte <= 0x20) {
        if (byte === 0x0a) {
          this.line++;
          this.#lineStart = this.#base + this.#at + 1;
        } else if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) this.#fail('the JSON is broken');
        this.#at++;
      } else if (byte === QUOTE) {
        if (!this.#string(bytes, isEnd)) return;
      } else if (this.#isPunctuation(byte)) {
        this.#punctuation(byte);
        this.#at++;
      } else if (!this.#literal(bytes, isEnd)) return;
    }
  }

  #isPunctuation(byte: number): boolean {
    return (
      byte === COMMA ||
      byte === 0x3a ||
      byte === OPEN_OBJECT ||
      byte === CLOSE_OBJECT ||
      byte === OPEN_ARRAY ||
      byte === CLOSE_ARRAY
    );
  }

  #punctuation(byte: number): void {
    const expect = this.#expect;
    const depth = this.#inArray.length;
    const inArray = depth > 0 && this.#inArray[depth - 1]!;
    if (byte === COMMA && expect === COMMA_OR_END) this.#expect = inArray ? VALUE : KEY;
    else if (byte === 0x3a && expect === COLON) this.#expect = VALUE;
    else if ((byte === OPEN_OBJECT || byte === OPEN_ARRAY) && expect <= VALUE_OR_END) this.#open(byte);
    else if (byte === CLOSE_OBJECT && (expect === KEY_OR_END || (expect === COMMA_OR_END && !inArray))) {
      this.#close();
      this.#handler.closeObject();
    } else if (byte === CLOSE_ARRAY && (expect === VALUE_OR_END || (expect === COMMA_OR_END && inArray))) {
      this.#close();
      this.#handler.closeArray();
    } else this.#unexpected();
  }

  #open(byte: number): void {
    if (this.#inArray.length === DEPTH_MAX) this.#fail('the JSON is nested too deeply');
    const isArray = byte === OPEN_ARRAY;
    this.#inArray.push(isArray);
    this.#expect = isArray ? VALUE_OR_END : KEY_OR_END;
    if (isArray) this.#handler.openArray();
    else this.#handler.openObject();
  }

  #close(): void {
    this.#inArray.pop();
    this.#afterValue();
  }

  #afterValue(): void {
    this.#expect = this.#inArray.length === 0 ? NOTHING : COMMA_OR_END;
  }

  #unexpected(): never {
    return this.#fail(this.#expect === NOTHING ? 'something stands after the JSON' : 'the JSON is broken');
  }

  /** False when the string is not all there yet. */
  #string(bytes: Buffer, isEnd: boolean): boolean {
    const expect = this.#expect;
    const isKey = expect === KEY || expect === KEY_OR_END;
    if (!isKey && expect > VALUE_OR_END) this.#unexpected();
    const from = this.#at + 1;
    let high = false;
    let escaped = false;
    let at = from;
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (PLAIN[byte] === 1) continue;
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        escaped = true;
        const length = this.#escape(bytes, at);
        if (length === 0) return isEnd ? this.#fail('a string is not closed') : false;
        at += length - 1;
      } else if (byte < 0x20) this.#fail('a control character stands in a string');
      else if (byte >= 0x80) {
        high = true;
        if (this.#twoByte && at + 1 < bytes.length) at += gbLength(bytes, at) - 1;
      }
    }
    if (at >= bytes.length) return isEnd ? this.#fail('a string is not closed') : false;
    if (high && this.#encoding === 'UTF-8' && !isUtf8(bytes.subarray(from, at))) {
      this.#fail('a string is not text in UTF-8');
    }
    if (isKey) {
      this.#expect = COLON;
      this.#handler.key(bytes, from, at, escaped);
    } else {
      this.#afterValue();
      this.#handler.string(bytes, from, at, escaped);
    }
    this.#at = at + 1;
    return true;
  }

  /** Length of the escape at `at`; 0 when it is not all there. */
  #escape(bytes: Buffer, at: number): number {
    if (at + 1 >= bytes.length) return 0;
    const kind = bytes[at + 1]!;
    if (kind !== 0x75) {
      if (!ESCAPES.includes(String.fromCharCode(kind))) this.#fail('a string has a broken escape');
      return 2;
    }
    if (at + 6 > bytes.length) return 0;
    if (!/^[0-9a-fA-F]{4}$/.test(bytes.toString('latin1', at + 2, at + 6)))
      this.#fail('a string has a broken escape');
    return 6;
  }

  #literal(bytes: Buffer, isEnd: boolean): boolean {
    if (this.#expect > VALUE_OR_END) this.#unexpected();
    const from = this.#at;
    let at = from;
    while (at < bytes.length && bytes[at]! > 0x20 && bytes[at] !== QUOTE && !this.#isPunctuation(bytes[at]!))
      at++;
    if (at === bytes.length && !isEnd) return false;
    if (!LITERAL.test(bytes.toString('latin1', from, at))) this.#fail('the JSON is broken');
    this.#afterValue();
    this.#handler.literal(bytes, from, at);
    this.#at = at;
    return true;
  }
}

/** The text of a string with its escapes undone. */
export function unescapeJson(text: string): string {
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}
