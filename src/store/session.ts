// One connection to Postgres and what is done over it. Values keep their exactness: int8 is bigint, numeric is text, a date
// is 'YYYY-MM-DD' text, timestamptz is a Date; nothing of money ever passes through a float.

import { assert } from '../base/assert.js';
import { getTypeParser } from './column-values.js';
import { type CopyIn, copyIn, copyOut } from './copy.js';
import pg from './driver.js';
import { type Place, toStoreError, unavailable } from './sql-error.js';
import { inTransaction, type TransactionOptions } from './transaction.js';

/** Plain data: crosses to a worker thread, which opens its own session. Holds the password, so never log it. */
export interface ConnectionSettings {
  readonly kind: 'embedded' | 'server';
  /** Host name, or the folder of the Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string;
  readonly ssl?: boolean | Readonly<Record<string, string | boolean>>;
  readonly applicationName: string;
}

export interface Session {
  /** Rows with the columns' own names. Without values the text may hold several statements; the last one's rows come. */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** How many rows an insert, update or delete touched. */
  execute(text: string, values?: readonly unknown[]): Promise<number>;
  transaction<T>(work: () => Promise<T>, options?: TransactionOptions): Promise<T>;
  copyIn(sql: string): CopyIn;
  /** Bytes of a COPY … TO STDOUT. Leaving the loop early discards the session: its next use fails. */
  copyOut(sql: string): AsyncIterable<Uint8Array>;
  release(): void;
}

/** Oldest server: what is used of SQL and settings (client_connection_check_interval) begins with 14. */
export const SERVER_VERSION_MIN = 140_000;

const CONNECT_TIMEOUT_MS = 15_000;

/**
 * Settings that results or durability depend on. Scans begin at the beginning, so that rows come as they were stored. UTC and ISO make text forms the same on every server. The check interval
 * ends the work of a killed command within seconds; Postgres refuses it on platforms without POLLRDHUP, hence the block.
 */
const SESSION_START = `
  set search_path = yika;
  set synchronous_commit = on;
  set synchronize_seqscans = off;
  set timezone = 'UTC';
  set datestyle = 'ISO, YMD';
  set standard_conforming_strings = on;
  set client_min_messages = warning;
  do $$ begin perform set_config('client_connection_check_interval', '2s', false);
  exception when others then null; end $$;
`;

/** A session of its own, not pooled: for worker threads. release() closes it. */
export async function openSession(settings: ConnectionSettings): Promise<Session> {
  const session = await OpenSession.open(settings);
  return session.lend(() => void session.close());
}

export class OpenSession {
  readonly #client: pg.Client;
  readonly #place: Place;
  #broken = false;
  #transactionOpen = false;

  static async open(settings: ConnectionSettings): Promise<OpenSession> {
    const client = new pg.Client(clientConfig(settings));
    const session = new OpenSession(client, settings);
    try {
      await client.connect();
      await client.query(SESSION_START);
      return session;
    } catch (error) {
      session.destroy();
      throw toStoreError(error, session.#place);
    }
  }

  private constructor(client: pg.Client, settings: ConnectionSettings) {
    this.#client = client;
    this.#place = {
      kind: settings.kind,
      host: settings.host,
      port: settings.port,
      database: settings.database,
    };
    // An idle connection that dies says so here; unheard, it would end the process. The next statement reports it.
    client.on('error', () => {
      this.#broken = true;
    });
    client.on('end', () => {
      this.#broken = true;
    });
  }

  /** Whether the next borrower may have it. */
  get reusable(): boolean {
    return !this.#broken && !this.#transactionOpen;
  }

  /** The face given to one borrower; `back` is called once, and the face is dead from then on. */
  lend(back: () => void): Session {
    let lent = true;
    const held = () => assert(lent, 'the session was used after release()');
    return {
      query: async <Row>(text: string, values?: readonly unknown[]) => {
        held();
        return (await this.#run(text, values)).rows as Row[];
      },
      execute: async (text, values) => {
        held();
        return (await this.#run(text, values)).rowCount ?? 0;
      },
      transaction: (work, options) => {
        held();
        return this.#transaction(work, options);
      },
      copyIn: (sql) => {
        held();
        this.#usable();
        return copyIn(this.#client, sql, (error) => this.#translate(error));
      },
      copyOut: (sql) => {
        held();
        this.#usable();
        return copyOut(
          this.#client,
          sql,
          (error) => this.#translate(error),
          () => this.destroy(),
        );
      },
      release: () => {
        if (!lent) return;
        lent = false;
        back();
      },
    };
  }

  async close(): Promise<void> {
    if (this.#broken) return this.destroy();
    await this.#client.end().catch(() => undefined);
  }

  /** Cuts the connection; the server notices at its next write or at the check interval. */
  destroy(): void {
    this.#broken = true;
    (this.#client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  async #run(text: string, values?: readonly unknown[]): Promise<pg.QueryResult> {
    this.#usable();
    try {
      const result: pg.QueryResult | pg.QueryResult[] =
        values === undefined ? await this.#client.query(text) : await this.#client.query(text, [...values]);
      return Array.isArray(result) ? (result.at(-1) as pg.QueryResult) : result;
    } catch (error) {
      throw this.#translate(error);
    }
  }

  async #transaction<T>(work: () => Promise<T>, options?: TransactionOptions): Promise<T> {
    assert(!this.#transactionOpen, 'a transaction is already open in this session');
    this.#transactionOpen = true;
    try {
      return await inTransaction(async (sql) => (await this.#run(sql)).command, work, options);
    } finally {
      this.#transactionOpen = false;
    }
  }

  #usable(): void {
    if (this.#broken) throw unavailable('lost', this.#place);
  }

  #translate(error: unknown): unknown {
    return toStoreError(error, this.#place);
  }
}

function clientConfig(settings: ConnectionSettings): pg.ClientConfig {
  const { host, port, user, database, password, ssl } = settings;
  return {
    host,
    port,
    user,
    database,
    application_name: settings.applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser },
    ...(password !== undefined && { password }),
    ...(ssl !== undefined && { ssl: ssl as NonNullable<pg.ClientConfig['ssl']> }),
  };
}
