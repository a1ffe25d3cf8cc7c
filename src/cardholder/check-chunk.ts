// Checks one chunk of a cardholder file in a thread: rows that are new or changed against the base become COPY rows,
// unchanged rows are only counted, rejected ones are listed. Repeats within the file are settled when the chunks are
// merged, in order of line. Two paths with one result: the compiled path (compiled-rows.ts) takes rows of the plain kind, the
// careful path (check-row.ts) all others.

import type { BaseFindingCode } from '../base/finding.js';
import type { Directory } from '../directory/directory.js';
import { OTHER_KIND } from '../directory/layout.js';
import { keyOfPerson } from '../directory/person-key.js';
import type { EncodingSoFar } from '../encoding/detect.js';
import { forEachRecord, type RecordChunk, type RecordReader } from '../encoding/record-chunk.js';
import { FIELDS_MAX } from '../kernel/kernel.js';
import { type CardholderRecord, fingerprintOf } from './cardholder-record.js';
import { CardholderRows } from './cardholder-rows.js';
import { type CardholderFields, checkRow } from './check-row.js';
import { CompiledRows } from './compiled-rows.js';
import { RowOutput } from './row-output.js';
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
  ROW_UNCHANGED,
  ROW_WORDS,
} from './row-table.js';

/** Where the columns stand: index of the field, or -1. */
export type CardholderFieldPlaces = Record<keyof CardholderFields, number> & { count: number };

/**
 * The base as the file is compared with it: by slot of the directory, fingerprint (two words) and day of update, in the directory's
 * memory.
 */
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
  /** The compiled loops; without them every row takes the careful path, which is what the property test compares them with. */
  kernel: WebAssembly.Module | undefined;
}

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
  /** Buffers of the memory that rows and table stand in, or stood in before they grew. */
  rooms: Uint8Array[];
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

/** Buffers to write a chunk's rows and its row table into. */
export interface Rooms {
  rows: Uint8Array;
  table: Uint8Array;
}

export class CardholderChecker {
  readonly #settings: CardholderSettings;
  readonly #base: BaseImage | undefined;
  readonly #output: RowOutput;
  readonly #compiled: CompiledRows | undefined;
  readonly #careful = new CardholderRows(1024);

  /** `base` is undefined for the very first import. Chunks and rooms must lie in the memory, as the base does. */
  constructor(settings: CardholderSettings, memory: WebAssembly.Memory, base: BaseImage | undefined) {
    this.#settings = settings;
    this.#base = base;
    this.#output = new RowOutput(memory);
    const { kernel, places, delimiter } = settings;
    this.#compiled =
      kernel && places.count <= FIELDS_MAX
        ? new CompiledRows(kernel, memory, places, delimiter, base, this.#output)
        : undefined;
  }

  check(chunk: RecordChunk, rooms: Rooms): CardholderChunkResult {
    const output = this.#output;
    output.begin(rooms.rows, rooms.table);
    this.#compiled?.begin(chunk);
    const findings: CardholderFinding[] = [];
    forEachRecord(chunk, this.#settings.reader, this.#compiled, (from, to, line) =>
      this.#visit(chunk, from, to, line, findings),
    );
    return {
      index: chunk.index,
      bytes: chunk.bytes,
      encoding: chunk.encoding,
      rows: output.rows.subarray(0, output.rowBytes),
      table: output.table.subarray(0, output.tableWords),
      findings,
      rooms: output.rooms,
    };
  }

  #visit(chunk: RecordChunk, from: number, to: number, line: number, findings: CardholderFinding[]): void {
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
    if (key && (kind === ROW_NEW || kind === ROW_CHANGED)) {
      this.#careful.length = 0;
      this.#careful.put(key.a, key.b, record);
      this.#output.addRow(this.#careful.written());
    }
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
    const output = this.#output;
    output.reserveEntry();
    const { table, tableWords: at } = output;
    table[at + ROW_KIND] = kind;
    table[at + ROW_SLOT] = slot + 1;
    table[at + ROW_A] = a;
    table[at + ROW_B] = b;
    table[at + ROW_PRINT_LOW] = printLow;
    table[at + ROW_PRINT_HIGH] = printHigh;
    table[at + ROW_FROM] = from;
    table[at + ROW_TO] = to;
    table[at + ROW_LINE] = line;
    table[at + ROW_ROWS_END] = output.rowBytes;
    output.tableWords = at + ROW_WORDS;
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
