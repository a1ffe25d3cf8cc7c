// What every operation is given: the outside world, made by the command line and by tests.

import type { BankProfile } from '../bank-file/bank-profile.js';
import type { FormatDefinition } from '../bank-file/definition.js';
import type { Database } from '../store/connection.js';

/** Shows how far a long step is. Totals may be unknown. */
export interface Progress {
  begin(step: string, total?: number): void;
  advance(done: number): void;
  end(): void;
}

export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
}

/** The bank formats of the installation, and which bank takes which. */
export interface FormatLibrary {
  readonly formats: {
    get(name: string): FormatDefinition | undefined;
    /** As get, of the payment side alone: half of the time where nobody asks for what banks answer. */
    paymentSide(name: string): FormatDefinition | undefined;
    values(): Iterable<FormatDefinition>;
  };
  readonly profiles: ReadonlyMap<number, BankProfile>;
}

export interface Context {
  database: Database;
  /** Holds outbox/, inbox/, directory/ and tmp/; all with mode 700. */
  dataFolder: string;
  /** Who is acting; trimmed, never empty. */
  actor: string;
  /** Worker threads; never changes a result. */
  threads: number;
  /** Somebody named that number: less work is not given fewer threads then. */
  areThreadsGiven?: boolean;
  now(): Date;
  progress: Progress;
  log: Log;
  /** Read on first use. */
  formats(): Promise<FormatLibrary>;
}
