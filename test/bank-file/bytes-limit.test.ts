// A limit on the bytes of a file is kept for every content that the fields allow.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseFormat } from '../../src/bank-file/parse-definition.js';
import { rowsOf, writeFiles } from './formats.js';

function format(layout: 'fixed' | 'delimited', batches: boolean, bytes: number) {
  const fields = `
        - { name: n, value: sequence, width: 8 }
        - { name: a, value: account, width: 32 }
        - { name: c, value: name, width: 40, max: 40, maxUnit: bytes, long: cut }
        - { name: m, value: amount, width: 20 }
        - { name: k, constant: "甲", width: 4 }
        - { name: r, template: "YK{reference:15}", width: 17 }
`;
  const batch = `
  batchHeader:
    - name: batch
${layout === 'fixed' ? '      length: 20\n' : ''}      fields: [{ name: b, constant: B, width: 2 }, { name: c, value: batch.count, width: 18 }]
`;
  return parseFormat({
    name: 'small',
    files: [
      {
        path: 'small/payment.yaml',
        text: `format: small
title: Small
source: made for the tests
status: sample
layout: ${layout}
encoding: GB18030
${layout === 'fixed' ? 'fixed: { length: 121 }' : 'delimited: { separator: "|", quote: needed }'}
limits: { bytesPerFile: ${bytes}${batches ? ', rowsPerBatch: 3' : ''} }
fileName: "S{file.number}.txt"
records:${batches ? batch : ''}
  fileTrailer:
    - name: end
${layout === 'fixed' ? '      length: 10\n' : ''}      fields: [{ name: t, constant: T, width: 2 }, { name: c, value: file.count, width: 8, max: 8 }]
  detail:
    - name: row
      fields:${fields}`,
      },
    ],
  });
}

const payment = fc.record({
  name: fc.stringMatching(/^[王"𠮷|a]{1,30}$/u),
  account: fc.stringMatching(/^[0-9]{32}$/),
  residentId: fc.constant('460105194001011234'),
  amountFen: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
});

it.each([
  ['fixed', false],
  ['fixed', true],
  ['delimited', false],
  ['delimited', true],
] as const)('in %s files (batches: %s)', (layout, batches) => {
  const bytes = 2000;
  const definition = format(layout, batches, bytes);
  fc.assert(
    fc.property(fc.array(payment, { minLength: 1, maxLength: 60 }), (payments) => {
      const files = writeFiles(definition, rowsOf(payments));
      for (const file of files) expect(file.bytes.length).toBeLessThanOrEqual(bytes);
      // And it is no excuse for files of one row each.
      expect(files.length).toBeLessThanOrEqual(Math.ceil(payments.length / 4));
    }),
    { numRuns: 60 },
  );
});
