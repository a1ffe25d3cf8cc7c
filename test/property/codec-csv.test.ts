// fast-csv as an independent referee, for input that both must read alike: well-formed RFC 4180.

import fc from 'fast-check';
import { parseString } from 'fast-csv';
import { describe, expect, it } from 'vitest';
import { PieceSource } from '../../src/codec/byte-source.js';
import { csvLine } from '../../src/codec/csv-writer.js';
import { readRecord } from '../../src/codec/read-records.js';
import { RecordCursor } from '../../src/codec/record-cursor.js';
import { DELIMITERS, type Delimiter } from '../../src/codec/record-end.js';
import { splitChunks } from '../../src/codec/split-chunks.js';
import { splitRecord } from '../../src/codec/split-record.js';

async function ours(text: string, delimiter: Delimiter, chunkBytes: number): Promise<string[][]> {
  async function* pieces() {
    yield Buffer.from(text);
  }
  const rows: string[][] = [];
  for await (const chunk of splitChunks(new PieceSource(pieces()), { delimiter, chunkBytes })) {
    const cursor = new RecordCursor(chunk, delimiter);
    while (cursor.next()) {
      const fields = readRecord(chunk.bytes, cursor.from, cursor.to, 'utf-8', delimiter);
      if (!Array.isArray(fields)) throw new Error(fields.problem);
      rows.push(fields);
    }
  }
  return rows;
}

function referee(text: string, delimiter: Delimiter): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const rows: string[][] = [];
    parseString<string[], string[]>(text, { delimiter, headers: false, ignoreEmpty: false })
      .on('data', (row: string[]) => rows.push(row))
      .on('error', reject)
      .on('end', () => resolve(rows));
  });
}

/** Cells without CR: fast-csv keeps it in quotes too, but takes it for a line end elsewhere. */
const cell = fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', 'a', '1', ' ', '王', '𠮷') });
/** The first cell is not empty, so that no row is blank. */
const row = fc.tuple(cell, cell, cell).map((cells) => [`k${cells[0]}`, cells[1], cells[2]]);
const rows = fc.array(row, { minLength: 1, maxLength: 20 });

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('reading well-formed CSV', () => {
  it('agrees with fast-csv, with what was written, and at every chunk size', async () => {
    const choices = fc.record({
      delimiter: fc.constantFrom(...DELIMITERS),
      newline: fc.constantFrom('\n', '\r\n'),
      isEnded: fc.boolean(),
      chunkBytes: fc.integer({ min: 1, max: 100 }),
      quoteAll: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        rows,
        choices,
        async (table, { delimiter, newline, isEnded, chunkBytes, quoteAll }) => {
          const write = (text: string) => (quoteAll || /["\n,;\t]/.test(text) ? quoted(text) : text);
          const lines = table.map((cells) => cells.map(write).join(delimiter));
          const text = lines.join(newline) + (isEnded ? newline : '');
          expect(await ours(text, delimiter, chunkBytes)).toEqual(table);
          expect(await referee(text, delimiter)).toEqual(table);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('csvLine', () => {
  it('is undone by splitRecord, but for the apostrophe before what would be a formula', () => {
    const any = fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r', '\t', '=', '+', '-', '@', '1', '.', 'a', '王', ' '),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 5 }), (cells) => {
        const fields = splitRecord(csvLine(cells).slice(0, -2), ',');
        const unguarded = (fields as string[]).map((field, index) =>
          field === `'${cells[index]}` ? field.slice(1) : field,
        );
        expect(unguarded).toEqual(cells);
      }),
    );
  });

  it('never begins a cell as a formula, unless it is a plain number', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝'), fc.string(), (start, rest) => {
        const [field] = splitRecord(csvLine([start + rest]).slice(0, -2), ',') as string[];
        expect(/^[+-]?[0-9]+(\.[0-9]+)?$/.test(field!) || field!.startsWith("'")).toBe(true);
      }),
    );
  });
});
