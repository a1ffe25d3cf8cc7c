// Which of the first rows is the header. Above it may stand title rows (merged cells: 2026年10月高龄津贴发放表, the department's
// name, a date); the header is the first row in which every required column is named once.

import { EngineError } from '../base/error.js';
import { type ColumnSpec, type HeaderResolution, resolveHeader } from './header.js';

/** Rows that may stand above the header. */
export const TITLE_ROWS_MAX = 10;

/** One of the first rows of a file. */
export interface CandidateRow {
  cells: readonly string[];
  /** Physical line or sheet row, 1-based. */
  line: number;
}

export interface FoundHeader<Name extends string, Row extends CandidateRow> {
  row: Row;
  resolution: HeaderResolution<Name>;
}

/**
 * The header among the first rows, in order of preference: several readings of one row (by different delimiters) may
 * follow each other. Refuses with COLUMN_REPEATED or COLUMN_MISSING, judged by the row that names the most columns, or with
 * HEADER_INVALID when there is no row to judge.
 */
export function findHeader<Name extends string, Row extends CandidateRow>(
  rows: readonly Row[],
  columns: readonly ColumnSpec<Name>[],
  file: string,
): FoundHeader<Name, Row> {
  const candidates = rows.map((row) => ({ row, resolution: resolveHeader(row.cells, columns) }));
  const header = candidates.find(
    ({ resolution }) => resolution.missing.length === 0 && resolution.repeated.length === 0,
  );
  if (header !== undefined) return header;
  const best = candidates.reduce<FoundHeader<Name, Row> | undefined>(
    (best, next) =>
      best === undefined || next.resolution.positions.size > best.resolution.positions.size ? next : best,
    undefined,
  );
  throw refusal(best, columns, file);
}

function refusal<Name extends string>(
  best: FoundHeader<Name, CandidateRow> | undefined,
  columns: readonly ColumnSpec<Name>[],
  file: string,
): EngineError {
  if (best === undefined) return new EngineError('HEADER_INVALID', { file, problem: 'no readable row' });
  const { row, resolution } = best;
  const [repeated] = resolution.repeated;
  if (repeated !== undefined) {
    return new EngineError('COLUMN_REPEATED', {
      file,
      line: row.line,
      column: repeated.column,
      cells: repeated.cells,
    });
  }
  const namesOf = (missing: Name): string => {
    const synonyms = columns.find(({ name }) => name === missing)?.synonyms ?? [];
    return [missing, ...synonyms].join(' / ');
  };
  const names = resolution.missing.map(namesOf).join('; ');
  return new EngineError('COLUMN_MISSING', { file, line: row.line, columns: resolution.missing, names });
}
