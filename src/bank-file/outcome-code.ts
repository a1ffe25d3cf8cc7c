// The bank's codes → what became of a payment. An unknown code is unknown: never paid, never failed.

import type { Outcome, ResultCode, ReturnDefinition, WholeCode, WholeMeaning } from './definition.js';

export interface CodeTables {
  code(code: string): ResultCode | undefined;
  status(code: string): ResultCode | undefined;
  whole(code: string): WholeCode | undefined;
}

export function compileCodes(definition: ReturnDefinition): CodeTables {
  const codes = new Map(definition.codes.map((row) => [row.code, row]));
  const statuses = new Map(definition.statuses.map((row) => [row.code, row]));
  const wholes = new Map(definition.wholes.map((row) => [row.code, row]));
  return {
    code: (code) => codes.get(code),
    status: (code) => statuses.get(code),
    whole: (code) => wholes.get(code),
  };
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
