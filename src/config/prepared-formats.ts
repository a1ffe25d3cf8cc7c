// Payment sides that were parsed when yika was built, by the SHA-256 of what they were parsed from: a file that somebody changed is
// parsed. Empty where the sources run; bundle.js puts the formats in.

import type { FormatDefinition } from '../bank-file/definition.js';

export const PREPARED: ReadonlyMap<string, () => FormatDefinition> = new Map();
