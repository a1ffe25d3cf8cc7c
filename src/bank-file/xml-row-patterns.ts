// The patterns of the rows that a file has had lately. A bank writes few: paid rows, failed ones with a reason.

import type { HighLength } from './xml-character.js';
import { type Leaf, patternOf, type RowPattern, type Unit } from './xml-row-pattern.js';

/** Looked at for every row, the one that fitted last first. */
const KNOWN_MAX = 4;
/** Rows that are learned from whatever comes of it; afterwards as many as patterns have spared. */
const TRIALS = 32;

export class RowPatterns {
  private readonly known: RowPattern[] = [];
  private learned = 0;
  private matched = 0;
  private viewed: Buffer | undefined;
  private view: DataView = new DataView(new ArrayBuffer(0));
  /** Where the row ends that was matched last. */
  end = 0;

  match(bytes: Buffer, at: number, end: number, highLength: HighLength): RowPattern | undefined {
    const { known } = this;
    if (bytes !== this.viewed) {
      this.viewed = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    for (let index = 0; index < known.length; index++) {
      const pattern = known[index]!;
      const matchEnd = pattern.match(bytes, this.view, at, end, highLength);
      if (matchEnd === -1) continue;
      this.end = matchEnd;
      this.matched++;
      known[index] = known[0]!;
      known[0] = pattern;
      return pattern;
    }
    return undefined;
  }

  /** Rows that were read by these patterns elsewhere. */
  addMatched(rows: number): void {
    this.matched += rows;
  }

  get all(): readonly RowPattern[] {
    return this.known;
  }

  /** Learns a row that no pattern fitted; answers with whether there is another pattern now. */
  learn(unit: Unit, leaves: readonly Leaf[]): boolean {
    if (this.learned >= TRIALS + this.matched) return false;
    this.learned++;
    const pattern = patternOf(unit, leaves);
    if (pattern === undefined) return false;
    this.known.unshift(pattern);
    if (this.known.length > KNOWN_MAX) this.known.pop();
    return true;
  }
}
