// The data folder's parts. All are made with mode 700 on first use.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FOLDER_MODE } from './write-whole.js';

/** outbox: payment files that wait to go out. inbox: return files, kept. directory: the directory between runs. */
export type FolderPart = 'outbox' | 'outbox/.aside' | 'inbox' | 'inbox/refused' | 'directory' | 'tmp';

export async function folderPart(dataFolder: string, part: FolderPart): Promise<string> {
  const folder = join(dataFolder, part);
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  return folder;
}
