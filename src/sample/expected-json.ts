// expected.json of a sample: what a correct engine must answer when it imports the files, in the words of the contract.

import { formatYuan } from '../money/fen.js';
import type { RosterExpectation, Tally } from './expectation.js';
import type { SampleEncoding } from './name-writer.js';
import type { SampleProgramme } from './programme.js';
import type { SampleVariant } from './roster-kinds.js';

export interface ExpectedInput {
  cardholders: number;
  seed: number;
  errors: number;
  variant: SampleVariant;
  encoding: SampleEncoding;
  programme: SampleProgramme;
  period: string;
  narrowBanks: readonly string[];
  files: { cardholders: string; roster: string };
}

/** Amounts are yuan with two decimals; lines whose amount cannot be read count 0.00. */
export function expectedJson(input: ExpectedInput, roster: RosterExpectation): string {
  const document = {
    sample: {
      seed: input.seed,
      errors: input.errors,
      variant: input.variant,
      encoding: input.encoding,
      narrowBanks: input.narrowBanks,
    },
    cardholderImport: {
      file: input.files.cardholders,
      ...{
        lines: input.cardholders,
        new: input.cardholders,
        changed: 0,
        unchanged: 0,
        conflicts: 0,
        rejected: 0,
      },
    },
    rosterImport: {
      file: input.files.roster,
      programme: input.programme.code,
      period: input.period,
      ...rosterAnswer(roster),
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** As `yika roster import --json` answers, with amounts by finding beside the counts. */
export function rosterAnswer(roster: RosterExpectation): Record<string, unknown> {
  const findings = [...roster.findings];
  return {
    lines: roster.lines,
    accepted: pair(roster.accepted),
    held: pair(roster.held),
    rejected: pair(roster.rejected),
    findings: Object.fromEntries(findings.map(([code, { count }]) => [code, count])),
    findingAmounts: Object.fromEntries(
      findings.map(([code, { amountFen }]) => [code, formatYuan(amountFen)]),
    ),
    banks: Object.fromEntries([...roster.banks].map(([code, tally]) => [code, pair(tally)])),
  };
}

function pair({ count, amountFen }: Tally): { count: number; amount: string } {
  return { count, amount: formatYuan(amountFen) };
}
