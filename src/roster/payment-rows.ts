// Payments as COPY rows. The same bytes are what the batch digest is taken over, so their form is part of the engine's
// promises: see batch/batch-digest.ts.

import { personHigh, personLow } from '../directory/person-key.js';
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

/** Everything of a row but the bytes of its three texts, and room for what textFrom may write behind the last one. */
export const PAYMENT_FIXED_BYTES = 2 + PAYMENT_COLUMNS.length * 4 + 40 + 3;

const UTF8_BYTES_MAX = 3;

const HEAD_BYTES = 32;
const TAIL_BYTES = 24;

export class PaymentRows extends PersonRows {
  /** The columns before the name of a first payment to the person themselves; room was reserved. */
  putPlainHead(line: number, a: number, b: number): void {
    const { view, length: at } = this;
    view.setInt16(at, PAYMENT_COLUMNS.length);
    view.setInt32(at + 2, 4);
    view.setInt32(at + 6, line);
    view.setInt32(at + 10, 8);
    view.setInt32(at + 14, personHigh(a, b));
    view.setInt32(at + 18, personLow(a, b));
    view.setInt32(at + 22, 2);
    view.setInt16(at + 26, 0);
    view.setInt32(at + 28, -1);
    this.length = at + HEAD_BYTES;
  }

  /** The columns between the account and the department's line number. */
  putPlainTail(amountFen: number, region: number): void {
    const { view, length: at } = this;
    view.setInt32(at, 8);
    view.setInt32(at + 4, Math.floor(amountFen / 0x100000000));
    view.setInt32(at + 8, amountFen | 0);
    view.setInt32(at + 12, 4);
    view.setInt32(at + 16, region);
    view.setInt32(at + 20, -1);
    this.length = at + TAIL_BYTES;
  }

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
