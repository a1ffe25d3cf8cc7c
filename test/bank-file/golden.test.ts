// Golden files: the exact bytes that went to the banks' tests. UPDATE_GOLDEN=1 writes them anew; look at the difference.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import type { DecidedOutcome } from '../../src/bank-file/compile-return-writer.js';
import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { FORMAT_NAMES, loadFormat, rowsOf, samplesFor, writeFiles, writeReturn } from './formats.js';

const folder = fileURLToPath(new URL('./golden/', import.meta.url));

function expectGolden(name: string, bytes: Uint8Array): void {
  const path = `${folder}${name}`;
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  expect(existsSync(path), `${name} is not there; run with UPDATE_GOLDEN=1`).toBe(true);
  expect(Buffer.from(bytes).toString('latin1')).toBe(readFileSync(path, 'latin1'));
}

const OUTCOMES: DecidedOutcome[] = [
  { outcome: 'paid' },
  { outcome: 'failed' },
  { outcome: 'pending' },
  { outcome: 'paid' },
];

/** Paid, but the account has changed: to one of the length that the format takes. */
function corrected(definition: FormatDefinition): DecidedOutcome {
  const { unacceptableAccount } = compilePaymentFormat(definition);
  const fits = unacceptableAccount('6216261000000000026') === undefined;
  return {
    outcome: 'paid',
    correction: { account: fits ? '6216261000000000026' : samplesFor(definition)[0]!.account },
  };
}

describe.each(FORMAT_NAMES)('%s', (name) => {
  const definition = loadFormat(name);
  const rows = rowsOf(samplesFor(definition));

  it('writes its golden payment file', () => {
    for (const written of writeFiles(definition, rows))
      expectGolden(`${name}/${written.name}`, written.bytes);
  });

  it('answers with its golden return file', () => {
    const [written] = writeFiles(definition, rows);
    expectGolden(
      `${name}/return`,
      writeReturn(definition, written!, rows, (index) =>
        index === 3 ? corrected(definition) : OUTCOMES[index]!,
      ),
    );
  });
});
