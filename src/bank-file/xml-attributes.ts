// The attributes of one tag: found where they stand, read when someone asks.

import { REFERS, TEXT_CLASS } from './xml-character.js';
import { attributeValue, type XmlContent } from './xml-content.js';
import { XmlCursor } from './xml-cursor.js';

const LESS = 0x3c;
const EQUALS = 0x3d;
const AMPERSAND = 0x26;

export class XmlAttributes extends XmlCursor {
  /** Of the tag that was read last. */
  attributeCount = 0;
  /** Attribute n: its name at 4n to 4n + 1, its value at 4n + 2 to 4n + 3. */
  private readonly ranges: number[] = [];

  /** Where the name of attribute `index` stands in the bytes that the handler is given. */
  attributeName(index: number): readonly [from: number, to: number] {
    return [this.ranges[4 * index]!, this.ranges[4 * index + 1]!];
  }

  /** Number of the attribute with this name; -1 when the tag has none. */
  findAttribute(name: Uint8Array): number {
    for (let index = 0; index < this.attributeCount; index++)
      if (this.isNamed(index, name, 0, name.length)) return index;
    return -1;
  }

  private isNamed(index: number, name: Uint8Array, from: number, to: number): boolean {
    const { bytes } = this;
    const start = this.ranges[4 * index]!;
    if (this.ranges[4 * index + 1]! - start !== to - from) return false;
    for (let at = from; at < to; at++) if (bytes[start + at - from] !== name[at]) return false;
    return true;
  }

  readAttribute(index: number, into: XmlContent): void {
    const from = this.ranges[4 * index + 2]!;
    const to = this.ranges[4 * index + 3]!;
    into.clear();
    into.addBytes(this.bytes, from, to, this.encoding);
    for (let at = from; at < to; at++) {
      const byte = this.bytes[at]!;
      if (byte >= 0x20 && byte !== AMPERSAND) continue;
      into.text = attributeValue(into.string(this.encoding));
      return;
    }
  }

  /** Position behind the attribute at `at`; -1 when it is not all there. */
  protected passAttribute(at: number): number {
    const { bytes, end } = this;
    const nameEnd = this.passName(at, 'an attribute');
    if (nameEnd === -1) return -1;
    const equals = this.skipSpace(nameEnd);
    if (equals >= end) return -1;
    if (bytes[equals] !== EQUALS) this.broken('an attribute has no value', at);
    const open = this.skipSpace(equals + 1);
    if (open >= end) return -1;
    const quote = bytes[open]!;
    if (quote !== 0x22 && quote !== 0x27) this.broken('the value of an attribute is not quoted', open);
    let next = open + 1;
    while (next < end && bytes[next] !== quote) {
      if (bytes[next] === LESS) this.broken('a "<" stands in the value of an attribute', next);
      const passed = TEXT_CLASS[bytes[next]!] === REFERS ? this.referenceEnd(next) : this.pass(next);
      if (passed === -1 || passed === next) return -1;
      next = passed;
    }
    if (next >= end) return -1;
    this.addAttribute(at, nameEnd, open + 1, next);
    return next + 1;
  }

  private addAttribute(from: number, to: number, valueFrom: number, valueTo: number): void {
    for (let index = 0; index < this.attributeCount; index++)
      if (this.isNamed(index, this.bytes, from, to)) this.broken('an attribute stands twice', from);
    const base = 4 * this.attributeCount++;
    this.ranges[base] = from;
    this.ranges[base + 1] = to;
    this.ranges[base + 2] = valueFrom;
    this.ranges[base + 3] = valueTo;
  }
}
