// Sums of the payments that the fast path accepts, kept as plain numbers beside the tally's bigints and added to it once
// a chunk. All sums of a chunk are safe integers: see FAST_FEN_MAX in fast-line.ts.

import type { Tally } from './tally.js';

/** Entries of the table in front of the tally's map; a prime, so that round amounts spread. */
const GROUP_CACHE = 251;
const BANK_CODES = 1024;

export class FastSums {
  readonly #bankCounts = new Float64Array(BANK_CODES);
  readonly #bankFen = new Float64Array(BANK_CODES);
  readonly #groupFen = new Float64Array(GROUP_CACHE);
  readonly #groupRule = new Int32Array(GROUP_CACHE);
  readonly #groupCount = new Int32Array(GROUP_CACHE);
  #tally: Tally;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /** Sums of what follows go to this tally. */
  begin(tally: Tally): void {
    this.#tally = tally;
  }

  /** Counts equal payments in a small table in front of the tally's map: most rosters have a handful of amounts. */
  add(bank: number, amountFen: number, rule: number): void {
    this.#bankCounts[bank] = (this.#bankCounts[bank] as number) + 1;
    this.#bankFen[bank] = (this.#bankFen[bank] as number) + amountFen;
    const at = (amountFen + rule * 7) % GROUP_CACHE;
    if (this.#groupFen[at] !== amountFen || this.#groupRule[at] !== rule) {
      this.#flushGroup(at);
      this.#groupFen[at] = amountFen;
      this.#groupRule[at] = rule;
    }
    this.#groupCount[at] = (this.#groupCount[at] as number) + 1;
  }

  /** Moves everything into the tally. */
  flush(): void {
    for (let at = 0; at < GROUP_CACHE; at++) this.#flushGroup(at);
    for (let bank = 0; bank < BANK_CODES; bank++) if (this.#bankCounts[bank] !== 0) this.#flushBank(bank);
  }

  #flushBank(bank: number): void {
    this.#tally.addAccepted(bank, this.#bankCounts[bank] as number, BigInt(this.#bankFen[bank] as number));
    this.#bankCounts[bank] = 0;
    this.#bankFen[bank] = 0;
  }

  #flushGroup(at: number): void {
    const count = this.#groupCount[at] as number;
    if (count > 0) this.#tally.addGroup(this.#groupFen[at] as number, this.#groupRule[at] as number, count);
    this.#groupCount[at] = 0;
  }
}
