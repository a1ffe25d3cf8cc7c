import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { paymentSchema, returnSchema } from '../../src/bank-file/definition-schema.js';
import { checkFormat, parseFormat } from '../../src/bank-file/parse-definition.js';
import { VALUES } from '../../src/bank-file/value.js';
import { FORMAT_NAMES, readReturn, rowsOf, SAMPLE_PAYMENTS, writeFiles, writeReturn } from './formats.js';

const text = readFileSync(new URL('../../formats/README.md', import.meta.url), 'utf8');

describe('formats/README.md', () => {
  const files = [...text.matchAll(/```yaml\n# my-formats\/(\S+)\n([\s\S]*?)```/g)].map(([, path, yaml]) => ({
    path: path!,
    text: yaml!,
  }));

  it('has an example that works as it stands', async () => {
    expect(files).toHaveLength(2);
    expect(checkFormat({ name: 'my-bank', files })).toEqual([]);
    const definition = parseFormat({ name: 'my-bank', files });
    const rows = rowsOf(SAMPLE_PAYMENTS);
    const [written] = writeFiles(definition, rows);
    const answer = writeReturn(definition, written!, rows, (index) => ({
      outcome: index === 1 ? 'failed' : 'paid',
    }));
    const read = await readReturn(definition, answer);
    expect(read.rows.map((row) => [row.reference, row.code, row.text])).toEqual([
      ['000000700000003', 'E1', '户名不符'],
    ]);
    expect(read.totals.unlisted).toBe('paid');
  });

  it('names every key of a definition', () => {
    const keys = [...Object.keys(paymentSchema.shape), ...Object.keys(returnSchema.shape)];
    const field = Object.keys(paymentSchema.shape.records.shape.detail.element.shape.fields.element.shape);
    const limits = Object.keys(paymentSchema.shape.limits.unwrap().shape);
    const missing = [...keys, ...field, ...limits].filter((key) => !new RegExp(`\`${key}\\b`).test(text));
    expect(missing.filter((key) => key !== 'json')).toEqual([]);
  });

  it('names every value', () => {
    const groups = new Set(
      Object.keys(VALUES).map((name) =>
        /^(correction|listed|paid|failed|pending)\./.test(name) ? name.split('.')[0]! : name,
      ),
    );
    const missing = [...groups].filter(
      (name) => !text.includes(`\`${name}`) && !/^batch\.(code|text)|^file\.(code|text)/.test(name),
    );
    expect(missing).toEqual([]);
  });

  it('names every format', () => {
    for (const name of FORMAT_NAMES) expect(text).toContain(`\`${name}\``);
  });
});
