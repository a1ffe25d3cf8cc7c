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
  if (text.length !== REFERENCE_DIGITS) return undefined;
  let batch = 0;
  let line = 0;
  for (let at = 0; at < REFERENCE_DIGITS; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    if (at < BATCH_DIGITS) batch = batch * 10 + digit;
    else line = line * 10 + digit;
  }
  return { batch, line };
}
