// A payment file on its way into the outbox: pieces of any size, whose bytes are used again as soon as they may be.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createAside } from '../../src/exchange/outbox.js';

const folder = mkdtempSync(join(tmpdir(), 'yika-aside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SIZES = [3, 8 * 1024, 1, 700_000, 5, 9000, 8192, 8191, 300_000, 300_000, 0, 2];

describe('a file aside', () => {
  it('holds all pieces in order, though each is written over once a later one was given', async () => {
    const file = await createAside(folder, 'pieces.txt');
    const expected: Buffer[] = [];
    const areas = [new Uint8Array(700_000), new Uint8Array(new SharedArrayBuffer(700_000))];
    for (const [index, size] of SIZES.entries()) {
      const area = (areas[index % 2] as Uint8Array).subarray(0, size);
      area.fill(0x41 + index);
      expected.push(Buffer.from(area));
      await file.write(area);
      (areas[(index + 1) % 2] as Uint8Array).fill(0x21);
    }
    await file.flush();
    for (const area of areas) area.fill(0x21);
    const { digest, size } = await file.finish();
    const whole = Buffer.concat(expected);
    expect(readFileSync(join(folder, 'outbox/.aside/pieces.txt')).equals(whole)).toBe(true);
    expect(size).toBe(BigInt(whole.length));
    expect(Buffer.from(digest)).toEqual(createHash('sha256').update(whole).digest());
  });
});
