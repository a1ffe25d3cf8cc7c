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
  fields: string[] | 'unreadable' | 'too long';
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
): { taken: number } & Pick<ReferenceRecord, 'fields'> {
  const broken = { taken: 1, fields: 'unreadable' } as const;
  if (lines[index]!.replace('\n', '').length > LINE_BYTES_MAX) return { taken: 1, fields: 'too long' };
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

const NAMES = {
  'line-too-long': 'too long',
  'quote-unclosed': 'unreadable',
  'text-after-quote': 'unreadable',
} as const;

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
      records.push({ line: cursor.line, fields: Array.isArray(fields) ? fields : NAMES[fields.problem] });
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
    for (const end of ['"\n', '"', '"\r\n', '"\r', '",x\n', '"x\n', '\n', '']) {
      for (let length = -4; length <= 4; length++) {
        // The record begins at offset 2, so with a buffer of 2 bytes more than the span it fills the buffer.
        const head = `a\n1,"\n`;
        const file = head + 'x'.repeat(RECORD_SPAN_BYTES_MAX + 2 + length - head.length - end.length) + end;
        for (const tail of ['', 'b,c\n']) {
          const expected = JSON.stringify(referenceRecords(file + tail, ','));
          for (const chunkBytes of [1, 2, 3].map((more) => RECORD_SPAN_BYTES_MAX + more)) {
            const ours = await ourRecords(file + tail, ',', chunkBytes, 100_000);
            expect(
              JSON.stringify(ours) === expected,
              `${JSON.stringify(end)} ${length} ${tail} ${chunkBytes}`,
            ).toBe(true);
          }
        }
      }
    }
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

  it('does so when lines that are too long come between lines that are not', async () => {
    const lengths = fc.array(
      fc.constantFrom(10, 10, 400_000, LINE_BYTES_MAX, LINE_BYTES_MAX + 1, 2_500_000),
      {
        minLength: 2,
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(lengths, fc.constantFrom(50_000, 600_000, 3_000_000), async (list, chunkBytes) => {
        const file = list.map((length, index) => `${index},${'y'.repeat(length - 2)}\n`).join('');
        const ours = await ourRecords(file, ',', chunkBytes, 100_000);
        // Compared by hand: a difference of megabytes takes minutes to print.
        expect(JSON.stringify(ours) === JSON.stringify(referenceRecords(file, ','))).toBe(true);
      }),
      { numRuns: 40 },
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
