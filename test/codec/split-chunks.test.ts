import { describe, expect, it } from 'vitest';
import { type ByteSource, PieceSource } from '../../src/codec/byte-source.js';
import { LINE_BYTES_MAX } from '../../src/codec/record-end.js';
import { type RecordChunk, splitChunks } from '../../src/codec/split-chunks.js';
import { encodeGb18030 } from '../../src/encoding/gb18030.js';

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function chunksOf(bytes: Uint8Array, chunkBytes: number, head?: Uint8Array): Promise<RecordChunk[]> {
  const chunks: RecordChunk[] = [];
  const options = { delimiter: ',', chunkBytes, ...(head === undefined ? {} : { head }) } as const;
  for await (const chunk of splitChunks(new PieceSource(inPieces(bytes, 7)), options)) chunks.push(chunk);
  return chunks;
}

const texts = (chunks: RecordChunk[]) => chunks.map(({ bytes }) => Buffer.from(bytes).toString());

describe('splitChunks', () => {
  it('cuts at line ends and says which line each chunk begins on', async () => {
    const chunks = await chunksOf(Buffer.from('a,1\nb,2\nc,3\nd,4'), 10);
    expect(texts(chunks)).toEqual(['a,1\nb,2\n', 'c,3\nd,4']);
    expect(chunks.map(({ index, firstLine }) => [index, firstLine])).toEqual([
      [0, 1],
      [1, 3],
    ]);
  });

  it('does not cut inside quotes', async () => {
    const chunks = await chunksOf(Buffer.from('a,"x\ny"\nb,2\nc,3\n'), 9);
    expect(texts(chunks)).toEqual(['a,"x\ny"\n', 'b,2\nc,3\n']);
    expect(chunks.map(({ hasQuote, firstLine }) => [hasQuote, firstLine])).toEqual([
      [true, 1],
      [false, 3],
    ]);
  });

  it('does not cut inside a character, because no character of GB 18030 holds a newline', async () => {
    const file = encodeGb18030('1,東\n2,𠮷㛃\n3,王\n');
    for (let size = 1; size <= file.length; size++) {
      expect(Buffer.concat((await chunksOf(file, size)).map(({ bytes }) => bytes))).toEqual(
        Buffer.from(file),
      );
      for (const { bytes } of await chunksOf(file, size)) expect(bytes.at(-1)).toBe(0x0a);
    }
  });

  it('gives nothing for nothing, and takes the head first', async () => {
    expect(await chunksOf(new Uint8Array(0), 10)).toEqual([]);
    expect(texts(await chunksOf(Buffer.from('c\nd\n'), 100, Buffer.from('a\nb')))).toEqual(['a\nbc\nd\n']);
  });

  it('gives each chunk memory of its own, which can be transferred while reading goes on', async () => {
    const lines: string[] = [];
    const source = new PieceSource(inPieces(Buffer.from('a,1\nb,2\nc,3\nd,4\n'), 3));
    for await (const { bytes } of splitChunks(source, { delimiter: ',', chunkBytes: 6 })) {
      const moved = structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] });
      expect(bytes.length).toBe(0);
      lines.push(Buffer.from(moved).toString());
    }
    expect(lines.join('')).toBe('a,1\nb,2\nc,3\nd,4\n');
  });

  it('keeps no line without an end in memory', async () => {
    let largest = 0;
    let remaining = 64;
    const endless: ByteSource = {
      async read(target, at) {
        largest = Math.max(largest, target.length);
        if (remaining-- <= 0) return 0;
        target.fill(0x78, at);
        return target.length - at;
      },
      async close() {},
    };
    const chunks: RecordChunk[] = [];
    for await (const chunk of splitChunks(endless, { delimiter: ',', chunkBytes: 1024 * 1024 }))
      chunks.push(chunk);
    expect(texts(chunks)).toEqual(['"line too long"!']);
    expect(largest).toBeLessThanOrEqual(4 * LINE_BYTES_MAX);
  });
});
