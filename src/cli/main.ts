// The command line: words in, result, errors and exit code out. Only what parsing and help need is loaded here; everything
// heavy waits until a command runs.

import type { EngineError } from '../base/error.js';
import { packageVersion } from '../config/package-root.js';
import { helpFor } from './commander-mistake.js';
import { type EarlyFlags, readEarlyFlags } from './early-flags.js';
import { type Io, processIo } from './io.js';
import { parseCommandLine } from './parse-command-line.js';
import { guard, writeText } from './write-text.js';

/** Answers with the exit code; never throws. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  guard(io.stdout);
  guard(io.stderr);
  const flags = readEarlyFlags(argv, io.environment, io.folder);
  const watch = watchForFaults(io, flags);
  try {
    const parsed = parseCommandLine(argv, flags.language, packageVersion());
    if (parsed.kind === 'text') {
      await writeText(io.stdout, parsed.text);
      return 0;
    }
    const { runCommand } = await import('./run-command.js');
    return await runCommand(parsed, io);
  } catch (thrown) {
    return await fail(thrown, argv, flags, io);
  } finally {
    watch.stop();
  }
}

async function fail(thrown: unknown, argv: readonly string[], flags: EarlyFlags, io: Io): Promise<number> {
  const { toEngineError } = await import('./to-engine-error.js');
  const { reportError } = await import('./report-error.js');
  const error = await withHelp(toEngineError(thrown), argv);
  const code = await reportError(error, flags, io);
  // Work that nobody waits for any more may hold the process open for long.
  if (error.code === 'INTERRUPTED' || error.code === 'TERMINATED') io.exit(code);
  return code;
}

/** Wherever a usage mistake was noticed, it says where to read on. */
async function withHelp(error: EngineError, argv: readonly string[]): Promise<EngineError> {
  if (error.code !== 'USAGE_INVALID' || error.details['help'] !== undefined) return error;
  const { EngineError } = await import('../base/error.js');
  const details = { ...error.details, help: `\`${helpFor(argv)}\`` };
  return new EngineError(error.code, details, { cause: error });
}

/**
 * An error that no one waits for would end the process with its text, which may hold a row. It is reported as any other
 * fault and ends the process.
 */
function watchForFaults(io: Io, flags: EarlyFlags): { stop(): void } {
  if (io.stdout !== process.stdout) return { stop: () => undefined };
  const onFault = (thrown: unknown): void => {
    void fail(thrown, [], flags, io).then((code) => io.exit(code));
  };
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
  return {
    stop() {
      process.off('uncaughtException', onFault);
      process.off('unhandledRejection', onFault);
    },
  };
}
