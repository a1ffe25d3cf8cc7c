// Processor time of a PostgreSQL server with all its processes. On a shared machine seconds on the clock say how busy the
// others were; seconds of the processor say how much work it was.

import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc (USER_HZ), the same on every Linux that Node runs on. */
const TICKS = 100;

export interface ServerCpu {
  /** Seconds since the server began, user and system. */
  seconds(): number;
}

/** `backend`: process number of any connection. Undefined where there is no /proc. */
export function serverCpu(backend: number): ServerCpu | undefined {
  const postmaster = statOf(backend)?.parent;
  if (postmaster === undefined) return undefined;
  return {
    seconds() {
      // A process that has ended is counted by its parent; one that lives, by itself.
      let ticks = 0;
      for (const name of readdirSync('/proc')) {
        if (!/^\d+$/.test(name)) continue;
        const stat = statOf(Number(name));
        if (stat && Number(name) === postmaster) ticks += stat.own + stat.ended;
        else if (stat?.parent === postmaster) ticks += stat.own;
      }
      return ticks / TICKS;
    },
  };
}

/** proc(5): after the name in brackets come state, parent (field 4), and utime, stime, cutime, cstime (14 to 17). */
function statOf(pid: number): { parent: number; own: number; ended: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const field = (number: number): number => Number(fields[number - 3]);
    return { parent: field(4), own: field(14) + field(15), ended: field(16) + field(17) };
  } catch {
    return undefined;
  }
}
