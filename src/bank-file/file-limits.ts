// What a bank takes at most. A width is a limit too: a five-digit count holds 99,999 rows, so a file never has more,
// whether the definition says so or not.

import type { FieldDefinition, FileLayout, FileLimits } from './definition.js';
import { recordsPerRow } from './detail-writer.js';
import { rowsWithin } from './record-size.js';
import { SHEET_ROWS_MAX, sheetFrameRows } from './sheet-program.js';

/** Called with a declared limit that cannot be kept, and why. */
export type ReportLimit = (key: LimitKey | 'bytesPerFile', problem: string) => void;
export type LimitKey = (typeof HOLDERS)[number][0];

/** Which values hold what each limit bounds. */
const HOLDERS = [
  ['rowsPerBatch', ['batch.count', 'sequenceInBatch', 'recordInBatch', 'batch.detailRecords']],
  ['rowsPerFile', ['file.count', 'sequence', 'file.detailRecords']],
  ['batchesPerFile', ['file.batches', 'batch.number']],
  ['amountPerRowFen', ['amount']],
  ['amountPerBatchFen', ['batch.amount']],
  ['amountPerFileFen', ['file.amount']],
] as const;

/** The declared limits, tightened by what the widths of counts and amounts can hold. */
export function deriveLimits(layout: FileLayout, declared: FileLimits, report: ReportLimit): FileLimits {
  const perRow = BigInt(recordsPerRow(layout));
  const holds = (value: string): bigint | undefined => {
    const held = capacity(layout, value);
    return held !== undefined && /[rR]ecord/.test(value) ? held / perRow : held;
  };
  for (const [key, values] of HOLDERS) {
    const limit = declared[key];
    const held = least(...values.map(holds));
    if (limit !== undefined && held !== undefined && BigInt(limit) > held)
      report(key, `the fields of the layout hold at most ${heldText(key, held)}`);
  }
  const count = (key: LimitKey): number | undefined => leastCount(declared[key], ...heldBy(key, holds));
  const sheetRows = layout.kind === 'xlsx' ? BigInt(SHEET_ROWS_MAX - sheetFrameRows(layout)) : undefined;
  const amount = (key: AmountKey): bigint | undefined => least(declared[key], ...heldBy(key, holds));
  return {
    ...declared,
    rowsPerBatch: count('rowsPerBatch'),
    rowsPerFile: leastCount(
      count('rowsPerFile'),
      sheetRows,
      withinBytes(layout, declared, count('rowsPerBatch'), report),
    ),
    batchesPerFile: count('batchesPerFile'),
    amountPerRowFen: amount('amountPerRowFen'),
    amountPerBatchFen: amount('amountPerBatchFen'),
    amountPerFileFen: amount('amountPerFileFen'),
  };
}

function heldText(key: LimitKey, held: bigint): string {
  return key.endsWith('Fen') ? `${held / 100n}.${String(held % 100n).padStart(2, '0')} yuan` : String(held);
}

/** Rows that surely fit into the bytes that a file may have. */
function withinBytes(
  layout: FileLayout,
  declared: FileLimits,
  rowsPerBatch: number | undefined,
  report: ReportLimit,
): bigint | undefined {
  if (declared.bytesPerFile === undefined) return undefined;
  const byAmount = declared.amountPerBatchFen !== undefined;
  const within = rowsWithin(layout, declared.bytesPerFile, { rows: rowsPerBatch, byAmount });
  if ('rows' in within) return BigInt(within.rows);
  report('bytesPerFile', within.problem);
  return undefined;
}

/** The largest number (fen, or a count) that every field with this value can hold; undefined = no bound. */
export function capacity(layout: FileLayout, value: string): bigint | undefined {
  const fields = Object.values(layout.records).flatMap((records) =>
    records.flatMap((record) => record.fields),
  );
  return least(...fields.filter((field) => holdsValue(field, value)).map(fieldCapacity));
}

function holdsValue(field: FieldDefinition, value: string): boolean {
  return field.content.kind === 'value' && field.content.value === value && field.map.length === 0;
}

/** The largest number that fits the field; undefined = no bound. */
export function fieldCapacity(field: FieldDefinition): bigint | undefined {
  // A width only pads in delimited and XML records; in a fixed record it is the field's `max` as well.
  const room = field.max;
  if (room === 0) return undefined;
  if (field.type.kind !== 'amount' || field.type.unit === 'fen') return nines(room);
  const { decimals, point } = field.type;
  const whole = room - decimals - (point ? 1 : 0);
  return whole < 1 ? 0n : nines(whole + 2);
}

function nines(digits: number): bigint {
  return 10n ** BigInt(digits) - 1n;
}

function least(...values: (bigint | undefined)[]): bigint | undefined {
  let result: bigint | undefined;
  for (const value of values)
    if (value !== undefined && (result === undefined || value < result)) result = value;
  return result;
}

type AmountKey = 'amountPerRowFen' | 'amountPerBatchFen' | 'amountPerFileFen';

function heldBy(key: LimitKey, holds: (value: string) => bigint | undefined): (bigint | undefined)[] {
  return HOLDERS.find(([name]) => name === key)![1].map(holds);
}

function leastCount(
  declared: number | bigint | undefined,
  ...held: (bigint | undefined)[]
): number | undefined {
  const result = least(declared === undefined ? undefined : BigInt(declared), ...held);
  return result === undefined || result > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(result);
}
