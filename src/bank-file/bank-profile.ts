// Which format each bank uses, and the institution's own values for it: paying account, customer number, debtor name.
// The same shape stands in formats/banks.yaml (samples, so that release works at once) and in the user's yika.yaml.

import { z } from '../base/schema.js';
import { problemAt } from './definition-problem.js';
import { formatInvalid } from './parse-definition.js';
import { readYaml } from './yaml-source.js';

export interface BankProfile {
  /** Bank code, 3 digits. */
  readonly bank: string;
  /** Name of a folder in formats/. */
  readonly format: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const profile = z.strictObject({
  bank: z.string().regex(/^[1-9][0-9]{2}$/, 'bankExpected'),
  format: z.string().min(1),
  about: z.string().optional(),
  parameters: z.record(z.string(), z.string()).optional(),
});

const profiles = z.strictObject({ source: z.string().optional(), banks: z.array(profile).min(1) });

/** Throws FORMAT_INVALID with {file, line, column, problem, more}; a bank may stand in it once. */
export function parseBankProfiles(text: string, path: string): BankProfile[] {
  const source = readYaml(path, text, profiles);
  const problems = [...source.problems];
  const seen = new Set<string>();
  source.value?.banks.forEach(({ bank }, index) => {
    if (seen.has(bank))
      problems.push(problemAt(source.locate(['banks', index, 'bank']), 'bankTwice', { bank }));
    seen.add(bank);
  });
  const first = problems[0];
  if (first !== undefined) throw formatInvalid(first, problems.length - 1);
  return source.value!.banks.map(({ bank, format, parameters }) => ({
    bank,
    format,
    parameters: parameters ?? {},
  }));
}
