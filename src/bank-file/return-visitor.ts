// What a return file tells: its header, its rows, its totals.

import type { Outcome } from './definition.js';
import type { Correction } from './read-row.js';
import type { RowBlock } from './row-block.js';

export interface BankSays {
  readonly code: string;
  readonly text: string;
}

export interface ReturnHeader {
  /** Movements: a payment may stand in several rows, debited first and then given back. */
  readonly rowsAre: 'results' | 'movements';
  /** The number of the payment file that is answered, when it comes back. */
  readonly fileReference: number | undefined;
  /** The line that says so. */
  readonly fileLine: number;
  /** The whole file was refused: every payment that the file does not list failed. */
  readonly refused: BankSays | undefined;
  /** What payments are that the file does not list, as far as the header says; `ReturnTotals` has the last word. */
  readonly unlisted: 'paid' | 'outstanding';
  /** The bank's status of the whole, in its own code; empty when there is none. */
  readonly status: string;
  /** Count and fen of the payment file, when the answer repeats them. */
  readonly fileCount: number | undefined;
  readonly fileAmountFen: bigint | undefined;
}

/** A batch of the payment file that is answered apart (several batches a file only). */
export interface ReturnBatch {
  readonly ordinal: number | undefined;
  readonly refused: BankSays | undefined;
  readonly unlisted: 'paid' | 'outstanding';
  readonly status: string;
}

/** One object, filled again for every row. */
export interface ReturnRow {
  rowNumber: number;
  line: number;
  /** Batch and line of a reference that yika wrote; 0 where the row has none. */
  paymentBatch: number;
  paymentLine: number;
  readonly reference: string | undefined;
  /** 1-based sequence in the payment file; -1 when the bank does not say. */
  sequence: number;
  readonly account: string | undefined;
  /** -1 when the bank does not say. */
  amountFen: number;
  outcome: Outcome;
  code: string;
  text: string;
  correction: Correction | undefined;
}

/** What rows of a block say, by its kinds. */
export interface RowKind {
  readonly outcome: Outcome;
  readonly code: string;
  readonly text: string;
}

/** Rows that compiled loops read: none of them corrects anything, and each has a reference. */
export interface ReturnRows extends RowBlock {
  readonly kinds: readonly RowKind[];
}

export interface OutcomeTally {
  readonly count: number;
  readonly amountFen: bigint;
}

export interface ReturnTotals {
  readonly rows: number;
  readonly paid: OutcomeTally;
  readonly failed: OutcomeTally;
  readonly pending: OutcomeTally;
  readonly unknown: OutcomeTally;
  /** What payments are that the file does not list. */
  readonly unlisted: 'paid' | 'outstanding';
}

export interface ReturnVisitor {
  /** Before the rows; again at the end of a file whose status stands after its rows. */
  file(header: ReturnHeader): void;
  batch?(batch: ReturnBatch): void;
  row(row: ReturnRow): void;
  /** Where it is not there, every row is told by itself. */
  rows?(rows: ReturnRows): void;
  end(totals: ReturnTotals): void;
}
