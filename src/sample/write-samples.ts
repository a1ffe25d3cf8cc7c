// Writes the committed samples anew: node dist/sample/write-samples.js [FOLDER]. A test compares what this makes with
// what is committed; change the code, run this, and look at the difference.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { committedSamples } from './committed-samples.js';

const folder = process.argv[2] ?? 'samples';
for (const [path, bytes] of committedSamples()) {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
}
