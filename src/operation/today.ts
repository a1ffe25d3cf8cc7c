// The day in China, where the payments are made, whatever the clock of the machine is set to.

import type { Context } from './context.js';

const CHINA_OFFSET_MILLISECONDS = 8 * 3_600_000;

/** YYYY-MM-DD. */
export function today(context: Pick<Context, 'now'>): string {
  return new Date(context.now().getTime() + CHINA_OFFSET_MILLISECONDS).toISOString().slice(0, 10);
}
