// Runs one command from its settings to its exit code: the only place that opens and closes the outside world and that
// writes the result.

import { availableParallelism, userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import { loadSettings } from '../config/load-settings.js';
import type { Environment, Flags, Settings } from '../config/settings.js';
import type { Context, Log } from '../operation/context.js';
import { type LogLevel, openLogger } from '../telemetry/logger.js';
import { openProgress, type Progress } from '../telemetry/progress.js';
import type { CommandSpec, Host, Outcome, StoryLine } from './command-spec.js';
import { confirmRelease } from './confirm.js';
import type { Given } from './given.js';
import { type Interruption, listenForInterruption } from './interruption.js';
import type { Io } from './io.js';
import { contextWithoutDatabase, type OpenContext, openContext } from './open-context.js';
import { choosePaint, type Paint } from './render/paint.js';
import { renderAnswer } from './render/render-answer.js';
import { renderJson } from './render/render-json.js';
import { stepText } from './step-text.js';
import { usageError } from './usage-error.js';
import { writeText } from './write-text.js';

export interface CommandRun {
  readonly spec: CommandSpec;
  readonly given: Given;
  /** Everything that was typed, by camel-case name. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** What is asked for how the result is shown. */
interface Manner {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly paint: Paint;
}

/** Answers with the exit code; throws what the command threw, after everything was closed. */
export async function runCommand({ spec, given, flags }: CommandRun, io: Io): Promise<number> {
  const settings = await loadSettings(readFlags(flags), io.environment, {
    folder: io.folder,
    cpuCount: availableParallelism,
    loginName: () => loginName(io.environment),
  });
  const manner: Manner = {
    json: flags['json'] === true,
    quiet: flags['quiet'] === true,
    verbose: flags['verbose'] === true,
    paint: choosePaint(io.stdout, io.environment, flags['color'] !== false),
  };
  const host = await CommandHost.open(settings, manner, io);
  host.warnOfPassword(flags['database']);
  const interruption = listenForInterruption(io);
  try {
    const work = spec.run(given, host);
    const outcome = await Promise.race([work, interruption.happened]);
    await host.close();
    await host.show(outcome);
    return outcome.exitCode ?? 0;
  } finally {
    await closeQuietly(host, interruption);
  }
}

/** After an interruption the work goes on failing in the background; what it says then is of no use. */
async function closeQuietly(host: CommandHost, interruption: Interruption): Promise<void> {
  await host.close().catch(() => undefined);
  interruption.stopListening();
}

class CommandHost implements Host {
  readonly settings: Settings;
  readonly log: Log;
  readonly progress: Progress;
  readonly #manner: Manner;
  readonly #io: Io;
  #opening: Promise<OpenContext> | undefined;

  static async open(settings: Settings, manner: Manner, io: Io): Promise<CommandHost> {
    const isTerminal = io.stderr.isTTY === true;
    const progress = await openProgress({
      mode: manner.quiet ? 'silent' : isTerminal && io.environment['TERM'] !== 'dumb' ? 'bar' : 'lines',
      stream: io.stderr,
      stepText: (step) => stepText(step, settings.language),
      clock: () => performance.now(),
    });
    const level: LogLevel = manner.verbose ? 'info' : manner.quiet ? 'error' : 'warn';
    return new CommandHost(
      settings,
      manner,
      io,
      progress,
      openLogger({ level, stream: io.stderr, isTerminal }),
    );
  }

  private constructor(settings: Settings, manner: Manner, io: Io, progress: Progress, log: Log) {
    this.settings = settings;
    this.log = log;
    this.progress = progress;
    this.#manner = manner;
    this.#io = io;
  }

  async context(): Promise<Context> {
    this.#opening ??= openContext(this.settings, this);
    return (await this.#opening).context;
  }

  async contextWithoutDatabase(): Promise<Context> {
    return contextWithoutDatabase(this.settings, this);
  }

  async confirm(batches: readonly number[], confirmed: readonly number[] | undefined): Promise<void> {
    const { language } = this.settings;
    await confirmRelease(batches, confirmed, { io: this.#io, language, mayAsk: !this.#manner.json });
  }

  async readLine(): Promise<string> {
    const lines = createInterface({ input: this.#io.stdin });
    try {
      for await (const line of lines) if (line.trim() !== '') return line.trim();
      throw usageError('argumentMissing', { argument: 'stdin' });
    } finally {
      lines.close();
    }
  }

  /** A story goes to stdout for people, and out of the way of the one document for programs. */
  async tell(lines: readonly StoryLine[]): Promise<void> {
    if (this.#manner.quiet) return;
    const { paint } = this.#manner;
    const stream = this.#manner.json ? this.#io.stderr : this.#io.stdout;
    const text = lines.map(({ text, style }) => (style ? paint(text, style) : text)).join('\n');
    await writeText(stream, `${text}\n`);
  }

  /** Every process of the machine can read a command line. */
  warnOfPassword(flag: unknown): void {
    if (typeof flag !== 'string' || !/^[a-z]+:\/\/[^/@\s]*:[^/@\s]+@/.test(flag)) return;
    this.log.warn('a password on the command line can be read by others; put the URL into YIKA_DATABASE_URL');
  }

  async show({ answer, next = [] }: Outcome): Promise<void> {
    const { json, quiet, paint } = this.#manner;
    if (json) {
      await writeText(this.#io.stdout, renderJson(answer, this.#io.stdout.isTTY === true));
      return;
    }
    const { language } = this.settings;
    const hints = quiet
      ? []
      : next.map((command, index) => hintLine(command, index, language === 'zh', paint));
    const shown = renderAnswer(answer, { language, paint });
    await writeText(this.#io.stdout, shown + (hints.length === 0 ? '' : `\n${hints.join('')}`));
  }

  /** Also while it is still opening: then it is closed as soon as it is open. */
  async close(): Promise<void> {
    this.progress.end();
    const opened = await this.#opening?.catch(() => undefined);
    await opened?.close();
  }
}

function hintLine(command: string, index: number, isChinese: boolean, paint: Paint): string {
  const label = isChinese ? '下一步：' : 'Next: ';
  const lead = index === 0 ? label : ' '.repeat(isChinese ? 8 : label.length);
  return `${paint(lead, 'faint')}${command}\n`;
}

function readFlags(flags: Readonly<Record<string, unknown>>): Flags {
  const text = (name: keyof Flags) => (typeof flags[name] === 'string' ? flags[name] : undefined);
  return {
    database: text('database'),
    data: text('data'),
    actor: text('actor'),
    threads: text('threads'),
    lang: text('lang'),
    config: text('config'),
  };
}

function loginName(environment: Environment): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return environment['LOGNAME'] || environment['USER'];
  }
}
