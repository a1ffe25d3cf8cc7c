// The payment reference (end-to-end reference): what goes to the bank with each payment and comes back with its outcome.
// It is made from the batch number and the roster line, so it needs no storage and can never be given twice.

import { assert } from './assert.js';

export const BATCH_DIGITS = 7;
export const LINE_DIGITS = 8;
export const BATCH_NUMBER_MAX = 10 ** BATCH_DIGITS - 1;
export const LINE_NUMBER_MAX = 10 ** LINE_DIGITS - 1;

/** 15 digits: fits NACHA's individual identification number (15), BACS's reference (18), CNAB's document number (20). */
export const REFERENCE_DIGITS = BATCH_DIGITS + LINE_DIGITS;

export interface PaymentReference {
  batch: number;
  line: number;
}

export function formatReference(batch: number, line: number): string {
  assert(batch >= 0 && batch <= BATCH_NUMBER_MAX, `batch number ${batch} is out of range`);
  assert(line >= 0 && line <= LINE_NUMBER_MAX, `line number ${line} is out of range`);
  return String(batch).padStart(BATCH_DIGITS, '0') + String(line).padStart(LINE_DIGITS, '0');
}

/** Undefined when the text is not a reference that yika wrote. */
export function parseReference(text: string): PaymentReference | undefined {
  if (!/^[0-9]{15}$/.test(text)) return undefined;
  return { batch: Number(text.slice(0, BATCH_DIGITS)), line: Number(text.slice(BATCH_DIGITS)) };
}
