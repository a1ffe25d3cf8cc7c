// The funding shares of a batch, split again payment by payment: shares are a function of amount and region, so equal
// payments are split once and counted.

import { FAILED, PAID } from '../reconciliation/answer-rows.js';
import type { FundingSplit } from '../roster/tally.js';

export interface SourceShares {
  all: bigint;
  paid: bigint;
  failed: bigint;
  outstanding: bigint;
}

export class FundingShares {
  readonly #funding: FundingSplit;
  readonly #sources: Map<string, SourceShares>;

  constructor(funding: FundingSplit) {
    this.#funding = funding;
    this.#sources = new Map(
      funding.sources.map((source) => [source, { all: 0n, paid: 0n, failed: 0n, outstanding: 0n }]),
    );
  }

  /** `count` payments of one amount to people of one region, whose newest outcome is the same. */
  add(amountFen: number, region: number, outcome: number, count: number): void {
    const place = outcome === PAID ? 'paid' : outcome === FAILED ? 'failed' : 'outstanding';
    this.#funding.split(amountFen, this.#funding.ruleOf(region)).forEach((share, index) => {
      const sums = this.of(this.#funding.sources[index] as string);
      const amount = BigInt(share) * BigInt(count);
      sums.all += amount;
      sums[place] += amount;
    });
  }

  get sources(): readonly string[] {
    return this.#funding.sources;
  }

  /** Nothing for a source that the programme does not have. */
  of(source: string): SourceShares {
    return this.#sources.get(source) ?? { all: 0n, paid: 0n, failed: 0n, outstanding: 0n };
  }

  get all(): bigint {
    return [...this.#sources.values()].reduce((sum, { all }) => sum + all, 0n);
  }
}
