// COPY in and out, the only two functions through which bulk data crosses. In: back-pressure, abort means CopyFail,
// finished means ReadyForQuery, and the server's row count comes back to be compared with the control total. Out: bytes as
// they come; cut anywhere, so the reader of them must carry over what stands at a chunk's end.

import type { Client, Submittable } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { assert } from '../base/assert.js';
import { CopyOutQuery } from './copy-out-query.js';

/** One COPY … FROM STDIN. After an error or an abort the session is usable again (its transaction is lost). */
export interface CopyIn {
  /** Resolves when the next write may come. The bytes may be used again once `done` is called, and not before. */
  write(bytes: Uint8Array, done?: () => void): Promise<void>;
  /** Rows the server took, known once it is ready for the next statement. */
  finish(): Promise<number>;
  /** Ends the COPY with CopyFail; nothing of it remains. Never rejects. */
  abort(reason: Error): Promise<void>;
}

type Fail = (error: unknown) => unknown;

/**
 * A write is called done at once while it fits into the socket's own buffer (16 KiB in Node 20, 64 KiB later), and
 * otherwise when all has gone to the kernel; so short pieces are copied.
 */
const COPIED_BYTES_MAX = 64 * 1024;

function sendable(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength > COPIED_BYTES_MAX ? bytes : bytes.slice();
}

/**
 * One chunk is on its way while the caller makes the next. More would gain nothing (the server is the slower side: 2M rows
 * of 110 bytes take it 1.1 s, of which this thread uses 0.05) and would meet a defect of pg-copy-streams 7.0: an error of
 * the server while chunks still wait in the stream makes it write to a connection that it has let go, outside of any
 * promise. Hence also no destroy() once the COPY is over.
 */
export function copyIn(client: Client, sql: string, translate: Fail): CopyIn {
  const stream = client.query(copyFrom(sql));
  const over = new Promise<{ error?: unknown }>((resolve) => {
    stream.on('error', (error) => resolve({ error: translate(error) }));
    stream.on('finish', () => resolve({}));
    stream.on('close', () => resolve({}));
  });
  let ended = false;
  let failure: { error?: unknown } | undefined;
  void over.then((result) => {
    ended = true;
    if ('error' in result) failure = result;
  });
  let sent: Promise<unknown> = Promise.resolve();
  const settle = async () => {
    await Promise.race([sent, over]);
    if (failure !== undefined) throw failure.error;
  };

  return {
    async write(bytes, done) {
      await settle();
      assert(!ended, 'the copy is over');
      if (bytes.byteLength > 0) sent = new Promise((resolve) => stream.write(sendable(bytes), resolve));
      // An error is met by the next write; the bytes are out of the stream's hands either way.
      void sent.then(done, done);
    },
    async finish() {
      await settle();
      stream.end();
      await over;
      await settle();
      return stream.rowCount;
    },
    async abort() {
      // The reason stays here: CopyFail's text goes into the server's log, and a reason may quote a line.
      if (!ended) stream.destroy(new Error('load abandoned'));
      await over;
    },
  };
}

/** `abandoned` is called when the reader stops early: the rest is on its way and this connection cannot be used again. */
export async function* copyOut(
  client: Client,
  sql: string,
  translate: Fail,
  abandoned: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const query = client.query(new CopyOutQuery(sql) as CopyOutQuery & Submittable);
  let over = false;
  try {
    yield* query.pieces();
    over = true;
  } catch (error) {
    // What the query throws has ended it; anything else is the reader's, and the rest is still on its way.
    over = query.hasFailed;
    throw translate(error);
  } finally {
    if (!over) abandoned();
  }
}
