// Whose money pays a line: the shares of the programme, or of the most special region that has its own.

import { assert } from '../base/assert.js';
import { covers, depthOf } from '../identity/region-code.js';
import { allocate, type CompiledShares, compileShares } from '../money/allocate.js';
import { parseRate } from '../money/rate.js';
import type { FundingShare, Programme } from './programme.js';

export interface FundingRule {
  /** In declared order, which settles ties. */
  readonly sources: readonly string[];
  readonly shares: CompiledShares;
}

/** Lines of one amount: a roster has few distinct amounts, so the split is made once for each. */
export interface AmountGroup {
  readonly amountFen: number;
  readonly count: number;
}

/** The rule for a region: its own, its prefecture's, its province's, else the programme's. */
export function fundingRuleFor(programme: Programme, region: number): FundingRule {
  let best: { depth: number; shares: readonly FundingShare[] } = { depth: 0, shares: programme.funding };
  for (const regional of programme.fundingByRegion) {
    const depth = depthOf(regional.region);
    if (depth > best.depth && covers(regional.region, region)) best = { depth, shares: regional.shares };
  }
  return compileFunding(best.shares);
}

export function compileFunding(shares: readonly FundingShare[]): FundingRule {
  const rates = shares.map(({ share }) => {
    const rate = parseRate(share);
    assert(rate !== undefined, 'a funding share is a decimal');
    return rate;
  });
  return { sources: shares.map(({ source }) => source), shares: compileShares(rates) };
}

/** Fen per source, in the order of rule.sources; together exactly the amount. */
export function splitAmount(amountFen: number, rule: FundingRule): number[] {
  return allocate(amountFen, rule.shares);
}

/** Adds up the splits of many lines, under one or several rules. */
export class FundingTotals {
  readonly #totals = new Map<string, bigint>();

  /** `count` lines of `amountFen` each: every line is split by itself, as the contract orders. */
  add(rule: FundingRule, amountFen: number, count = 1): void {
    const parts = splitAmount(amountFen, rule);
    for (const [index, source] of rule.sources.entries()) {
      const fen = BigInt(parts[index]!) * BigInt(count);
      this.#totals.set(source, (this.#totals.get(source) ?? 0n) + fen);
    }
  }

  /** Fen by source, sorted by its name, so that the answer does not depend on the order of the lines. */
  totals(): Map<string, bigint> {
    return new Map([...this.#totals].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)));
  }
}

/** Fen by source over groups that one rule holds for. */
export function fundingTotals(groups: Iterable<AmountGroup>, rule: FundingRule): Map<string, bigint> {
  const sum = new FundingTotals();
  for (const { amountFen, count } of groups) sum.add(rule, amountFen, count);
  return sum.totals();
}
