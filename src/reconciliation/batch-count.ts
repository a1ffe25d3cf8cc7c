// Counts a batch again from its payments, one by one, and what banks said of them: by bank, by payment file, and by amount
// and region, which is what the funding shares are made of. All in one pass, because reading the rows is what takes time.

import { ExactSum } from '../bank-file/detail-sums.js';
import { OUTCOME_CLASSES } from './answer-rows.js';
import type { NewestOutcomes } from './newest-outcomes.js';

/** Where payments of the batch stand: in a file of a bank, between two lines. Those of one bank do not overlap. */
export interface CountedSegment {
  file: number;
  bank: number;
  firstLine: number;
  lastLine: number;
}

export interface CountedSum {
  count: number;
  amount: bigint;
}

/** Equal payments of one region with the same newest outcome (0 none). */
export type VisitGroup = (amountFen: number, region: number, outcome: number, count: number) => void;

/** Groups kept at once; a roster of unequal amounts gives them away before they grow with it. */
const GROUPS_MAX = 100_000;
const CLASSES = OUTCOME_CLASSES.length + 1;

export class BatchCount {
  readonly #outcomes: NewestOutcomes | undefined;
  readonly #visitGroup: VisitGroup;
  /** By bank: totals by newest outcome. */
  readonly #banks = new Map<number, Total[]>();
  readonly #segments = new Map<number, { segments: CountedSegment[]; at: number }>();
  readonly #files = new Map<number, Total>();
  /** By region * CLASSES + outcome: how many payments by amount. */
  readonly #groups = new Map<number, Map<number, number>>();
  #groupCount = 0;
  #last: { bank: number; totals: Total[] } | undefined;

  /** `outcomes` is undefined where nobody can have said anything yet. */
  constructor(
    outcomes: NewestOutcomes | undefined,
    segments: readonly CountedSegment[],
    visitGroup: VisitGroup,
  ) {
    this.#outcomes = outcomes;
    this.#visitGroup = visitGroup;
    for (const segment of [...segments].sort((one, other) => one.firstLine - other.firstLine)) {
      const ofBank = this.#segments.get(segment.bank);
      if (ofBank) ofBank.segments.push(segment);
      else this.#segments.set(segment.bank, { segments: [segment], at: 0 });
      this.#files.set(segment.file, new Total());
    }
  }

  /** Payments come in order of line. */
  payment(line: number, bank: number, amountFen: number, region: number): void {
    const outcome = this.#outcomes?.take(line) ?? 0;
    if (this.#last?.bank !== bank) this.#last = { bank, totals: this.#totalsOf(bank) };
    (this.#last.totals[outcome] as Total).add(amountFen);
    const segment = this.#segmentOf(line, bank);
    if (segment) (this.#files.get(segment.file) as Total).add(amountFen);
    this.#group(region * CLASSES + outcome, amountFen);
  }

  /** Gives the last groups away. */
  finish(): void {
    for (const [key, amounts] of this.#groups) {
      const outcome = key % CLASSES;
      for (const [amountFen, count] of amounts) {
        this.#visitGroup(amountFen, (key - outcome) / CLASSES, outcome, count);
      }
    }
    this.#groups.clear();
    this.#groupCount = 0;
  }

  /** In order of bank; each with its sums by newest outcome, none first. */
  banks(): { bank: number; all: CountedSum; byOutcome: CountedSum[] }[] {
    return [...this.#banks]
      .sort(([one], [other]) => one - other)
      .map(([bank, totals]) => {
        const byOutcome = totals.map((total) => total.sum);
        return { bank, all: addUp(byOutcome), byOutcome };
      });
  }

  /** Payments that stand in the segments of a file. */
  inFile(file: number): CountedSum {
    return this.#files.get(file)?.sum ?? { count: 0, amount: 0n };
  }

  /** Lines of which a bank said something, and which are no payment. */
  strays(): number {
    return this.#outcomes?.strays() ?? 0;
  }

  #totalsOf(bank: number): Total[] {
    let totals = this.#banks.get(bank);
    if (totals === undefined) {
      totals = Array.from({ length: CLASSES }, () => new Total());
      this.#banks.set(bank, totals);
    }
    return totals;
  }

  #segmentOf(line: number, bank: number): CountedSegment | undefined {
    const ofBank = this.#segments.get(bank);
    if (ofBank === undefined) return undefined;
    const { segments } = ofBank;
    while (ofBank.at < segments.length && (segments[ofBank.at] as CountedSegment).lastLine < line)
      ofBank.at++;
    const segment = segments[ofBank.at];
    return segment !== undefined && segment.firstLine <= line ? segment : undefined;
  }

  #group(key: number, amountFen: number): void {
    let amounts = this.#groups.get(key);
    if (amounts === undefined) {
      amounts = new Map();
      this.#groups.set(key, amounts);
    }
    const count = amounts.get(amountFen);
    amounts.set(amountFen, (count ?? 0) + 1);
    if (count === undefined && ++this.#groupCount > GROUPS_MAX) this.finish();
  }
}

class Total {
  #count = 0;
  readonly #fen = new ExactSum();

  add(amountFen: number): void {
    this.#count++;
    this.#fen.add(amountFen);
  }

  get sum(): CountedSum {
    return { count: this.#count, amount: this.#fen.total };
  }
}

function addUp(sums: readonly CountedSum[]): CountedSum {
  return {
    count: sums.reduce((count, sum) => count + sum.count, 0),
    amount: sums.reduce((amount, sum) => amount + sum.amount, 0n),
  };
}
