// Backends that outlive a killed server. Idle ones leave at once; one in the middle of a long computation goes on for
// minutes, attached to the old shared memory, and Postgres rightly refuses to start beside it. Its work is lost already
// (nobody can commit it), so it is ended.

import { readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './process-identity.js';

/** Only under the start mutex, and only when no postmaster of this cluster runs. Looks at /proc; elsewhere finds none. */
export async function endOrphans(cluster: string): Promise<number> {
  const orphans = processNumbers().filter((pid) => worksFor(pid, cluster));
  for (const pid of orphans) kill(pid);
  while (orphans.some(isRunning)) await sleep(5);
  return orphans.length;
}

function processNumbers(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isSafeInteger);
  } catch {
    return [];
  }
}

/** Its folder alone would not do: an administrator's shell may stand there too. */
function worksFor(pid: number, cluster: string): boolean {
  try {
    const program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(' (deleted)', '');
    return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It left by itself.
  }
}
