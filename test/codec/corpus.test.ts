// Files named by what is wrong with them, read from disk as users' files are. Beside each stands what must come out.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROSTER_COLUMNS } from '../../src/codec/columns.js';
import { openTable, type Table } from '../../src/codec/open-table.js';
import { readRecords } from '../../src/codec/read-records.js';

interface Expected {
  error?: { code: string } & Record<string, unknown>;
  kind?: string;
  encoding?: string;
  delimiter?: string;
  headerLine?: number;
  width?: number;
  unknown?: string[];
  /** Line, and the fields or the problem. */
  records?: [line: number, fields: string[] | string][];
  /** When `records` lists the last ones only. */
  count?: number;
}

const folder = new URL('../corpus/files/', import.meta.url);
const names = readdirSync(folder);
const samples = names.filter((name) => !name.endsWith('.json'));

const read = async (table: Table<string>) => {
  const records: [number, string[] | string][] = [];
  for await (const { line, fields } of readRecords(table)) {
    records.push([line, Array.isArray(fields) ? fields : fields.problem]);
  }
  return records;
};

describe('the corpus', () => {
  it('has what is expected beside every file, and nothing else', () => {
    expect(names.filter((name) => name.endsWith('.json')).sort()).toEqual(
      samples.map((name) => `${name}.json`).sort(),
    );
  });

  it.each(samples)('%s', async (name) => {
    const path = new URL(name, folder).pathname;
    const expected = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Expected;
    if (expected.error !== undefined) {
      const { code, ...details } = expected.error;
      const reading = openTable(path, ROSTER_COLUMNS).then(read);
      await expect(reading).rejects.toMatchObject({ code, details: { file: name, ...details } });
      return;
    }
    for (const chunkBytes of [7, 1000, 1_000_000]) {
      const table = await openTable(path, ROSTER_COLUMNS, { chunkBytes });
      expect(table.headerLine).toBe(expected.headerLine ?? 1);
      expect(table.kind).toBe(expected.kind ?? 'text');
      expect(table.delimiter).toBe(expected.delimiter ?? ',');
      if (expected.width !== undefined) expect(table.width).toBe(expected.width);
      expect(table.unknown).toEqual(expected.unknown ?? []);
      const records = await read(table);
      if (expected.count !== undefined) expect(records).toHaveLength(expected.count);
      expect(expected.count === undefined ? records : records.slice(-expected.records!.length)).toEqual(
        expected.records,
      );
    }
    const encodings = new Set<string>();
    for await (const { encoding } of (await openTable(path, ROSTER_COLUMNS)).chunks())
      encodings.add(encoding);
    expect([...encodings]).toEqual([expected.encoding]);
  });
});
