// Checking a cardholder file's chunks, in a thread or in the calling one.

import {
  CardholderChecker,
  type CardholderChunkResult,
  type CardholderFieldPlaces,
} from '../cardholder/check-chunk.js';
import type { Delimiter } from '../codec/record-end.js';
import { createRecordReader } from '../codec/record-reader.js';
import { Directory } from '../directory/directory.js';
import type { RecordChunk } from '../encoding/record-chunk.js';
import { type ThreadJob, threadModule } from './thread-pool.js';

export interface CardholderJobData {
  places: CardholderFieldPlaces;
  delimiter: Delimiter;
  /** The base before the import, in shared memory; undefined for the very first. */
  base: { directory: WebAssembly.Memory; fingerprints: Uint32Array; updatedOn: Int32Array } | undefined;
}

export const cardholderJob: ThreadJob<CardholderJobData, RecordChunk, CardholderChunkResult> = {
  module: threadModule('cardholder-thread', import.meta.url),
  create(data, buffers) {
    const { places, delimiter } = data;
    const settings = { places, delimiter: delimiter.charCodeAt(0), reader: createRecordReader(delimiter) };
    const base = data.base && { ...data.base, directory: new Directory(data.base.directory) };
    const checker = new CardholderChecker(settings, base, buffers);
    return (chunk) => checker.check(chunk);
  },
  transferOfTask: (chunk) => [chunk.bytes.buffer as ArrayBuffer],
  transferOfResult: (result) =>
    [result.bytes, result.rows, result.table].map((part) => part.buffer as ArrayBuffer),
};
