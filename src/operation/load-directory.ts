// The directory of the base as it is now: from the file between runs, or built from the database. Never older than the
// base: its file is named after the last version that brought rows.

import { assert } from '../base/assert.js';
import { EngineError } from '../base/error.js';
import type { BaseImage } from '../cardholder/check-chunk.js';
import type { Directory } from '../directory/directory.js';
import { DirectoryBuilder } from '../directory/directory-builder.js';
import type { BlockInput } from '../encoding/copy-blocks.js';
import { readDirectoryFile, writeDirectoryFile } from '../exchange/directory-file.js';
import {
  copyBlocksOut,
  readInstallation,
  readLatestVersion,
  readOtherIdentifiers,
  readVersionsWithRows,
  type VersionWithRows,
} from '../store/base-store.js';
import type { Session } from '../store/session.js';
import { kernelModule } from '../worker/kernel-module.js';
import type { Context } from './context.js';

/** Sending is most of the work, and a server sends one session's rows with one processor. */
const SESSIONS = 2;
/** Fewer rows come before another session is open. */
const ROWS_FOR_SESSIONS = 100_000;

export interface LoadedBase {
  directory: Directory;
  baseVersion: number;
}

/** The directory and the version of the base that a run uses. Throws BASE_EMPTY when nothing was imported yet. */
export async function loadDirectory(context: Context, session: Session): Promise<LoadedBase> {
  const latest = await readLatestVersion(session);
  const versions = await readVersionsWithRows(session);
  const content = versions.at(-1)?.version;
  if (!latest || content === undefined) throw new EngineError('BASE_EMPTY');
  const installation = await readInstallation(session);
  const kept = await readDirectoryFile(context.dataFolder, installation, content);
  if (kept) return { directory: kept, baseVersion: latest.version };
  context.progress.begin('directory', latest.cardholders);
  const builder = await readBase(context, session, versions, false);
  const directory = builder.finish();
  context.progress.end();
  await writeDirectoryFile(context.dataFolder, installation, directory);
  return { directory, baseVersion: latest.version };
}

/** The base with fingerprints, as a new file is compared with it; undefined before the first import. */
export async function loadBaseImage(context: Context, session: Session): Promise<BaseImage | undefined> {
  const versions = await readVersionsWithRows(session);
  if (versions.length === 0) return undefined;
  context.progress.begin('directory');
  const builder = await readBase(context, session, versions, true);
  const { image } = builder;
  assert(image, 'the image was not kept');
  const directory = builder.finish();
  context.progress.end();
  return { directory, ...image };
}

/** Rows of versions that are committed: they never change, so it does not matter which session reads them. */
async function readBase(
  context: Context,
  session: Session,
  versions: readonly VersionWithRows[],
  keepsImage: boolean,
): Promise<DirectoryBuilder> {
  const builder = new DirectoryBuilder({
    kernel: kernelModule(),
    expectedPeople: versions.reduce((sum, version) => sum + version.newCount, 0),
    baseVersion: versions.at(-1)?.version ?? 0,
    others: await readOtherIdentifiers(session),
    keepsImage,
  });
  const sessions = [session];
  const most = Math.max(...versions.map(({ rowCount }) => rowCount));
  try {
    while (most >= ROWS_FOR_SESSIONS && sessions.length < SESSIONS) {
      sessions.push(await context.database.session());
    }
    const inputs = sessions.map(() => builder.createInput());
    for (const { version, rowCount } of versions) {
      const used = rowCount < ROWS_FOR_SESSIONS ? [session] : sessions;
      const before = builder.rows;
      await readVersion(used, version, builder, inputs, () => context.progress.advance(builder.rows));
      assert(builder.rows - before === rowCount, `version ${version} of the base has another number of rows`);
    }
  } finally {
    for (const other of sessions.slice(1)) other.release();
  }
  return builder;
}

interface BlockReader {
  readonly pieces: AsyncIterator<Uint8Array>;
  readonly input: BlockInput;
}

/** The sessions' blocks in turn, so that the directory is the same whatever comes first. */
async function readVersion(
  sessions: readonly Session[],
  version: number,
  builder: DirectoryBuilder,
  inputs: readonly BlockInput[],
  advanced: () => void,
): Promise<void> {
  const readers = sessions.map((session, nth): BlockReader => {
    const blocks = copyBlocksOut(session, version, { nth, of: sessions.length });
    return { pieces: blocks[Symbol.asyncIterator](), input: inputs[nth] as BlockInput };
  });
  try {
    for (let open = readers; open.length > 0; ) {
      for (const reader of open) {
        if (await nextBlock(reader)) builder.put(reader.input);
        else open = open.filter((other) => other !== reader);
      }
      advanced();
    }
    for (const { input } of readers) input.finish();
  } finally {
    // Of a COPY that was not read to its end, the session is discarded.
    await Promise.all(readers.map(({ pieces }) => pieces.return?.()));
  }
}

async function nextBlock({ pieces, input }: BlockReader): Promise<boolean> {
  while (!input.next()) {
    const { value, done } = await pieces.next();
    if (done) return false;
    input.take(value);
  }
  return true;
}
