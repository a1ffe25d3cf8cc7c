// The compiled path of a bank's rows (kernel/assembly/bank-rows.ts) in one thread: tells it what a row looks like, feeds it the
// bytes of a file, and hands on what it read.

import { gbTables } from '../encoding/gb18030.js';
import { instantiateKernel, type KernelNumber } from '../kernel/kernel.js';
import { takeBytes, takeLongs, takeWords } from '../kernel/memory.js';
import { type AnswerProgram, STEP_KINDS } from './answer-program.js';
import type { FileLayout } from './definition.js';
import type { RowBlock } from './row-block.js';

/** What compiled loops need: the compiled module, and memory that one thread uses. */
export interface RowKernel {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

/** Names and types of assembly/bank-*.ts. Addresses are bytes from the beginning of the memory. */
interface BankKernel {
  setEncoding(units: number): void;
  setFixedLines(length: number): void;
  setDelimitedLines(
    scratch: number,
    fields: number,
    separator: number,
    isTrailing: boolean,
    isQuoting: boolean,
    isTwoByte: boolean,
  ): void;
  setBankRows(steps: number, count: number, isUtf8: boolean): void;
  setBankRoom(
    batches: number,
    lines: number,
    sequences: number,
    amounts: number,
    kinds: number,
    rows: number,
  ): void;
  setSayings(
    said: number,
    table: number,
    entries: number,
    entriesEnd: number,
    counts: number,
    bareCounts: number,
    fenSums: number,
  ): void;
  emptyBankRows(): void;
  forgetSayings(): void;
  learnSaid(kind: number): void;
  /** See STOPPED_… */
  readRows(from: number, end: number): number;
  readonly rowCount: KernelNumber;
  readonly bankStoppedNext: KernelNumber;
  setXmlPatterns(patterns: number, count: number): void;
  readXmlRows(from: number, end: number): number;
  readonly xmlFeeds: KernelNumber;
  /** Address, or 0. */
  readonly xmlLineStart: KernelNumber;
  readonly xmlStoppedNext: KernelNumber;
}

const STOPPED_AT_SAYING = 2;
const STOPPED_FULL = 3;

const ROWS = 4096;
const STEP_WORDS = 6;
/** assembly/bank-sayings.ts. */
const KINDS = 512;
const SAYING_SLOTS = 2048;
const SAYING_BYTES = 64 * 1024;
const GB_TABLE_WORDS = 32_768;

/** Fields that say something, at most: a row of XML may have one several times. */
const SAID_FIELDS_MAX = 256;
const SAID_WORDS = 3;

export abstract class CompiledRows {
  protected readonly kernel: BankKernel;
  protected readonly memory: WebAssembly.Memory;
  readonly #columns: Omit<RowBlock, 'count' | 'recordsPerRow'>;
  #input: Uint8Array = new Uint8Array(0);
  /** What stands in #input. */
  #copied: Buffer | undefined;
  #hasLearned = false;
  /** Behind the rows that were read last. */
  next = 0;
  /** Where the bytes stand that they were read from. */
  protected base = 0;
  /** Whether it stopped at a row only because it says something new. */
  isNew = false;

  constructor({ module, memory }: RowKernel) {
    this.memory = memory;
    const it = instantiateKernel<BankKernel>(module, memory);
    this.kernel = it;
    const words = (count: number): Int32Array => {
      const taken = takeWords(memory, count);
      return new Int32Array(taken.buffer, taken.byteOffset, count);
    };
    const amounts = takeLongs(memory, ROWS);
    const fenOfKind = takeLongs(memory, KINDS);
    this.#columns = {
      batch: words(ROWS),
      line: words(ROWS),
      sequence: words(ROWS),
      amountFen: new Float64Array(amounts.buffer, amounts.byteOffset, ROWS),
      kind: words(ROWS),
      rowsOfKind: takeWords(memory, KINDS),
      bareOfKind: takeWords(memory, KINDS),
      fenOfKind,
    };
    const { batch, line, sequence, amountFen, kind, rowsOfKind, bareOfKind } = this.#columns;
    it.setBankRoom(
      batch.byteOffset,
      line.byteOffset,
      sequence.byteOffset,
      amountFen.byteOffset,
      kind.byteOffset,
      ROWS,
    );
    const entries = takeBytes(memory, SAYING_BYTES);
    it.setSayings(
      takeWords(memory, SAID_WORDS * SAID_FIELDS_MAX).byteOffset,
      takeWords(memory, SAYING_SLOTS).byteOffset,
      entries.byteOffset,
      entries.byteOffset + entries.length,
      rowsOfKind.byteOffset,
      bareOfKind.byteOffset,
      fenOfKind.byteOffset,
    );
  }

  /** Forgets all that it read and learned: another file begins. */
  begin(): void {
    this.#copied = undefined;
    this.#clear();
    this.forget();
  }

  /** See RowBlock. */
  protected abstract readonly recordsPerRow: number;

  /** Reads rows between two addresses until something stops it; answers with what did, and sets `next` to where. */
  protected abstract run(from: number, end: number): number;

  /** Reads the rows that begin at `at`, as far as they are plain; answers with how many. `take` is given those that must go. */
  read(bytes: Buffer, at: number, take: (rows: RowBlock) => void): number {
    const it = this.kernel;
    const base = this.#addressOf(bytes);
    this.base = base;
    this.next = at;
    let count = 0;
    for (;;) {
      const before = it.rowCount.value;
      const why = this.run(base + this.next, base + bytes.length);
      count += it.rowCount.value - before;
      this.next = (this.next >>> 0) - base;
      this.isNew = why === STOPPED_AT_SAYING;
      if (why !== STOPPED_FULL) return count;
      this.flush(take);
    }
  }

  /** Hands on what was read. */
  flush(take: (rows: RowBlock) => void): void {
    const count = this.kernel.rowCount.value;
    if (count === 0) return;
    take({ count, recordsPerRow: this.recordsPerRow, ...this.#columns });
    this.#clear();
  }

  /** What the row says that it stopped at because of that. */
  learn(kind: number): void {
    this.kernel.learnSaid(kind);
    this.#hasLearned = true;
    this.isNew = false;
  }

  /** What rows say may mean something else from now on. */
  forget(): void {
    if (this.#hasLearned) this.kernel.forgetSayings();
    this.#hasLearned = false;
    this.isNew = false;
  }

  #clear(): void {
    const { rowsOfKind, bareOfKind, fenOfKind } = this.#columns;
    this.kernel.emptyBankRows();
    rowsOfKind.fill(0);
    bareOfKind.fill(0);
    fenOfKind.fill(0n);
  }

  /** Where the bytes stand in the memory; they are brought there if need be. */
  #addressOf(bytes: Buffer): number {
    if ((bytes.buffer as ArrayBufferLike) instanceof SharedArrayBuffer) return bytes.byteOffset;
    if (this.#copied !== bytes) {
      const room = this.#input.length;
      if (bytes.length > room) this.#input = takeBytes(this.memory, Math.max(bytes.length, 2 * room));
      this.#input.set(bytes);
      this.#copied = bytes;
    }
    return this.#input.byteOffset;
  }
}

/** Rows of a text file, by the program of its layout. */
export class CompiledTextRows extends CompiledRows {
  protected readonly recordsPerRow = 1;

  constructor(kernel: RowKernel, layout: FileLayout, { record, steps }: AnswerProgram) {
    super(kernel);
    const [it, memory] = [this.kernel, this.memory];
    const isTwoByte = layout.encoding === 'GBK' || layout.encoding === 'GB18030';
    it.setEncoding(isTwoByte ? gbTable(memory) : 0);
    if (layout.kind === 'fixed') it.setFixedLines(record.length);
    else {
      it.setDelimitedLines(
        takeWords(memory, 2 * record.fields.length).byteOffset,
        record.fields.length,
        record.separator.charCodeAt(0),
        record.trailing,
        record.quote !== 'none',
        isTwoByte,
      );
    }
    const table = takeWords(memory, STEP_WORDS * steps.length);
    for (const [index, { kind, at, width, more, bytes }] of steps.entries()) {
      const constant = bytes === undefined ? undefined : takeBytes(memory, bytes.length);
      constant?.set(bytes as Uint8Array);
      const place = [STEP_KINDS.indexOf(kind), at, width];
      table.set([...place, constant?.byteOffset ?? more, bytes?.length ?? 0], STEP_WORDS * index);
    }
    it.setBankRows(table.byteOffset, steps.length, layout.encoding === 'UTF-8');
  }

  protected run(from: number, end: number): number {
    const why = this.kernel.readRows(from, end);
    this.next = this.kernel.bankStoppedNext.value;
    return why;
  }
}

const gbTableOf = new WeakMap<WebAssembly.Memory, number>();

/** Address of the table from two-byte codes to UTF-16 units. */
function gbTable(memory: WebAssembly.Memory): number {
  const known = gbTableOf.get(memory);
  if (known !== undefined) return known;
  const words = takeWords(memory, GB_TABLE_WORDS);
  new Uint16Array(words.buffer, words.byteOffset, GB_TABLE_WORDS * 2).set(gbTables().toUnit);
  gbTableOf.set(memory, words.byteOffset);
  return words.byteOffset;
}
