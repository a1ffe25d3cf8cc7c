// The name that a bank gives its answer, where the format knows it.

import { compilePaymentFormat } from '../bank-file/compile-payment.js';
import { type PaymentFileRow, readPaymentFiles } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';
import { fileContextOf } from './file-context-of.js';

/** Empty when the bank does not say how it calls its answers. */
export async function expectedReturn(
  context: Pick<Context, 'formats'>,
  file: PaymentFileRow,
): Promise<string> {
  const { formats } = await context.formats();
  const definition = formats.get(file.format);
  if (definition === undefined) return '';
  return compilePaymentFormat(definition).returnFileName(fileContextOf(file)) ?? '';
}

/** The payment file whose answer would have this name; names only explain what content could not. */
export async function fileExpecting(
  context: Pick<Context, 'formats'>,
  session: Session,
  name: string,
): Promise<PaymentFileRow | undefined> {
  for (const file of await readPaymentFiles(session, undefined))
    if ((await expectedReturn(context, file)) === name) return file;
  return undefined;
}
