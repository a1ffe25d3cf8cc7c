// Approved batches into the outbox: one payment file a bank, in that bank's format. In one transaction; the files get
// their place only when it is committed, so a killed release leaves either nothing or all of them.

import { createHash } from 'node:crypto';
import { EngineError } from '../base/error.js';
import { stepOf } from '../batch/lifecycle.js';
import { outboxPath, placeInOutbox, refuseForeignFile, syncAside } from '../exchange/outbox.js';
import { parseCalendarDate } from '../identity/calendar-date.js';
import { readOtherIdentifiers } from '../store/base-store.js';
import { type BatchRow, indexPaymentLines, moveBatch, type PaymentOrder } from '../store/batch-store.js';
import { addEvent } from '../store/event-store.js';
import { createOutcomeTable } from '../store/outcome-store.js';
import { insertContent, insertPaymentFile, insertSegments } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import { programmeOfBatch } from './catalogue-in-force.js';
import type { Context } from './context.js';
import { approvedBatches } from './copied-batches.js';
import { openSubmission } from './open-submission.js';
import { planRelease } from './plan-release.js';
import { settleOutbox } from './settle-outbox.js';
import { takeBatch } from './step-batch.js';
import { today } from './today.js';
import { type WrittenFile, writePaymentFiles } from './write-payment-files.js';

export interface ReleasedFile {
  name: string;
  path: string;
  bank: string;
  format: string;
  count: number;
  amount: bigint;
  /** SHA-256, hexadecimal. */
  digest: string;
}

export interface ReleaseAnswer {
  batches: number[];
  payDate: string;
  files: ReleasedFile[];
}

export async function releaseBatches(
  context: Context,
  input: { batches: readonly number[]; payDate?: string | undefined },
): Promise<ReleaseAnswer> {
  const numbers = [...new Set(input.batches)].sort((one, other) => one - other);
  const payDate = input.payDate ?? today(context);
  if (!parseCalendarDate(payDate) || numbers.length === 0) {
    throw new EngineError('USAGE_INVALID', { option: '--pay-date', value: payDate });
  }
  const files = await context.database.withSession(async (session) => {
    await settleOutbox(context, session);
    return await inEitherOrder((order) =>
      session.transaction(() => release(context, session, numbers, payDate, order)),
    );
  });
  await placeInOutbox(
    context.dataFolder,
    files.map((file) => file.name),
  );
  return { batches: numbers, payDate, files };
}

/**
 * First with the payments as they are stored; should the digests not be theirs in that order, sorted. Nothing of a
 * refused try stays: it was one transaction, and its files were written aside.
 */
async function inEitherOrder<Answer>(release: (order: PaymentOrder) => Promise<Answer>): Promise<Answer> {
  try {
    return await release('asStored');
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 'DIGEST_CHANGED')) throw error;
    return await release('byLine');
  }
}

async function release(
  context: Context,
  session: Session,
  numbers: readonly number[],
  payDate: string,
  order: PaymentOrder,
): Promise<ReleasedFile[]> {
  const batches: BatchRow[] = [];
  const programmes: string[] = [];
  for (const number of numbers) {
    const batch = await takeBatch(session, number);
    stepOf('release', number, batch.state);
    await refuseUnapproved(session, batch);
    const { programme } = await programmeOfBatch(session, batch);
    batches.push(batch);
    if (!programmes.includes(programme.name)) programmes.push(programme.name);
  }
  const plans = await planRelease(context, session, batches, programmes, payDate, order);
  const others = await readOtherIdentifiers(session);
  const copied = approvedBatches(session, batches, order);
  const written = await writePaymentFiles(context, plans, others, copied);
  await syncAside(context.dataFolder);
  for (const file of written) await refuseForeignFile(context.dataFolder, file.name);
  const released: ReleasedFile[] = [];
  for (const file of written) released.push(await recordFile(context, session, file, payDate));
  for (const batch of batches) {
    await createOutcomeTable(session, batch.number);
    await indexPaymentLines(session, batch.number);
    await moveBatch(session, batch.number, batch.state, 'released');
    const detail = { digest: batch.digest.toString('hex'), payDate, files: released.map(({ name }) => name) };
    await addEvent(session, { actor: context.actor, action: 'batch.release', batch: batch.number, detail });
  }
  return released;
}

/** The approval in force must be of exactly these payments; their digest is taken again while the files are written. */
async function refuseUnapproved(session: Session, batch: BatchRow): Promise<void> {
  const submission = await openSubmission(session, batch.number);
  if (submission.decision !== 'approved' || !submission.digest.equals(batch.digest)) {
    throw new EngineError('DIGEST_CHANGED', { batch: batch.number });
  }
}

async function recordFile(
  context: Context,
  session: Session,
  file: WrittenFile,
  payDate: string,
): Promise<ReleasedFile> {
  const planned = file.plan.files[file.index] as WrittenFile['plan']['files'][number];
  const { fileNumber, part, parts, count, amountFen } = planned.context;
  const format = file.plan.definition.name;
  await insertPaymentFile(session, {
    number: fileNumber,
    name: file.name,
    bank: file.plan.bank,
    format,
    formatDigest: digestOf(file.plan.definition),
    payDate,
    part,
    parts,
    count,
    amount: amountFen,
    size: file.size,
    digest: file.digest,
    context: { ...planned.context, amountFen: undefined },
    writtenBy: context.actor,
  });
  await insertSegments(session, file.segments);
  for (const [batch, payments] of file.contents)
    await insertContent(session, { file: fileNumber, batch, payments });
  return {
    name: file.name,
    path: await outboxPath(context.dataFolder, file.name),
    bank: String(file.plan.bank),
    format,
    count,
    amount: amountFen,
    digest: Buffer.from(file.digest).toString('hex'),
  };
}

function digestOf(definition: unknown): Uint8Array {
  const text = JSON.stringify(definition, (_key, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return createHash('sha256').update(text).digest();
}
