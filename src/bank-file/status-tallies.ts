// How many payments a file says have which status, against the rows that it lists. A status report may count what it
// does not list: whatever it counts as not paid and does not list leaves the unlisted payments open.

import { formatYuan } from '../money/fen.js';
import type { Outcome } from './definition.js';
import type { StaticValue } from './field-reader.js';
import type { Refuse } from './file-events.js';
import type { RowSum } from './read-totals.js';

interface DeclaredTally {
  count: bigint;
  amountFen: bigint | undefined;
  status: string;
  readonly line: number;
}

interface Listed {
  count: number;
  amountFen: bigint;
  /** Whether every row has an amount. */
  isComplete: boolean;
}

export class StatusTallies {
  private readonly declared: DeclaredTally[] = [];
  private readonly listed = new Map<string, Listed>();
  private readonly refuse: Refuse;

  constructor(refuse: Refuse) {
    this.refuse = refuse;
  }

  get isEmpty(): boolean {
    return this.declared.length === 0;
  }

  /** `key` is count, status or amount; each group begins with its count. */
  declare(key: string, value: StaticValue, line: number): void {
    if (key === 'count') {
      this.declared.push({ count: BigInt(value), amountFen: undefined, status: '', line });
      return;
    }
    const last = this.declared[this.declared.length - 1];
    if (last === undefined) this.refuse('a total by status has no count', line);
    else if (key === 'status') last.status = String(value);
    else last.amountFen = BigInt(value);
  }

  add(status: string, amountFen: number): void {
    const listed = this.of(status);
    listed.count++;
    if (amountFen < 0) listed.isComplete = false;
    else listed.amountFen += BigInt(amountFen);
  }

  addAll(status: string, { count, withoutAmount, amountFen }: RowSum): void {
    const listed = this.of(status);
    listed.count += count;
    if (withoutAmount > 0) listed.isComplete = false;
    listed.amountFen += amountFen;
  }

  private of(status: string): Listed {
    let listed = this.listed.get(status);
    if (listed === undefined) {
      listed = { count: 0, amountFen: 0n, isComplete: true };
      this.listed.set(status, listed);
    }
    return listed;
  }

  /**
   * Refuses what contradicts the rows; returns whether payments that are not paid are counted and not listed. `count` is
   * the number of payments that the file is about, when it says so.
   */
  leavesOpen(outcomeOf: (status: string) => Outcome, count: bigint | undefined): boolean {
    let isOpen = false;
    let sum = 0n;
    for (const tally of this.declared) {
      sum += tally.count;
      const listed = this.listed.get(tally.status);
      const rows = BigInt(listed?.count ?? 0);
      const outcome = outcomeOf(tally.status);
      if (rows > tally.count || (rows < tally.count && outcome === 'failed' && this.listed.size > 0))
        this.refuse(
          `the status ${tally.status} stands for ${tally.count} payments, the rows give ${rows}`,
          tally.line,
        );
      if (rows < tally.count) isOpen ||= outcome !== 'paid';
      else this.compareAmount(tally, listed);
    }
    if (this.isEmpty || count === undefined) return isOpen;
    const { line } = this.declared[0]!;
    if (sum > count)
      this.refuse(`the totals by status are of ${sum} payments, the file is about ${count}`, line);
    return isOpen || sum < count;
  }

  private compareAmount(tally: DeclaredTally, listed: Listed | undefined): void {
    const { amountFen } = tally;
    if (amountFen === undefined || !(listed?.isComplete ?? true)) return;
    const sum = listed?.amountFen ?? 0n;
    if (sum === amountFen) return;
    const [said, read] = [formatYuan(amountFen), formatYuan(sum)];
    this.refuse(`the status ${tally.status} stands for ${said} yuan, the rows give ${read}`, tally.line);
  }

  clear(): void {
    this.declared.length = 0;
    this.listed.clear();
  }
}
