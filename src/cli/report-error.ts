// How an error leaves: one line on stderr, or with --json one object on stdout (contract, section 1).

import type { EngineError } from '../base/error.js';
import { describeError, withAmounts } from '../message/describe-error.js';
import type { EarlyFlags } from './early-flags.js';
import type { Io } from './io.js';
import { renderJson } from './render/render-json.js';
import { stackFrames } from './to-engine-error.js';
import { writeText } from './write-text.js';

/** Not for readers of the answer: the sentence in another language, and codes of the driver. */
const UNSAID = new Set(['problemZh', 'help', 'cause']);

/** Answers with the exit code. */
export async function reportError(error: EngineError, flags: EarlyFlags, io: Io): Promise<number> {
  const message = describeError(error, flags.language);
  if (flags.json) {
    const details = Object.entries(withAmounts(error.details)).filter(([key]) => !UNSAID.has(key));
    const body = { error: { code: error.code, message, ...Object.fromEntries(details) } };
    await writeText(io.stdout, renderJson(body, io.stdout.isTTY === true));
  } else {
    await writeText(io.stderr, `yika: ${error.code}: ${message}\n`);
  }
  if (flags.verbose) {
    const frames = stackFrames(error);
    if (frames.length > 0) await writeText(io.stderr, `${frames.join('\n')}\n`);
  }
  return error.exitCode;
}
