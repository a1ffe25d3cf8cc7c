// What a reader of any layout tells while it walks a file. One vocabulary for text, XML and whatever follows, so that
// totals, references and outcomes are judged in one place.

import { EngineError, type ErrorCode } from '../base/error.js';
import type { StaticValue } from './field-reader.js';
import type { ReadRow } from './read-row.js';
import type { RowBlock } from './row-block.js';

export interface FileEvents {
  /** A value of the file or the batch, from a header or a trailer. */
  value(name: string, value: StaticValue, line: number): void;
  beginBatch(line: number): void;
  /** An element that holds rows begins (XML with `rows`). */
  detail?(): void;
  row(row: ReadRow): void;
  /** Rows that compiled loops read. Where it is not there, each row is told by itself. */
  readonly rows?: ((rows: RowBlock) => void) | undefined;
  /**
   * A number for what the row says that was told last; rows of a block say the same by it, until something else than a row is told.
   * -1 where there is none.
   */
  kindOfRow?(): number;
  endBatch(line: number): void;
}

/** Refuses the file at a place. `column` is a 1-based position in bytes. */
export type Refuse = (problem: string, line: number, column?: number) => never;

export function refuser(code: ErrorCode, file: string): Refuse {
  return (problem, line, column) => {
    throw new EngineError(code, { format: file, line, ...(column === undefined ? {} : { column }), problem });
  };
}
