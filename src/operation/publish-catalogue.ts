// A new version of the catalogue, from one file or a folder of them. Checked whole before anything is stored.

import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { EngineError } from '../base/error.js';
import { fileError } from '../codec/file-error.js';
import { parseCatalogue } from '../programme/parse-catalogue.js';
import { insertCatalogue } from '../store/catalogue-store.js';
import { addEvent } from '../store/event-store.js';
import type { Context } from './context.js';

export interface PublishAnswer {
  version: number;
  catalogue: string;
  effectiveFrom: string;
  programmes: { code: string; name: string }[];
}

export async function publishCatalogue(context: Context, input: { path: string }): Promise<PublishAnswer> {
  const sources = await readSources(input.path);
  const { name, effectiveFrom, programmes } = parseCatalogue(sources);
  const digest = createHash('sha256').update(JSON.stringify(sources)).digest();
  const { actor } = context;
  const version = await context.database.withSession((session) =>
    session.transaction(async () => {
      const version = await insertCatalogue(session, { name, effectiveFrom, digest, sources, actor });
      const detail = {
        version,
        catalogue: name,
        effectiveFrom,
        programmes: programmes.map(({ code }) => code),
      };
      await addEvent(session, { actor, action: 'catalogue.publish', detail });
      return version;
    }),
  );
  return {
    version,
    catalogue: name,
    effectiveFrom,
    programmes: programmes.map(({ code, name }) => ({ code, name })),
  };
}

/** The YAML files of a folder in order of name, or the one file. Paths are kept as base names. */
async function readSources(path: string): Promise<{ path: string; text: string }[]> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    const names = isFolder ? (await readdir(path)).filter((name) => /\.ya?ml$/i.test(name)).sort() : [''];
    if (names.length === 0) throw new EngineError('FILE_EMPTY', { file: basename(path) });
    return await Promise.all(
      names.map(async (name) => ({
        path: name === '' ? basename(path) : name,
        text: await readFile(join(path, name), 'utf8'),
      })),
    );
  } catch (error) {
    throw error instanceof EngineError ? error : fileError(error, path);
  }
}
