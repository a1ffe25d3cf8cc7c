// The command line: words in, result, errors and exit code out. Only what help needs is loaded here; the parser waits for words that
// it must understand, and everything heavy until a command runs.

import { EngineError } from '../base/error.js';
import { packageVersion } from '../config/package-root.js';
import { type EarlyFlags, readEarlyFlags } from './early-flags.js';
import { helpAsked } from './help-asked.js';
import { type Io, processIo } from './io.js';
import { guard, writeText } from './write-text.js';

/** Answers with the exit code; never throws. */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  guard(io.stdout);
  guard(io.stderr);
  const flags = readEarlyFlags(argv, io.environment, io.folder);
  const watch = watchForFaults(io, flags);
  try {
    const help = helpAsked(argv, flags.language);
    if (help !== undefined) {
      await writeText(io.stdout, help);
      return 0;
    }
    const { parseCommandLine } = await import('./parse-command-line.js');
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
  const { helpFor } = await import('./commander-mistake.js');
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
