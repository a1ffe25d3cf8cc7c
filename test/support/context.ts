// The context that operations are given in tests: a real database, a data folder of its own, the shipped formats.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { loadFormats } from '../../src/config/load-formats.js';
import { FORMATS_FOLDER, SAMPLES_FOLDER } from '../../src/config/package-root.js';
import type { Context } from '../../src/operation/context.js';
import type { Database } from '../../src/store/connection.js';

export function sample(path: string): string {
  return join(SAMPLES_FOLDER, path);
}

/** A folder that is gone after the file's tests. */
export function useFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yika-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Read once a test file, as a command reads them once. */
let library: ReturnType<typeof loadFormats> | undefined;

export function testContext(database: Database, dataFolder: string, actor = 'maker'): Context {
  return {
    database,
    dataFolder,
    actor,
    threads: 2,
    now: () => new Date('2026-11-02T03:00:00Z'),
    progress: { begin: () => undefined, advance: () => undefined, end: () => undefined },
    log: { info: () => undefined, warn: () => undefined },
    formats: () => (library ??= loadFormats({ own: FORMATS_FOLDER, extra: undefined, banks: undefined })),
  };
}
