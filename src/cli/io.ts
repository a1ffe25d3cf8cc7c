// The outside of the program: what of the process the command line uses.

import type { Environment } from '../config/settings.js';

export type OutputStream = NodeJS.WritableStream & { isTTY?: boolean | undefined };
export type InputStream = NodeJS.ReadableStream & { isTTY?: boolean | undefined };

export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: InputStream;
  readonly environment: Environment;
  /** The folder that relative paths are meant from. */
  readonly folder: string;
  onSignal(listen: (signal: 'SIGINT' | 'SIGTERM') => void): () => void;
  /** Ends the process at once; only after an interruption, when work that nobody waits for may still hold it open. */
  exit(code: number): void;
}

export function processIo(): Io {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    environment: process.env,
    folder: process.cwd(),
    onSignal(listen) {
      process.on('SIGINT', listen);
      process.on('SIGTERM', listen);
      return () => {
        process.off('SIGINT', listen);
        process.off('SIGTERM', listen);
      };
    },
    exit: (code) => process.exit(code),
  };
}
