// Where a chunk's COPY rows and its row table go: buffers of the shared memory, so that the compiled path writes into them and
// the merging thread reads and sends from them.

import { takeBytes } from '../kernel/memory.js';
import { ROW_WORDS } from './row-table.js';

export class RowOutput {
  rows: Uint8Array = new Uint8Array(0);
  rowBytes = 0;
  table: Uint32Array = new Uint32Array(0);
  tableWords = 0;
  /** All buffers of this chunk. */
  rooms: Uint8Array[] = [];
  readonly #memory: WebAssembly.Memory;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** Begins a chunk. */
  begin(rows: Uint8Array, table: Uint8Array): void {
    this.rooms = [rows, table];
    this.rows = rows;
    this.rowBytes = 0;
    this.table = wordsOf(table);
    this.tableWords = 0;
  }

  addRow(row: Uint8Array): void {
    while (this.rowBytes + row.length > this.rows.length) this.#growRows();
    this.rows.set(row, this.rowBytes);
    this.rowBytes += row.length;
  }

  /** Makes room for one more entry of the table. */
  reserveEntry(): void {
    if (this.tableWords + ROW_WORDS > this.table.length) this.#growTable();
  }

  /** Makes room where a row or its entry found none. */
  grow(): void {
    const isTableFull = this.tableWords + ROW_WORDS > this.table.length;
    if (isTableFull) this.#growTable();
    else this.#growRows();
  }

  #growRows(): void {
    const grown = this.#room(this.rows.length * 2);
    grown.set(this.rows.subarray(0, this.rowBytes));
    this.rows = grown;
  }

  #growTable(): void {
    const grown = wordsOf(this.#room(this.table.byteLength * 2));
    grown.set(this.table.subarray(0, this.tableWords));
    this.table = grown;
  }

  #room(bytes: number): Uint8Array {
    const room = takeBytes(this.#memory, bytes);
    this.rooms.push(room);
    return room;
  }
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
}
