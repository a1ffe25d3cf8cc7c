// Checking a roster's chunks, in a thread or in the calling one.

import type { Delimiter } from '../codec/record-end.js';
import { createRecordReader } from '../codec/record-reader.js';
import { Directory } from '../directory/directory.js';
import type { RecordChunk } from '../encoding/record-chunk.js';
import type { Period } from '../programme/period.js';
import type { Programme } from '../programme/programme.js';
import { ChunkChecker, type ChunkResult, type ChunkSettings } from '../roster/check-chunk.js';
import type { CheckContext } from '../roster/check-line.js';
import type { MarksData } from '../roster/marks.js';
import type { RosterColumns } from '../roster/roster-line.js';
import { compileRules, relaxRules } from '../roster/rules.js';
import { createNameCheck, type NameCheckData } from './name-check.js';
import { type ThreadJob, threadModule } from './thread-pool.js';

/** All that the checks need, as plain data and shared memory. */
export interface RosterJobData {
  /** Begins with the directory. */
  directory: WebAssembly.Memory;
  kernel: WebAssembly.Module;
  seen: Uint32Array;
  marks: MarksData;
  programme: Programme;
  period: Period;
  rosterRegion: number | undefined;
  columns: RosterColumns;
  delimiter: Delimiter;
  names: NameCheckData;
  /** See CheckContext. */
  askedAlways: Uint8Array;
  /** Payments that were checked before: see relaxRules. */
  isReissue: boolean;
}

/** The context and settings of the checks; the merging thread makes its own from the same data. */
export function rosterContext(data: RosterJobData): {
  context: Omit<CheckContext, 'spelling'>;
  settings: ChunkSettings;
} {
  const rules = compileRules(data.programme, data.period, data.rosterRegion);
  return {
    context: {
      rules: data.isReissue ? relaxRules(rules) : rules,
      directory: new Directory(data.directory),
      marks: data.marks,
      unencodable: createNameCheck(data.names),
      askedAlways: data.askedAlways,
    },
    settings: {
      columns: data.columns,
      delimiter: data.delimiter.charCodeAt(0),
      seen: data.seen,
      kernel: data.kernel,
      reader: createRecordReader(data.delimiter),
    },
  };
}

export const rosterJob: ThreadJob<RosterJobData, RecordChunk, ChunkResult> = {
  module: threadModule('roster-thread', import.meta.url),
  create(data) {
    const { context, settings } = rosterContext(data);
    const checker = new ChunkChecker({ ...context, spelling: () => undefined }, settings);
    return (chunk) => checker.check(chunk);
  },
  transferOfTask: (chunk) => [chunk.bytes.buffer as ArrayBuffer],
  transferOfResult: ({ bytes, findings }) => [bytes.buffer as ArrayBuffer, findings.buffer as ArrayBuffer],
};
