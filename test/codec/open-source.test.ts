import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFully } from '../../src/codec/byte-source.js';
import { openSource, openStream } from '../../src/codec/open-source.js';
import { sha256OfFile } from '../../src/codec/sha256-of-file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yika-source-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: Uint8Array | string) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

const contentOf = async (path: string) => {
  const source = await openSource(path);
  if (source.kind !== 'text') throw new Error('a sheet');
  const target = Buffer.alloc(10_000_000);
  const length = await readFully(source.bytes, target, 0);
  await source.bytes.close();
  await source.bytes.close();
  return target.subarray(0, length);
};

describe('openSource', () => {
  it('gives the bytes of a file as they are, and of a gzip file unpacked', async () => {
    const content = Buffer.from('姓名,金额\n'.repeat(100_000));
    expect((await contentOf(await file('a.csv', content))).equals(content)).toBe(true);
    expect((await contentOf(await file('b.csv', gzipSync(content)))).equals(content)).toBe(true);
  });

  it('takes a file of one byte', async () => {
    expect((await contentOf(await file('c.csv', 'x'))).toString()).toBe('x');
  });

  it('refuses a file that is not there, without its folder', async () => {
    await expect(openSource(join(folder, '张三', 'no.csv'))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      details: { file: 'no.csv' },
    });
  });

  it('refuses a folder', async () => {
    await expect(openSource(folder)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { reason: 'EISDIR' },
    });
  });

  it('can be closed before its end, packed or not', async () => {
    const content = Buffer.from('姓名,金额\n'.repeat(1_000_000));
    for (const path of [await file('d.csv', content), await file('e.csv', gzipSync(content))]) {
      const source = await openSource(path);
      if (source.kind !== 'text') throw new Error('a sheet');
      await source.bytes.read(Buffer.alloc(10), 0);
      await source.bytes.close();
    }
  });
});

describe('openStream', () => {
  const stream = (content: Uint8Array, size = 3) =>
    Readable.from(
      (function* () {
        for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
      })(),
    );

  it.each([
    ['as they are', (content: Buffer) => content],
    ['unpacked', (content: Buffer) => gzipSync(content)],
  ])('gives the bytes of a stream %s, however small its pieces', async (_, pack) => {
    const content = Buffer.from('姓名,金额\n'.repeat(1000));
    const source = await openStream(stream(pack(content)), 'stdin');
    if (source.kind !== 'text') throw new Error('a sheet');
    const target = Buffer.alloc(content.length + 1);
    expect(await readFully(source.bytes, target, 0)).toBe(content.length);
    expect(target.subarray(0, content.length).equals(content)).toBe(true);
    await source.bytes.close();
  });

  it.each([
    ['FILE_EMPTY', Buffer.alloc(0)],
    ['XLSX_INVALID', Buffer.from('PK\x03\x04 and more')],
    ['GZIP_INVALID', gzipSync('姓名,金额').subarray(0, 15)],
  ])('refuses with %s', async (code, content) => {
    await expect(openStream(stream(content), 'stdin')).rejects.toMatchObject({
      code,
      details: { file: 'stdin' },
    });
  });
});

describe('sha256OfFile', () => {
  it('is the digest of the bytes on disk', async () => {
    const content = Buffer.alloc(3_000_001, 'yika');
    const expected = createHash('sha256').update(content).digest('hex');
    expect(await sha256OfFile(await file('f', content))).toBe(expected);
  });

  it('refuses a file that is not there', async () => {
    await expect(sha256OfFile(join(folder, 'no'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});
