// Checks one chunk of a roster in a thread: bytes in; payment rows, finding rows and totals out. Two paths with one
// result: the compiled path (compiled-lines.ts) judges plain lines of people whom the base has, the careful path
// (check-line.ts) all others.

import { BufferPool } from '../base/buffer-pool.js';
import type { EncodingSoFar } from '../encoding/detect.js';
import { forEachRecord, type RecordChunk, type RecordReader } from '../encoding/record-chunk.js';
import { FIELDS_MAX } from '../kernel/kernel.js';
import { takeWords } from '../kernel/memory.js';
import { type CheckContext, checkLine, identifyLine, slotOfIdentity, unreadableLine } from './check-line.js';
import { CompiledLines, type CompiledRows } from './compiled-lines.js';
import { FindingRows } from './finding-rows.js';
import { PaymentRows } from './payment-rows.js';
import type { LineVerdict, RosterColumns, RosterFields } from './roster-line.js';
import { Tally, type TallyData } from './tally.js';

export interface ChunkSettings {
  columns: RosterColumns;
  delimiter: number;
  /** One bit a slot, set by the merging thread for people who stand in earlier chunks; in the directory's memory. */
  seen: Uint32Array;
  reader: RecordReader;
  /** The compiled loops; without them every line takes the careful path, which is what the property test compares them with. */
  kernel: WebAssembly.Module | undefined;
}

/** Words of the line table, one entry a line: what the merging thread needs to settle duplicates and deferred lines. */
export const TABLE_WORDS = 6;
export const TABLE_SLOT = 0;
export const TABLE_FROM = 1;
export const TABLE_TO = 2;
export const TABLE_LINE = 3;
export const TABLE_PAYMENTS_END = 4;
export const TABLE_FINDINGS_END = 5;
/** On the slot word: the line was already judged a duplicate, or waits for the base's spelling. */
export const SLOT_DUPLICATE = 0x40000000;
export const SLOT_DEFERRED = 0x80000000;
export const SLOT_MASK = 0x3fffffff;

export interface ChunkResult {
  index: number;
  bytes: Uint8Array;
  encoding: EncodingSoFar;
  payments: Uint8Array;
  findings: Uint8Array;
  /** Lines that wait for the base's spelling. */
  deferred: number;
  /** TABLE_WORDS words a line; slot word 0 means: no person of the base. */
  table: Uint32Array;
  tally: TallyData;
}

const INITIAL_BYTES = 64 * 1024;

export class ChunkChecker {
  readonly #context: CheckContext;
  readonly #settings: ChunkSettings;
  readonly #compiled: CompiledLines | undefined;
  #encoding: EncodingSoFar = 'ascii';
  readonly #seenHere: Uint32Array;
  #bytes: Uint8Array = new Uint8Array(0);
  readonly #buffers: BufferPool;
  readonly #payments = new PaymentRows(0);
  /** Few: kept from chunk to chunk, and what leaves the thread is a copy. */
  readonly #findings = new FindingRows(INITIAL_BYTES);
  #table = new Uint32Array(0);
  #tableLength = 0;
  #tally: Tally;
  #deferred = 0;

  /** Payments and table of a result stand in buffers of the pool; it may be given them back. */
  constructor(context: CheckContext, settings: ChunkSettings, buffers = new BufferPool()) {
    this.#buffers = buffers;
    this.#context = context;
    this.#settings = settings;
    this.#seenHere = takeWords(context.directory.memory, settings.seen.length);
    const { kernel, columns, delimiter, seen } = settings;
    this.#compiled =
      kernel && columns.count <= FIELDS_MAX
        ? new CompiledLines(kernel, context, columns, delimiter, seen, this.#seenHere, this.#rows())
        : undefined;
    this.#tally = new Tally(context.rules.funding);
  }

  check(chunk: RecordChunk): ChunkResult {
    this.#begin(chunk);
    forEachRecord(chunk, this.#settings.reader, this.#compiled, (from, to, line) =>
      this.#careful(from, to, line),
    );
    return this.#finish(chunk);
  }

  #begin(chunk: RecordChunk): void {
    this.#bytes = chunk.bytes;
    this.#encoding = chunk.encoding;
    this.#payments.beginIn(this.#buffers.take(Math.max(INITIAL_BYTES, this.#payments.bytes.length)));
    this.#findings.length = 0;
    this.#table = new Uint32Array(this.#buffers.take(Math.max(INITIAL_BYTES, this.#table.byteLength)));
    this.#tableLength = 0;
    this.#deferred = 0;
    this.#tally = new Tally(this.#context.rules.funding);
    this.#compiled?.begin(chunk, this.#tally);
  }

  #finish(chunk: RecordChunk): ChunkResult {
    forget(this.#table, this.#tableLength, this.#seenHere);
    this.#compiled?.takeSums();
    return {
      index: chunk.index,
      bytes: chunk.bytes,
      encoding: chunk.encoding,
      payments: this.#payments.written(),
      findings: this.#findings.written().slice(),
      deferred: this.#deferred,
      table: this.#table.subarray(0, this.#tableLength),
      tally: this.#tally.data(),
    };
  }

  #enter(slotWord: number, from: number, to: number, line: number): void {
    this.#makeRoom(TABLE_WORDS);
    const table = this.#table;
    const at = this.#tableLength;
    table[at] = slotWord;
    table[at + TABLE_FROM] = from;
    table[at + TABLE_TO] = to;
    table[at + TABLE_LINE] = line;
    table[at + TABLE_PAYMENTS_END] = this.#payments.length;
    table[at + TABLE_FINDINGS_END] = this.#findings.length;
    this.#tableLength = at + TABLE_WORDS;
  }

  #makeRoom(words: number): void {
    const needed = this.#tableLength + words;
    if (needed <= this.#table.length) return;
    const grown = new Uint32Array(Math.max(needed, this.#table.length * 2));
    grown.set(this.#table);
    this.#table = grown;
  }

  /** Where rows of the compiled path go: behind those of the careful path so far. */
  #rows(): CompiledRows {
    const [payments, findings] = [this.#payments, this.#findings];
    return {
      get paymentBytes() {
        return payments.length;
      },
      get findingBytes() {
        return findings.length;
      },
      take: (paymentRows, findingRows, table) => {
        payments.append(paymentRows);
        findings.append(findingRows);
        this.#makeRoom(table.length);
        this.#table.set(table, this.#tableLength);
        this.#tableLength += table.length;
      },
    };
  }

  #careful(from: number, to: number, line: number): void {
    const record = { bytes: this.#bytes, from, to, encoding: this.#encoding };
    const judged = judgeRecord(record, this.#settings, this.#context, (slot) => this.#isSeen(slot));
    if (!judged) return;
    const { verdict, fields, slot, duplicate } = judged;
    if (verdict.kind === 'accepted') this.#payments.put(line, verdict.payment, fields?.departmentLine ?? '');
    if (verdict.kind !== 'deferred') this.#findings.put(line, verdict, fields);
    this.#tally.add(verdict);
    if (verdict.kind === 'deferred') this.#deferred++;
    if (slot >= 0) {
      this.#seenHere[slot >>> 5] = ((this.#seenHere[slot >>> 5] as number) | (1 << (slot & 31))) >>> 0;
    }
    const marks = (duplicate ? SLOT_DUPLICATE : 0) | (verdict.kind === 'deferred' ? SLOT_DEFERRED : 0);
    this.#enter(((slot + 1) | marks) >>> 0, from, to, line);
  }

  #isSeen(slot: number): boolean {
    const word = (this.#settings.seen[slot >>> 5] as number) | (this.#seenHere[slot >>> 5] as number);
    return (word & (1 << (slot & 31))) !== 0;
  }
}

/**
 * Clears the bits of the people in a table. A function of its own: as a loop in the method around it, it was compiled four
 * times over in each thread, because what else the method looks at changes its shape while a roster begins.
 */
function forget(table: Uint32Array, length: number, seenHere: Uint32Array): void {
  for (let at = 0; at < length; at += TABLE_WORDS) {
    const slot = ((table[at] as number) & SLOT_MASK) - 1;
    if (slot >= 0) seenHere[slot >>> 5] = 0;
  }
}

/** A record as a range of bytes. */
export interface RecordRange {
  bytes: Uint8Array;
  from: number;
  to: number;
  encoding: EncodingSoFar;
}

export interface Judged {
  verdict: LineVerdict;
  fields: RosterFields | undefined;
  slot: number;
  duplicate: boolean;
}

/** The careful path over a record's bytes; undefined for a record that is no line. */
export function judgeRecord(
  record: RecordRange,
  settings: ChunkSettings,
  context: CheckContext,
  isSeen: (slot: number) => boolean,
): Judged | undefined {
  const cells = settings.reader.fields(record.bytes, record.from, record.to, record.encoding);
  if (cells === undefined) return undefined;
  if (!Array.isArray(cells)) {
    return { verdict: unreadableLine(cells.problem), fields: undefined, slot: -1, duplicate: false };
  }
  const { columns } = settings;
  if (cells.length !== columns.count) {
    const problem = `fieldCount=${cells.length}/${columns.count}`;
    return { verdict: unreadableLine(problem), fields: undefined, slot: -1, duplicate: false };
  }
  const cell = (index: number): string => (index < 0 ? '' : (cells[index] as string).trim());
  const fields: RosterFields = {
    residentId: cell(columns.residentId),
    name: cell(columns.name),
    account: cell(columns.account),
    amount: cell(columns.amount),
    quantity: cell(columns.quantity),
    payeeId: cell(columns.payeeId),
    departmentLine: cell(columns.departmentLine),
  };
  const identity = identifyLine(fields.residentId, context.directory);
  const slot = slotOfIdentity(identity);
  const duplicate = slot >= 0 && isSeen(slot);
  return { verdict: checkLine(fields, duplicate, context, identity), fields, slot, duplicate };
}
