// Who started the server of this data folder last. Process numbers say nothing on another machine or in another container,
// so a pid file alone would let two servers run on one cluster, which ruins it. Commands at work touch the record; a fresh
// one of another place means that the folder is in use there.

import { readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { thisSpace } from './process-identity.js';

interface ServerRecord {
  space: string;
  host: string;
}

const HEARTBEAT_MS = 10_000;
const FRESH_MS = 60_000;

export async function writeRecord(path: string): Promise<void> {
  const record: ServerRecord = { space: thisSpace(), host: hostname() };
  await writeFile(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function startedHere(path: string): Promise<boolean> {
  const record = await readRecord(path);
  return record === undefined || record.space === thisSpace();
}

/** The other host's name while commands there are at work. */
export async function inUseElsewhere(path: string): Promise<string | undefined> {
  const record = await readRecord(path);
  if (record === undefined || record.space === thisSpace()) return undefined;
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs < FRESH_MS ? record.host : undefined;
}

/** Touches the record now and then; the answer ends that. */
export function keepFresh(path: string): () => void {
  const touch = () => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  };
  const timer = setInterval(touch, HEARTBEAT_MS);
  timer.unref();
  touch();
  return () => clearInterval(timer);
}

/** A torn record counts as none; it is written aside and renamed, so that takes a failing disk. */
async function readRecord(path: string): Promise<ServerRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ServerRecord;
  } catch {
    return undefined;
  }
}
