// FormatDefinition → the reader of one bank's return files. It streams, and it never half trusts: what a header or a
// trailer declares is compared with the rows, and a file that is broken anywhere is refused with the place.

import { assert } from '../base/assert.js';
import type { RowKernel } from './compiled-rows.js';
import type { FormatDefinition, ReturnDefinition } from './definition.js';
import { type Refuse, refuser } from './file-events.js';
import { compileLayoutReader, type FileSource, sourceOf } from './layout-reader.js';
import { compileCodes } from './outcome-code.js';
import { ReturnJudge } from './return-judge.js';
import type { ReturnVisitor } from './return-visitor.js';
import { compileSniffer } from './sniff.js';

export type {
  BankSays,
  OutcomeTally,
  ReturnBatch,
  ReturnHeader,
  ReturnRow,
  ReturnRows,
  ReturnTotals,
  ReturnVisitor,
} from './return-visitor.js';

export interface ReturnFormat {
  readonly name: string;
  readonly matchBy: ReturnDefinition['matchBy'];
  /** A cheap look at the first bytes (some thousand are enough): can this be such a return file? */
  sniff(head: Uint8Array, fileName: string): boolean;
  /** What `read` takes: the file's bytes, or the rows of its first sheet. */
  readonly reads: 'bytes' | 'sheet';
  /** Throws RETURN_FILE_INVALID with {format, line, column?, problem}. */
  read(source: FileSource, visit: ReturnVisitor): Promise<void>;
}

/** `returns`: one of the format's answers; without it the usual one. `kernel`: for the compiled path of plain rows. */
export function compileReturnFormat(
  definition: FormatDefinition,
  returns: ReturnDefinition | undefined = definition.returns,
  kernel?: RowKernel,
): ReturnFormat {
  assert(returns !== undefined, `the format ${definition.name} has no return.yaml`);
  const refuse: Refuse = refuser('RETURN_FILE_INVALID', definition.name);
  const codes = compileCodes(returns);
  const reader = compileLayoutReader(returns.layout, refuse, kernel);
  const oneBatch = definition.payment.limits.batchesPerFile === 1;
  return {
    name: definition.name,
    matchBy: returns.matchBy,
    sniff: compileSniffer(returns.layout),
    reads: sourceOf(returns.layout),
    async read(source, visit) {
      const judge = new ReturnJudge(returns, codes, oneBatch, refuse, visit);
      await reader.read(source, judge);
      judge.finish();
    },
  };
}
