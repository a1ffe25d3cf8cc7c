// Broken return files, named by what is wrong: each is refused with the place. test/corpus/returns/expected.json says
// which format reads it, and what must come of it.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadFormat, readReturn } from './formats.js';

const folder = fileURLToPath(new URL('../corpus/returns/', import.meta.url));

interface Expected {
  format: string;
  line: number;
  column?: number;
  problem: string;
}

const expected: Record<string, Expected> = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8'));

describe('broken return files', () => {
  it('all have an expectation', () => {
    expect(
      readdirSync(folder)
        .filter((name) => name !== 'expected.json')
        .sort(),
    ).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s', async (name, { format, line, column, problem }) => {
    const bytes = readFileSync(`${folder}${name}`);
    for (const size of [1, 64 * 1024]) {
      await expect(readReturn(loadFormat(format), bytes, size)).rejects.toMatchObject({
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
