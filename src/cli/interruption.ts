// SIGINT and SIGTERM: the first one ends the work in hand in good order, a second one ends the process at once. Nothing needs
// to be saved: what was not committed is as if it never began.

import { EngineError, EXIT } from '../base/error.js';
import type { Io } from './io.js';

export interface Interruption {
  /** Rejects with INTERRUPTED or TERMINATED; never resolves. */
  readonly happened: Promise<never>;
  readonly isOver: boolean;
  stopListening(): void;
}

export function listenForInterruption(io: Io): Interruption {
  let interrupted = false;
  let stop: () => void = () => undefined;
  const happened = new Promise<never>((_resolve, reject) => {
    stop = io.onSignal((signal) => {
      const isInterrupt = signal === 'SIGINT';
      if (interrupted) io.exit(isInterrupt ? EXIT.interrupted : EXIT.terminated);
      interrupted = true;
      reject(new EngineError(isInterrupt ? 'INTERRUPTED' : 'TERMINATED'));
    });
  });
  // Nobody may be waiting when it happens.
  happened.catch(() => undefined);
  return {
    happened,
    get isOver() {
      return interrupted;
    },
    stopListening: () => stop(),
  };
}
