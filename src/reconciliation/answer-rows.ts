// The rows of a return file, gathered in typed arrays: about 40 bytes a row, however long the bank's texts are, because
// equal codes and texts are kept once.

import type {
  ReturnBatch,
  ReturnHeader,
  ReturnRow,
  ReturnTotals,
  ReturnVisitor,
} from '../bank-file/compile-return.js';
import { parseReference } from '../base/payment-reference.js';

export const OUTCOME_CLASSES = ['paid', 'failed', 'pending', 'unresolved'] as const;
export type OutcomeClass = (typeof OUTCOME_CLASSES)[number];

/** Class numbers in the arrays: 0 is none, then OUTCOME_CLASSES from 1. */
export const PAID = 1;
export const FAILED = 2;
export const PENDING = 3;
export const UNRESOLVED = 4;

const CLASS_OF: Readonly<Record<ReturnRow['outcome'], number>> = {
  paid: PAID,
  failed: FAILED,
  pending: PENDING,
  unknown: UNRESOLVED,
};

export interface AnsweredCorrection {
  row: number;
  text: string;
}

/** Everything that a return file says. Fed by visitorOf(). */
export class AnswerRows {
  header: ReturnHeader | undefined;
  totals: ReturnTotals | undefined;
  length = 0;
  /** Batches of the payment file that are answered apart, with the first row that follows them. */
  readonly batches: { batch: ReturnBatch; firstRow: number }[] = [];
  readonly corrections: AnsweredCorrection[] = [];
  /** Batch and line of the reference; batch 0 where the row has none that yika wrote. */
  batch = new Int32Array(1024);
  line = new Int32Array(1024);
  sequence = new Int32Array(1024);
  /** Fen; -1 where the bank does not say. */
  amountFen = new Float64Array(1024);
  outcome = new Uint8Array(1024);
  says = new Int32Array(1024);
  /** Only kept for rows without reference and sequence, which must be found by account and amount. */
  readonly accounts = new Map<number, string>();
  /** Pairs of code and text, by number. */
  readonly saying: { code: string; text: string }[] = [];
  readonly #sayings = new Map<string, number>();

  file(header: ReturnHeader): void {
    this.header = { ...header };
  }

  answeredBatch(batch: ReturnBatch): void {
    this.batches.push({ batch: { ...batch }, firstRow: this.length });
  }

  row(row: ReturnRow): void {
    if (this.length === this.batch.length) this.#grow();
    const at = this.length++;
    const reference = row.reference === undefined ? undefined : parseReference(row.reference.trim());
    this.batch[at] = reference?.batch ?? 0;
    this.line[at] = reference?.line ?? 0;
    this.sequence[at] = row.sequence;
    this.amountFen[at] = row.amountFen;
    this.outcome[at] = CLASS_OF[row.outcome];
    this.says[at] = this.say(row.code, row.text);
    if (!reference && row.sequence < 1 && row.account !== undefined) this.accounts.set(at, row.account);
    if (row.correction) this.corrections.push({ row: at, text: JSON.stringify(row.correction) });
  }

  end(totals: ReturnTotals): void {
    this.totals = totals;
  }

  /** Number of a pair of code and text. */
  say(code: string, text: string): number {
    const key = `${code}\u0000${text}`;
    let number = this.#sayings.get(key);
    if (number === undefined) {
      number = this.saying.push({ code, text }) - 1;
      this.#sayings.set(key, number);
    }
    return number;
  }

  #grow(): void {
    const size = this.batch.length * 2;
    const grown = <Typed extends Int32Array | Float64Array | Uint8Array>(old: Typed, fresh: Typed): Typed => {
      fresh.set(old);
      return fresh;
    };
    this.batch = grown(this.batch, new Int32Array(size));
    this.line = grown(this.line, new Int32Array(size));
    this.sequence = grown(this.sequence, new Int32Array(size));
    this.says = grown(this.says, new Int32Array(size));
    this.amountFen = grown(this.amountFen, new Float64Array(size));
    this.outcome = grown(this.outcome, new Uint8Array(size));
  }
}

/** The reader's visitor that fills `rows`. */
export function visitorOf(rows: AnswerRows): ReturnVisitor {
  return {
    file: (header) => rows.file(header),
    batch: (batch) => rows.answeredBatch(batch),
    row: (row) => rows.row(row),
    end: (totals) => rows.end(totals),
  };
}
