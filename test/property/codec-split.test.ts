// The splitter, the cursor and the record parser against a reference that reads the whole file at once, written from the
// rule in record-end.ts and sharing no code with it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PieceSource } from '../../src/codec/byte-source.js';
import { RecordCursor } from '../../src/codec/record-cursor.js';
import {
  DELIMITERS,
  type Delimiter,
  LINE_BYTES_MAX,
  RECORD_BREAKS_MAX,
  RECORD_SPAN_BYTES_MAX,
} from '../../src/codec/record-end.js';
import { splitChunks } from '../../src/codec/split-chunks.js';
import { splitRecord } from '../../src/codec/split-record.js';

/** Bytes as latin1 text, so that one character is one byte. */
interface ReferenceRecord {
  line: number;
  fields: string[] | 'unreadable';
}

function referenceRecords(file: string, delimiter: Delimiter): ReferenceRecord[] {
  const lines = file.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const records: ReferenceRecord[] = [];
  for (let index = 0; index < lines.length; ) {
    const { taken, fields } = referenceRecord(lines, index, delimiter);
    const text = lines.slice(index, index + taken).join('');
    if (/[^ \t,;\r\n]/.test(text)) records.push({ line: index + 1, fields });
    index += taken;
  }
  return records;
}

function referenceRecord(
  lines: string[],
  index: number,
  delimiter: Delimiter,
): { taken: number; fields: string[] | 'unreadable' } {
  const broken = { taken: 1, fields: 'unreadable' } as const;
  if (lines[index]!.replace('\n', '').length > LINE_BYTES_MAX) return broken;
  let text = '';
  for (let taken = 1; taken <= RECORD_BREAKS_MAX + 1 && index + taken <= lines.length; taken++) {
    text += lines[index + taken - 1]!;
    if (taken > 1 && text.length > RECORD_SPAN_BYTES_MAX) return broken;
    const fields = rfc4180(text.replace(/\r?\n$|\r$/, ''), delimiter);
    if (fields === 'junk') return broken;
    if (fields !== 'open') return { taken, fields };
  }
  return broken;
}

/** A state machine, character by character. */
function rfc4180(text: string, delimiter: Delimiter): string[] | 'open' | 'junk' {
  const fields: string[] = [];
  let field = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  for (const character of text) {
    if (state === 'quoted') {
      if (character === '"') state = 'closed';
      else field += character;
    } else if (state === 'closed' && character === '"') {
      field += '"';
      state = 'quoted';
    } else if (character === delimiter) {
      fields.push(field);
      field = '';
      state = 'start';
    } else if (state === 'closed') {
      return 'junk';
    } else if (state === 'start' && character === '"') {
      state = 'quoted';
    } else {
      field += character;
      state = 'plain';
    }
  }
  if (state === 'quoted') return 'open';
  return [...fields, field];
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function ourRecords(
  file: string,
  delimiter: Delimiter,
  chunkBytes: number,
  pieceBytes: number,
  headBytes = 0,
): Promise<ReferenceRecord[]> {
  const bytes = Buffer.from(file, 'latin1');
  const source = new PieceSource(inPieces(bytes.subarray(headBytes), pieceBytes));
  const options = { delimiter, chunkBytes, head: bytes.subarray(0, headBytes) };
  const records: ReferenceRecord[] = [];
  let index = 0;
  for await (const chunk of splitChunks(source, options)) {
    expect(chunk.index).toBe(index++);
    expect(chunk.bytes.byteOffset).toBe(0);
    expect(chunk.hasQuote).toBe(chunk.bytes.includes(0x22));
    const cursor = new RecordCursor(chunk, delimiter);
    while (cursor.next()) {
      const text = Buffer.from(chunk.bytes.subarray(cursor.from, cursor.to)).toString('latin1');
      const fields = splitRecord(text, delimiter);
      records.push({ line: cursor.line, fields: Array.isArray(fields) ? fields : 'unreadable' });
    }
  }
  return records;
}

const delimiters = fc.constantFrom(...DELIMITERS);

/** Pieces of CSV that meet in every ugly way; 東 in GBK is 96 7C. */
const ugly = fc
  .array(
    fc.constantFrom(
      '"',
      '""',
      '"',
      ',',
      ';',
      '\t',
      '\n',
      '\n',
      '\r\n',
      '\r',
      'a',
      'bc',
      ' ',
      '\x96|',
      '",',
      '"\n',
      ',"',
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

describe('splitChunks with RecordCursor and splitRecord', () => {
  it('finds the records of the reference, at any chunk size, however the bytes come', async () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(
        ugly,
        delimiters,
        sizes,
        sizes,
        fc.nat(),
        async (file, delimiter, chunk, piece, head) => {
          const ours = await ourRecords(file, delimiter, chunk, piece, head % (file.length + 1));
          expect(ours).toEqual(referenceRecords(file, delimiter));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('does so where records come near the bounds', async () => {
    const span = RECORD_SPAN_BYTES_MAX;
    const near = fc.integer({ min: -4, max: 4 });
    const ends = fc.constantFrom('"\n', '"', '"\r\n', '"\r', '",x\n', '"x\n', '\n', '');
    await fc.assert(
      fc.asyncProperty(near, near, ends, fc.boolean(), async (length, chunk, end, hasBreak) => {
        const filler = 'x'.repeat(span + length - 10);
        const file = `a\n1,"${hasBreak ? '\n' : ''}${filler}${end}`;
        for (const tail of ['', 'b,c\n']) {
          const expected = referenceRecords(file + tail, ',');
          for (const chunkBytes of [span + chunk, 2 * span]) {
            expect(await ourRecords(file + tail, ',', chunkBytes, 10_000)).toEqual(expected);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('does so with quotes that are opened and closed over many lines', async () => {
    const line = fc.constantFrom('a,b\n', '"a,b\n', 'a,b"\n', '"\n', '"a","b"\n', '\n', 'a,"b\n');
    const files = fc.array(line, { minLength: 10, maxLength: 80 }).map((lines) => lines.join(''));
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 200 }), async (file, chunkBytes) => {
        expect(await ourRecords(file, ',', chunkBytes, 64)).toEqual(referenceRecords(file, ','));
      }),
      { numRuns: 500 },
    );
  });

  it('does so around lines that are too long', async () => {
    for (const excess of [-1, 0, 1, 2, 300_000]) {
      for (const end of ['\n', '\r\n', '']) {
        const file = `a,b\n1,"x\ny"\n2,${'z'.repeat(LINE_BYTES_MAX + excess - 2)}${end}${end && '3,c\n'}`;
        const expected = referenceRecords(file, ',');
        for (const chunkBytes of [100, 700_000, 4_000_000]) {
          expect(await ourRecords(file, ',', chunkBytes, 65_536), `${excess}`).toEqual(expected);
        }
      }
    }
  });
});
