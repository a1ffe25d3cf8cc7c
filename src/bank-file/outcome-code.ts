// The bank's codes → what became of a payment. An unknown code is unknown: never paid, never failed.

import type { Outcome, ResultCode, ReturnDefinition, WholeCode, WholeMeaning } from './definition.js';

export interface CodeTables {
  code(code: string): ResultCode | undefined;
  status(code: string): ResultCode | undefined;
  whole(code: string): WholeCode | undefined;
  /** The row code that decides where a field holds several: the one that stands first in its table. */
  deciding(text: string): string;
}

export function compileCodes(definition: ReturnDefinition): CodeTables {
  const codes = new Map(definition.codes.map((row) => [row.code, row]));
  const statuses = new Map(definition.statuses.map((row) => [row.code, row]));
  const wholes = new Map(definition.wholes.map((row) => [row.code, row]));
  const decidingWhole = decider(definition, [...wholes.keys()]);
  return {
    code: (code) => codes.get(code),
    status: (code) => statuses.get(code),
    whole: (text) => wholes.get(decidingWhole(text)),
    deciding: decider(definition, [...codes.keys()]),
  };
}

function decider(definition: ReturnDefinition, order: readonly string[]): CodeTables['deciding'] {
  const fields = Object.values(definition.layout.records).flatMap((records) =>
    records.flatMap((record) => record.fields),
  );
  const width = Math.max(0, ...fields.map((field) => field.several));
  if (width === 0) return (text) => text;
  const known = new Map<string, string>();
  return (text) => {
    const code = known.get(text) ?? firstOf(split(text, width), order);
    if (known.size < KNOWN_MOST) known.set(text, code);
    return code;
  };
}

/** Combinations that are remembered; a file has few. */
const KNOWN_MOST = 10_000;

function split(text: string, width: number): string[] {
  const codes: string[] = [];
  for (let at = 0; at < text.length; at += width) codes.push(text.slice(at, at + width).trim());
  return codes.filter((code) => code !== '');
}

/** Codes that nobody knows decide only where no known code stands beside them. */
function firstOf(codes: readonly string[], order: readonly string[]): string {
  return order.find((code) => codes.includes(code)) ?? codes[0] ?? '';
}

/** What a status of the whole says of a row that has none of its own. */
export function inherited(meaning: WholeMeaning | undefined): Outcome {
  switch (meaning) {
    case 'paid':
      return 'paid';
    case 'refused':
      return 'failed';
    case 'pending':
      return 'pending';
    default:
      return 'unknown';
  }
}
