// A PaymentRow filled from strings: for whoever plays the bank from a payment file that was read back, and for tests.
// Not for the hot path, where rows come as bytes.

import { parseReference } from '../base/payment-reference.js';
import type { PaymentRow } from './payment-row.js';

export interface RowValues {
  readonly reference?: string | undefined;
  readonly name?: string | undefined;
  readonly account: string;
  readonly residentId?: string | undefined;
  readonly amountFen: number;
  readonly bank?: number;
  readonly region?: number;
}

const encoder = new TextEncoder();

export function paymentRow(values: RowValues): PaymentRow {
  const name = encoder.encode(values.name ?? '');
  const account = encoder.encode(values.account);
  const residentId = encoder.encode(values.residentId ?? '');
  const bytes = new Uint8Array(name.length + account.length + residentId.length);
  bytes.set(name);
  bytes.set(account, name.length);
  bytes.set(residentId, name.length + account.length);
  const reference = parseReference(values.reference ?? '') ?? { batch: 0, line: 0 };
  return {
    bytes,
    nameFrom: 0,
    nameTo: name.length,
    accountFrom: name.length,
    accountTo: name.length + account.length,
    residentIdFrom: name.length + account.length,
    residentIdTo: bytes.length,
    bank: values.bank ?? 0,
    amountFen: values.amountFen,
    batch: reference.batch,
    line: reference.line,
    region: values.region ?? 0,
  };
}
