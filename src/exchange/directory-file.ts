// The directory on disk between runs, so that it is built from the database only when the base has changed. A file that
// is damaged, of another layout or of another database is as good as none.

import { createHash } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Directory, readHeader } from '../directory/directory.js';
import { folderPart } from './data-folder.js';
import { writeWhole } from './write-whole.js';

const DIGEST_BYTES = 32;
const READ_BYTES = 64 * 1024 * 1024;

function fileName(installation: string, baseVersion: number): string {
  return `${installation}-v${baseVersion}.directory`;
}

/** 5,000,000 people (235 MB) take about 0.3 s from the page cache, two thirds of it the digest. */
export async function readDirectoryFile(
  dataFolder: string,
  installation: string,
  baseVersion: number,
): Promise<Directory | undefined> {
  const path = join(await folderPart(dataFolder, 'directory'), fileName(installation, baseVersion));
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= DIGEST_BYTES) return undefined;
  const memory = new SharedArrayBuffer(size - DIGEST_BYTES);
  const bytes = new Uint8Array(memory);
  const wanted = new Uint8Array(DIGEST_BYTES);
  const handle = await open(path);
  const hash = createHash('sha256');
  try {
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(READ_BYTES, bytes.length - at), at);
      if (bytesRead === 0) return undefined;
      hash.update(bytes.subarray(at, at + bytesRead));
      at += bytesRead;
    }
    await handle.read(wanted, 0, DIGEST_BYTES, bytes.length);
  } finally {
    await handle.close();
  }
  if (!hash.digest().equals(wanted)) return undefined;
  const header = readHeader(bytes, bytes.length);
  return header?.baseVersion === baseVersion ? new Directory(memory) : undefined;
}

/** Writes the directory and takes older ones of the same database away. */
export async function writeDirectoryFile(
  dataFolder: string,
  installation: string,
  directory: Directory,
): Promise<void> {
  const folder = await folderPart(dataFolder, 'directory');
  const name = fileName(installation, directory.baseVersion);
  const bytes = new Uint8Array(directory.memory);
  const digest = createHash('sha256').update(bytes).digest();
  await writeWhole(join(folder, name), [bytes, digest]);
  for (const other of await readdir(folder)) {
    if (other.startsWith(`${installation}-`) && other.endsWith('.directory') && other !== name) {
      await rm(join(folder, other), { force: true });
    }
  }
}
