// Checks one chunk of a roster in a thread: bytes in; payment rows, finding rows and totals out. Two paths with one
// result: the compiled path (compiled-lines.ts) judges plain lines of people whom the base has, the careful path
// (check-line.ts) all others.

import type { EncodingSoFar } from '../encoding/detect.js';
import { forEachRecord, type RecordChunk, type RecordReader } from '../encoding/record-chunk.js';
import { FIELDS_MAX, instantiateKernel } from '../kernel/kernel.js';
import { takeWords } from '../kernel/memory.js';
import {
  type CheckContext,
  checkLine,
  fieldCountDetail,
  identifyLine,
  slotOfIdentity,
  unreadableLine,
} from './check-line.js';
import { ChunkRows, SLOT_DEFERRED, SLOT_DUPLICATE, TABLE_WORDS } from './chunk-rows.js';
import { CompiledLines } from './compiled-lines.js';
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
  kernel: WebAssembly.Module;
  /** Leaves the compiled path out: what the property test compares it with. */
  carefulOnly?: boolean;
}

export interface ChunkResult {
  index: number;
  bytes: Uint8Array;
  encoding: EncodingSoFar;
  findings: Uint8Array;
  /** Payments and table stand in the shared memory until `area` is handed back (kernel/areas.ts). */
  payments: Uint8Array;
  /** TABLE_WORDS words a line; slot word 0 means: no person of the base. */
  table: Uint32Array;
  area: Int32Array;
  /** Lines that wait for the base's spelling. */
  deferred: number;
  tally: TallyData;
}

const ROW_BYTES = 1024;

/** See kernel/assembly/roster-merge.ts. */
interface ForgetKernel {
  forgetLines(table: number, count: number, seenHere: number): void;
}

export class ChunkChecker {
  readonly #context: CheckContext;
  readonly #settings: ChunkSettings;
  readonly #kernel: ForgetKernel;
  readonly #compiled: CompiledLines | undefined;
  #encoding: EncodingSoFar = 'ascii';
  readonly #seenHere: Uint32Array;
  #bytes: Uint8Array = new Uint8Array(0);
  readonly #rows: ChunkRows;
  /** Of one line of the careful path. */
  readonly #payment = new PaymentRows(ROW_BYTES);
  readonly #finding = new FindingRows(ROW_BYTES);
  #tally: Tally;
  #deferred = 0;

  constructor(context: CheckContext, settings: ChunkSettings) {
    const { memory } = context.directory;
    const { kernel, columns, delimiter, seen, carefulOnly } = settings;
    this.#context = context;
    this.#settings = settings;
    this.#kernel = instantiateKernel<ForgetKernel>(kernel, memory);
    this.#seenHere = takeWords(memory, seen.length);
    this.#rows = new ChunkRows(memory);
    this.#compiled =
      !carefulOnly && columns.count <= FIELDS_MAX
        ? new CompiledLines(kernel, context, columns, delimiter, seen, this.#seenHere, this.#rows)
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
    this.#rows.begin(chunk.bytes.length);
    this.#deferred = 0;
    this.#tally = new Tally(this.#context.rules.funding);
    this.#compiled?.begin(chunk, this.#tally);
  }

  #finish(chunk: RecordChunk): ChunkResult {
    this.#compiled?.takeSums();
    const { payments, findings, table } = this.#rows;
    const words = this.#rows.tableWords();
    this.#kernel.forgetLines(table.bytes.byteOffset, words.length / TABLE_WORDS, this.#seenHere.byteOffset);
    return {
      index: chunk.index,
      bytes: chunk.bytes,
      encoding: chunk.encoding,
      payments: payments.written(),
      // They wait on disk for their turn, longer than the area can be spared.
      findings: findings.written().slice(),
      table: words,
      deferred: this.#deferred,
      tally: this.#tally.data(),
      area: this.#rows.finish(),
    };
  }

  #careful(from: number, to: number, line: number): void {
    const record = { bytes: this.#bytes, from, to, encoding: this.#encoding };
    const judged = judgeRecord(record, this.#settings, this.#context, (slot) => this.#isSeen(slot));
    if (!judged) return;
    const { verdict, fields, slot, duplicate } = judged;
    if (verdict.kind === 'accepted') {
      this.#payment.length = 0;
      this.#payment.put(line, verdict.payment, fields?.departmentLine ?? '');
      this.#rows.addPayments(this.#payment.written());
    }
    if (verdict.kind !== 'deferred') {
      this.#finding.length = 0;
      this.#finding.put(line, verdict, fields);
      this.#rows.addFindings(this.#finding.written());
    }
    this.#tally.add(verdict);
    if (verdict.kind === 'deferred') this.#deferred++;
    if (slot >= 0) {
      this.#seenHere[slot >>> 5] = ((this.#seenHere[slot >>> 5] as number) | (1 << (slot & 31))) >>> 0;
    }
    const marks = (duplicate ? SLOT_DUPLICATE : 0) | (verdict.kind === 'deferred' ? SLOT_DEFERRED : 0);
    this.#rows.enter(((slot + 1) | marks) >>> 0, from, to, line);
  }

  #isSeen(slot: number): boolean {
    const word = (this.#settings.seen[slot >>> 5] as number) | (this.#seenHere[slot >>> 5] as number);
    return (word & (1 << (slot & 31))) !== 0;
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
    const problem = fieldCountDetail(cells.length, columns.count);
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
