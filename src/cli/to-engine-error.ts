// The last look at whatever was thrown. What is none of ours is a fault of yika, unless the system says that a disk is full
// or closed. A foreign error's text is never shown: it may quote a row.

import { basename } from 'node:path';
import { AssertionError } from '../base/assert.js';
import { EngineError } from '../base/error.js';

const OUTPUT_REASONS = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']);

export function toEngineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const { code, syscall, path } = (thrown ?? {}) as Partial<NodeJS.ErrnoException>;
  if (code !== undefined && syscall !== undefined && OUTPUT_REASONS.has(code)) {
    const details = path === undefined ? { reason: code } : { reason: code, path: basename(path) };
    return new EngineError('OUTPUT_UNAVAILABLE', details, { cause: thrown });
  }
  return new EngineError('INTERNAL', { fault: faultOf(thrown) }, { cause: thrown });
}

/** Assertions are our own words, and the store cleans the messages of its errors; of others only the kind is named. */
function faultOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const code = (thrown as NodeJS.ErrnoException).code;
  if (thrown instanceof AssertionError || thrown.name === 'SqlError')
    return `${thrown.name}: ${thrown.message}`;
  return typeof code === 'string' ? `${thrown.name} ${code}` : thrown.name;
}

/** Where a fault happened: the frames of the stack, without the message above them. */
export function stackFrames(thrown: unknown): string[] {
  const frames =
    thrown instanceof Error ? (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause === undefined ? frames : [...frames, `  caused by ${faultOf(cause)}`, ...stackFrames(cause)];
}
