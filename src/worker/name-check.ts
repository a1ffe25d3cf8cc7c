// Whether a bank's format can carry a name: asked at import, so that it is a finding and not a surprise at release.

import { compilePaymentFormat, type PaymentFormat } from '../bank-file/compile-payment.js';
import type { FormatDefinition } from '../bank-file/definition.js';
import { ASKED_ALWAYS, ASKED_DOTTED } from '../roster/check-line.js';

/** The format of each bank, as plain data. A bank without one is not asked: release refuses it by name. */
export type NameCheckData = readonly { bank: number; definition: FormatDefinition }[];

export function createNameCheck(data: NameCheckData): (bank: number, name: string) => string | undefined {
  // Many banks have one format.
  const compiled = new Map<FormatDefinition, PaymentFormat>();
  const definitions = new Map(data.map((entry) => [entry.bank, entry.definition]));
  return (bank, name) => {
    const definition = definitions.get(bank);
    if (!definition) return undefined;
    let format = compiled.get(definition);
    if (!format) {
      format = compilePaymentFormat(definition);
      compiled.set(definition, format);
    }
    return format.unencodable(name);
  };
}

/** The longest name that the directory takes for a usual one: ten hanzi of GBK. A format that takes it takes them all. */
const USUAL_NAME = '王'.repeat(10);
/** In the same way the longest of hanzi and dots that the compiled path takes for a common one (kernel/assembly/roster-fields.ts). */
const DOTTED_NAME = `${'王'.repeat(14)}·`;

/** By bank code: ASKED_ALWAYS for formats that cannot carry just any usual name, as those of other countries; else ASKED_DOTTED or 0. */
export function banksAskedAlways(data: NameCheckData): Uint8Array {
  const asked = new Uint8Array(1024);
  const answers = new Map<FormatDefinition, number>();
  for (const { bank, definition } of data) {
    const answer = answers.get(definition) ?? askedOf(compilePaymentFormat(definition));
    answers.set(definition, answer);
    asked[bank] = answer;
  }
  return asked;
}

function askedOf(format: PaymentFormat): number {
  if (format.unencodable(USUAL_NAME) !== undefined) return ASKED_ALWAYS;
  return format.unencodable(DOTTED_NAME) === undefined ? 0 : ASKED_DOTTED;
}
