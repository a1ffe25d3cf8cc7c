// What a bank takes at most. A width is a limit too: a five-digit count holds 99,999 rows, so a file never has more,
// whether the definition says so or not.

import { formatYuan } from '../money/fen.js';
import type { FieldDefinition, FileLayout, FileLimits } from './definition.js';
import { type Unplaced, unplaced } from './definition-problem.js';
import { recordsPerRow } from './detail-writer.js';
import { recordsBefore } from './file-frame.js';
import { rowsWithin } from './record-size.js';
import { SHEET_ROWS_MAX, sheetFrameRows } from './sheet-program.js';

/** Called with a declared limit that cannot be kept, and why. */
export type ReportLimit = (key: LimitKey | 'bytesPerFile', problem: Unplaced) => void;
export type LimitKey = (typeof HOLDERS)[number][0];

/** Which values hold what each limit bounds. */
const HOLDERS = [
  [
    'rowsPerBatch',
    ['batch.count', 'sequenceInBatch', 'recordInBatch', 'batch.detailRecords', 'batch.records'],
  ],
  ['rowsPerFile', ['file.count', 'sequence', 'file.detailRecords', 'file.records', 'file.blocks']],
  ['batchesPerFile', ['file.batches', 'batch.number']],
  ['amountPerRowFen', ['amount']],
  ['amountPerBatchFen', ['batch.amount']],
  ['amountPerFileFen', ['file.amount']],
] as const;

/** A limit that is larger than one above it could never be reached. */
const ABOVE: readonly (readonly [LimitKey, LimitKey])[] = [
  ['rowsPerBatch', 'rowsPerFile'],
  ['amountPerRowFen', 'amountPerBatchFen'],
  ['amountPerRowFen', 'amountPerFileFen'],
  ['amountPerBatchFen', 'amountPerFileFen'],
];

/** The declared limits, tightened by what the widths of counts and amounts can hold. */
export function deriveLimits(layout: FileLayout, declared: FileLimits, report: ReportLimit): FileLimits {
  reportAbove(declared, report);
  const held = (key: LimitKey): bigint | undefined => {
    const holders = HOLDERS.find(([name]) => name === key)![1].flatMap((value) =>
      fieldsWith(layout, value).map((field) => ({ field, most: most(field, value, layout, declared) })),
    );
    const least = leastOf(holders);
    const limit = declared[key];
    if (limit !== undefined && least?.most !== undefined && BigInt(limit) > least.most)
      report(key, narrow(least.field, least.most, key));
    return least?.most;
  };
  const count = (key: LimitKey): number | undefined => leastCount(declared[key], held(key));
  const amount = (key: AmountKey): bigint | undefined => least(declared[key], held(key));
  const sheetRows = layout.kind === 'xlsx' ? BigInt(SHEET_ROWS_MAX - sheetFrameRows(layout)) : undefined;
  const rowsPerBatch = count('rowsPerBatch');
  return {
    ...declared,
    rowsPerBatch,
    rowsPerFile: leastCount(
      count('rowsPerFile'),
      sheetRows,
      withinBytes(layout, declared, rowsPerBatch, report),
    ),
    batchesPerFile: count('batchesPerFile'),
    amountPerRowFen: amount('amountPerRowFen'),
    amountPerBatchFen: amount('amountPerBatchFen'),
    amountPerFileFen: amount('amountPerFileFen'),
  };
}

function reportAbove(declared: FileLimits, report: ReportLimit): void {
  for (const [key, above] of ABOVE) {
    const [limit, most] = [declared[key], declared[above]];
    if (limit === undefined || most === undefined || BigInt(limit) <= BigInt(most)) continue;
    const values = { value: shownKey(key), other: shownKey(above), most: shown(above, BigInt(most)) };
    report(key, unplaced('limitOver', values));
  }
}

function narrow(field: FieldDefinition, held: bigint, key: LimitKey): Unplaced {
  const values = { field: field.name, line: field.place.line, held: shown(key, held) };
  if (key.endsWith('Fen')) return unplaced('limitHeldAmount', values);
  return unplaced('limitHeldCount', values);
}

function shownKey(key: LimitKey): string {
  return key.replace(/Fen$/, '');
}

function shown(key: LimitKey, value: bigint): string {
  return key.endsWith('Fen') ? formatYuan(value) : String(value);
}

/** Rows, batches or fen that a field allows; undefined = no bound. */
function most(
  field: FieldDefinition,
  value: string,
  layout: FileLayout,
  declared: FileLimits,
): bigint | undefined {
  const held = fieldCapacity(field);
  if (held === undefined || !/[rR]ecords?|blocks/.test(value)) return held;
  if (value === 'file.blocks' && layout.blockRecords === 0) return undefined;
  const perRow = BigInt(recordsPerRow(layout));
  if (value === 'recordInBatch' || value.endsWith('.detailRecords')) return held / perRow;
  const before = BigInt(recordsBefore(layout, 1));
  const ofBatch = before - BigInt(recordsBefore(layout, 0));
  if (value === 'batch.records') return atLeastZero((held - ofBatch) / perRow);
  const records = value === 'file.blocks' ? held * BigInt(layout.blockRecords) : held;
  // Batches that are closed by their amount may be as small as one row.
  const batchesARow = declared.batchesPerFile === 1 ? 0n : 1n;
  return atLeastZero((records - before) / (perRow + batchesARow * ofBatch));
}

function atLeastZero(value: bigint): bigint {
  return value < 0n ? 0n : value;
}

function leastOf<Held extends { readonly most: bigint | undefined }>(all: readonly Held[]): Held | undefined {
  const bounded = all.filter((held) => held.most !== undefined) as (Held & { most: bigint })[];
  return bounded.reduce<(Held & { most: bigint }) | undefined>(
    (found, held) => (found === undefined || held.most < found.most ? held : found),
    undefined,
  );
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

/** Fields of any record that hold this value as it is. */
export function fieldsWith(layout: FileLayout, value: string): FieldDefinition[] {
  return Object.values(layout.records)
    .flat()
    .flatMap(({ fields }) => fields)
    .filter(({ content, map }) => content.kind === 'value' && content.value === value && map.length === 0);
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

function leastCount(...held: (number | bigint | undefined)[]): number | undefined {
  const result = least(...held.map((value) => (value === undefined ? undefined : BigInt(value))));
  return result === undefined || result > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(result);
}
