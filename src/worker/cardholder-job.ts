// Checking a cardholder file's chunks, in a thread or in the calling one. Chunks and what comes of them stay where they are in the
// shared memory; only where that is travels.

import {
  type BaseImage,
  CardholderChecker,
  type CardholderChunkResult,
  type CardholderFieldPlaces,
  type CardholderSettings,
  type Rooms,
} from '../cardholder/check-chunk.js';
import type { Delimiter } from '../codec/record-end.js';
import { createRecordReader } from '../codec/record-reader.js';
import { Directory } from '../directory/directory.js';
import type { RecordChunk } from '../encoding/record-chunk.js';
import { bytesAt } from '../kernel/memory.js';
import { type ThreadJob, threadModule } from './thread-pool.js';

export interface CardholderJobData {
  kernel: WebAssembly.Module;
  /** Begins with the directory of the base before the import, unless this is the very first. */
  memory: WebAssembly.Memory;
  /** Fingerprints and days of update in that memory. */
  base: { fingerprints: number; updatedOn: number } | undefined;
  places: CardholderFieldPlaces;
  delimiter: Delimiter;
}

/** Bytes of the memory. */
interface Range {
  at: number;
  length: number;
}

export interface CardholderTask {
  chunk: Omit<RecordChunk, 'bytes'>;
  bytes: Range;
  rows: Range;
  table: Range;
}

export type CardholderAnswer = Pick<CardholderChunkResult, 'index' | 'encoding' | 'findings'> & {
  bytes: Range;
  rows: Range;
  table: Range;
  rooms: Range[];
};

/** What the checks of each thread, and the merging one, compare rows with. */
export function cardholderSettings(data: CardholderJobData): CardholderSettings {
  const { places, delimiter, kernel } = data;
  return { places, kernel, delimiter: delimiter.charCodeAt(0), reader: createRecordReader(delimiter) };
}

/** Chunk and rooms must lie in the memory. */
export function cardholderTask({ bytes, ...chunk }: RecordChunk, rooms: Rooms): CardholderTask {
  return { chunk, bytes: rangeOf(bytes), rows: rangeOf(rooms.rows), table: rangeOf(rooms.table) };
}

export function cardholderResult(
  memory: WebAssembly.Memory,
  { bytes, rows, table, rooms, ...rest }: CardholderAnswer,
): CardholderChunkResult {
  const at = (range: Range): Uint8Array => bytesAt(memory, range.at, range.length);
  const words = at(table);
  return {
    ...rest,
    bytes: at(bytes),
    rows: at(rows),
    table: new Uint32Array(words.buffer, words.byteOffset, words.length / 4),
    rooms: rooms.map(at),
  };
}

export const cardholderJob: ThreadJob<CardholderJobData, CardholderTask, CardholderAnswer> = {
  module: threadModule('cardholder-thread', import.meta.url),
  create(data) {
    const { memory } = data;
    const checker = new CardholderChecker(cardholderSettings(data), memory, baseOf(data));
    return ({ chunk, ...ranges }) => {
      const at = (range: Range): Uint8Array => bytesAt(memory, range.at, range.length);
      const rooms = { rows: at(ranges.rows), table: at(ranges.table) };
      const result = checker.check({ ...chunk, bytes: at(ranges.bytes) }, rooms);
      return {
        ...result,
        bytes: ranges.bytes,
        rows: rangeOf(result.rows),
        table: rangeOf(result.table),
        rooms: result.rooms.map(rangeOf),
      };
    };
  },
  transferOfTask: () => [],
  transferOfResult: () => [],
};

function baseOf({ memory, base }: CardholderJobData): BaseImage | undefined {
  if (!base) return undefined;
  const directory = new Directory(memory);
  const { slots } = directory;
  return {
    directory,
    fingerprints: new Uint32Array(memory.buffer, base.fingerprints, slots * 2),
    updatedOn: new Int32Array(memory.buffer, base.updatedOn, slots),
  };
}

function rangeOf({ byteOffset, byteLength }: Uint8Array | Uint32Array): Range {
  return { at: byteOffset, length: byteLength };
}
