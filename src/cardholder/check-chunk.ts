// Checks one chunk of a cardholder file in a thread: rows that are new or changed against the base become COPY rows,
// unchanged rows are only counted, rejected ones are listed. Repeats within the file are settled when the chunks are
// merged, in order of line.

import { BufferPool } from '../base/buffer-pool.js';
import type { BaseFindingCode } from '../base/finding.js';
import type { Directory } from '../directory/directory.js';
import { OTHER_KIND } from '../directory/layout.js';
import { keyOfPerson } from '../directory/person-key.js';
import type { EncodingSoFar } from '../encoding/detect.js';
import {
  type FastPath,
  forEachRecord,
  type RecordChunk,
  type RecordReader,
} from '../encoding/record-chunk.js';
import { type CardholderRecord, fingerprintOf } from './cardholder-record.js';
import { CardholderRows } from './cardholder-rows.js';
import { type CardholderFields, checkRow } from './check-row.js';
import { FastRow } from './fast-row.js';

/** Where the columns stand: index of the field, or -1. */
export type CardholderFieldPlaces = Record<keyof CardholderFields, number> & { count: number };

/** The base as the file is compared with it: by slot of the directory, fingerprint (two words) and day of update. */
export interface BaseImage {
  directory: Directory;
  fingerprints: Uint32Array;
  /** Days since 1970-01-01; 0 unknown. */
  updatedOn: Int32Array;
}

export interface CardholderSettings {
  places: CardholderFieldPlaces;
  delimiter: number;
  reader: RecordReader;
  /** Leaves the fast path out: what the property test compares it with. */
  carefulOnly?: boolean;
}

/** What a row is against the base, before repeats within the file are settled. */
export const ROW_NEW = 0;
export const ROW_CHANGED = 1;
export const ROW_UNCHANGED = 2;
/** Older than what the base holds, and different. */
export const ROW_STALE = 3;
export const ROW_REJECTED = 4;
/** New, with an identifier of another kind: it gets its serial when the chunks are merged. */
export const ROW_OTHER = 5;

/** Words of the row table: kind, slot + 1 (0: not in the base), key words, fingerprint, place in the file, rows. */
export const ROW_WORDS = 10;
export const ROW_KIND = 0;
export const ROW_SLOT = 1;
export const ROW_A = 2;
export const ROW_B = 3;
export const ROW_PRINT_LOW = 4;
export const ROW_PRINT_HIGH = 5;
export const ROW_FROM = 6;
export const ROW_TO = 7;
export const ROW_LINE = 8;
export const ROW_ROWS_END = 9;

export interface CardholderFinding {
  line: number;
  code: BaseFindingCode;
  detail: string | undefined;
  residentId: string | undefined;
  name: string | undefined;
}

export interface CardholderChunkResult {
  index: number;
  bytes: Uint8Array;
  encoding: EncodingSoFar;
  rows: Uint8Array;
  table: Uint32Array;
  findings: CardholderFinding[];
}

export type JudgedRow =
  | {
      kind: 'record';
      key: { a: number; b: number } | undefined;
      slot: number;
      identifier: string;
      record: CardholderRecord;
    }
  | { kind: 'rejected'; slot: number; finding: Omit<CardholderFinding, 'line'> };

/** The careful reading of one row; undefined for a record that is no row. */
export function judgeRow(
  row: { bytes: Uint8Array; from: number; to: number; encoding: EncodingSoFar },
  settings: CardholderSettings,
  directory: Directory | undefined,
): JudgedRow | undefined {
  const cells = settings.reader.fields(row.bytes, row.from, row.to, row.encoding);
  if (cells === undefined) return undefined;
  const { places } = settings;
  if (!Array.isArray(cells) || cells.length !== places.count) {
    const problem = Array.isArray(cells) ? `fieldCount=${cells.length}/${places.count}` : cells.problem;
    return {
      kind: 'rejected',
      slot: -1,
      finding: { code: 'LINE_UNREADABLE', detail: problem, residentId: undefined, name: undefined },
    };
  }
  const checked = checkRow(fieldsOf(cells, places));
  const key = checked.person === undefined ? undefined : keyOfPerson(checked.person);
  const slot = slotOf(directory, key, checked.identifier);
  if (checked.kind === 'rejected') {
    const residentId = checked.identifier ?? (cells[places.residentId] as string).trim();
    const name = (cells[places.name] as string).trim();
    return {
      kind: 'rejected',
      slot,
      finding: { code: checked.code, detail: checked.detail, residentId, name },
    };
  }
  const { record, identifier } = checked;
  return { kind: 'record', key: key ?? keyOfOther(directory, slot), slot, identifier, record };
}

const INITIAL_BYTES = 64 * 1024;

export class CardholderChecker {
  readonly #settings: CardholderSettings;
  readonly #base: BaseImage | undefined;
  readonly #fast: FastRow;
  readonly #fastPath: FastPath | undefined;
  readonly #buffers: BufferPool;
  readonly #rows = new CardholderRows(0);
  #table = new Uint32Array(0);
  #tableLength = 0;

  /** `base` is undefined for the very first import. Results stand in buffers of the pool; it may be given them back. */
  constructor(settings: CardholderSettings, base: BaseImage | undefined, buffers = new BufferPool()) {
    this.#buffers = buffers;
    this.#settings = settings;
    this.#base = base;
    this.#fast = new FastRow(settings.places, settings.delimiter);
    this.#fastPath = settings.carefulOnly
      ? undefined
      : {
          group: this.#fast.group,
          take: (nth, line) => this.#take(nth, line),
        };
  }

  check(chunk: RecordChunk): CardholderChunkResult {
    this.#rows.beginIn(this.#buffers.take(Math.max(INITIAL_BYTES, this.#rows.bytes.length)));
    this.#table = new Uint32Array(this.#buffers.take(Math.max(INITIAL_BYTES, this.#table.byteLength)));
    this.#tableLength = 0;
    const findings: CardholderFinding[] = [];
    this.#fast.begin(chunk.bytes, chunk.encoding);
    forEachRecord(chunk, this.#settings.reader, this.#fastPath, (from, to, line) =>
      this.#careful(chunk, from, to, line, findings),
    );
    return {
      index: chunk.index,
      bytes: chunk.bytes,
      encoding: chunk.encoding,
      rows: this.#rows.written(),
      table: this.#table.subarray(0, this.#tableLength),
      findings,
    };
  }

  #take(nth: number, line: number): boolean {
    const fast = this.#fast;
    if (!fast.read(nth)) return false;
    const { a, b, printLow, printHigh, updatedOn, group } = fast;
    const slot = this.#base ? this.#base.directory.find(a, b) : -1;
    const kind = compareWithBase(this.#base, slot, updatedOn, printLow, printHigh);
    if (kind === ROW_NEW || kind === ROW_CHANGED) fast.put(this.#rows);
    this.#enter(kind, slot, a, b, printLow, printHigh, group.from(nth), group.to(nth), line);
    return true;
  }

  #careful(chunk: RecordChunk, from: number, to: number, line: number, findings: CardholderFinding[]): void {
    const row = { bytes: chunk.bytes, from, to, encoding: chunk.encoding };
    const judged = judgeRow(row, this.#settings, this.#base?.directory);
    if (judged === undefined) return;
    if (judged.kind === 'record') this.#record(judged, from, to, line);
    else {
      findings.push({ line, ...judged.finding });
      this.#enter(ROW_REJECTED, judged.slot, 0, 0, 0, 0, from, to, line);
    }
  }

  #record(judged: Extract<JudgedRow, { kind: 'record' }>, from: number, to: number, line: number): void {
    const { slot, key, record } = judged;
    const print = fingerprintOf(record);
    const kind =
      key === undefined
        ? ROW_OTHER
        : compareWithBase(this.#base, slot, record.updatedOn ?? 0, print.low, print.high);
    if (key && (kind === ROW_NEW || kind === ROW_CHANGED)) this.#rows.put(key.a, key.b, record);
    this.#enter(kind, slot, key?.a ?? OTHER_KIND, key?.b ?? 0, print.low, print.high, from, to, line);
  }

  #enter(
    kind: number,
    slot: number,
    a: number,
    b: number,
    printLow: number,
    printHigh: number,
    from: number,
    to: number,
    line: number,
  ): void {
    if (this.#tableLength + ROW_WORDS > this.#table.length) {
      const grown = new Uint32Array(this.#table.length * 2);
      grown.set(this.#table);
      this.#table = grown;
    }
    const at = this.#tableLength;
    const table = this.#table;
    table[at + ROW_KIND] = kind;
    table[at + ROW_SLOT] = slot + 1;
    table[at + ROW_A] = a;
    table[at + ROW_B] = b;
    table[at + ROW_PRINT_LOW] = printLow;
    table[at + ROW_PRINT_HIGH] = printHigh;
    table[at + ROW_FROM] = from;
    table[at + ROW_TO] = to;
    table[at + ROW_LINE] = line;
    table[at + ROW_ROWS_END] = this.#rows.length;
    this.#tableLength = at + ROW_WORDS;
  }
}

/** New, changed, unchanged, or older than what the base holds. `updatedOn` is 0 when the row does not say. */
export function compareWithBase(
  base: BaseImage | undefined,
  slot: number,
  updatedOn: number,
  printLow: number,
  printHigh: number,
): number {
  if (!base || slot < 0) return ROW_NEW;
  if (base.fingerprints[slot * 2] === printLow && base.fingerprints[slot * 2 + 1] === printHigh)
    return ROW_UNCHANGED;
  const known = base.updatedOn[slot] as number;
  return updatedOn !== 0 && known !== 0 && updatedOn < known ? ROW_STALE : ROW_CHANGED;
}

function slotOf(
  directory: Directory | undefined,
  key: { a: number; b: number } | undefined,
  identifier: string | undefined,
): number {
  if (!directory || identifier === undefined) return -1;
  return key ? directory.find(key.a, key.b) : directory.findOther(identifier);
}

function keyOfOther(directory: Directory | undefined, slot: number): { a: number; b: number } | undefined {
  return directory && slot >= 0 ? directory.keyOf(slot) : undefined;
}

function fieldsOf(cells: readonly string[], places: CardholderFieldPlaces): CardholderFields {
  const cell = (index: number): string => (index < 0 ? '' : (cells[index] as string));
  return {
    residentId: cell(places.residentId),
    name: cell(places.name),
    region: cell(places.region),
    cardNumber: cell(places.cardNumber),
    cardState: cell(places.cardState),
    bank: cell(places.bank),
    account: cell(places.account),
    accountState: cell(places.accountState),
    alive: cell(places.alive),
    diedOn: cell(places.diedOn),
    updatedOn: cell(places.updatedOn),
  };
}
