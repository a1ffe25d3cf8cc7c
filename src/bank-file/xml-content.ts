// The text of an element or the value of an attribute: bytes as they stand in the file while that is all there is to
// it, a string once references, character data sections or the end of a chunk took them apart.

import type { Encoding } from './definition.js';
import { decodeField } from './field-text.js';
import { isCharacter, isSpace } from './xml-character.js';

const NO_BYTES = Buffer.alloc(0);

export class XmlContent {
  bytes: Buffer = NO_BYTES;
  from = 0;
  to = 0;
  /** Instead of the bytes. */
  text: string | undefined = undefined;

  clear(): void {
    this.from = 0;
    this.to = 0;
    this.text = undefined;
  }

  get length(): number {
    return this.text === undefined ? this.to - this.from : this.text.length;
  }

  addBytes(bytes: Buffer, from: number, to: number, encoding: Encoding): void {
    if (from === to) return;
    if (this.length === 0) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
      this.text = undefined;
    } else this.addText(decode(bytes, from, to, encoding), encoding);
  }

  addText(text: string, encoding: Encoding): void {
    this.detach(encoding);
    this.text = (this.text ?? '') + text;
  }

  /** Makes a string of the bytes: they are about to go. */
  detach(encoding: Encoding): void {
    if (this.text !== undefined || this.from === this.to) return;
    this.text = decode(this.bytes, this.from, this.to, encoding);
  }

  trim(): void {
    if (this.text !== undefined) this.text = this.text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
    while (this.to > this.from && isSpace(this.bytes[this.to - 1])) this.to--;
    while (this.from < this.to && isSpace(this.bytes[this.from])) this.from++;
  }

  string(encoding: Encoding): string {
    return this.text ?? decode(this.bytes, this.from, this.to, encoding);
  }
}

/** The bytes were looked at before, so they are text. */
function decode(bytes: Buffer, from: number, to: number, encoding: Encoding): string {
  return decodeField(bytes, from, to, encoding) ?? '';
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What `&name;` stands for; undefined when it is nothing that XML knows without a document type. */
export function referenced(name: string): string | undefined {
  const numeric = /^#(?:x([0-9A-Fa-f]+)|([0-9]+))$/.exec(name);
  if (numeric === null) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const point = numeric[1] === undefined ? Number(numeric[2]) : Number.parseInt(numeric[1], 16);
  return isCharacter(point) ? String.fromCodePoint(point) : undefined;
}

/** XML 1.0, 3.3.3: the value of an attribute, with white space as spaces and its references resolved. */
export function attributeValue(raw: string): string {
  const spaced = raw.replace(/\r\n|[\r\n\t]/g, ' ');
  return spaced.replace(/&([^;]*);/g, (whole, name: string) => referenced(name) ?? whole);
}
