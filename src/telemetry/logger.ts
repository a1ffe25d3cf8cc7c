// Logs for operators, on stderr: pino's JSON lines for machines, short lines on a terminal. Only warnings by default.
// Keys that could hold personal data are cut out wherever they stand: a log is no place for them (Hainan one-card
// regulation, Article 13).

import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import type { DestinationStream, Logger as Pino } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly stream: NodeJS.WritableStream;
  readonly isTerminal: boolean;
}

const PERSONAL_KEYS = [
  'residentId',
  'resident_id',
  'identifier',
  'person',
  'name',
  'account',
  'cardNumber',
  'card_number',
  'payee',
  'payeeId',
  'payee_id',
  'password',
  'url',
  'database',
  'connection',
];

/** At any depth that our own fields reach. */
const REDACTED_PATHS = PERSONAL_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

const LEVEL_NAMES: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warning', 50: 'error' };

/** What pino adds itself and a person at a terminal does not need. */
const MACHINE_KEYS = new Set(['level', 'time', 'msg', 'v']);

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Most commands log nothing, so pino is loaded by the first line that is to be written. */
export function openLogger(options: LoggerOptions): Logger {
  let logger: Pino | undefined;
  const say = (level: 'debug' | 'info' | 'warn', message: string, fields: object): void => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(options.level)) return;
    logger ??= openPino(options);
    logger[level](fields, message);
  };
  return {
    debug: (message, fields = {}) => say('debug', message, fields),
    info: (message, fields = {}) => say('info', message, fields),
    warn: (message, fields = {}) => say('warn', message, fields),
  };
}

function openPino({ level, stream, isTerminal }: LoggerOptions): Pino {
  const { pino } = createRequire(import.meta.url)('pino') as typeof import('pino');
  const destination = isTerminal ? new LineWriter(stream) : stream;
  return pino(
    {
      level,
      base: null,
      redact: { paths: REDACTED_PATHS, censor: '[personal]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination as DestinationStream,
  );
}

/** pino's JSON lines as `yika: warning: message key=value`. */
class LineWriter extends Writable {
  readonly #stream: NodeJS.WritableStream;

  constructor(stream: NodeJS.WritableStream) {
    super({ decodeStrings: false });
    this.#stream = stream;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    for (const line of String(chunk).split('\n')) if (line !== '') this.#stream.write(`${shortLine(line)}\n`);
    done();
  }
}

function shortLine(json: string): string {
  const record = JSON.parse(json) as Record<string, unknown>;
  const fields = Object.entries(record)
    .filter(([key]) => !MACHINE_KEYS.has(key))
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `yika: ${LEVEL_NAMES[Number(record['level'])] ?? 'log'}: ${record['msg']}${fields.join('')}`;
}
