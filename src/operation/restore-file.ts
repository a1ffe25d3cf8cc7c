// Writes a payment file again, with the same bytes, from what the database keeps of it. Whoever calls compares the digest:
// a format that was changed since gives other bytes, which must not go out under this name.

import { compilePaymentFormat } from '../bank-file/compile-payment.js';
import { planFile } from '../bank-file/plan-file.js';
import type { BankPlan } from '../bank-file/write-segments.js';
import { EngineError } from '../base/error.js';
import { digestInOutbox, placeInOutbox } from '../exchange/outbox.js';
import { readOtherIdentifiers } from '../store/base-store.js';
import { type PaymentFileRow, readSegments, type SegmentRow } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';
import { copiedSegments } from './copied-batches.js';
import { fileContextOf } from './file-context-of.js';
import { loadInstructed } from './load-instructed.js';
import { writePaymentFiles } from './write-payment-files.js';

/** Does nothing while the outbox holds the file. */
export async function restoreFile(context: Context, session: Session, file: PaymentFileRow): Promise<void> {
  if ((await digestInOutbox(context.dataFolder, file.name))?.equals(file.digest)) return;
  const segments = await readSegments(session, file.number);
  const plan = await planAgain(context, session, file, segments);
  const others = await readOtherIdentifiers(session);
  const copied = copiedSegments(session, file.bank, segments);
  const [written] = await writePaymentFiles(context, [plan], others, copied);
  if (!written || !file.digest.equals(written.digest)) {
    throw new EngineError('PAYMENT_FILE_CHANGED', { file: file.name, problem: 'formatChanged' });
  }
  await placeInOutbox(context.dataFolder, [file.name]);
}

export async function planAgain(
  context: Context,
  session: Session,
  file: PaymentFileRow,
  segments: readonly SegmentRow[],
): Promise<BankPlan> {
  const { formats } = await context.formats();
  const definition = formats.get(file.format);
  if (!definition) throw new EngineError('FORMAT_UNKNOWN', { format: file.format });
  const { amountFen } = await loadInstructed(session, file, segments);
  const { limits } = compilePaymentFormat(definition);
  const [planned] = planFile(limits, file.count, (index) => amountFen[index] as number);
  if (!planned) throw new EngineError('PAYMENT_FILE_CHANGED', { file: file.name, problem: 'formatChanged' });
  const batchAmounts = planned.batches.map(({ first, count }) => {
    let sum = 0n;
    for (let index = first; index < first + count; index++) sum += BigInt(amountFen[index] as number);
    return sum;
  });
  return { bank: file.bank, definition, files: [{ planned, context: fileContextOf(file), batchAmounts }] };
}
