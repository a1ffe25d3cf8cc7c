// Puts the results of a cardholder file's chunks in order of line and settles repeats: the first row of a person is
// taken; a later one that says the same changes nothing, one that says otherwise is a conflict and is not taken.

import { assert } from '../base/assert.js';
import { Splicer } from '../base/splicer.js';
import { OTHER_KIND } from '../directory/layout.js';
import { takeWords } from '../kernel/memory.js';
import { CardholderRows } from './cardholder-rows.js';
import {
  type BaseImage,
  type CardholderChunkResult,
  type CardholderFinding,
  type CardholderSettings,
  judgeRow,
} from './check-chunk.js';
import { CompiledMerge } from './compiled-merge.js';
import { NewPeople } from './new-people.js';
import {
  ROW_A,
  ROW_B,
  ROW_CHANGED,
  ROW_FROM,
  ROW_KIND,
  ROW_LINE,
  ROW_NEW,
  ROW_OTHER,
  ROW_PRINT_HIGH,
  ROW_PRINT_LOW,
  ROW_REJECTED,
  ROW_ROWS_END,
  ROW_SLOT,
  ROW_STALE,
  ROW_TO,
  ROW_WORDS,
} from './row-table.js';

export interface CardholderCounts {
  lines: number;
  new: number;
  changed: number;
  unchanged: number;
  conflicts: number;
  rejected: number;
}

export interface MergedCardholders {
  rows: Uint8Array[];
  findings: CardholderFinding[];
  /** Identifiers of another kind that were seen for the first time, with the serials they were given. */
  others: [identifier: string, serial: number][];
}

export class CardholderMerger {
  readonly counts: CardholderCounts = {
    lines: 0,
    new: 0,
    changed: 0,
    unchanged: 0,
    conflicts: 0,
    rejected: 0,
  };
  readonly #settings: CardholderSettings;
  readonly #base: BaseImage | undefined;
  readonly #people: NewPeople;
  readonly #compiled: CompiledMerge | undefined;
  /** One bit a slot: the file has a row of this person, whatever became of it. */
  readonly #present: Uint32Array;
  /** One bit a slot: a row of this person was taken. People whom the file leaves unchanged cost no more than this bit. */
  readonly #taken: Uint32Array;
  readonly #serials = new Map<string, number>();
  #nextSerial: number;
  #next = 0;

  /**
   * `nextSerial` is the first free serial of other_identifier. Chunks to merge lie in the memory, as the base does.
   */
  constructor(
    settings: CardholderSettings,
    memory: WebAssembly.Memory,
    base: BaseImage | undefined,
    nextSerial: number,
  ) {
    this.#settings = settings;
    this.#base = base;
    this.#people = new NewPeople(memory);
    this.#present = takeWords(memory, base ? Math.ceil(base.directory.slots / 32) : 0);
    this.#taken = takeWords(memory, this.#present.length);
    this.#compiled =
      settings.kernel && new CompiledMerge(settings.kernel, memory, this.#people, this.#present, this.#taken);
    this.#nextSerial = nextSerial;
  }

  /** Before the first chunk: how many people there may be whom the base has not. Only a size to begin with. */
  expect(people: number): void {
    this.#people.expect(people);
  }

  merge(result: CardholderChunkResult): MergedCardholders {
    assert(result.index === this.#next, `chunk ${result.index} came where ${this.#next} was due`);
    this.#next++;
    const splicer = new Splicer(result.rows);
    const merged: MergedCardholders = { rows: [], findings: [...result.findings], others: [] };
    const { table } = result;
    const settled = { new: 0, changed: 0, unchanged: 0 };
    for (let at = 0; at < table.length; at += ROW_WORDS) {
      if (this.#compiled) at = this.#compiled.run(table, at, settled);
      if (at < table.length) this.#row(result, at, splicer, merged);
    }
    const { counts } = this;
    counts.lines += settled.new + settled.changed + settled.unchanged;
    counts.new += settled.new;
    counts.changed += settled.changed;
    counts.unchanged += settled.unchanged;
    merged.rows = splicer.finish();
    merged.findings.sort((one, other) => one.line - other.line);
    return merged;
  }

  /** Slots of people in the base of whom the file had no row: a full snapshot takes them out of the base. */
  *missing(): Generator<number> {
    const directory = this.#base?.directory;
    if (!directory) return;
    for (let slot = 0; slot < directory.slots; slot++) {
      if ((this.#present[slot >>> 5] as number) & (1 << (slot & 31))) continue;
      const { a, b } = directory.keyOf(slot);
      if (a !== 0 && directory.find(a, b) === slot) yield slot;
    }
  }

  #row(result: CardholderChunkResult, at: number, splicer: Splicer, merged: MergedCardholders): void {
    const word = (index: number): number => result.table[at + index] as number;
    const { counts } = this;
    counts.lines++;
    const kind = word(ROW_KIND);
    const slot = word(ROW_SLOT) - 1;
    if (slot >= 0)
      this.#present[slot >>> 5] = ((this.#present[slot >>> 5] as number) | (1 << (slot & 31))) >>> 0;
    if (kind === ROW_REJECTED) {
      counts.rejected++;
      return;
    }
    if (kind === ROW_STALE) {
      counts.conflicts++;
      merged.findings.push(this.#conflict(result, at, 'olderThanBase'));
      return;
    }
    let a = word(ROW_A);
    let b = word(ROW_B);
    if (kind === ROW_OTHER) {
      a = OTHER_KIND;
      b = this.#serialOf(result, at, merged);
    }
    const rowsFrom = at === 0 ? 0 : (result.table[at - ROW_WORDS + ROW_ROWS_END] as number);
    const taken = this.#take(kind, slot, a, b, word(ROW_PRINT_LOW), word(ROW_PRINT_HIGH));
    if (taken === 'taken') {
      if (kind === ROW_OTHER) splicer.replace(rowsFrom, rowsFrom, this.#otherRow(result, at, b));
      counts[
        kind === ROW_NEW || kind === ROW_OTHER ? 'new' : kind === ROW_CHANGED ? 'changed' : 'unchanged'
      ]++;
      return;
    }
    splicer.remove(rowsFrom, word(ROW_ROWS_END));
    if (taken === 'same') counts.unchanged++;
    else {
      counts.conflicts++;
      merged.findings.push(this.#conflict(result, at, 'earlierRowDiffers'));
    }
  }

  #take(
    kind: number,
    slot: number,
    a: number,
    b: number,
    printLow: number,
    printHigh: number,
  ): 'taken' | 'same' | 'different' {
    if (slot < 0) return this.#people.take(a, b, printLow, printHigh);
    const bit = 1 << (slot & 31);
    const isFirst = ((this.#taken[slot >>> 5] as number) & bit) === 0;
    this.#taken[slot >>> 5] = ((this.#taken[slot >>> 5] as number) | bit) >>> 0;
    if (kind === ROW_CHANGED) {
      const isAfterUnchanged = !isFirst && !this.#people.has(a, b);
      return isAfterUnchanged ? 'different' : this.#people.take(a, b, printLow, printHigh);
    }
    if (isFirst) return 'taken';
    return this.#people.has(a, b) ? 'different' : 'same';
  }

  #serialOf(result: CardholderChunkResult, at: number, merged: MergedCardholders): number {
    const { identifier } = this.#judge(result, at);
    const known = this.#serials.get(identifier);
    if (known !== undefined) return known;
    const serial = this.#nextSerial++;
    this.#serials.set(identifier, serial);
    merged.others.push([identifier, serial]);
    return serial;
  }

  #otherRow(result: CardholderChunkResult, at: number, serial: number): Uint8Array {
    const rows = new CardholderRows(512);
    rows.put(OTHER_KIND, serial, this.#judge(result, at).record);
    return rows.written();
  }

  #conflict(result: CardholderChunkResult, at: number, detail: string): CardholderFinding {
    const { identifier, record } = this.#judge(result, at);
    const line = result.table[at + ROW_LINE] as number;
    return { line, code: 'CARDHOLDER_CONFLICT', detail, residentId: identifier, name: record.name };
  }

  #judge(result: CardholderChunkResult, at: number) {
    const from = result.table[at + ROW_FROM] as number;
    const to = result.table[at + ROW_TO] as number;
    const row = { bytes: result.bytes, from, to, encoding: result.encoding };
    const judged = judgeRow(row, this.#settings, this.#base?.directory);
    assert(judged?.kind === 'record', 'a row that was taken cannot be read again');
    return judged;
  }
}
