// What definitions of XML files can express beyond the formats that are shipped: small definitions, exact bytes.

import { describe, expect, it } from 'vitest';
import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { checkFormat, type FormatInput, parseFormat } from '../../src/bank-file/parse-definition.js';
import { formatInput, readPayments, rowsOf, type TestPayment, writeFiles } from './formats.js';

const PAYMENTS: TestPayment[] = [
  { name: 'ANN', account: '111122223333', residentId: 'USA000000000001', amountFen: 150 },
  { name: '<B&C "D">', account: '99990000', residentId: 'USA000000000002', amountFen: 2_000 },
  { name: '王明', account: '55556666777', residentId: 'USA000000000003', amountFen: 7 },
];

function input(xml: string, records: string): FormatInput {
  const text = `format: inline
title: Inline
source: made for the tests
status: sample
layout: xml
encoding: GBK
lines: { end: LF }
limits: { rowsPerBatch: 2 }
fileName: "F{file.number:4}.xml"
xml: ${xml}
records:
${records}`;
  return { name: 'inline', files: [{ path: 'inline/payment.yaml', text }] };
}

function written(definition: FormatDefinition): string[] {
  const [file] = writeFiles(definition, rowsOf(PAYMENTS));
  return new TextDecoder('gbk').decode(file!.bytes).trim().split('\n');
}

async function expectReadsBack(definition: FormatDefinition): Promise<void> {
  const [file] = writeFiles(definition, rowsOf(PAYMENTS));
  for (const size of [1, 3, 1000]) {
    const { rows } = await readPayments(definition, file!.bytes, size);
    expect(rows.map(({ account, amountFen, name }) => [account, amountFen, name])).toEqual(
      PAYMENTS.map(({ account, amountFen, name }) => [account, amountFen, name]),
    );
  }
}

describe('rows and batches that are attributes', () => {
  const definition = parseFormat(
    input(
      '{ file: pay, batch: list, detail: p, rootAttributes: { v: "1" } }',
      `  batchHeader:
    - name: list
      fields: [ { name: n, path: "@n", value: batch.number }, { name: sum, path: "@sum", value: batch.amount } ]
  detail:
    - name: p
      fields:
        - { name: seq, path: "@seq", value: sequence }
        - { name: acc, path: "@acc", value: account }
        - { name: amt, path: "@amt", value: amount, unit: fen }
        - { name: name, path: "who@name", value: name }
`,
    ),
  );

  it('are written in the opening tags', () => {
    expect(written(definition)).toEqual([
      '<?xml version="1.0" encoding="GBK"?>',
      '<pay v="1">',
      '<list n="1" sum="21.50">',
      '<p seq="1" acc="111122223333" amt="150"><who name="ANN"></who></p>',
      '<p seq="2" acc="99990000" amt="2000"><who name="&lt;B&amp;C &quot;D&quot;&gt;"></who></p>',
      '</list>',
      '<list n="2" sum="0.07">',
      '<p seq="3" acc="55556666777" amt="7"><who name="王明"></who></p>',
      '</list>',
      '</pay>',
    ]);
  });

  it('read back', () => expectReadsBack(definition));
});

describe('elements that stay open for what follows', () => {
  const definition = parseFormat(
    input(
      '{ file: doc, batch: body/group, detail: rows/r }',
      `  fileHeader:
    - name: head
      fields:
        - { name: inBody, path: body/count, value: file.count }
        - { name: no, path: "body@no", value: file.number }
        - { name: first, path: head/number, value: file.number }
  batchHeader:
    - name: group
      fields: [ { name: sum, path: rows/sum, value: batch.amount }, { name: id, path: id, value: batch.number } ]
  detail:
    - name: r
      fields:
        - { name: account, path: t, value: account }
        - { name: amount, path: "t[2]", value: amount }
        - { name: name, path: "t[3]", value: name }
`,
    ),
  );

  it('hold the header fields that belong in them', () => {
    expect(written(definition).slice(1, 4)).toEqual([
      '<doc><head><number>41</number></head><body no="41"><count>3</count>',
      '<group><id>1</id><rows><sum>21.50</sum>',
      '<r><t>111122223333</t><t>1.50</t><t>ANN</t></r>',
    ]);
    expect(written(definition).slice(-2)).toEqual(['</rows></group>', '</body></doc>']);
  });

  it('read back, every row of several elements with an index', () => expectReadsBack(definition));
});

describe('fields for one direction', () => {
  const xml = '{ file: d, detail: r }';
  const detail = (constant: string): string => `  detail:
    - name: r
      fields:
        - { name: account, path: a, value: account }
        - { name: amount, path: m, value: amount }
        - { name: name, path: n, value: name }
        - { name: more, path: n2, value: name, only: read }
        - { name: kind, path: k, constant: K${constant} }
`;
  const change = async (definition: FormatDefinition): Promise<string | undefined> => {
    const text = `${written(definition).join('\n')}\n`
      .replaceAll('<k>K</k>', '<k>L</k>')
      .replaceAll('王明', 'x');
    const read = readPayments(definition, Buffer.from(text, 'latin1'));
    return await read.then(
      () => undefined,
      (error) => error.details.problem,
    );
  };

  it('read only is not written', () => {
    expect(written(parseFormat(input(xml, detail('')))).join('')).not.toContain('n2');
  });

  it('a constant is compared, unless it is write only', async () => {
    expect(await change(parseFormat(input(xml, detail(''))))).toBe('"kind" is not K');
    expect(await change(parseFormat(input(xml, detail(', only: write'))))).toBeUndefined();
  });
});

describe('mistakes', () => {
  const row = (fields: string): string => `  detail:\n    - name: r\n      fields: [ ${fields} ]\n`;
  const good = '{ name: a, path: a, value: account }, { name: m, path: m, value: amount }';
  it.each([
    [
      'an element in a text',
      row(`${good}, { name: x, path: m/x, value: name }`),
      '"x" stands in m, which holds a text',
    ],
    [
      'an attribute of the root element',
      `  fileHeader:\n    - name: h\n      fields: [ { name: v, path: "@v", value: file.number } ]\n${row(good)}`,
      'an attribute of the root element is written by "rootAttributes"',
    ],
    [
      'an attribute without a name',
      row(`${good}, { name: x, path: "@", value: name }`),
      'is not an element path',
    ],
    ['a direction that is none', row(`${good}, { name: x, path: x, value: name, only: both }`), 'only'],
  ])('%s', (_what, records, problem) => {
    const problems = checkFormat(input('{ file: d, detail: r }', records)).map((found) => found.problem);
    expect(problems.join('\n')).toContain(problem);
  });

  it('a direction where there are no elements', () => {
    const { name, files } = formatInput('fixed-sample');
    const changed = files.map(({ path, text }) => ({
      path,
      text: text.replace('value: account', 'value: account, only: read'),
    }));
    expect(checkFormat({ name, files: changed }).map(({ problem }) => problem)).toContain(
      '"only" is for XML, and does nothing here',
    );
  });

  it.each([
    ['return-camt054.yaml', 'a further return needs return.yaml'],
    ['return-.yaml', 'and no other file'],
    ['returns.yaml', 'and no other file'],
  ])('the file %s beside a payment file alone', (path, problem) => {
    const { files } = input('{ file: d, detail: r }', row(good));
    const more = { path: `inline/${path}`, text: files[0]!.text };
    expect(
      checkFormat({ name: 'inline', files: [...files, more] })
        .map((found) => found.problem)
        .join(),
    ).toContain(problem);
  });

  it('in a further return are found like those in the first', () => {
    const { name, files } = formatInput('iso20022');
    const changed = files.map(({ path, text }) =>
      path.endsWith('camt054.yaml')
        ? { path, text: text.replace('value: reference', 'value: reverence') }
        : { path, text },
    );
    expect(checkFormat({ name, files: changed })).toMatchObject([
      { file: expect.stringContaining('return-camt054.yaml'), problem: '"reverence" is not a value' },
    ]);
  });
});
