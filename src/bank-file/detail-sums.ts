// What was written, so that trailers can say it. Sums of several writers that wrote parts of one file are added up;
// the hashes are therefore kept whole, and cut to their digits only where they are written.

export interface DetailSums {
  /** Rows. */
  readonly count: number;
  readonly amountFen: bigint;
  /** Lines: one row may have several (addenda). */
  readonly records: number;
  /** In the order of the definition's `hashes`. */
  readonly hashes: readonly bigint[];
}

export const NO_SUMS: DetailSums = { count: 0, amountFen: 0n, records: 0, hashes: [] };

export function addSums(left: DetailSums, right: DetailSums): DetailSums {
  const length = Math.max(left.hashes.length, right.hashes.length);
  return {
    count: left.count + right.count,
    amountFen: left.amountFen + right.amountFen,
    records: left.records + right.records,
    hashes: Array.from({ length }, (_, index) => (left.hashes[index] ?? 0n) + (right.hashes[index] ?? 0n)),
  };
}

/** Two numbers up to it add up to a safe integer. */
const HALF = Math.floor(Number.MAX_SAFE_INTEGER / 2);

/** Sums safe integers without a bigint for every row: the number is emptied before it could become inexact. */
export class ExactSum {
  private whole = 0n;
  private rest = 0;

  add(value: number): void {
    if (value > HALF) {
      this.whole += BigInt(value);
      return;
    }
    this.rest += value;
    if (this.rest > HALF) this.empty();
  }

  addAll(sum: bigint): void {
    this.whole += sum;
  }

  get total(): bigint {
    this.empty();
    return this.whole;
  }

  reset(): void {
    this.whole = 0n;
    this.rest = 0;
  }

  private empty(): void {
    this.whole += BigInt(this.rest);
    this.rest = 0;
  }
}
