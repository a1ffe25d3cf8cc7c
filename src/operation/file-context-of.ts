import type { FileContext } from '../bank-file/file-context.js';
import type { PaymentFileRow } from '../store/payment-file-store.js';

/** What a payment file was written with. */
export function fileContextOf(file: PaymentFileRow): FileContext {
  const { number, bank, payDate, part, parts, count, amount, context } = file;
  return {
    ...context,
    ...{ fileNumber: number, bank: String(bank), payDate, part, parts, count, amountFen: amount },
  };
}
