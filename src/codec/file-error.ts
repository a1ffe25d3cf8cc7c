// What the system says about a file, as an error of ours. Only the file's base name is shown: a path may hold names.

import { basename } from 'node:path';
import { EngineError } from '../base/error.js';

/** FILE_NOT_FOUND or FILE_UNREADABLE with the base name and the system's reason; an EngineError is passed on. */
export function fileError(error: unknown, path: string): EngineError {
  if (error instanceof EngineError) return error;
  const file = basename(path);
  const reason = systemCode(error);
  if (reason === 'ENOENT' || reason === 'ENOTDIR') {
    return new EngineError('FILE_NOT_FOUND', { file }, { cause: error });
  }
  return new EngineError('FILE_UNREADABLE', { file, reason: reason ?? 'unknown' }, { cause: error });
}

/** The code of a system or zlib error, such as EACCES or Z_DATA_ERROR. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
