// One folder per run for the test server. The server itself starts when the first test asks for it (see server.ts), so that
// a run of pure tests does not pay for it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopTestServer } from './server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    testServerFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'yika-test-'));
  project.provide('testServerFolder', folder);
  return async () => {
    await stopTestServer(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
