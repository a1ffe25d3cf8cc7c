// The configuration file from disk. What parses it is loaded only where there is one.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { EngineError } from '../base/error.js';
import type { ConfigFile } from './config-file.js';

/** `required`: the file was named by someone, so that it must be there. Undefined when it is not. */
export async function readConfigFile(path: string, required: boolean): Promise<ConfigFile | undefined> {
  const text = await readText(path, required);
  if (text === undefined) return undefined;
  const { parseConfigFile } = await import('./config-file.js');
  return parseConfigFile(text, path);
}

async function readText(path: string, required: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const file = basename(path);
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    if (isMissing && !required) return undefined;
    if (isMissing) throw new EngineError('CONFIG_INVALID', { problem: 'fileMissing', file }, { cause });
    throw new EngineError('CONFIG_INVALID', { problem: 'fileUnreadable', file, cause: code }, { cause });
  }
}
