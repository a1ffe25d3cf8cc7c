// Standard input as a file: an import reads its bytes twice (digest, then lines), so what comes through a pipe is kept in the
// data folder while the import runs.

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { STDIN_PATH } from '../codec/open-source.js';
import { folderPart } from '../exchange/data-folder.js';
import { FILE_MODE } from '../exchange/write-whole.js';
import type { Context } from './context.js';

/** Calls work with a path that can be read again, and the name that the file goes by. */
export async function withLocalFile<T>(
  context: Pick<Context, 'dataFolder'>,
  path: string,
  work: (path: string, name: string) => Promise<T>,
): Promise<T> {
  if (path !== STDIN_PATH) return await work(path, basename(path));
  const kept = join(await folderPart(context.dataFolder, 'tmp'), `stdin-${randomUUID()}`);
  try {
    await pipeline(process.stdin, createWriteStream(kept, { mode: FILE_MODE }));
    return await work(kept, 'stdin');
  } finally {
    await rm(kept, { force: true });
  }
}
