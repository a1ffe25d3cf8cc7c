// The directory on disk: as it was written, or as good as none.

import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDirectoryFile, writeDirectoryFile } from '../../src/exchange/directory-file.js';
import { useFolder } from '../support/context.js';
import { residentId, smallDirectory } from '../support/small-base.js';

const folder = useFolder();
const INSTALLATION = '0b0e7a1e-0000-4000-8000-000000000000';
const people = Array.from({ length: 2000 }, (_, index) => ({
  residentId: residentId('19500101', index % 1000, index < 1000 ? '460105' : '469001'),
  name: '王小明',
  account: String(6_217_000_000_000_000_000n + BigInt(index)),
}));

describe('a directory file', () => {
  const directory = smallDirectory([people]);
  const path = () => {
    const place = join(folder, 'directory');
    return join(place, readdirSync(place)[0] as string);
  };
  const read = () => readDirectoryFile(folder, INSTALLATION, 1);

  it('comes back as it was written, and only for its database and version', async () => {
    expect(await read()).toBeUndefined();
    await writeDirectoryFile(folder, INSTALLATION, directory);
    const kept = await read();
    expect(Buffer.compare(Buffer.from(kept!.bytes), Buffer.from(directory.bytes))).toBe(0);
    expect(await readDirectoryFile(folder, INSTALLATION, 2)).toBeUndefined();
    expect(await readDirectoryFile(folder, INSTALLATION.replace('0b', '0c'), 1)).toBeUndefined();
  });

  it.each<[string, (bytes: Buffer) => void]>([
    ['one bit is another', (bytes) => bytes.writeUInt8(bytes.readUInt8(5000) ^ 4, 5000)],
    ['its first byte is another', (bytes) => bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0)],
    [
      'its check is another',
      (bytes) => bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1),
    ],
    ['two words have changed places', (bytes) => bytes.subarray(4096, 4104).swap32().swap64()],
  ])('is as good as none when %s', async (_what, damage) => {
    await writeDirectoryFile(folder, INSTALLATION, directory);
    const bytes = readFileSync(path());
    damage(bytes);
    writeFileSync(path(), bytes);
    expect(await read()).toBeUndefined();
  });

  it.each([0, 3, 4, 5000])('is as good as none when it ends after %i bytes', async (length) => {
    await writeDirectoryFile(folder, INSTALLATION, directory);
    truncateSync(path(), length);
    expect(await read()).toBeUndefined();
  });
});
