// Payments as COPY rows. The same bytes are what the batch digest is taken over, so their form is part of the engine's
// promises: see batch/batch-digest.ts.

import { PersonRows } from '../directory/person-rows.js';
import type { PlannedPayment } from './roster-line.js';

/** Columns of a payment row, in the order in which they are copied in and out. */
export const PAYMENT_COLUMNS = [
  'line',
  'person',
  'sequence',
  'payee',
  'name',
  'bank',
  'account',
  'amount',
  'region',
  'follows_line',
  'department_line',
] as const;

/** Everything of a row but the bytes of its three texts. */
const PAYMENT_FIXED_BYTES = 2 + PAYMENT_COLUMNS.length * 4 + 40;

const UTF8_BYTES_MAX = 3;

export class PaymentRows extends PersonRows {
  put(line: number, payment: PlannedPayment, departmentLine: string): void {
    const characters = payment.name.length + payment.account.length + departmentLine.length;
    this.reserve(PAYMENT_FIXED_BYTES + characters * UTF8_BYTES_MAX);
    this.startRow(PAYMENT_COLUMNS.length);
    this.int4(line);
    this.person(payment.a, payment.b);
    this.int2(payment.sequence);
    if (payment.payee) this.person(payment.payee.a, payment.payee.b);
    else this.null();
    this.textOf(payment.name);
    this.int2(payment.bank);
    this.textOf(payment.account);
    this.int8Of(payment.amountFen);
    this.int4(payment.region);
    if (payment.followsLine === undefined) this.null();
    else this.int4(payment.followsLine);
    this.textOrNull(departmentLine);
  }
}
