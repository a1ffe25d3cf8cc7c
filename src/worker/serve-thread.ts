// The other end of a thread pool: what runs in the threads.

import { threadId } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { BufferPool } from '../base/buffer-pool.js';
import { EngineError } from '../base/error.js';
import type { Answer, Message, ThreadJob } from './thread-pool.js';

/** Called by a thread's module: makes the job from the data that comes with the first task, and answers tasks with it. */
export function serveThread<Data, Task, Result>(
  job: ThreadJob<Data, Task, Result>,
): (message: Message<Data, Task>) => unknown {
  const buffers = new BufferPool();
  let work: ((task: Task) => Result | Promise<Result>) | undefined;
  return async ({ task, spare, data }) => {
    work ??= job.create(data as Data, buffers);
    for (const buffer of spare) buffers.give(buffer);
    const todo = work;
    const answer = await attempt(() => todo(task));
    const transfer = 'result' in answer ? job.transferOfResult(answer.result) : [];
    return Piscina.move({
      get [Piscina.transferableSymbol]() {
        return transfer;
      },
      get [Piscina.valueSymbol]() {
        return answer;
      },
    } as never);
  };
}

async function attempt<Result>(work: () => Result | Promise<Result>): Promise<Answer<Result>> {
  try {
    return { thread: threadId, result: await work() };
  } catch (error) {
    if (error instanceof EngineError) {
      return { thread: threadId, refused: { code: error.code, details: error.details } };
    }
    throw error;
  }
}
