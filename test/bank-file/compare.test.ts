// A constant is compared where it stands, unless its field says `compare: false`: in every layout.

import { describe, expect, it } from 'vitest';
import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { parseFormat } from '../../src/bank-file/parse-definition.js';
import { readPayments, rowsOf, SAMPLE_PAYMENTS, writeFiles } from './formats.js';

const LAYOUTS = ['delimited', 'fixed', 'xml', 'json'] as const;
const EXTRA: Readonly<Record<(typeof LAYOUTS)[number], string>> = {
  delimited: 'delimited: { separator: "," }',
  fixed: 'fixed: { length: 60 }',
  xml: 'xml: { file: pay, detail: p }',
  json: 'json: { detail: rows }',
};

function define(layout: (typeof LAYOUTS)[number], compare: string): FormatDefinition {
  const field = (name: string, rest: string, width: number): string =>
    `        - { name: ${name}, ${rest}${layout === 'fixed' ? `, width: ${width}` : ''}${
      layout === 'xml' || layout === 'json' ? `, path: ${name}` : ''
    } }`;
  const text = `format: inline
title: Inline
source: made for the tests
status: sample
layout: ${layout}
encoding: UTF-8
${EXTRA[layout]}
fileName: "F{file.number:4}.txt"
records:
  detail:
    - name: row
      fields:
${field('kind', `constant: KIND${compare}`, 4)}
${field('account', 'value: account', 32)}
${field('amount', 'value: amount, unit: fen', 12)}
${field('rest', 'constant: END', 12)}
`;
  return parseFormat({ name: 'inline', files: [{ path: 'inline/payment.yaml', text }] });
}

describe.each(LAYOUTS)('a constant in a %s file', (layout) => {
  async function read(compare: string): Promise<number> {
    const definition = define(layout, compare);
    const [written] = writeFiles(definition, rowsOf(SAMPLE_PAYMENTS));
    const text = Buffer.from(written!.bytes).toString('utf8');
    expect(text).toContain('KIND');
    return (await readPayments(definition, Buffer.from(text.replaceAll('KIND', 'ELSE')))).rows.length;
  }

  it('that is another is refused', async () => {
    await expect(read('')).rejects.toMatchObject({
      code: 'PAYMENT_FILE_CHANGED',
      details: { problem: expect.stringContaining('"kind" is not KIND') },
    });
  });

  it('that is not compared is passed over', async () => {
    expect(await read(', compare: false')).toBe(SAMPLE_PAYMENTS.length);
  });
});
