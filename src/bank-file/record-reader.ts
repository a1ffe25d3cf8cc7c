// One line → the fields of a record, and whether it is this record at all: by its shape (fields, or length) and by its
// constants.

import { characterLength, gbLength } from './character-length.js';
import type { FieldDefinition, FileLayout, RecordDefinition } from './definition.js';
import { fieldStep, isRowField, render } from './field-program.js';
import { decodeField, equalBytes, TextCache } from './field-text.js';
import { codeMatcher } from './record-alternatives.js';
import { writeContext } from './record-program.js';
import { compileProof, type RecordProof } from './record-proof.js';
import { emptyOutcome } from './row-value.js';

const SPACE = 0x20;
const QUOTE = 0x22;

export class RecordReader {
  readonly record: RecordDefinition;
  /** Start and end of field n at 2n and 2n + 1, without padding. */
  readonly ranges: Int32Array;
  /** Where, as a 1-based byte position in the line. */
  column = 1;
  /** A text, or the constant that does not stand there: most lines are some other record, and need no sentence. */
  private failure: string | Constant = '';
  private readonly twoByte: boolean;
  private readonly fixed: boolean;
  private readonly inCharacters: boolean;
  private readonly lengthOf: (bytes: Uint8Array, at: number) => number;
  /** Records may lack the blanks at their end. */
  private readonly short: boolean;
  /** The field that chooses among alternatives; -1 when every row has this record. */
  private readonly codeField: number;
  private readonly matchesCode: (code: string) => boolean;
  private readonly codes = new TextCache('Latin-1');
  private readonly separator: Uint8Array;
  private readonly constants: readonly Constant[];
  private readonly proof: RecordProof | undefined;
  /** Undefined for fields that nobody reads: their padding may stay. */
  private readonly pads: readonly (Pad | undefined)[];

  constructor(record: RecordDefinition, layout: FileLayout) {
    this.record = record;
    this.ranges = new Int32Array(record.fields.length * 2);
    this.twoByte = layout.encoding === 'GBK' || layout.encoding === 'GB18030';
    this.fixed = layout.kind === 'fixed';
    const lengthOf = characterLength(layout.encoding);
    this.inCharacters = layout.unit === 'characters' && lengthOf !== undefined;
    this.lengthOf = lengthOf ?? (() => 1);
    this.separator = new TextEncoder().encode(record.separator);
    this.constants = constantsOf(record, layout);
    this.pads = record.fields.map(padOf);
    this.proof = compileProof(record);
    this.short = this.fixed && layout.shortLines && !this.inCharacters;
    this.codeField = record.codes.length === 0 ? -1 : record.fields.findIndex(isCode);
    this.matchesCode = codeMatcher(record.codes);
  }

  /** Whether constants tell this record from others. */
  get isMarked(): boolean {
    return this.constants.length > 0;
  }

  /** Finds the fields of `bytes[from, to)`; false (with `problem`) when the line is not this record. */
  read(bytes: Buffer, from: number, to: number): boolean {
    const other = this.otherConstant(bytes, from, to);
    if (other !== undefined) return this.fail(other, other.at + 1);
    const split = this.fixed ? this.splitFixed(bytes, from, to) : this.splitDelimited(bytes, from, to);
    if (!split) return false;
    for (const constant of this.constants) {
      const { index, bytes: expected } = constant;
      const start = this.ranges[2 * index]!;
      const end = this.ranges[2 * index + 1]!;
      if (equalBytes(this.cutOff(expected, end - start), bytes, start, end)) continue;
      return this.fail(constant, start - from + 1);
    }
    const wrong = this.proof?.(bytes, this.ranges);
    if (wrong !== undefined) return this.fail(wrong.problem, this.ranges[2 * wrong.index]! - from + 1);
    for (let index = 0; index < this.pads.length; index++) this.strip(bytes, index, this.pads[index]);
    return this.isForCode(bytes, from);
  }

  /** The first constant that does not stand in a whole fixed record: most records are told apart by their first bytes. */
  private otherConstant(bytes: Buffer, from: number, to: number): Constant | undefined {
    if (!this.fixed || this.inCharacters || to - from !== this.record.length) return undefined;
    for (const constant of this.constants) {
      const start = from + constant.at;
      if (!equalBytes(constant.bytes, bytes, start, start + constant.bytes.length)) return constant;
    }
    return undefined;
  }

  /** A constant as far as a record reaches whose trailing blanks were cut; what is missing must be blank. */
  private cutOff(expected: Uint8Array, length: number): Uint8Array {
    if (!this.short || length >= expected.length) return expected;
    for (let at = length; at < expected.length; at++) if (expected[at] !== SPACE) return expected;
    return expected.subarray(0, length);
  }

  /** An alternative is taken only where the row's code is one of its own. */
  private isForCode(bytes: Buffer, from: number): boolean {
    if (this.codeField < 0) return true;
    const start = this.ranges[2 * this.codeField]!;
    const code = this.codes.decode(bytes, start, this.ranges[2 * this.codeField + 1]!);
    return (
      this.matchesCode(code!) ||
      this.fail(`the code is not one of ${this.record.codes.join(', ')}`, start - from + 1)
    );
  }

  /** Why the last line is not this record. */
  get problem(): string {
    if (typeof this.failure === 'string') return this.failure;
    const { name, text } = this.failure;
    return `"${name}" is not ${text}`;
  }

  private fail(problem: string | Constant, column: number): false {
    this.failure = problem;
    this.column = column;
    return false;
  }

  private splitFixed(bytes: Buffer, from: number, to: number): boolean {
    const { fields, length } = this.record;
    const size = this.inCharacters ? this.countCharacters(bytes, from, to) : to - from;
    if (size !== length && !(this.short && size < length))
      return this.fail(`the record is ${size} long, not ${length}`, Math.min(size, length) + 1);
    let at = from;
    for (let index = 0; index < fields.length; index++) {
      this.ranges[2 * index] = at;
      at = this.inCharacters
        ? this.skipCharacters(bytes, at, fields[index]!.width)
        : Math.min(at + fields[index]!.width, to);
      this.ranges[2 * index + 1] = at;
    }
    return true;
  }

  private splitDelimited(bytes: Buffer, from: number, to: number): boolean {
    const { ranges, separator } = this;
    const fields = this.record.fields.length;
    const first = separator[0];
    const quoting = this.record.quote !== 'none';
    let count = 0;
    let start = from;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x81 && this.twoByte) {
        at += gbLength(bytes, at) - 1;
      } else if (byte === QUOTE && quoting && at === start) {
        at = this.closingQuote(bytes, at, to);
        if (at === to) return this.fail('a quote is not closed', start - from + 1);
      } else if (
        byte === first &&
        (separator.length === 1 || equalBytes(separator, bytes, at, at + separator.length))
      ) {
        if (count === fields) return this.fail(`there are more than ${fields} fields`, at - from + 1);
        ranges[2 * count] = start;
        ranges[2 * count + 1] = at;
        count++;
        at += separator.length - 1;
        start = at + 1;
      }
    }
    if (this.record.trailing) {
      if (start !== to) return this.fail('the separator after the last field is missing', to - from + 1);
    } else if (count < fields) {
      ranges[2 * count] = start;
      ranges[2 * count + 1] = to;
      count++;
    } else return this.fail(`there are more than ${fields} fields`, start - from + 1);
    return count === fields || this.fail(`there are ${count} fields, not ${fields}`, to - from + 1);
  }

  /** Position of the quote that closes the one at `at`; `to` when there is none. */
  private closingQuote(bytes: Buffer, at: number, to: number): number {
    for (let next = at + 1; next < to; next++) {
      const byte = bytes[next]!;
      if (byte >= 0x81 && this.twoByte) next += gbLength(bytes, next) - 1;
      else if (byte === QUOTE) {
        if (bytes[next + 1] !== QUOTE || next + 1 >= to) return next;
        next++;
      }
    }
    return to;
  }

  private strip(bytes: Buffer, index: number, pad: Pad | undefined): void {
    if (pad === undefined) return;
    let start = this.ranges[2 * index]!;
    let end = this.ranges[2 * index + 1]!;
    while (end > start && bytes[end - 1] === SPACE) end--;
    while (start < end && bytes[start] === SPACE) start++;
    if (pad.byte !== SPACE && pad.right) while (start < end - 1 && bytes[start] === pad.byte) start++;
    if (pad.byte !== SPACE && !pad.right) while (end > start && bytes[end - 1] === pad.byte) end--;
    if (
      this.record.quote !== 'none' &&
      bytes[start] === QUOTE &&
      end - start >= 2 &&
      bytes[end - 1] === QUOTE
    ) {
      start++;
      end--;
    }
    this.ranges[2 * index] = start;
    this.ranges[2 * index + 1] = end;
  }

  private countCharacters(bytes: Buffer, from: number, to: number): number {
    let count = 0;
    for (let at = from; at < to; at += this.lengthOf(bytes, at)) count++;
    return count;
  }

  private skipCharacters(bytes: Buffer, from: number, count: number): number {
    let at = from;
    for (let left = count; left > 0; left--) at += this.lengthOf(bytes, at);
    return at;
  }
}

function isCode({ content }: FieldDefinition): boolean {
  return content.kind === 'value' && content.value === 'code';
}

/** A constant as it stands in the file, padding included. */
export interface Constant {
  readonly index: number;
  readonly name: string;
  /** Bytes before it in a fixed record. */
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly text: string;
}

interface Pad {
  readonly byte: number;
  readonly right: boolean;
}

function padOf(field: FieldDefinition): Pad | undefined {
  if (field.content.kind !== 'value' && field.content.kind !== 'template') return undefined;
  const padded = field.width > 0 && !(field.content.kind === 'value' && field.content.value === 'reference');
  return { byte: padded ? field.pad.charCodeAt(0) : SPACE, right: field.justify === 'right' };
}

/** Constants as they stand in the file, padding included. */
export function constantsOf(record: RecordDefinition, layout: FileLayout): Constant[] {
  const writing = { layout, lookup: () => undefined, outcome: emptyOutcome() };
  const context = writeContext(record, writing, []);
  let at = 0;
  return record.fields.flatMap((field, index) => {
    const place = { index, name: field.name, at };
    at += field.width;
    if (field.content.kind !== 'constant' || !field.compare || isRowField(field)) return [];
    const bytes = render(fieldStep(field, context));
    const text = decodeField(Buffer.from(bytes), 0, bytes.length, layout.encoding) ?? '';
    return [{ ...place, bytes, text }];
  });
}
