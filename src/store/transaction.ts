// begin, work, commit. Nothing is retried unless the caller asks, because only the caller knows whether its work may run
// twice; and then only what Postgres itself says may be tried again (serialization failure, deadlock).

import { setTimeout as sleep } from 'node:timers/promises';
import { assert } from '../base/assert.js';
import { isRetryable } from './sql-error.js';

export interface TransactionOptions {
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readOnly?: boolean;
  /** How often the work may run again after a serialization failure or a deadlock; 0 unless given. */
  retries?: number;
}

/** What a transaction needs of a session: one statement, answered with its command tag (`COMMIT`, `ROLLBACK`). */
export type RunStatement = (sql: string) => Promise<string>;

const RETRY_PAUSE_MS = 20;

export async function inTransaction<T>(
  run: RunStatement,
  work: () => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const retries = options.retries ?? 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(run, work, options);
    } catch (error) {
      if (attempt >= retries || !isRetryable(error)) throw error;
      await sleep(RETRY_PAUSE_MS * (attempt + 1) * (0.5 + Math.random()));
    }
  }
}

async function once<T>(run: RunStatement, work: () => Promise<T>, options: TransactionOptions): Promise<T> {
  await run(beginStatement(options));
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // The first error is the one to tell; a rollback that fails means that the connection is gone, and so is its work.
    await run('rollback').catch(() => undefined);
    throw error;
  }
  const tag = await run('commit');
  // Postgres answers COMMIT of a failed transaction with ROLLBACK and no error: work() swallowed a failed statement.
  assert(tag !== 'ROLLBACK', 'a failed transaction was to be committed');
  return result;
}

function beginStatement(options: TransactionOptions): string {
  const isolation = options.isolation === undefined ? '' : ` isolation level ${options.isolation}`;
  return `begin${isolation}${options.readOnly === true ? ' read only' : ''}`;
}
