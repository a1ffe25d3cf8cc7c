// What was wrong with a batch's lines: masked for the screen, in full in the list that goes back to the department.

import { EngineError } from '../base/error.js';
import { FINDING_CODE_LIST, type FindingCode, type Severity } from '../base/finding.js';
import { maskNumber } from '../base/mask.js';
import { writeCsv } from '../codec/csv-writer.js';
import { writeWhole } from '../exchange/write-whole.js';
import { formatYuan } from '../money/fen.js';
import { SEVERITIES } from '../roster/tally.js';
import { type FindingRow, readBatch, readFindings } from '../store/batch-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';

export interface ListedFinding {
  line: number;
  code: FindingCode;
  severity: Severity;
  /** A closed word, or word=value; texts for people are made from it at the edge. */
  detail: string | null;
  residentId: string | null;
}

export interface FindingsAnswer {
  batch: number;
  findings: ListedFinding[];
  csv?: string;
}

export interface ListFindingsInput {
  batch: number;
  /** Where to write the full list for the department. */
  csv?: string | undefined;
  /** Makes a detail readable; the CSV shows its text. */
  describe?: ((code: FindingCode, detail: string | null) => string) | undefined;
}

const PAGE_FINDINGS = 20_000;
const CSV_HEADER = [
  ...[
    'line',
    'department_line',
    'code',
    'severity',
    'explanation',
    'resident_id',
    'name',
    'account',
    'amount',
  ],
];

export async function listFindings(context: Context, input: ListFindingsInput): Promise<FindingsAnswer> {
  return await context.database.withSession(async (session) => {
    if (!(await readBatch(session, input.batch)))
      throw new EngineError('BATCH_UNKNOWN', { batch: input.batch });
    if (input.csv !== undefined) await writeWhole(input.csv, writeCsv(csvRows(session, input)));
    const findings: ListedFinding[] = [];
    for await (const page of pages(session, input.batch)) for (const row of page) findings.push(listed(row));
    return { batch: input.batch, findings, ...(input.csv === undefined ? {} : { csv: input.csv }) };
  });
}

async function* pages(session: Session, batch: number): AsyncGenerator<FindingRow[]> {
  let after = { line: 0, code: -1 };
  for (;;) {
    const page = await readFindings(session, batch, after, PAGE_FINDINGS);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = { line: last.line, code: last.code };
  }
}

function listed(row: FindingRow): ListedFinding {
  return {
    line: row.line,
    code: FINDING_CODE_LIST[row.code] as FindingCode,
    severity: SEVERITIES[row.severity] as Severity,
    detail: row.detail,
    residentId: row.residentId === null ? null : maskNumber(row.residentId),
  };
}

async function* csvRows(session: Session, input: ListFindingsInput): AsyncGenerator<string[]> {
  yield CSV_HEADER;
  for await (const page of pages(session, input.batch)) {
    for (const row of page) {
      const { code, severity, detail } = listed(row);
      yield [
        String(row.line),
        row.departmentLine ?? '',
        code,
        severity,
        input.describe?.(code, detail) ?? detail ?? '',
        row.residentId ?? '',
        row.name ?? '',
        row.account ?? '',
        row.amountText ?? (row.amount === null ? '' : formatYuan(row.amount)),
      ];
    }
  }
}
