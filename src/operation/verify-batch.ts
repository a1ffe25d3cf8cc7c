// Proves rule 2 for one batch, again from the rows: roster lines = accepted + held + rejected; instructed = paid +
// failed + outstanding; in count and in fen, by batch, bank, file and funding source.

import { actorKey } from '../batch/approval.js';
import { formatYuan } from '../money/fen.js';
import { type Period, parsePeriod } from '../programme/period.js';
import { compileRules } from '../roster/rules.js';
import { readApprovals } from '../store/approval-store.js';
import { type BatchRow, readBatchBanks, readBatchFunding, type Sum } from '../store/batch-store.js';
import { readLiveBatches } from '../store/cycle-store.js';
import { readSegmentsOfBatch } from '../store/payment-file-store.js';
import { countOutcomes, groupOutcomes } from '../store/reconcile-store.js';
import type { Session } from '../store/session.js';
import {
  countFilesOutOfStep,
  countPaidTwice,
  countStrayOutcomes,
  sumFindings,
  sumPaymentsByBank,
  sumSegments,
} from '../store/verify-store.js';
import { programmeOfBatch } from './catalogue-in-force.js';
import { takeDigest } from './payment-digest.js';

export interface Check {
  name: string;
  ok: boolean;
  expected: string;
  actual: string;
}

const RELEASED = ['released', 'sent', 'reconciled', 'closed'];
const APPROVED = ['approved', ...RELEASED];
const NOTHING: Sum = { count: 0, amount: 0n };

export async function verifyBatch(session: Session, batch: BatchRow): Promise<Check[]> {
  const name = (what: string): string => `batch ${batch.number}: ${what}`;
  const checks: Check[] = [];
  const equal = (what: string, expected: string, actual: string): void => {
    checks.push({ name: name(what), ok: expected === actual, expected, actual });
  };
  const banks = await sumPaymentsByBank(session, batch.number);
  const accepted = total(banks);
  await checkLines(session, batch, accepted, equal);
  equal('payments by bank', textOfBanks(await readBatchBanks(session, batch.number)), textOfBanks(banks));
  equal(
    'digest of the payments',
    batch.digest.toString('hex'),
    Buffer.from(await takeDigest(session, batch)).toString('hex'),
  );
  await checkFunding(session, batch, equal);
  if (batch.state !== 'cancelled') {
    const live = await readLiveBatches(session, batch.programme, batch.cycle);
    const others = live.filter((number) => number !== batch.number);
    equal('people paid twice in the cycle', '0', String(await countPaidTwice(session, batch.number, others)));
  }
  if (APPROVED.includes(batch.state)) await checkApproval(session, batch, equal);
  if (RELEASED.includes(batch.state)) await checkOutcomes(session, batch, accepted, equal);
  return checks;
}

type Equal = (what: string, expected: string, actual: string) => void;

async function checkLines(session: Session, batch: BatchRow, accepted: Sum, equal: Equal): Promise<void> {
  const findings = await sumFindings(session, batch.number);
  const bySeverity = (severity: number): Sum => findings.find((row) => row.severity === severity) ?? NOTHING;
  const rejected = bySeverity(0);
  const held = bySeverity(1);
  equal('accepted', text(batch.acceptedCount, batch.acceptedAmount), text(accepted.count, accepted.amount));
  equal('held', text(batch.heldCount, batch.heldAmount), text(held.count, held.amount));
  equal('rejected', text(batch.rejectedCount, batch.rejectedAmount), text(rejected.count, rejected.amount));
  equal('lines', String(batch.lines), String(accepted.count + held.count + rejected.count));
}

/** Shares are a function of amount and region, so equal payments are split once and counted. */
async function checkFunding(session: Session, batch: BatchRow, equal: Equal): Promise<void> {
  const { programme } = await programmeOfBatch(session, batch);
  const { funding } = compileRules(programme, parsePeriod(batch.period) as Period, batch.region ?? undefined);
  const isReleased = RELEASED.includes(batch.state);
  const all = new Map(funding.sources.map((source) => [source, 0n]));
  const settled = new Map(
    funding.sources.map((source) => [source, { paid: 0n, failed: 0n, outstanding: 0n }]),
  );
  for (const group of await groupOutcomes(session, batch.number, isReleased)) {
    const shares = funding.split(Number(group.amount), funding.ruleOf(group.region));
    const place = group.class === 'paid' || group.class === 'failed' ? group.class : 'outstanding';
    shares.forEach((share, index) => {
      const source = funding.sources[index] as string;
      const amount = BigInt(share) * BigInt(group.count);
      all.set(source, (all.get(source) as bigint) + amount);
      (settled.get(source) as Record<typeof place, bigint>)[place] += amount;
    });
  }
  const stored = await readBatchFunding(session, batch.number);
  for (const { source, amount } of stored)
    equal(`funding ${source}`, formatYuan(amount), formatYuan(all.get(source) ?? 0n));
  const sum = [...all.values()].reduce((one, other) => one + other, 0n);
  equal('funding in all', formatYuan(batch.acceptedAmount), formatYuan(sum));
  if (!isReleased) return;
  for (const [source, { paid, failed, outstanding }] of settled) {
    const instructed = stored.find((row) => row.source === source)?.amount ?? 0n;
    const actual = formatYuan(paid + failed + outstanding);
    equal(`funding ${source}: paid + failed + outstanding`, formatYuan(instructed), actual);
  }
}

async function checkApproval(session: Session, batch: BatchRow, equal: Equal): Promise<void> {
  const submission = (await readApprovals(session, batch.number)).at(-1);
  equal('approval', 'approved', submission?.decision ?? 'none');
  equal('digest approved', batch.digest.toString('hex'), submission?.digest.toString('hex') ?? 'none');
  const isOther =
    submission?.decidedBy != null && actorKey(submission.decidedBy) !== actorKey(submission.submittedBy);
  equal('approved by another person', 'yes', isOther ? 'yes' : 'no');
}

async function checkOutcomes(session: Session, batch: BatchRow, accepted: Sum, equal: Equal): Promise<void> {
  const segments = await sumSegments(session, batch.number);
  for (const { file, stored, storedAmount, count, amount } of segments) {
    equal(`payments in file ${file}`, text(stored, storedAmount), text(count, amount));
  }
  const inFiles = total(segments);
  equal('payments in all files', text(accepted.count, accepted.amount), text(inFiles.count, inFiles.amount));
  equal(
    'files out of step with their payments',
    '0',
    String(await countFilesOutOfStep(session, batch.number)),
  );
  const counted = await countOutcomes(session, batch.number);
  const kept = await readSegmentsOfBatch(session, batch.number);
  const ofClass = (name: string): Sum => total(counted.filter((row) => row.class === name));
  const keptSum = (count: 'paidCount' | 'failedCount', amount: 'paidAmount' | 'failedAmount'): string =>
    text(
      kept.reduce((sum, row) => sum + row[count], 0),
      kept.reduce((sum, row) => sum + row[amount], 0n),
    );
  const paid = ofClass('paid');
  const failed = ofClass('failed');
  equal('paid', keptSum('paidCount', 'paidAmount'), text(paid.count, paid.amount));
  equal('failed', keptSum('failedCount', 'failedAmount'), text(failed.count, failed.amount));
  const rest = total(counted.filter((row) => row.class !== 'paid' && row.class !== 'failed'));
  const sum = total([paid, failed, rest]);
  equal(
    'instructed = paid + failed + outstanding',
    text(accepted.count, accepted.amount),
    text(sum.count, sum.amount),
  );
  for (const bank of [...new Set(counted.map((row) => row.bank))]) {
    const instructed =
      (await readBatchBanks(session, batch.number)).find((row) => row.bank === bank) ?? NOTHING;
    const actual = total(counted.filter((row) => row.bank === bank));
    equal(
      `bank ${bank}: paid + failed + outstanding`,
      text(instructed.count, instructed.amount),
      text(actual.count, actual.amount),
    );
  }
  equal('outcomes without a payment', '0', String(await countStrayOutcomes(session, batch.number)));
}

function total(sums: readonly Sum[]): Sum {
  return sums.reduce(
    (sum, row) => ({ count: sum.count + row.count, amount: sum.amount + row.amount }),
    NOTHING,
  );
}

function text(count: number, amount: bigint): string {
  return `${count} / ${formatYuan(amount)}`;
}

function textOfBanks(banks: readonly ({ bank: number } & Sum)[]): string {
  return banks.map((row) => `${row.bank}: ${text(row.count, row.amount)}`).join(', ');
}
