// Programmes that are never paid to one person for the same period. Naming the other once is enough, whichever of the
// two does it: who is paid first would otherwise decide.

import type { Programme } from './programme.js';

/** Codes that stand against `code`, sorted; also codes of programmes that no catalogue has. */
export function excludedWith(programmes: readonly Programme[], code: string): string[] {
  const codes = new Set<string>();
  for (const programme of programmes) {
    if (programme.code === code) for (const other of programme.excludes) codes.add(other);
    else if (programme.excludes.includes(code)) codes.add(programme.code);
  }
  return [...codes].sort();
}
