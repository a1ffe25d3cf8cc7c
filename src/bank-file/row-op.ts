// What a step does, as data: the compiled loops (kernel/assembly/payment-program.ts) write rows by it without calling the step.
// A step that has no operations, or a record with one such step, is written by the steps alone.

import type { TextTable } from './text-rules.js';

/** Numbers of a payment, in the order of kernel/assembly/payment-program.ts. */
export const NUMBER_SOURCES = ['sequence', 'inBatch', 'batch', 'line', 'region', 'amount'] as const;
export type NumberSource = (typeof NUMBER_SOURCES)[number];

/** Bytes that are the same in every row, and how many characters of the bank's they are. */
export interface FixedText {
  readonly bytes: Uint8Array;
  readonly characters: number;
}

export type RowOp =
  | ({ readonly op: 'bytes' } & FixedText)
  | { readonly op: 'account' }
  | { readonly op: 'name' | 'residentId'; readonly table: TextTable }
  /** `times` the number plus `plus`, in at least and at most so many digits. */
  | {
      readonly op: 'number';
      readonly of: NumberSource;
      readonly times: number;
      readonly plus: number;
      readonly least: number;
      readonly most: number;
    }
  /** Yuan with at least so many digits, the fen, and `extra` zeros. */
  | { readonly op: 'yuan'; readonly least: number; readonly point: boolean; readonly extra: number }
  /** By the kind of the resident ID, in the order of IDENTITY_KINDS; undefined = refused. */
  | { readonly op: 'kind'; readonly texts: readonly (FixedText | undefined)[] }
  | { readonly op: 'beginField' }
  | {
      readonly op: 'endField';
      readonly max: number;
      readonly countsBytes: boolean;
      readonly min: number;
      readonly required: boolean;
      readonly width: number;
      readonly pad: number;
      readonly isRight: boolean;
    }
  /** Bytes of the field so far, of which `from` (0-based) up to `to` are kept. */
  | { readonly op: 'slice'; readonly from: number; readonly to: number }
  | { readonly op: 'instead'; readonly content: readonly RowOp[]; readonly other: readonly RowOp[] }
  | {
      readonly op: 'quote';
      readonly always: boolean;
      readonly separator: number;
      readonly isGb: boolean;
    }
  /** The field just ended counts for hashes of its name. */
  | { readonly op: 'hash'; readonly field: string }
  /** An XML element that is taken back when nothing stands in it. */
  | { readonly op: 'beginElement' | 'openedElement'; readonly place: number }
  | { readonly op: 'endElement'; readonly place: number; readonly close: Uint8Array }
  | { readonly op: 'unlessFirst'; readonly of: NumberSource; readonly bytes: Uint8Array };

/** What rows of a file are written by without the steps. */
export interface RowProgram {
  readonly ops: readonly RowOp[];
  /** For each hash of the layout: its value where that is the same in every row, or the field that it is over. */
  readonly hashes: readonly (number | string)[];
  readonly amountMax: number;
  /** The last row of the file ends otherwise than the others. */
  readonly differsLast: boolean;
}

/** A function that does what its operations say; undefined where operations cannot say it. */
export interface WithOps {
  readonly ops?: readonly RowOp[] | undefined;
}

export function withOps<Step extends object>(step: Step, ops: readonly RowOp[] | undefined): Step & WithOps {
  return Object.assign(step, { ops });
}

/** The operations of several steps one after the other, or undefined when one of them has none. */
export function joined(parts: readonly (readonly RowOp[] | undefined)[]): readonly RowOp[] | undefined {
  return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

/** Digits of any number that operations write. */
export const DIGITS_MAX = 20;

export function numberOp(
  of: NumberSource,
  least: number,
  { times = 1, plus = 0, most = Math.max(DIGITS_MAX, least) } = {},
): RowOp {
  return { op: 'number', of, times, plus, least, most };
}
