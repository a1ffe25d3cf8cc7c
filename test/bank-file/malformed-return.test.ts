// Broken return files, named by what is wrong: each is refused with the place. test/corpus/returns/expected.json says
// which format reads it, and what must come of it.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allReturns, type FormatDefinition } from '../../src/bank-file/definition.js';
import { FORMAT_NAMES, loadFormat, readReturn } from './formats.js';

const folder = fileURLToPath(new URL('../corpus/returns/', import.meta.url));

interface Expected {
  format: string;
  /** Another of the format's answers: camt053. */
  answer?: string;
  line: number;
  column?: number;
  problem: string;
}

const expected: Record<string, Expected> = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8'));

function answering(definition: FormatDefinition, kind: string | undefined): FormatDefinition {
  if (kind === undefined) return definition;
  return { ...definition, returns: allReturns(definition).find((returns) => returns.kind === kind)! };
}

/** Two formats that read the same files as another. */
const SAME_AS: Readonly<Record<string, string>> = { 'boc-express': 'boc-normal', 'nacha-ccd': 'nacha-ppd' };

describe('broken return files', () => {
  it('stand there for every format that is read from bytes', () => {
    const broken = new Set(Object.values(expected).map(({ format }) => format));
    const read = FORMAT_NAMES.filter((name) => loadFormat(name).returns?.layout.kind !== 'xlsx');
    expect(read.map((name) => SAME_AS[name] ?? name).filter((name) => !broken.has(name))).toEqual([]);
  });

  it('all have an expectation', () => {
    expect(
      readdirSync(folder)
        .filter((name) => name !== 'expected.json')
        .sort(),
    ).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s', async (name, { format, answer, line, column, problem }) => {
    const definition = answering(loadFormat(format), answer);
    const bytes = readFileSync(`${folder}${name}`);
    for (const size of [1, 64 * 1024]) {
      await expect(readReturn(definition, bytes, size)).rejects.toMatchObject({
        code: 'RETURN_FILE_INVALID',
        details: {
          line,
          problem: expect.stringContaining(problem),
          ...(column === undefined ? {} : { column }),
        },
      });
    }
  });
});
