// What is written must be valid by the schemas that ISO publishes.

import { describe, expect, it } from 'vitest';
import { loadFormat, rowsOf, SAMPLE_PAYMENTS, writeFiles, writeReturn } from './formats.js';
import { hasSchema, validate } from './schema.js';

describe.skipIf(!hasSchema('pain.001.001.09.xsd'))(
  'ISO 20022 schemas (skipped where they are not there)',
  () => {
    const definition = loadFormat('iso20022');
    const rows = rowsOf(SAMPLE_PAYMENTS);
    const [written] = writeFiles(definition, rows);

    it('accepts the payment file as pain.001.001.09', () => {
      validate(written!.bytes, 'pain.001.001.09.xsd');
    });

    it('notices a payment file that is not', () => {
      const text = Buffer.from(written!.bytes).toString('utf8').replace('<PmtMtd>TRF</PmtMtd>', '');
      expect(() => validate(Buffer.from(text), 'pain.001.001.09.xsd')).toThrow(/PmtMtd|BtchBookg/);
    });

    it.each([
      ['a mixed answer', undefined],
      ['a refusal of the whole', { code: 'AM10', text: '总额不符' }],
    ])('accepts %s as pain.002.001.11', (_what, refused) => {
      const outcomes = ['paid', 'failed', 'pending', 'paid'] as const;
      const bytes = writeReturn(
        definition,
        written!,
        rows,
        (index) => ({ outcome: outcomes[index]! }),
        refused,
      );
      validate(bytes, 'pain.002.001.11.xsd');
    });
  },
);
