// The newest outcome of every payment of a batch, by line: one byte a line, whatever else the bank said of it.

/** Lines above are kept in a map. Only a file with more blank lines than others has lines has any. */
const NEAR_LINES_MAX = 1 << 26;
const FIRST_LINES = 1 << 16;
const CLASS_MASK = 0x7f;
const HAS_PAYMENT = 0x80;

export class NewestOutcomes {
  #near = new Uint8Array(FIRST_LINES);
  readonly #far = new Map<number, number>();

  /** Outcomes are told from the oldest to the newest. `outcome` as the database keeps it, 1 to 4. */
  put(line: number, outcome: number): void {
    this.#set(line, outcome & CLASS_MASK);
  }

  /** The newest outcome of the payment of a line, 0 when nobody has said anything; that line's outcomes are not strays. */
  take(line: number): number {
    const outcome = this.#get(line);
    if (outcome !== 0) this.#set(line, outcome | HAS_PAYMENT);
    return outcome & CLASS_MASK;
  }

  /** Lines with outcomes whose payment was not asked for. */
  strays(): number {
    let count = 0;
    const isStray = (outcome: number): boolean => outcome !== 0 && (outcome & HAS_PAYMENT) === 0;
    for (const outcome of this.#near) if (isStray(outcome)) count++;
    for (const outcome of this.#far.values()) if (isStray(outcome)) count++;
    return count;
  }

  #get(line: number): number {
    if (line >= 0 && line < this.#near.length) return this.#near[line] as number;
    return this.#far.get(line) ?? 0;
  }

  #set(line: number, value: number): void {
    if (line < 0 || line >= NEAR_LINES_MAX) {
      this.#far.set(line, value);
      return;
    }
    if (line >= this.#near.length) this.#grow(line);
    this.#near[line] = value;
  }

  #grow(line: number): void {
    const grown = new Uint8Array(Math.min(NEAR_LINES_MAX, Math.max(line + 1, this.#near.length * 2)));
    grown.set(this.#near);
    this.#near = grown;
  }
}
