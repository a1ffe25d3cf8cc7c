// Rows of XML by compiled loops (kernel/assembly/bank-xml.ts): the patterns that rows were read by before are told to the loops, as
// far as these read the values in them.

import { takeBytes } from '../kernel/memory.js';
import { STEP_KINDS, valueStep } from './answer-program.js';
import { CompiledRows, type RowKernel } from './compiled-rows.js';
import type { Encoding, FieldDefinition } from './definition.js';
import type { RowPattern } from './xml-row-pattern.js';

/** Bytes of all patterns together, and pieces of one; what is longer is left out. */
const ROOM_BYTES = 128 * 1024;
const PIECES_MAX = 100;
const PATTERNS_MAX = 8;
const HEAD_WORDS = 4;
const PIECE_WORDS = 4;
const UNREAD = -1;

export class CompiledXmlRows extends CompiledRows {
  protected readonly recordsPerRow = 0;
  readonly #room: Uint8Array;
  readonly #fields: readonly FieldDefinition[];
  /** Line feeds of the rows that were read last, and where the line begins on which they end; -1 where they have none. */
  feeds = 0;
  lineStart = -1;

  /** `fields`: of the detail records. */
  constructor(kernel: RowKernel, fields: readonly FieldDefinition[]) {
    super(kernel);
    this.#fields = fields;
    this.#room = takeBytes(this.memory, ROOM_BYTES);
    this.setPatterns([], 'UTF-8');
  }

  /** The patterns that rows may have from now on. */
  setPatterns(patterns: readonly RowPattern[], encoding: Encoding): void {
    const { buffer, byteOffset } = this.#room;
    const addresses = new Int32Array(buffer, byteOffset, PATTERNS_MAX);
    let taken = addresses.byteLength;
    let count = 0;
    for (const pattern of patterns) {
      const values = this.#values(pattern, encoding);
      const literals = pattern.literalBytes;
      const size = 4 * (HEAD_WORDS + PIECE_WORDS * literals.length);
      const bytes = literals.reduce((sum, literal) => sum + literal.length, 0);
      if (values === undefined || literals.length > PIECES_MAX || count === PATTERNS_MAX) continue;
      if (taken + size + bytes + 8 > ROOM_BYTES) continue;
      addresses[count++] = byteOffset + taken;
      const words = new Int32Array(buffer, byteOffset + taken, size / 4);
      words.set([literals.length, pattern.feeds, pattern.feedLiteral, pattern.behindFeed]);
      taken += size;
      for (const [index, literal] of literals.entries()) {
        this.#room.set(literal, taken);
        const { kind, more } = values[index] ?? { kind: UNREAD, more: 0 };
        words.set([byteOffset + taken, literal.length, kind, more], HEAD_WORDS + PIECE_WORDS * index);
        taken += literal.length;
      }
      taken = Math.ceil(taken / 8) * 8;
    }
    this.kernel.setXmlPatterns(byteOffset, count);
  }

  /** Undefined where the loops cannot read a value of the pattern, or would find no payment by it. */
  #values({ slots }: RowPattern, encoding: Encoding): { kind: number; more: number }[] | undefined {
    const values: { kind: number; more: number }[] = [];
    let hasReference = false;
    for (const slot of slots) {
      const [binding, ...others] = slot?.bindings ?? [];
      if (slot?.isBehind || others.length > 0 || binding?.constant !== undefined) return undefined;
      const field = binding?.field;
      const step = field === undefined ? 'unread' : valueStep(field, this.#fields.indexOf(field), encoding);
      if (step === 'none') return undefined;
      if (step === 'unread') values.push({ kind: UNREAD, more: 0 });
      else {
        hasReference ||= step.kind === 'reference';
        values.push({ kind: STEP_KINDS.indexOf(step.kind), more: step.more });
      }
    }
    return hasReference ? values : undefined;
  }

  protected run(from: number, end: number): number {
    const it = this.kernel;
    const why = it.readXmlRows(from, end);
    this.next = it.xmlStoppedNext.value;
    this.feeds += it.xmlFeeds.value;
    const start = it.xmlLineStart.value >>> 0;
    if (start > 0) this.lineStart = start - this.base;
    return why;
  }
}
