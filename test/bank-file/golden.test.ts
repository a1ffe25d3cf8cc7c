// Golden files: the exact bytes that went to the banks' tests. UPDATE_GOLDEN=1 writes them anew; look at the difference.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { DecidedOutcome } from '../../src/bank-file/compile-return-writer.js';
import { FORMAT_NAMES, loadFormat, rowsOf, SAMPLE_PAYMENTS, writeFiles, writeReturn } from './formats.js';

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
  { outcome: 'paid', correction: { account: '6216261000000000026' } },
];

describe.each(FORMAT_NAMES)('%s', (name) => {
  const definition = loadFormat(name);
  const rows = rowsOf(SAMPLE_PAYMENTS);

  it('writes its golden payment file', () => {
    for (const written of writeFiles(definition, rows))
      expectGolden(`${name}/${written.name}`, written.bytes);
  });

  it('answers with its golden return file', () => {
    const [written] = writeFiles(definition, rows);
    expectGolden(
      `${name}/return`,
      writeReturn(definition, written!, rows, (index) => OUTCOMES[index]!),
    );
  });
});
