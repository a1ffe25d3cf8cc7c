// One roster of samples/rosters in its form: CSV in GB 18030 or in UTF-8 with a byte order mark, compressed, or a workbook
// with what workbooks bring along.

import { splitRecord } from '../codec/split-record.js';
import { encodeGb18030 } from '../encoding/gb18030.js';
import { UTF8_BOM } from '../encoding/utf8.js';
import { formatYuan } from '../money/fen.js';
import { gzip } from './archive.js';
import { accountWriter, NARROW_BANKS } from './bank.js';
import { ByteSink } from './byte-sink.js';
import { COMMITTED_COLUMNS, type RosterSpec } from './committed-rosters.js';
import { type RosterExpectation, rosterTally } from './expectation.js';
import { nameWriter, type SampleEncoding } from './name-writer.js';
import type { People } from './person.js';
import type { PlannedLine, RosterPlan } from './roster-plan.js';
import { rosterHeader, rosterRowWriter } from './roster-row.js';
import { rosterSource } from './roster-source.js';
import { type SheetCell, type SheetLine, writeXlsx } from './xlsx-writer.js';

export interface CommittedRoster {
  bytes: Uint8Array;
  expectation: RosterExpectation;
}

const SINK_BYTES = 1024 * 1024;
const SHEET_NAME = '花名册';
/** Columns of the header by place. */
const ID_COLUMN = 1;
const ACCOUNT_COLUMN = 3;
const NUMBER_COLUMNS: ReadonlySet<string> = new Set(['序号', '发放金额（元）', '面积']);

export function rosterFile(
  spec: RosterSpec,
  plan: RosterPlan,
  people: People,
  seed: number,
): CommittedRoster {
  const { programme, form } = spec;
  const encoding: SampleEncoding = form === 'gb18030' ? 'gb18030' : 'utf-8';
  const options = { programme, encoding, headers: 'zh', columns: COMMITTED_COLUMNS, quoted: false } as const;
  const rows = rosterRowWriter(options, nameWriter(encoding), accountWriter(seed));
  const tally = rosterTally(plan.kinds, programme, new Set(NARROW_BANKS));
  const source = rosterSource(people, plan, rows, tally, programme);
  const sink = new ByteSink(SINK_BYTES);
  const header = rosterHeader(options);
  const put = (bytes: Uint8Array) => sink.piece(bytes, 0, bytes.length);
  const encode = (text: string) => (encoding === 'gb18030' ? encodeGb18030(text) : Buffer.from(text));
  const isSheet = form === 'xlsx';

  if (form === 'csv-bom') put(UTF8_BOM);
  if (spec.title !== undefined && !isSheet) put(encode(`${spec.title}${','.repeat(header.length - 1)}\n`));
  if (!isSheet) source.header(sink);
  for (let row = 0; row < plan.lines; row++) source.row(sink, row);
  const expectation = tally.expectation();
  const totals = totalsRow(header, expectation);
  if (spec.totalsRow === true && !isSheet) put(encode(`${totals.join(',')}\n`));
  const text = sink.bytes.slice(0, sink.length);
  if (form === 'gz') return { bytes: gzip(text), expectation };
  return { bytes: isSheet ? workbook(spec, plan, header, text, totals) : text, expectation };
}

/** 合计 and the sum of all amounts that can be read. */
function totalsRow(header: readonly string[], { accepted, held, rejected }: RosterExpectation): string[] {
  const sum = accepted.amountFen + held.amountFen + rejected.amountFen;
  return header.map((name, index) =>
    index === 0 ? '合计' : name.startsWith('发放金额') ? formatYuan(sum) : '',
  );
}

function workbook(
  spec: RosterSpec,
  plan: RosterPlan,
  header: readonly string[],
  text: Uint8Array,
  totals: readonly string[],
): Uint8Array {
  const records = Buffer.from(text).toString('utf8').trimEnd().split('\n');
  const line: PlannedLine = { planned: plan.kinds[0]!, member: 0, place: 0 };
  let isHidden = false;
  const lines: SheetLine[] = records.map((record, row) => {
    plan.lineAt(row, line);
    const fields = splitRecord(record, ',') as string[];
    const { kind } = line.planned;
    // One good line is hidden, as when a list was filtered before it was sent. It counts like the others.
    const hidden: boolean = !isHidden && row > 20 && kind.name === 'good';
    isHidden ||= hidden;
    return { cells: fields.map((field, column) => cellOf(field, column, header, kind.name)), hidden };
  });
  return writeXlsx({
    sheetName: SHEET_NAME,
    title: spec.title!,
    lines: [{ cells: header }, ...lines, { cells: totals }],
  });
}

/** Amounts are numbers, IDs and accounts are text, and where a spreadsheet did damage they are numbers as well. */
function cellOf(field: string, column: number, header: readonly string[], kind: string): SheetCell {
  if (column === ID_COLUMN && (kind === 'idExponent' || kind === 'idZeros')) return { number: field };
  if (column === ACCOUNT_COLUMN && kind === 'accountOther') return { number: asDouble(field) };
  if (NUMBER_COLUMNS.has(header[column]!) && /^-?\d+(\.\d{1,2})?$/.test(field)) {
    // A number format shows two decimals; the file holds 100. More decimals stay text, as typed.
    return { number: field.includes('.') ? field.replace(/\.?0+$/, '') : field };
  }
  return field;
}

/** The fifteen digits that a spreadsheet keeps of a long number. */
function asDouble(digits: string): string {
  return `${digits[0]}.${digits.slice(1, 15)}E+${digits.length - 1}`;
}
