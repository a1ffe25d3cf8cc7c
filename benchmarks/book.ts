// What was measured, and whether everybody found the same: a faster wrong answer is no result.

import { createHash } from 'node:crypto';
import type { Done, Facts, SideName } from './job.js';
import type { ExpectedRoster } from './sample-files.js';

export interface Measure {
  stage: string;
  side: SideName;
  /** One a round. */
  seconds: number[];
  /** Processor time a round, of the process and of the server; not a number where it is not known. */
  cpu: number[];
  /** Peak of the process, over the rounds; undefined for work inside the server. */
  megabytes: number | undefined;
  facts: Facts;
}

/** What no peer counts: they never see unreadable lines, and rejected lines are no sum of theirs. */
const ONLY_OURS: readonly string[] = ['LINE_UNREADABLE', 'rejected', 'rejected, fen', 'checks'];

export class Book {
  readonly measures: Measure[] = [];
  readonly differences: string[] = [];

  add(stage: string, side: SideName, done: Done): void {
    const known = this.find(stage, side);
    if (!known) {
      const megabytes = side === 'postgres' ? undefined : done.megabytes;
      this.measures.push({
        stage,
        side,
        seconds: [done.seconds],
        cpu: [done.cpu],
        megabytes,
        facts: done.facts,
      });
      return;
    }
    known.seconds.push(done.seconds);
    known.cpu.push(done.cpu);
    if (known.megabytes !== undefined) known.megabytes = Math.max(known.megabytes, done.megabytes ?? 0);
    this.#compare(`${stage}, ${side}, rounds`, known.facts, done.facts);
  }

  find(stage: string, side: SideName): Measure | undefined {
    return this.measures.find((measure) => measure.stage === stage && measure.side === side);
  }

  /** Seconds of the middle round; undefined where nothing was measured. */
  median(stage: string, side: SideName, of: 'seconds' | 'cpu' = 'seconds'): number | undefined {
    const seconds = this.find(stage, side)?.[of].toSorted((one, other) => one - other);
    const middle = seconds?.[Math.floor(seconds.length / 2)];
    return Number.isNaN(middle) ? undefined : middle;
  }

  /** Everything that a peer counted, ours must have counted alike. */
  compareSides(): void {
    for (const { stage, side, facts } of this.measures) {
      const ours = this.find(stage, 'yika');
      if (side === 'yika' || !ours) continue;
      const shared = Object.entries(ours.facts).filter(([name]) => !ONLY_OURS.includes(name));
      this.#compare(`${stage}, yika and ${side}`, Object.fromEntries(shared), facts);
      this.#compare(`${stage}, ${side} and yika`, facts, ours.facts);
    }
  }

  /** Ours beside what the generator says that a correct engine finds; the peers never see unreadable lines. */
  compareExpected(stage: string, expected: ExpectedRoster): void {
    const found = this.find(stage, 'yika');
    if (!found) return;
    const facts: Facts = { ...expected.findings };
    for (const name of ['accepted', 'held', 'rejected'] as const) {
      facts[name] = expected[name].count;
      facts[`${name}, fen`] = String(BigInt(expected[name].amount.replace('.', '')));
    }
    this.#compare(`${stage}, yika and expected.json`, facts, found.facts);
  }

  /** Of all that yika found: the same for the same data, whatever the machine, the threads or the day. */
  digest(): string {
    const facts = this.measures
      .filter(({ side }) => side === 'yika')
      .map(({ stage, facts }) => [
        stage,
        Object.entries(facts).toSorted(([one], [other]) => (one < other ? -1 : 1)),
      ]);
    return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
  }

  #compare(what: string, expected: Facts, actual: Facts): void {
    for (const [name, value] of Object.entries(expected)) {
      if (actual[name] === value) continue;
      this.differences.push(`${what}: ${name} ${value} and ${actual[name] ?? 'nothing'}`);
    }
  }
}
