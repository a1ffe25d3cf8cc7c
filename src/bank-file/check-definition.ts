// What a definition must keep beyond its shape, in plain words: fields that touch and do not overlap, values that exist
// where they are asked for, totals with their records, records that can be told apart, codes that stand once.

import { checkCodes } from './check-codes.js';
import { checkContents } from './check-contents.js';
import { checkOptions } from './check-options.js';
import { checkRecords } from './check-records.js';
import { checkWidths } from './check-widths.js';
import {
  allReturns,
  type DefinitionProblem,
  type FileLayout,
  type FormatDefinition,
  type Place,
  type ReturnDefinition,
} from './definition.js';

/** Adds a problem at a place. */
export type Report = (place: Place, problem: string) => void;

export interface Side {
  readonly layout: FileLayout;
  readonly isReturn: boolean;
  /** The answer that this side is; undefined for the payment side. */
  readonly returns: ReturnDefinition | undefined;
  readonly definition: FormatDefinition;
}

/** All problems of a definition that has the right shape, in the order of the files. */
export function checkDefinition(definition: FormatDefinition): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const report: Report = (place, problem) => problems.push({ ...place, problem });
  const sides: Side[] = [
    { layout: definition.payment.layout, isReturn: false, returns: undefined, definition },
    ...allReturns(definition).map((returns) => ({
      layout: returns.layout,
      isReturn: true,
      returns,
      definition,
    })),
  ];
  for (const side of sides) {
    checkWidths(side.layout, report);
    checkContents(side, report);
    checkOptions(side, report);
    checkRecords(side, report);
  }
  for (const returns of allReturns(definition)) checkCodes(returns, report);
  return problems.sort(byPlace);
}

function byPlace(left: DefinitionProblem, right: DefinitionProblem): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
