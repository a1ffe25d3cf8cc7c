// A few connections, opened when first needed and lent one at a time. Smaller than pg's own pool and stricter: a session
// that comes back with an open transaction or a broken connection is closed, never lent again.

import { assert } from '../base/assert.js';
import { type ConnectionSettings, OpenSession, type Session } from './session.js';

export class SessionPool {
  readonly #settings: ConnectionSettings;
  readonly #sessionsMax: number;
  readonly #idle: OpenSession[] = [];
  readonly #waiting: (() => void)[] = [];
  /** Every session that is open or being lent; what is not idle is lent. */
  readonly #all = new Set<OpenSession>();
  #opening = 0;
  #closed = false;

  constructor(settings: ConnectionSettings, sessionsMax: number) {
    this.#settings = settings;
    this.#sessionsMax = sessionsMax;
  }

  async session(): Promise<Session> {
    assert(!this.#closed, 'the database was closed');
    const session = await this.#take();
    return session.lend(() => this.#giveBack(session));
  }

  /** Lent sessions are cut: whoever closes the pool is done, or is being interrupted. */
  async close(): Promise<void> {
    this.#closed = true;
    const idle = this.#idle.splice(0);
    for (const session of idle) this.#all.delete(session);
    for (const session of this.#all) session.destroy();
    this.#all.clear();
    await Promise.all(idle.map((session) => session.close()));
  }

  async #take(): Promise<OpenSession> {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle?.reusable === true) return idle;
      if (idle !== undefined) {
        this.#discard(idle);
      } else if (this.#all.size + this.#opening < this.#sessionsMax) {
        return await this.#openOne();
      } else {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    }
  }

  async #openOne(): Promise<OpenSession> {
    this.#opening += 1;
    try {
      const session = await OpenSession.open(this.#settings);
      this.#all.add(session);
      return session;
    } catch (error) {
      this.#waiting.shift()?.();
      throw error;
    } finally {
      this.#opening -= 1;
    }
  }

  #giveBack(session: OpenSession): void {
    if (session.reusable && !this.#closed) this.#idle.push(session);
    else this.#discard(session);
    this.#waiting.shift()?.();
  }

  #discard(session: OpenSession): void {
    this.#all.delete(session);
    session.destroy();
  }
}
