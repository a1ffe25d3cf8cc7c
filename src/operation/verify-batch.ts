// Proves rule 2 for one batch, again from the rows: roster lines = accepted + held + rejected; instructed = paid +
// failed + outstanding; in count and in fen, by batch, bank, file and funding source.

import { actorKey } from '../batch/approval.js';
import { formatYuan } from '../money/fen.js';
import { type Period, parsePeriod } from '../programme/period.js';
import { FAILED, PAID, PENDING, UNRESOLVED } from '../reconciliation/answer-rows.js';
import type { BatchCount } from '../reconciliation/batch-count.js';
import { compileRules, type RosterRules } from '../roster/rules.js';
import { readApprovals } from '../store/approval-store.js';
import { type BatchRow, readBatchBanks, readBatchFunding, type Sum } from '../store/batch-store.js';
import { readLiveBatches } from '../store/cycle-store.js';
import { readSegmentsOfBatch } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';
import { countFilesOutOfStep, countPaidTwice, sumFindings } from '../store/verify-store.js';
import { programmeOfBatch } from './catalogue-in-force.js';
import { countBatch } from './count-batch.js';
import { FundingShares } from './funding-shares.js';

export interface Check {
  name: string;
  ok: boolean;
  expected: string;
  actual: string;
}

const RELEASED = ['released', 'sent', 'reconciled', 'closed'];
const APPROVED = ['approved', ...RELEASED];
/** Nobody said anything, or nothing final. */
const OUTSTANDING = [0, PENDING, UNRESOLVED];
const NOTHING: Sum = { count: 0, amount: 0n };

export async function verifyBatch(session: Session, batch: BatchRow): Promise<Check[]> {
  const name = (what: string): string => `batch ${batch.number}: ${what}`;
  const checks: Check[] = [];
  const equal = (what: string, expected: string, actual: string): void => {
    checks.push({ name: name(what), ok: expected === actual, expected, actual });
  };
  const isReleased = RELEASED.includes(batch.state);
  const { funding } = await rulesOf(session, batch);
  let shares = new FundingShares(funding);
  const { count, digest } = await countBatch(session, batch, isReleased, () => {
    shares = new FundingShares(funding);
    return (amountFen, region, outcome, payments) => shares.add(amountFen, region, outcome, payments);
  });
  const accepted = total(count.banks().map(({ all }) => all));
  await checkLines(session, batch, accepted, equal);
  const byBank = count.banks().map(({ bank, all }) => ({ bank, ...all }));
  equal('payments by bank', textOfBanks(await readBatchBanks(session, batch.number)), textOfBanks(byBank));
  equal('digest of the payments', batch.digest.toString('hex'), Buffer.from(digest).toString('hex'));
  await checkFunding(session, batch, isReleased, shares, equal);
  if (batch.state !== 'cancelled') {
    const live = await readLiveBatches(session, batch.programme, batch.cycle);
    const others = live.filter((number) => number !== batch.number);
    equal('people paid twice in the cycle', '0', String(await countPaidTwice(session, batch.number, others)));
  }
  if (APPROVED.includes(batch.state)) await checkApproval(session, batch, equal);
  if (isReleased) await checkOutcomes(session, batch, count, accepted, equal);
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

async function rulesOf(session: Session, batch: BatchRow): Promise<RosterRules> {
  const { programme } = await programmeOfBatch(session, batch);
  return compileRules(programme, parsePeriod(batch.period) as Period, batch.region ?? undefined);
}

async function checkFunding(
  session: Session,
  batch: BatchRow,
  isReleased: boolean,
  shares: FundingShares,
  equal: Equal,
): Promise<void> {
  const stored = await readBatchFunding(session, batch.number);
  for (const { source, amount } of stored) {
    equal(`funding ${source}`, formatYuan(amount), formatYuan(shares.of(source).all));
  }
  equal('funding in all', formatYuan(batch.acceptedAmount), formatYuan(shares.all));
  if (!isReleased) return;
  for (const source of shares.sources) {
    const instructed = stored.find((row) => row.source === source)?.amount ?? 0n;
    const { paid, failed, outstanding } = shares.of(source);
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

async function checkOutcomes(
  session: Session,
  batch: BatchRow,
  count: BatchCount,
  accepted: Sum,
  equal: Equal,
): Promise<void> {
  const segments = await readSegmentsOfBatch(session, batch.number);
  for (const file of [...new Set(segments.map((segment) => segment.file))]) {
    const stored = total(segments.filter((segment) => segment.file === file));
    const inFile = count.inFile(file);
    equal(`payments in file ${file}`, text(stored.count, stored.amount), text(inFile.count, inFile.amount));
  }
  const inFiles = total([...new Set(segments.map(({ file }) => file))].map((file) => count.inFile(file)));
  equal('payments in all files', text(accepted.count, accepted.amount), text(inFiles.count, inFiles.amount));
  equal(
    'files out of step with their payments',
    '0',
    String(await countFilesOutOfStep(session, batch.number)),
  );
  const banks = count.banks();
  const ofClass = (outcome: number): Sum => total(banks.map(({ byOutcome }) => byOutcome[outcome] as Sum));
  const paid = ofClass(PAID);
  const failed = ofClass(FAILED);
  const keptPaid = total(segments.map((row) => ({ count: row.paidCount, amount: row.paidAmount })));
  const keptFailed = total(segments.map((row) => ({ count: row.failedCount, amount: row.failedAmount })));
  equal('paid', text(keptPaid.count, keptPaid.amount), text(paid.count, paid.amount));
  equal('failed', text(keptFailed.count, keptFailed.amount), text(failed.count, failed.amount));
  const sum = total([paid, failed, ...OUTSTANDING.map(ofClass)]);
  equal(
    'instructed = paid + failed + outstanding',
    text(accepted.count, accepted.amount),
    text(sum.count, sum.amount),
  );
  const stored = await readBatchBanks(session, batch.number);
  for (const { bank, byOutcome } of banks) {
    const instructed = stored.find((row) => row.bank === bank) ?? NOTHING;
    const actual = total(byOutcome);
    equal(
      `bank ${bank}: paid + failed + outstanding`,
      text(instructed.count, instructed.amount),
      text(actual.count, actual.amount),
    );
  }
  equal('outcomes without a payment', '0', String(count.strays()));
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
