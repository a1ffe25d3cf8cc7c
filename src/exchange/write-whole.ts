// Files that appear whole or not at all: written aside in the same folder, synced, renamed, and the folder synced, so
// that what is there after a crash is the file as it was meant or no file.

import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Only the owner: everything yika writes may hold personal data. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** Not synced, a file may be torn after a crash of the machine: for files that tell so themselves. */
export async function writeWhole(
  path: string,
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { isSynced = true } = {},
): Promise<void> {
  const aside = `${path}.${process.pid}.part`;
  try {
    const handle = await open(aside, 'w', FILE_MODE);
    try {
      for await (const part of parts) await writeAll(handle, part);
      if (isSynced) await handle.sync();
    } finally {
      await handle.close();
    }
    await (isSynced ? moveInto(aside, path) : rename(aside, path));
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** Renames within one file system and makes the new name durable. */
export async function moveInto(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done);
    done += bytesWritten;
  }
}
