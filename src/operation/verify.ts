// Proves every fen of one batch or of all, from the database, and with --files from the files as well.

import { sourceOf } from '../bank-file/layout-reader.js';
import { type PaymentFileVisitor, readPaymentFile } from '../bank-file/read-payment-file.js';
import { EngineError } from '../base/error.js';
import { formatReference } from '../base/payment-reference.js';
import { digestInOutbox, outboxPath } from '../exchange/outbox.js';
import { withoutLeadingZeros } from '../identity/account-number.js';
import { formatYuan } from '../money/fen.js';
import { readBatch, readBatches } from '../store/batch-store.js';
import { type PaymentFileRow, readPaymentFiles, readSegments } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import { readBankFile } from '../worker/read-bank-file.js';
import type { Context } from './context.js';
import { loadInstructed } from './load-instructed.js';
import { settleOutbox } from './settle-outbox.js';
import { type Check, verifyBatch } from './verify-batch.js';

export interface VerifyAnswer {
  ok: boolean;
  checks: Check[];
}

export async function verify(
  context: Context,
  input: { batch?: number | undefined; files: boolean },
): Promise<VerifyAnswer> {
  return await context.database.withSession(async (session) => {
    await settleOutbox(context, session);
    const batches =
      input.batch === undefined ? await readBatches(session) : [await readBatch(session, input.batch)];
    const checks: Check[] = [];
    for (const batch of batches) {
      if (!batch) throw new EngineError('BATCH_UNKNOWN', { batch: input.batch });
      checks.push(...(await verifyBatch(session, batch)));
    }
    if (input.files) {
      for (const file of await readPaymentFiles(session, input.batch)) {
        checks.push(...(await verifyFile(context, session, file)));
      }
    }
    return { ok: checks.every((check) => check.ok), checks };
  });
}

/** The file's bytes are those that were written, and every row in it is the payment that the database has. */
async function verifyFile(context: Context, session: Session, file: PaymentFileRow): Promise<Check[]> {
  const name = (what: string): string => `file ${file.name}: ${what}`;
  const expected = file.digest.toString('hex');
  const actual = (await digestInOutbox(context.dataFolder, file.name))?.toString('hex') ?? 'missing';
  const digest = { name: name('digest'), ok: expected === actual, expected, actual };
  if (!digest.ok) return [digest];
  const rows = await compareRows(context, session, file);
  return [digest, { name: name('payments'), ok: rows.actual === rows.expected, ...rows }];
}

async function compareRows(
  context: Context,
  session: Session,
  file: PaymentFileRow,
): Promise<{ expected: string; actual: string }> {
  const { formats } = await context.formats();
  const definition = formats.get(file.format);
  if (!definition) throw new EngineError('FORMAT_UNKNOWN', { format: file.format });
  const segments = await readSegments(session, file.number);
  const instructed = await loadInstructed(session, file, segments, { accounts: true });
  let count = 0;
  let amount = 0n;
  let different = 0;
  const batchAt = (index: number): number =>
    instructed.segments.find(({ first, count }) => index >= first && index < first + count)?.batch ?? 0;
  const path = await outboxPath(context.dataFolder, file.name);
  const visit: PaymentFileVisitor = {
    file: () => undefined,
    row(row) {
      const index = row.sequence - 1;
      count++;
      amount += BigInt(row.amountFen);
      const line = instructed.lines[index] ?? 0;
      const isSame =
        row.amountFen === instructed.amountFen[index] &&
        withoutLeadingZeros(row.account.trim()) === withoutLeadingZeros(instructed.accounts?.[index] ?? '') &&
        (row.reference === undefined || row.reference === formatReference(batchAt(index), line));
      if (!isSame) different++;
    },
    end: () => undefined,
  };
  const reads = sourceOf(definition.payment.layout);
  await readBankFile(path, reads, (source) => readPaymentFile(definition, source, visit));
  const text = (rows: number, fen: bigint, wrong: number): string =>
    `${rows} / ${formatYuan(fen)}, ${wrong} different`;
  return { expected: text(file.count, file.amount, 0), actual: text(count, amount, different) };
}
