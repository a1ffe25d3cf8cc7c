// The rows of a return file, gathered in typed arrays: about 40 bytes a row, however long the bank's texts are, because
// equal codes and texts are kept once.

import type {
  ReturnBatch,
  ReturnHeader,
  ReturnRow,
  ReturnRows,
  ReturnTotals,
  ReturnVisitor,
} from '../bank-file/compile-return.js';

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

/** The same as plain data, which can go from thread to thread. */
export type AnswerRowsData = Pick<
  AnswerRows,
  | 'header'
  | 'totals'
  | 'length'
  | 'batches'
  | 'corrections'
  | 'batch'
  | 'line'
  | 'sequence'
  | 'amountFen'
  | 'outcome'
  | 'says'
  | 'accounts'
  | 'saying'
>;

/** Everything that a return file says. Fed by visitorOf(). */
export class AnswerRows {
  static of(data: AnswerRowsData): AnswerRows {
    const rows = Object.assign(new AnswerRows(0), data);
    data.saying.forEach(({ code, text }, number) => {
      rows.#texts(code).set(text, number);
    });
    return rows;
  }

  header: ReturnHeader | undefined;
  totals: ReturnTotals | undefined;
  length = 0;
  /** Batches of the payment file that are answered apart, with the first row that follows them. */
  batches: { batch: ReturnBatch; firstRow: number }[] = [];
  corrections: AnsweredCorrection[] = [];
  /** Batch and line of the reference; batch 0 where the row has none that yika wrote. */
  batch: Int32Array;
  line: Int32Array;
  sequence: Int32Array;
  /** Fen; -1 where the bank does not say. */
  amountFen: Float64Array;
  outcome: Uint8Array;
  says: Int32Array;
  /** Only kept for rows without reference and sequence, which must be found by account and amount. */
  accounts = new Map<number, string>();
  /** Pairs of code and text, by number. */
  saying: { code: string; text: string }[] = [];
  readonly #sayings = new Map<string, Map<string, number>>();
  #lastCode = '';
  #lastText = '';
  #lastSaying = -1;

  constructor(capacity = 1024) {
    this.batch = new Int32Array(capacity);
    this.line = new Int32Array(capacity);
    this.sequence = new Int32Array(capacity);
    this.amountFen = new Float64Array(capacity);
    this.outcome = new Uint8Array(capacity);
    this.says = new Int32Array(capacity);
  }

  file(header: ReturnHeader): void {
    this.header = { ...header };
  }

  answeredBatch(batch: ReturnBatch): void {
    this.batches.push({ batch: { ...batch }, firstRow: this.length });
  }

  row(row: ReturnRow): void {
    this.#reserve(1);
    const at = this.length++;
    this.batch[at] = row.paymentBatch;
    this.line[at] = row.paymentLine;
    this.sequence[at] = row.sequence;
    this.amountFen[at] = row.amountFen;
    this.outcome[at] = CLASS_OF[row.outcome];
    this.says[at] = this.say(row.code, row.text);
    if (row.paymentBatch === 0 && row.sequence < 1) {
      const { account } = row;
      if (account !== undefined) this.accounts.set(at, account);
    }
    if (row.correction) this.corrections.push({ row: at, text: JSON.stringify(row.correction) });
  }

  rows({ count, kinds, ...rows }: ReturnRows): void {
    this.#reserve(count);
    const at = this.length;
    const put = (into: Int32Array | Float64Array, from: Int32Array | Float64Array): void =>
      into.set(from.subarray(0, count), at);
    put(this.batch, rows.batch);
    put(this.line, rows.line);
    put(this.sequence, rows.sequence);
    put(this.amountFen, rows.amountFen);
    const classes = kinds.map(({ outcome }) => CLASS_OF[outcome]);
    const sayings = kinds.map(({ code, text }) => this.say(code, text));
    spread(rows.kind, count, classes, this.outcome, at);
    spread(rows.kind, count, sayings, this.says, at);
    this.length = at + count;
  }

  end(totals: ReturnTotals): void {
    this.totals = totals;
  }

  /** Number of a pair of code and text. A bank says the same of most rows: the last pair is looked at first. */
  say(code: string, text: string): number {
    if (code === this.#lastCode && text === this.#lastText && this.#lastSaying >= 0) return this.#lastSaying;
    const texts = this.#texts(code);
    let number = texts.get(text);
    if (number === undefined) {
      number = this.saying.push({ code, text }) - 1;
      texts.set(text, number);
    }
    this.#lastCode = code;
    this.#lastText = text;
    this.#lastSaying = number;
    return number;
  }

  /** Numbers by text of one code. */
  #texts(code: string): Map<string, number> {
    let texts = this.#sayings.get(code);
    if (texts === undefined) this.#sayings.set(code, (texts = new Map()));
    return texts;
  }

  #reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.batch.length) return;
    const size = Math.max(needed, this.batch.length * 2);
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

/** By kind, for each of the first `count` rows. */
function spread(
  kind: Int32Array,
  count: number,
  values: readonly number[],
  into: Int32Array | Uint8Array,
  at: number,
): void {
  for (let index = 0; index < count; index++) into[at + index] = values[kind[index] as number] as number;
}

/** The reader's visitor that fills `rows`. */
export function visitorOf(rows: AnswerRows): ReturnVisitor {
  return {
    file: (header) => rows.file(header),
    batch: (batch) => rows.answeredBatch(batch),
    row: (row) => rows.row(row),
    rows: (block) => rows.rows(block),
    end: (totals) => rows.end(totals),
  };
}
