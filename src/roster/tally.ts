// Counts and sums of checked lines. Additive in any order, so each chunk has its own and the import adds them up; a
// line that is judged again takes its first verdict out and puts the second in.

import { FINDING_CODE_LIST, type Severity } from '../base/finding.js';
import type { LineVerdict } from './roster-line.js';

const CODES = FINDING_CODE_LIST.length;
export const SEVERITIES: readonly Severity[] = ['R', 'H', 'W'];

/** How payments are split by funding source; the same for all lines of a roster. */
export interface FundingSplit {
  /** Sources by number, in the order in which the catalogue names them first. */
  sources: readonly string[];
  ruleCount: number;
  /** Number of the funding rule that pays for people of a region. */
  ruleOf(region: number): number;
  /** Share of each source in one payment, in fen, by source number. */
  split(amountFen: number, rule: number): readonly number[];
}

/** What a tally is as plain data, to cross from a thread. */
export interface TallyData {
  lines: number;
  accepted: { count: number; amount: bigint };
  held: { count: number; amount: bigint };
  rejected: { count: number; amount: bigint };
  /** By code number * 3 + severity number. */
  findings: number[];
  banks: [bank: number, count: number, amount: bigint][];
  /** Fen by source number. */
  funding: bigint[];
}

export class Tally {
  lines = 0;
  accepted = { count: 0, amount: 0n };
  held = { count: 0, amount: 0n };
  rejected = { count: 0, amount: 0n };
  findings: number[] = new Array<number>(CODES * SEVERITIES.length).fill(0);
  banks = new Map<number, { count: number; amount: bigint }>();
  readonly #funding: FundingSplit;
  readonly #fundingSums: bigint[];
  /** Amount * rules + rule, and how often: equal payments are split once, with the same result as line by line. */
  readonly #groups = new Map<number, number>();

  constructor(funding: FundingSplit) {
    this.#funding = funding;
    this.#fundingSums = funding.sources.map(() => 0n);
  }

  /** `sign` is -1 to take a verdict out again. A deferred line has no verdict yet and is not counted. */
  add(verdict: LineVerdict, sign: 1 | -1 = 1): void {
    if (verdict.kind === 'deferred') return;
    this.lines += sign;
    for (const finding of verdict.findings) {
      const at = FINDING_CODE_LIST.indexOf(finding.code) * 3 + SEVERITIES.indexOf(finding.severity);
      this.findings[at] = (this.findings[at] as number) + sign;
    }
    const sum = this[verdict.kind];
    const amountFen = verdict.kind === 'accepted' ? verdict.payment.amountFen : verdict.amountFen;
    sum.count += sign;
    sum.amount += BigInt(sign * amountFen);
    if (verdict.kind !== 'accepted') return;
    const { bank, region } = verdict.payment;
    this.addBank(bank, sign, BigInt(sign * amountFen));
    this.addGroup(amountFen, this.#funding.ruleOf(region), sign);
  }

  /** Payments to one bank's customers, without their funding. */
  addAccepted(bank: number, count: number, amount: bigint): void {
    this.lines += count;
    this.accepted.count += count;
    this.accepted.amount += amount;
    this.addBank(bank, count, amount);
  }

  /** Lines that were held or rejected, without their findings. */
  addRefused(kind: 'held' | 'rejected', count: number, amount: bigint): void {
    this.lines += count;
    this[kind].count += count;
    this[kind].amount += amount;
  }

  /** By code number * 3 + severity number. */
  addFindings(counts: Uint32Array): void {
    for (let at = 0; at < counts.length; at++) {
      this.findings[at] = (this.findings[at] as number) + (counts[at] as number);
    }
  }

  addBank(bank: number, count: number, amount: bigint): void {
    const sum = this.banks.get(bank) ?? { count: 0, amount: 0n };
    sum.count += count;
    sum.amount += amount;
    this.banks.set(bank, sum);
  }

  addGroup(amountFen: number, rule: number, count: number): void {
    const key = amountFen * this.#funding.ruleCount + rule;
    this.#groups.set(key, (this.#groups.get(key) ?? 0) + count);
  }

  /** Fen by source number, of all accepted lines so far. */
  funding(): bigint[] {
    for (const [key, count] of this.#groups) {
      const rule = key % this.#funding.ruleCount;
      const shares = this.#funding.split((key - rule) / this.#funding.ruleCount, rule);
      shares.forEach((share, source) => {
        this.#fundingSums[source] = (this.#fundingSums[source] as bigint) + BigInt(share) * BigInt(count);
      });
    }
    this.#groups.clear();
    return [...this.#fundingSums];
  }

  merge(data: TallyData): void {
    this.lines += data.lines;
    for (const kind of ['accepted', 'held', 'rejected'] as const) {
      this[kind].count += data[kind].count;
      this[kind].amount += data[kind].amount;
    }
    data.findings.forEach((count, index) => {
      this.findings[index] = (this.findings[index] as number) + count;
    });
    for (const [bank, count, amount] of data.banks) this.addBank(bank, count, amount);
    data.funding.forEach((amount, source) => {
      this.#fundingSums[source] = (this.#fundingSums[source] as bigint) + amount;
    });
  }

  data(): TallyData {
    const { lines, accepted, held, rejected, findings } = this;
    // In order of bank, and without banks that all lines left again: the same whatever the order of the lines.
    const banks = [...this.banks]
      .filter(([, sum]) => sum.count > 0)
      .map(([bank, sum]): [number, number, bigint] => [bank, sum.count, sum.amount])
      .sort(([one], [other]) => one - other);
    return { lines, accepted, held, rejected, findings, banks, funding: this.funding() };
  }
}
