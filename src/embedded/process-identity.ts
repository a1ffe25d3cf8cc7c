// Which process is that? A process number alone does not say: numbers are used again, and in containers they are small and
// used again at once. So an identity also carries when the process started and in which space its number counts.

import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  pid: number;
  /** Clock ticks since boot at the start of the process (proc(5), stat field 22); '0' where there is no /proc. */
  startTicks: string;
  /** Machine, its boot, and PID namespace, hashed: numbers of another space say nothing here. */
  space: string;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startTicks: startTicksOf(process.pid) ?? '0', space: thisSpace() };
}

let space: string | undefined;

export function thisSpace(): string {
  space ??= createHash('sha256')
    .update([bootId() ?? hostname(), pidNamespace()].join(' '))
    .digest('hex')
    .slice(0, 16);
  return space;
}

/** Whether the process still runs; undefined when it belongs to a space that cannot be seen from here. */
export function isAlive(identity: ProcessIdentity): boolean | undefined {
  if (identity.space !== thisSpace()) return undefined;
  if (!isRunning(identity.pid)) return false;
  const ticks = startTicksOf(identity.pid);
  return ticks === undefined || ticks === identity.startTicks || identity.startTicks === '0';
}

/** A zombie counts as gone: it holds nothing any more, and without an init process it may stand there for ever. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  const fields = statFields(pid);
  return fields?.[0] === 'Z' || fields?.[0] === 'X';
}

function startTicksOf(pid: number): string | undefined {
  return statFields(pid)?.[19];
}

/** Fields from the third on; the second, the command in parentheses, may itself hold spaces and parentheses. */
function statFields(pid: number): string[] | undefined {
  const text = readText(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

function bootId(): string | undefined {
  return readText('/proc/sys/kernel/random/boot_id')?.trim();
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
