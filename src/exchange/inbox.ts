// Where return files are kept: those that were taken, and aside those that could not be used. Nothing that a bank sent
// is ever lost, whatever became of it.

import { chmod, copyFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { folderPart } from './data-folder.js';
import { FILE_MODE, syncFolder } from './write-whole.js';

/** Keeps a copy of an accepted return file under its number. Keeping it twice changes nothing. */
export async function keepReturnFile(dataFolder: string, path: string, number: number): Promise<void> {
  await keep(
    await folderPart(dataFolder, 'inbox'),
    path,
    `${String(number).padStart(6, '0')}-${basename(path)}`,
  );
}

/** Keeps a copy of a return file that was refused, named after its digest, so that the same file is kept once. */
export async function keepRefusedFile(dataFolder: string, path: string, digest: string): Promise<void> {
  await keep(await folderPart(dataFolder, 'inbox/refused'), path, `${digest.slice(0, 16)}-${basename(path)}`);
}

async function keep(folder: string, path: string, name: string): Promise<void> {
  const aside = join(folder, `.${name}.${process.pid}.part`);
  await copyFile(path, aside);
  await chmod(aside, FILE_MODE);
  await rename(aside, join(folder, name));
  await syncFolder(folder);
}
