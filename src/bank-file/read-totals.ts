// Totals that a file declares about itself, against what was read from it. Nothing is trusted before its end: a
// header's or a trailer's count, amount or hash that disagrees refuses the file at the line that says it.

import { formatYuan } from '../money/fen.js';
import type { FileLayout } from './definition.js';
import { ExactSum } from './detail-sums.js';
import type { StaticValue } from './field-reader.js';
import type { Refuse } from './file-events.js';
import type { ReadRow } from './read-row.js';

/** Rows that were added up before. */
export interface RowSum {
  readonly count: number;
  /** How many of them have no amount. */
  readonly withoutAmount: number;
  readonly amountFen: bigint;
}

/** Rows and fen under one heading. */
export class Tally {
  count = 0;
  private readonly sum = new ExactSum();

  add(fen: number): void {
    this.count++;
    if (fen > 0) this.sum.add(fen);
  }

  addAll({ count, amountFen }: RowSum): void {
    this.count += count;
    this.sum.addAll(amountFen);
  }

  get amountFen(): bigint {
    return this.sum.total;
  }

  reset(): void {
    this.count = 0;
    this.sum.reset();
  }
}

interface Declared {
  readonly name: string;
  readonly value: StaticValue;
  readonly line: number;
}

/** Collects declared values; the same value declared twice must say the same. */
export class DeclaredValues {
  private readonly values = new Map<string, Declared>();
  private readonly refuse: Refuse;
  private readonly layout: FileLayout;

  constructor(refuse: Refuse, layout: FileLayout) {
    this.refuse = refuse;
    this.layout = layout;
  }

  add(name: string, value: StaticValue, line: number): void {
    const known = this.values.get(name);
    if (known === undefined) this.values.set(name, { name, value, line });
    else if (name === 'file.text' || name === 'batch.text') {
      this.values.set(name, { name, value: `${String(known.value)} ${String(value)}`, line });
    } else if (String(known.value) !== String(value) && isTotal(name)) {
      const [here, there] = [shown(name, BigInt(value)), shown(name, BigInt(known.value))];
      this.refuse(`${this.titleOf(name)} is ${here} here and ${there} in line ${known.line}`, line);
    }
  }

  get(name: string): StaticValue | undefined {
    return this.values.get(name)?.value;
  }

  text(name: string): string {
    const value = this.get(name);
    return value === undefined ? '' : String(value);
  }

  line(name: string): number {
    return this.values.get(name)?.line ?? 1;
  }

  /** Refuses the file when `name` is declared and is not between `least` and `most`. */
  require(name: string, least: bigint, most: bigint = least): void {
    const declared = this.values.get(name);
    if (declared === undefined) return;
    const value = BigInt(declared.value);
    if (value >= least && value <= most) return;
    const read = least === most ? shown(name, least) : `${shown(name, least)} to ${shown(name, most)}`;
    this.refuse(`${this.titleOf(name)} says ${shown(name, value)}, the rows give ${read}`, declared.line);
  }

  /** The value's name after what the bank's own layout calls it. */
  private titleOf(name: string): string {
    const field = Object.values(this.layout.records)
      .flatMap((records) => records.flatMap(({ fields }) => fields))
      .find(({ content }) => content.kind === 'value' && content.value === name);
    return field === undefined || field.name === name ? name : `"${field.name}": ${name}`;
  }

  clear(): void {
    this.values.clear();
  }
}

/** Amounts as people read them: fen would be mistaken for yuan. */
function shown(name: string, value: bigint): string {
  return name.endsWith('.amount') ? `${formatYuan(value)} yuan` : String(value);
}

function isTotal(name: string): boolean {
  return /\.(number|count|amount|records)$/.test(name) || name.includes('.hash.');
}

/** Hash totals over rows, compared under `file.hash.…` or `batch.hash.…`. */
export class HashTally {
  private readonly sums: ExactSum[];
  private readonly layout: FileLayout;

  constructor(layout: FileLayout) {
    this.layout = layout;
    this.sums = layout.hashes.map(() => new ExactSum());
  }

  add(row: ReadRow): void {
    for (let index = 0; index < this.sums.length; index++) this.sums[index]!.add(row.hashes[index] ?? 0);
  }

  compare(prefix: 'file' | 'batch', declared: DeclaredValues): void {
    this.layout.hashes.forEach((hash, index) => {
      declared.require(`${prefix}.hash.${hash.name}`, this.sums[index]!.total % 10n ** BigInt(hash.digits));
    });
  }

  reset(): void {
    for (const sum of this.sums) sum.reset();
  }
}
