// What the machine has to give, as far as this process may use it: a container's limit counts before the host's memory.

import { statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import type { Machine } from './server-settings.js';

export async function measureMachine(folder: string): Promise<Machine> {
  return {
    memoryBytes: memoryBytes(),
    cpus: availableParallelism(),
    diskFreeBytes: await freeBytes(folder),
    sharedMemoryFreeBytes:
      process.platform === 'linux' ? await freeBytes('/dev/shm') : Number.MAX_SAFE_INTEGER,
  };
}

/** constrainedMemory() answers 0 or a huge number where there is no limit. */
function memoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
