// The digest that tells a file that was imported before, whatever its name. Of the bytes as they lie on disk.

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { fileError } from './file-error.js';

const READ_BYTES = 1024 * 1024;

/** 64 lower-case hexadecimal digits. */
export async function sha256OfFile(path: string): Promise<string> {
  try {
    const handle = await open(path);
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, buffer.length);
        if (bytesRead === 0) return hash.digest('hex');
        hash.update(buffer.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(error, path);
  }
}
