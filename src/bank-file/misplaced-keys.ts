// Keys of a field that would do nothing where they stand: each says what it is for. Asked of the keys as they are written,
// before defaults are filled in.

import type { FieldContent, FieldType, LayoutKind } from './definition.js';
import type { FieldInput } from './definition-schema.js';

interface Written {
  readonly input: FieldInput;
  readonly kind: LayoutKind;
  readonly content: FieldContent;
  readonly type: FieldType;
}

interface Rule {
  readonly keys: readonly (keyof FieldInput)[];
  readonly where: string;
  readonly whereZh: string;
  holds(written: Written): boolean;
}

const isTree = ({ kind }: Written): boolean => kind === 'xml' || kind === 'json';
const isFiller = ({ content }: Written): boolean => content.kind === 'filler';
const isFixed = ({ kind }: Written): boolean => kind === 'fixed';

const RULES: readonly Rule[] = [
  { keys: ['at'], where: 'fixed records', whereZh: '定长记录', holds: isFixed },
  { keys: ['path', 'omitEmpty'], where: 'XML and JSON', whereZh: ' XML 和 JSON', holds: isTree },
  { keys: ['only'], where: 'XML', whereZh: ' XML', holds: ({ kind }) => kind === 'xml' },
  {
    keys: ['bare'],
    where: 'JSON and workbooks',
    whereZh: ' JSON 和工作簿',
    holds: ({ kind }) => kind === 'json' || kind === 'xlsx',
  },
  {
    keys: ['unit', 'decimals', 'point'],
    where: 'amounts',
    whereZh: '金额',
    holds: ({ type }) => type.kind === 'amount',
  },
  {
    keys: ['pattern', 'addDays'],
    where: 'dates',
    whereZh: '日期',
    holds: ({ type }) => type.kind === 'date',
  },
  {
    keys: ['slice'],
    where: 'values',
    whereZh: '取值（value）',
    holds: ({ content }) => content.kind === 'value',
  },
  {
    keys: ['map', 'otherwise'],
    where: 'values that are no amounts and no dates',
    whereZh: '金额和日期以外的取值（value）',
    holds: ({ content, type }) => content.kind === 'value' && type.kind !== 'amount' && type.kind !== 'date',
  },
  {
    keys: ['required', 'min', 'long', 'characters'],
    where: 'fields that hold something',
    whereZh: '有内容的字段',
    holds: (written) => !isFiller(written),
  },
  {
    keys: ['long'],
    where: 'fields with a longest length',
    whereZh: '有最大长度的字段',
    holds: (written) => isFixed(written) || written.input.max !== undefined,
  },
  {
    keys: ['maxUnit'],
    where: 'fields with max or min',
    whereZh: '有 max 或 min 的字段',
    holds: ({ input }) => input.max !== undefined || input.min !== undefined,
  },
  {
    keys: ['pad', 'justify'],
    where: 'fields with a width, and for the reference',
    whereZh: '有宽度的字段和支付编号（reference）',
    holds: (written) =>
      isFixed(written) || written.input.width !== undefined || written.input.value === 'reference',
  },
];

/** Reports each key once. */
export function reportMisplaced(
  written: Written,
  report: (code: 'keyElsewhere', values: { key: string; where: string; whereZh: string }) => void,
): void {
  const reported = new Set<string>();
  for (const { keys, where, whereZh, holds } of RULES) {
    if (holds(written)) continue;
    for (const key of keys) {
      if (written.input[key] === undefined || reported.has(key)) continue;
      reported.add(key);
      report('keyElsewhere', { key, where, whereZh });
    }
  }
}
