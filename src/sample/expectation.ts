// What a correct engine must find in a synthetic roster. Counted while the lines are written, from what was done to each
// of them and never by checking it: the engine and this count share no code.

import { FINDING_CODES, type FindingCode, type Severity } from '../base/finding.js';
import { SAMPLE_BANKS } from './bank.js';
import type { SampleProgramme } from './programme.js';
import type { PlannedKind } from './roster-plan.js';

export interface Tally {
  count: number;
  amountFen: number;
}

export interface RosterExpectation {
  lines: number;
  accepted: Tally;
  held: Tally;
  rejected: Tally;
  /** By code in order of precedence; warnings count lines that are accepted or refused for something else. */
  findings: ReadonlyMap<FindingCode, Tally>;
  /** Accepted lines by bank code. */
  banks: ReadonlyMap<string, Tally>;
}

/** Counts and amounts by kind and bank; two sums a bank, of the size that fits the line it counts. */
export interface RosterTally {
  /** `amountFen` is 0 for lines without an amount that could be added up. */
  add(kind: PlannedKind, bank: number, amountFen: number): void;
  expectation(): RosterExpectation;
}

/**
 * `narrowBanks`: codes of banks whose payment files are GBK and cannot carry rare characters: such lines are held there
 * (NAME_UNENCODABLE).
 */
export function rosterTally(
  kinds: readonly PlannedKind[],
  programme: SampleProgramme,
  narrowBanks: ReadonlySet<string>,
): RosterTally {
  const width = SAMPLE_BANKS.length;
  const rowOf = new Map(kinds.map((planned, index) => [planned, index * width]));
  // Sums of fen stay far below 2^53: 10,000,000 lines of at most 50,000 yuan are 5 × 10^13.
  const counts = new Float64Array(kinds.length * width);
  const amounts = new Float64Array(kinds.length * width);
  return {
    add(planned, bank, amountFen) {
      const cell = rowOf.get(planned)! + bank;
      counts[cell]!++;
      amounts[cell]! += amountFen;
    },
    expectation() {
      const sum = new Summary();
      for (const [index, planned] of kinds.entries()) {
        for (const [bank, { code }] of SAMPLE_BANKS.entries()) {
          const cell = index * width + bank;
          const codes = findingsOf(planned, programme, narrowBanks.has(code));
          if (counts[cell]! > 0) sum.add(codes, programme, code, counts[cell]!, amounts[cell]!);
        }
      }
      return sum.done();
    },
  };
}

/** All findings of a kind's lines at a bank. */
export function findingsOf(
  planned: PlannedKind,
  programme: SampleProgramme,
  isNarrowBank: boolean,
): FindingCode[] {
  const { finding } = planned.kind;
  const codes: FindingCode[] = finding === undefined ? [] : [finding];
  // No birth date to be seen, so nobody can say that the age is right.
  if (finding === 'RESIDENT_ID_UNCHECKED' && programme.needsAge) codes.unshift('AGE_NOT_ELIGIBLE');
  const isPaid = codes.every((code) => severityOf(code, programme) === 'W');
  if (isPaid && planned.cohort.traits.names === 'rare' && isNarrowBank) codes.push('NAME_UNENCODABLE');
  return codes;
}

export function severityOf(code: FindingCode, programme: SampleProgramme): Severity {
  if (code === 'ACCOUNT_MISMATCH' && programme.accountPolicy === 'payBase') return 'W';
  return FINDING_CODES[code];
}

class Summary {
  readonly #totals: Record<'accepted' | 'held' | 'rejected', Tally> = {
    accepted: { count: 0, amountFen: 0 },
    held: { count: 0, amountFen: 0 },
    rejected: { count: 0, amountFen: 0 },
  };
  readonly #findings = new Map<FindingCode, Tally>();
  readonly #banks = new Map<string, Tally>();
  #lines = 0;

  add(
    codes: readonly FindingCode[],
    programme: SampleProgramme,
    bank: string,
    count: number,
    fen: number,
  ): void {
    const severities = codes.map((code) => severityOf(code, programme));
    const end = severities.includes('R') ? 'rejected' : severities.includes('H') ? 'held' : 'accepted';
    this.#lines += count;
    increase(this.#totals[end], count, fen);
    for (const code of codes) increase(entry(this.#findings, code), count, fen);
    if (end === 'accepted') increase(entry(this.#banks, bank), count, fen);
  }

  done(): RosterExpectation {
    const order = Object.keys(FINDING_CODES) as FindingCode[];
    return {
      lines: this.#lines,
      ...this.#totals,
      findings: new Map(
        order.flatMap((code) => (this.#findings.has(code) ? [[code, this.#findings.get(code)!]] : [])),
      ),
      banks: new Map([...this.#banks].sort(([one], [other]) => (one < other ? -1 : 1))),
    };
  }
}

function increase(tally: Tally, count: number, amountFen: number): void {
  tally.count += count;
  tally.amountFen += amountFen;
}

function entry<Key>(map: Map<Key, Tally>, key: Key): Tally {
  const found = map.get(key);
  if (found !== undefined) return found;
  const fresh = { count: 0, amountFen: 0 };
  map.set(key, fresh);
  return fresh;
}
