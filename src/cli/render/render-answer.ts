// An answer for people: first the single values, then the totals as a table, then every map and list as a table of its own,
// banks and money with their sum. What is shown follows from the shape of the answer, so a new key needs only a label.

import { describeFinding } from '../../message/describe-finding.js';
import type { Language } from '../../message/language.js';
import { labelOf } from './labels.js';
import type { Paint } from './paint.js';
import { type Cell, type Column, renderPairs, renderTable } from './table.js';
import { bankText, hasSum, isNumeric, isPlainObject, isSum, renderValue, type Sum } from './value.js';

export interface Look {
  readonly language: Language;
  readonly paint: Paint;
}

type Entry = readonly [key: string, value: unknown];
type Row = Readonly<Record<string, unknown>>;

/** Maps whose keys are codes with a meaning. */
const CODE_MAPS = new Set(['findings', 'exceptions']);

/** Lists and maps that are summed up. */
const SUMMED = new Set(['banks', 'funding', 'files']);

/** Left out of lists that would be too wide for a screen; the answer about one thing shows them, and --json does. */
const WIDE_COLUMNS_MAX = 9;
const WIDE_ONLY = new Set([
  'path',
  'digest',
  'size',
  'part',
  'parts',
  'format',
  'writtenBy',
  'roster',
  'kind',
  'follows',
]);

/** Raw words for programs; people read the text beside them. */
const HIDDEN = new Set(['detailCode']);

/** Ends with a line break. */
export function renderAnswer(answer: object, look: Look): string {
  const sections = renderObject(answer, look).filter((lines) => lines.length > 0);
  return sections.length === 0 ? '' : `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderObject(answer: object, look: Look): string[][] {
  const entries = Object.entries(answer).filter(([key, value]) => value != null && !HIDDEN.has(key));
  const sums = entries.filter((entry): entry is [string, Sum] => isSum(entry[1]));
  const parts = entries.filter(([, value]) => isSection(value));
  const single = entries.filter(([, value]) => !isSum(value) && !isSection(value));
  const pairs = single.map(([key, value]) => {
    // In a table a digest is cut; here it is whole, to be compared.
    const cell = key === 'digest' ? { text: String(value) } : cellOf(value, key, look);
    return [labelOf(key, look.language), cell] as const;
  });
  return [
    renderPairs(pairs, look.paint),
    renderSums(sums, look),
    ...parts.flatMap(([key, value]) => renderPart(key, value, look)),
  ];
}

/** Maps, and lists of objects; a list of plain values stands in one line. */
function isSection(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isPlainObject);
  return isPlainObject(value) && !isSum(value) && Object.keys(value).length > 0;
}

function cellOf(value: unknown, key: string, { language }: Look): Cell {
  return renderValue(value, key, language);
}

function renderSums(sums: readonly (readonly [string, Sum])[], look: Look): string[] {
  if (sums.length === 0) return [];
  const columns = [left(''), right(labelOf('count', look.language)), right(labelOf('amount', look.language))];
  const rows = sums.map(([key, { count, amount }]) => [
    { text: labelOf(key, look.language) },
    cellOf(count, 'count', look),
    cellOf(amount, 'amount', look),
  ]);
  return renderTable(columns, rows, look.paint);
}

function renderPart(key: string, value: unknown, look: Look): string[][] {
  const title = look.paint(labelOf(key, look.language), 'strong');
  if (Array.isArray(value)) {
    return [[title, ...renderList(key, value.filter(isPlainObject), look)]];
  }
  const entries = Object.entries(value as object);
  const isMap = entries.every(
    ([, item]) => typeof item === 'number' || typeof item === 'bigint' || isSum(item),
  );
  if (isMap) return [[title, ...renderMap(key, entries, look)]];
  const [first = [], ...others] = renderObject(value as object, look);
  return [[title, ...first], ...others];
}

/** `{CODE: count}`, `{SOURCE: amount}` or `{BANK: {count, amount}}`. */
function renderMap(key: string, entries: readonly Entry[], look: Look): string[] {
  const { language } = look;
  const hasMeaning = CODE_MAPS.has(key);
  const isPair = entries.some(([, value]) => isSum(value));
  const amountKey = entries.some(([, value]) => typeof value === 'bigint') ? 'amount' : 'count';
  const valueKeys = isPair ? ['count', 'amount'] : [amountKey];
  const name = key === 'banks' ? 'bank' : key === 'funding' ? 'source' : 'code';
  const columns = [
    left(labelOf(name, language)),
    ...valueKeys.map((valueKey) => right(labelOf(valueKey, language))),
    ...(hasMeaning ? [left(labelOf('meaning', language))] : []),
  ];
  const values = (value: unknown): Cell[] =>
    isSum(value)
      ? [cellOf(value.count, 'count', look), cellOf(value.amount, 'amount', look)]
      : [cellOf(value, amountKey, look)];
  const rows = entries.map(([code, value]) => [
    { text: key === 'banks' ? bankText(code, language) : code },
    ...values(value),
    ...(hasMeaning ? [{ text: describeFinding(code, language) }] : []),
  ]);
  const sum = SUMMED.has(key) && entries.length > 1 ? addUp(entries.map(([, value]) => value)) : undefined;
  const sumCells = sum === undefined ? undefined : [{ text: labelOf('sum', language) }, ...values(sum)];
  return renderTable(columns, rows, look.paint, sumCells);
}

function addUp(values: readonly unknown[]): Sum | bigint | undefined {
  if (values.every(isSum)) {
    return values.reduce<Sum>(
      (sum, { count, amount }) => ({ count: sum.count + count, amount: sum.amount + amount }),
      { count: 0, amount: 0n },
    );
  }
  const amounts = values.filter((value): value is bigint => typeof value === 'bigint');
  return amounts.length === values.length ? amounts.reduce((sum, amount) => sum + amount, 0n) : undefined;
}

/** One column for each key of any row, in the order in which they first appear; a sum takes two. */
function renderList(key: string, list: readonly Row[], look: Look): string[] {
  const rows = CODE_MAPS.has(key) ? list.map((row) => withMeaning(row, look.language)) : list;
  const keys = keysOf(rows);
  const fields = keys.flatMap((name) => fieldsOf(name, rows, look));
  const columns = fields.map(({ column }) => column);
  const cells = rows.map((row) => fields.map(({ cell }) => cell(row)));
  return renderTable(columns, cells, look.paint, sumOfRows(key, rows, fields, look));
}

function keysOf(rows: readonly Row[]): string[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !HIDDEN.has(name));
  const filled = keys.filter((name) => rows.some((row) => row[name] != null && row[name] !== ''));
  return filled.length <= WIDE_COLUMNS_MAX ? filled : filled.filter((name) => !WIDE_ONLY.has(name));
}

function withMeaning(row: Row, language: Language): Row {
  return { ...row, meaning: describeFinding(String(row['code']), language) };
}

interface Field {
  readonly key: string;
  readonly column: Column;
  cell(row: Row): Cell;
}

function fieldsOf(key: string, rows: readonly Row[], look: Look): Field[] {
  const title = labelOf(key, look.language);
  const values = rows.map((row) => row[key]);
  if (values.some(isSum)) {
    const part = (name: 'count' | 'amount'): Field => ({
      key: '',
      column: right(name === 'count' ? title : `${title} ${labelOf('amount', look.language)}`),
      cell(row) {
        const value = row[key];
        return isSum(value) ? cellOf(value[name], name, look) : { text: '' };
      },
    });
    return [part('count'), part('amount')];
  }
  const isRight = values.some((value) => isNumeric(value, key));
  return [{ key, column: { title, right: isRight }, cell: (row) => cellOf(row[key], key, look) }];
}

function sumOfRows(
  key: string,
  rows: readonly Row[],
  fields: readonly Field[],
  look: Look,
): Cell[] | undefined {
  if (!SUMMED.has(key) || rows.length < 2 || !rows.every(hasSum)) return undefined;
  const sum = addUp(rows.map(({ count, amount }) => ({ count, amount }))) as Sum;
  const label = { text: labelOf('sum', look.language) };
  return fields.map((field, index) => {
    if (field.key === 'count' || field.key === 'amount') return cellOf(sum[field.key], field.key, look);
    return index === 0 ? label : { text: '' };
  });
}

function left(title: string): Column {
  return { title, right: false };
}

function right(title: string): Column {
  return { title, right: true };
}
