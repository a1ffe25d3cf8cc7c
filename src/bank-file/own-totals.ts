// What a return file says about itself batch by batch and as a whole: counts of rows and records, blocks, hash totals.
// A control record that disagrees with what was read refuses the file at its line.

import type { FileLayout } from './definition.js';
import { recordsBefore, sectionRecords } from './file-frame.js';
import type { ReadRow } from './read-row.js';
import { type DeclaredValues, HashTally, type RowSum, Tally } from './read-totals.js';

export class OwnTotals {
  readonly #layout: FileLayout;
  readonly #hashes: HashTally;
  readonly #tally = new Tally();
  #batches = 0;
  #batchRecords = 0;
  #fileRecords = 0;

  constructor(layout: FileLayout) {
    this.#layout = layout;
    this.#hashes = new HashTally(layout);
  }

  beginBatch(): void {
    this.#batches++;
    this.#batchRecords = 0;
    this.#tally.reset();
    this.#hashes.reset();
  }

  row(row: ReadRow): void {
    this.#tally.add(row.amountFen);
    this.#batchRecords += row.records;
    this.#fileRecords += row.records;
    this.#hashes.add(row);
  }

  /** Rows of `records` records in all, in a layout without hash totals. */
  rows(sum: RowSum, records: number): void {
    this.#tally.addAll(sum);
    this.#batchRecords += records;
    this.#fileRecords += records;
  }

  endBatch(declared: DeclaredValues): void {
    const frame = sectionRecords(this.#layout, 'batchHeader') + sectionRecords(this.#layout, 'batchTrailer');
    declared.require('batch.listed.count', BigInt(this.#tally.count));
    declared.require('batch.listed.amount', this.#tally.amountFen);
    declared.require('batch.detailRecords', BigInt(this.#batchRecords));
    declared.require('batch.records', BigInt(this.#batchRecords + frame));
    this.#hashes.compare('batch', declared);
  }

  finish(declared: DeclaredValues): void {
    const records = recordsBefore(this.#layout, this.#batches) + this.#fileRecords;
    declared.require('file.batches', BigInt(this.#batches));
    declared.require('file.detailRecords', BigInt(this.#fileRecords));
    declared.require('file.records', BigInt(records));
    const { blockRecords } = this.#layout;
    if (blockRecords > 0) declared.require('file.blocks', BigInt(Math.ceil(records / blockRecords)));
  }
}
