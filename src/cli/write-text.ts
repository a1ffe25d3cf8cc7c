import type { OutputStream } from './io.js';

const GUARDED = new WeakSet<OutputStream>();

/**
 * Resolves once the stream has taken the text. A reader that went away (`yika … | head`) is no error: EPIPE is success,
 * and what it did not want to read is dropped.
 */
export async function writeText(stream: OutputStream, text: string): Promise<void> {
  guard(stream);
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => (error && !isBrokenPipe(error) ? reject(error) : resolve()));
  });
}

/** Without a listener a broken pipe would end the process with a stack trace. */
export function guard(stream: OutputStream): void {
  if (GUARDED.has(stream)) return;
  GUARDED.add(stream);
  stream.on('error', (error: Error) => {
    if (!isBrokenPipe(error)) throw error;
  });
}

function isBrokenPipe(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}
