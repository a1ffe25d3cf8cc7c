// SQLSTATE and socket errors → what the engine raises. Postgres puts row values into `detail`, `where` and sometimes the
// message itself ("Key (resident_id)=(…) already exists"), so the driver's error object never leaves this folder: what is
// raised instead keeps the code and the names of table, column and constraint, which hold no personal data.

import { EngineError } from '../base/error.js';

/** Where a connection was meant to go; never holds the password. */
export interface Place {
  kind: 'embedded' | 'server';
  host: string;
  port: number;
  database: string;
}

/** Why a database cannot be used; `details.reason` of DATABASE_UNAVAILABLE. */
export type UnavailableReason =
  | 'url-invalid'
  | 'host-unknown'
  | 'refused'
  | 'timeout'
  | 'encryption'
  | 'password'
  | 'role-or-access'
  | 'database-missing'
  | 'too-old'
  | 'permission'
  | 'disk-full'
  | 'stopping'
  | 'lost';

/** An error of one statement that is not about availability: constraint refused, bad value, syntax. */
export class SqlError extends Error {
  readonly sqlState: string;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor(fields: DriverError) {
    super(`${fields.code} ${withoutValues(fields.code ?? '', fields.message)}`);
    this.name = 'SqlError';
    this.sqlState = fields.code ?? '';
    this.table = fields.table;
    this.column = fields.column;
    this.constraint = fields.constraint;
  }
}

interface DriverError extends Error {
  code?: string;
  severity?: string;
  table?: string;
  column?: string;
  constraint?: string;
}

const SOCKET_REASONS: Readonly<Record<string, UnavailableReason>> = {
  ECONNREFUSED: 'refused',
  ENOENT: 'refused',
  EACCES: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'lost',
  EPIPE: 'lost',
};

/** PostgreSQL 18 documentation, Appendix A; two characters stand for a whole class. */
const STATE_REASONS: Readonly<Record<string, UnavailableReason>> = {
  '08': 'lost',
  '28': 'role-or-access',
  '28P01': 'password',
  '3D000': 'database-missing',
  '42501': 'permission',
  '53100': 'disk-full',
  '57P01': 'stopping',
  '57P02': 'stopping',
  '57P03': 'stopping',
  '57P05': 'lost',
};

/** Someone else holds what is needed: try again later. */
const BUSY_STATES: ReadonlySet<string> = new Set(['40001', '40P01', '53300', '55P03', '55006']);

/** Serialization failure and deadlock: the same transaction may succeed when run again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'DATABASE_BUSY' && error.details['again'] === true;
}

/** `23505` and the like; undefined when the error does not come from a statement. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof SqlError ? error.sqlState : undefined;
}

/** The error to raise for what the driver threw. EngineErrors and our own bugs pass unchanged. */
export function toStoreError(error: unknown, place: Place): unknown {
  if (!(error instanceof Error) || error instanceof EngineError || error instanceof SqlError) return error;
  const failed = error as DriverError;
  const reason = unavailableReason(failed);
  if (reason !== undefined) return unavailable(reason, place, failed.code);
  const state = failed.code ?? '';
  if (failed.severity === undefined) return error;
  if (BUSY_STATES.has(state)) {
    return new EngineError('DATABASE_BUSY', {
      sqlState: state,
      again: state === '40001' || state === '40P01',
    });
  }
  return new SqlError(failed);
}

export function unavailable(reason: UnavailableReason, place: Place, code?: string): EngineError {
  return new EngineError('DATABASE_UNAVAILABLE', { reason, ...place, ...(code && { cause: code }) });
}

function unavailableReason(error: DriverError): UnavailableReason | undefined {
  const code = error.code ?? '';
  const known = error.severity === undefined ? SOCKET_REASONS[code] : stateReason(code);
  return known ?? messageReason(error);
}

function stateReason(state: string): UnavailableReason | undefined {
  return STATE_REASONS[state] ?? STATE_REASONS[state.slice(0, 2)];
}

/** The driver has no codes for these; the texts are those of pg 8 (lib/client.js, lib/connection.js). */
function messageReason(error: Error): UnavailableReason | undefined {
  const text = error.message;
  if (text.startsWith('Connection terminated due to connection timeout')) return 'timeout';
  if (text.startsWith('Connection terminated') || text.startsWith('Client has encountered')) return 'lost';
  if (text.startsWith('Client was closed')) return 'lost';
  if (text.startsWith('timeout expired')) return 'timeout';
  if (text.startsWith('The server does not support SSL') || /certificate|SSL|TLS/.test(text))
    return 'encryption';
  if (/SASL|password/.test(text)) return 'password';
  return undefined;
}

/** Data exceptions (class 22) quote the value; other classes quote names of tables and columns, which may stay. */
function withoutValues(state: string, message: string): string {
  if (state.startsWith('22')) return (message.split(/[":]/, 1)[0] ?? '').trim();
  return message.replace(/"[^"]*"/g, (quoted) => (/^"[a-z_][a-z0-9_.$]*"$/.test(quoted) ? quoted : '"…"'));
}
