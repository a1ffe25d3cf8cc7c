// What a definition must keep beyond its shape, in plain words: fields that touch and do not overlap, values that exist
// where they are asked for, totals with their records, records that can be told apart, codes that stand once.

import { checkCodes } from './check-codes.js';
import { checkContents } from './check-contents.js';
import { checkOptions } from './check-options.js';
import { checkRecords } from './check-records.js';
import { checkTotals } from './check-totals.js';
import { checkWidths } from './check-widths.js';
import { allReturns, type FileLayout, type FormatDefinition, type ReturnDefinition } from './definition.js';
import { type DefinitionProblem, problemAt, type Report } from './definition-problem.js';

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
  const report: Report = (place, code, values) => void problems.push(problemAt(place, code, values));
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
    checkTotals(side, report);
  }
  for (const returns of allReturns(definition)) checkCodes(returns, report);
  return problems.sort(byPlace);
}

function byPlace(left: DefinitionProblem, right: DefinitionProblem): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
