// A compiled record: a list of steps. What does not change with the row (constants, separators, element tags, the
// file's own values) is rendered once and merged, so a row costs one copy for each stretch of such bytes and one step
// for each value.

import { ByteSink } from './byte-sink.js';
import type { PaymentRow } from './payment-row.js';
import { joined, type RowOp, type WithOps, withOps } from './row-op.js';

export type Step = WithOps &
  ((row: PaymentRow, sequence: number, sequenceInBatch: number, sink: ByteSink) => void);

export class ProgramBuilder {
  readonly steps: Step[] = [];
  private pending = new ByteSink(256);
  private elements = 0;

  bytes(bytes: Uint8Array): void {
    this.pending.append(bytes);
  }

  ascii(text: string): void {
    this.pending.text(text);
  }

  /** A number for an element that may be taken back. */
  element(): number {
    return this.elements++;
  }

  step(step: Step): void {
    this.flush();
    this.steps.push(step);
  }

  /** Writes what was merged so far as a step of its own. */
  flush(): void {
    if (this.pending.length === 0) return;
    const bytes = this.pending.take();
    this.pending.reset();
    this.steps.push(
      withOps<Step>(
        (_row, _sequence, _inBatch, sink) => sink.copy(bytes, 0, bytes.length),
        [{ op: 'bytes', bytes, characters: bytes.length }],
      ),
    );
  }

  build(): Step[] {
    this.flush();
    return this.steps;
  }

  /** What the steps do, as far as it can be said. */
  ops(): readonly RowOp[] | undefined {
    this.flush();
    return joined(this.steps.map(({ ops }) => ops));
  }
}

export function runProgram(
  steps: readonly Step[],
  row: PaymentRow,
  sequence: number,
  sequenceInBatch: number,
  sink: ByteSink,
): void {
  for (let index = 0; index < steps.length; index++) steps[index]!(row, sequence, sequenceInBatch, sink);
}

/** Stands in for the row where a header or trailer is written; no value of a row may be asked for there. */
export const NO_ROW: PaymentRow = {
  bytes: new Uint8Array(0),
  nameFrom: 0,
  nameTo: 0,
  accountFrom: 0,
  accountTo: 0,
  residentIdFrom: 0,
  residentIdTo: 0,
  bank: 0,
  amountFen: 0,
  batch: 0,
  line: 0,
  region: 0,
};

/** The bytes that a program without row values writes. */
export function renderStatic(steps: readonly Step[]): Uint8Array {
  const sink = new ByteSink(1024);
  runProgram(steps, NO_ROW, 0, 0, sink);
  return sink.take();
}
