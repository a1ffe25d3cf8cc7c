// The directory of the base as it is now: from the file between runs, or built from the database. Never older than the
// base: its file is named after the last version that brought rows.

import { EngineError } from '../base/error.js';
import type { BaseImage } from '../cardholder/check-chunk.js';
import type { Directory } from '../directory/directory.js';
import { DirectoryBuilder } from '../directory/directory-builder.js';
import { DIRECTORY_COLUMNS, DirectoryFeed } from '../directory/directory-feed.js';
import { readDirectoryFile, writeDirectoryFile } from '../exchange/directory-file.js';
import { takeWords } from '../kernel/memory.js';
import {
  copyVersionOut,
  readInstallation,
  readLatestVersion,
  readOtherIdentifiers,
  readVersionsWithRows,
} from '../store/base-store.js';
import type { Session } from '../store/session.js';
import type { Context } from './context.js';

const POSTGRES_EPOCH_DAY = 10_957;

/** The directory and the version of the base that a run uses. Throws BASE_EMPTY when nothing was imported yet. */
export async function loadDirectory(
  context: Context,
  session: Session,
): Promise<{ directory: Directory; baseVersion: number }> {
  const latest = await readLatestVersion(session);
  const versions = await readVersionsWithRows(session);
  const content = versions.at(-1)?.version;
  if (!latest || content === undefined) throw new EngineError('BASE_EMPTY');
  const installation = await readInstallation(session);
  const kept = await readDirectoryFile(context.dataFolder, installation, content);
  if (kept) return { directory: kept, baseVersion: latest.version };
  context.progress.begin('directory', latest.cardholders);
  const { builder, feed } = await beginBuild(session, versions, content, 0);
  for (const { version } of versions) {
    for await (const piece of copyVersionOut(session, version)) {
      feed.feed(piece);
      context.progress.advance(feed.tuples.rows);
    }
    feed.endVersion();
  }
  const directory = builder.finish();
  context.progress.end();
  await writeDirectoryFile(context.dataFolder, installation, directory);
  return { directory, baseVersion: latest.version };
}

/** The base with fingerprints, as a new file is compared with it; undefined before the first import. */
export async function loadBaseImage(context: Context, session: Session): Promise<BaseImage | undefined> {
  const versions = await readVersionsWithRows(session);
  const content = versions.at(-1)?.version;
  if (content === undefined) return undefined;
  context.progress.begin('directory');
  const waiting: { low: number; high: number; day: number }[] = [];
  const { builder, feed } = await beginBuild(session, versions, content, 2, (slot) => {
    const { low, high, day } = waiting.shift() as (typeof waiting)[number];
    fingerprints[slot * 2] = low;
    fingerprints[slot * 2 + 1] = high;
    updatedOn[slot] = day;
  });
  const fingerprints = takeWords(builder.memory, builder.slots * 2);
  const updatedWords = takeWords(builder.memory, builder.slots);
  const updatedOn = new Int32Array(updatedWords.buffer, updatedWords.byteOffset, builder.slots);
  const printColumn = DIRECTORY_COLUMNS.length;
  const dayColumn = printColumn + 1;
  for (const { version } of versions) {
    for await (const piece of copyVersionOut(session, version, ['fingerprint', 'updated_on'])) {
      feed.feed(piece, (view) => {
        const { starts, lengths } = feed.tuples;
        const isKnown = lengths[dayColumn] === 4;
        waiting.push({
          low: view.getUint32((starts[printColumn] as number) + 4),
          high: view.getUint32(starts[printColumn] as number),
          day: isKnown ? view.getInt32(starts[dayColumn] as number) + POSTGRES_EPOCH_DAY : 0,
        });
      });
      context.progress.advance(feed.tuples.rows);
    }
    feed.endVersion();
  }
  context.progress.end();
  return { directory: builder.finish(), fingerprints, updatedOn };
}

async function beginBuild(
  session: Session,
  versions: readonly { newCount: number }[],
  baseVersion: number,
  extraColumns: number,
  placed?: (slot: number) => void,
): Promise<{ builder: DirectoryBuilder; feed: DirectoryFeed }> {
  const expectedPeople = versions.reduce((sum, version) => sum + version.newCount, 0);
  const others = await readOtherIdentifiers(session);
  const builder = new DirectoryBuilder({ expectedPeople, baseVersion, others, ...(placed && { placed }) });
  return { builder, feed: new DirectoryFeed(builder, extraColumns) };
}
