// Makes the outside world of an operation from the settings: data folder, database with its schema, formats. Whoever opens it
// closes it; the last command out stops the embedded server.

import { mkdir } from 'node:fs/promises';
import { AssertionError } from '../base/assert.js';
import { EngineError } from '../base/error.js';
import { FORMATS_FOLDER, MIGRATIONS_FOLDER } from '../config/package-root.js';
import type { Settings } from '../config/settings.js';
import type { Context, FormatLibrary, Log, Progress } from '../operation/context.js';

export interface OpenContext {
  readonly context: Context;
  close(): Promise<void>;
}

export interface Telling {
  readonly progress: Progress;
  readonly log: Log;
}

/** Throws DATA_FOLDER_UNUSABLE, DATABASE_UNAVAILABLE, EMBEDDED_UNAVAILABLE or DATABASE_TOO_NEW. */
export async function openContext(settings: Settings, telling: Telling): Promise<OpenContext> {
  await makeDataFolder(settings.data);
  const [{ openDatabase }, { migrate }] = await Promise.all([
    import('../store/connection.js'),
    import('../store/migrate.js'),
  ]);
  const database = await openDatabase({
    url: settings.database,
    dataFolder: settings.data,
    log: (message, fields) => telling.log.info(message, fields),
  });
  try {
    const { applied } = await migrate(database, MIGRATIONS_FOLDER);
    if (applied.length > 0) telling.log.info('schema brought up to date', { applied });
    return { context: { ...baseContext(settings, telling), database }, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** For commands that ask no database. */
export function contextWithoutDatabase(settings: Settings, telling: Telling): Context {
  return {
    ...baseContext(settings, telling),
    get database(): never {
      throw new AssertionError('this command was declared to need no database');
    },
  };
}

function baseContext(settings: Settings, { progress, log }: Telling): Omit<Context, 'database'> {
  let library: Promise<FormatLibrary> | undefined;
  return {
    dataFolder: settings.data,
    actor: settings.actor,
    threads: settings.threads,
    areThreadsGiven: settings.areThreadsGiven,
    now: () => new Date(),
    progress,
    log,
    formats: () => (library ??= loadLibrary(settings)),
  };
}

async function loadLibrary({ formats, banks }: Settings): Promise<FormatLibrary> {
  const { loadFormats } = await import('../config/load-formats.js');
  return await loadFormats({ own: FORMATS_FOLDER, extra: formats, banks });
}

/** Only the owner may look in: it holds payment files, and the directory of everybody. */
async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new EngineError('DATA_FOLDER_UNUSABLE', { reason: 'access', folder, cause: code }, { cause });
  }
}
