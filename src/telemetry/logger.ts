// Logs for operators, on stderr: pino's JSON lines for machines, short lines on a terminal. Only warnings by default.
// Keys that could hold personal data are cut out wherever they stand: a log is no place for them (Hainan one-card
// regulation, Article 13).

import { Writable } from 'node:stream';
import pino from 'pino';

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

export function openLogger({ level, stream, isTerminal }: LoggerOptions): Logger {
  const destination = isTerminal ? new LineWriter(stream) : stream;
  const logger = pino(
    {
      level,
      base: null,
      redact: { paths: REDACTED_PATHS, censor: '[personal]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination as pino.DestinationStream,
  );
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
  };
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
