// Rows of return files by the compiled path and by the careful one, on random ugly files.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAnswerProgram } from '../../src/bank-file/answer-program.js';
import type { FieldDefinition, FileLayout, FormatDefinition } from '../../src/bank-file/definition.js';
import { encodeAll } from '../../src/bank-file/text-rules.js';
import { loadFormat } from '../bank-file/formats.js';
import { expectOneAnswer } from '../support/return-paths.js';

function withLayout(name: string, change: (layout: FileLayout) => FileLayout): FormatDefinition {
  const definition = loadFormat(name);
  const returns = definition.returns!;
  return { ...definition, returns: { ...returns, layout: change(returns.layout) } };
}

/** Changes every field of the detail records. */
function withFields(
  layout: FileLayout,
  change: (field: FieldDefinition) => Partial<FieldDefinition>,
): FileLayout {
  const detail = layout.records.detail.map((record) => ({
    ...record,
    fields: record.fields.map((field) => ({ ...field, ...change(field) })),
  }));
  return { ...layout, records: { ...layout.records, detail } };
}

const isAmount = ({ content }: FieldDefinition): boolean =>
  content.kind === 'value' && content.value === 'amount';

const DEFINITIONS: Readonly<Record<string, FormatDefinition>> = {
  fixed: loadFormat('fixed-sample'),
  'fixed, short lines': withLayout('fixed-sample', (layout) => ({ ...layout, shortLines: true })),
  'fixed, yuan with a point among zeros': withLayout('fixed-sample', (layout) =>
    withFields(layout, (field) =>
      isAmount(field) ? { type: { kind: 'amount', unit: 'yuan', decimals: 2, point: true } } : {},
    ),
  ),
  'fixed, UTF-8': withLayout('fixed-sample', (layout) => ({ ...layout, encoding: 'UTF-8' })),
  delimited: loadFormat('delimited-sample'),
  'delimited, UTF-8': withLayout('delimited-sample', (layout) => ({ ...layout, encoding: 'UTF-8' })),
  'delimited, quotes, separators at the end': withLayout('delimited-sample', (layout) => ({
    ...layout,
    records: {
      ...layout.records,
      detail: layout.records.detail.map((record) => ({ ...record, quote: 'needed', trailing: true })),
    },
  })),
  'delimited, zero for no amount': withLayout('delimited-sample', (layout) =>
    withFields(layout, (field) => (isAmount(field) ? { codes: ['1*'] } : {})),
  ),
};

const NAMES = ['黄东松', '欧阳娜娜', '买买提·艾力', '', 'ANN LEE', '赵 六', '丂|丄', '陈𠮷', '"李"'];
const CODES = ['0000', '0000', '0000', '1001', '1001', '5001', '0001', '', '7777', ' 0000', '0000 '];
const TEXTS = ['入账成功', '入账成功', '账号不存在', '', '其他：见附言', 'ok', '账', '﨏'];
const AMOUNTS = ['10000', '100.00', '100', '100.5', '0.50', '00.50', '.50', '5.', '', '0', '100.001', '1e3'];
const MORE_AMOUNTS = ['100.000', '99999999999999', '123456789012345678', '-5', '１００', '0100'];
const REFERENCES = ['00000010000000', '0000000000000', '00000020000001', '9999999999999'];

type Texts = Readonly<Record<string, string>>;

const ROW: fc.Arbitrary<Texts> = fc.record({
  sequence: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 99 }).map(String) },
    fc.constantFrom('', '000001', '  7', '7 ', '0', '123456789012', 'x'),
  ),
  reference: fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .tuple(fc.constantFrom(...REFERENCES), fc.integer({ min: 0, max: 9 }))
        .map(([head, digit]) => {
          return `${head}${digit}`.padStart(15, '0').slice(-15);
        }),
    },
    fc.constantFrom('', '000000000000001', '12345', ' 00000010000000', 'ABCDEFGHIJKLMNO', '0000001000000012'),
  ),
  account: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('6216611448390182199', '621661103395624410') },
    fc.constantFrom('', ' 6216', '账号', '62"16', '0000'),
  ),
  name: fc.constantFrom(...NAMES),
  amount: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('10000', '100.00', '25000', '250.00') },
    fc.constantFrom(...AMOUNTS, ...MORE_AMOUNTS),
  ),
  code: fc.constantFrom(...CODES),
  text: fc.constantFrom(...TEXTS),
  'correction.account': fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    fc.constantFrom('6217', ' ', '"x"'),
  ),
});

/** What is done to a row's bytes: most stay as they are. */
const DAMAGE = fc.oneof(
  { weight: 24, arbitrary: fc.constant({ kind: 'none' as const, at: 0, byte: 0 }) },
  fc.record({
    kind: fc.constantFrom('set' as const, 'drop' as const, 'add' as const, 'cut' as const),
    at: fc.nat(170),
    byte: fc.constantFrom(0x20, 0x30, 0x7c, 0x22, 0x0d, 0x0a, 0x00, 0x1a, 0x80, 0x81, 0xce, 0xff),
  }),
);
const LINE_END = fc.oneof(
  { weight: 24, arbitrary: fc.constantFrom('\r\n', '\r\n', '\n') },
  fc.constantFrom('\r\r\n', '\n\n', '\r', ''),
);

function lineOf(layout: FileLayout, texts: Texts, isTidy: boolean): Buffer {
  const [record] = layout.records.detail;
  const parts = record!.fields.map((field) => {
    const { content } = field;
    const text =
      content.kind === 'constant'
        ? content.text
        : content.kind === 'value'
          ? (texts[content.value] ?? '')
          : '';
    const bytes = Buffer.from(encodeAll(isTidy ? text.trim() : text, layout.encoding) ?? Buffer.from('?'));
    if (layout.kind !== 'fixed') return bytes;
    const padded = Buffer.alloc(field.width, field.pad === '0' && isTidy ? '0' : ' ');
    bytes.copy(padded, field.justify === 'right' ? Math.max(0, field.width - bytes.length) : 0);
    return padded;
  });
  if (layout.kind === 'fixed') return Buffer.concat(parts);
  const ends = record!.trailing ? '|' : '';
  return Buffer.concat([
    ...parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from('|'), part])),
    Buffer.from(ends),
  ]);
}

type Damage = { kind: 'none' | 'set' | 'drop' | 'add' | 'cut'; at: number; byte: number };

function damaged(line: Buffer, { kind, at, byte }: Damage): Buffer {
  const place = Math.min(at, line.length);
  switch (kind) {
    case 'set':
      return Buffer.concat([line.subarray(0, place), Buffer.of(byte), line.subarray(place + 1)]);
    case 'drop':
      return Buffer.concat([line.subarray(0, place), line.subarray(place + 1)]);
    case 'add':
      return Buffer.concat([line.subarray(0, place), Buffer.of(byte), line.subarray(place)]);
    case 'cut':
      return line.subarray(0, place);
    default:
      return line;
  }
}

/** Header and trailer without totals: whether those agree is another matter, and the same code. */
function framed(layout: FileLayout, rows: Buffer, status: string): Buffer {
  const line = (record: FileLayout['records']['detail'][number] | undefined, texts: Texts): Buffer => {
    if (record === undefined) return Buffer.alloc(0);
    const records = { ...layout.records, detail: [record] };
    return Buffer.concat([lineOf({ ...layout, records }, texts, false), Buffer.from('\r\n')]);
  };
  const { fileHeader, fileTrailer } = layout.records;
  const head = line(fileHeader[0], {
    'file.status': status,
    'file.number': '00000007',
    'file.date': '20261028',
  });
  return Buffer.concat([head, rows, line(fileTrailer[0], {})]);
}

describe.each(Object.entries(DEFINITIONS))('a return file, %s', (_name, definition) => {
  const { layout } = definition.returns!;

  it('has a compiled path', () => {
    expect(compileAnswerProgram(layout)).toBeDefined();
  });

  it('is read the same by both paths, however its bytes come', { timeout: 120_000 }, async () => {
    let read = 0;
    const row = fc.record({ texts: ROW, damage: DAMAGE, end: LINE_END });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.constantFrom('0000', '0000', '9001', ''),
        fc.constantFrom(1, 7, 100, 333, 64 * 1024),
        fc.boolean(),
        fc.boolean(),
        async (rows, status, size, isWhole, isTidy) => {
          const lines = rows.map(({ texts, damage, end }) => {
            const line = lineOf(layout, isTidy ? tidied(texts) : texts, isTidy);
            return isWhole || isTidy
              ? Buffer.concat([line, Buffer.from(end === '\n' ? '\n' : '\r\n')])
              : Buffer.concat([damaged(line, damage), Buffer.from(end)]);
          });
          const answer = await expectOneAnswer(
            definition,
            framed(layout, Buffer.concat(lines), status),
            size,
          );
          if (answer.rows) read++;
        },
      ),
      { numRuns: 400 },
    );
    // Most random files are refused; the rows of the others are what this is about.
    expect(read).toBeGreaterThan(80);
  });
});

/** What no reader refuses, though some of it is not plain. */
function tidied(texts: Texts): Texts {
  const isAmount =
    /^(?:[0-9]{1,12})?(?:\.[0-9]{1,2})?$/.test(texts['amount']!) && !/^\./.test(texts['amount']!);
  return {
    ...texts,
    sequence: texts['sequence'] === 'x' ? '' : texts['sequence']!.slice(0, 6),
    amount: isAmount ? texts['amount']!.replace('.', '') : '',
    account: texts['account']!.replace('"', ''),
    name: texts['name']!.replace(/[|"]/g, ''),
  };
}
