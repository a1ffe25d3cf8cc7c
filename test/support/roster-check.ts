// A roster text through the checks, as a thread and the merging thread run them.

import { PieceSource } from '../../src/codec/byte-source.js';
import { createRecordReader } from '../../src/codec/record-reader.js';
import { splitChunks } from '../../src/codec/split-chunks.js';
import { Directory } from '../../src/directory/directory.js';
import { encodeGb18030 } from '../../src/encoding/gb18030.js';
import type { RecordChunk, RecordReader } from '../../src/encoding/record-chunk.js';
import { createMemory, MEMORY_BASE, takeWords } from '../../src/kernel/memory.js';
import type { Period } from '../../src/programme/period.js';
import type { Programme } from '../../src/programme/programme.js';
import { ChunkChecker, type ChunkResult, type ChunkSettings } from '../../src/roster/check-chunk.js';
import { ASKED_DOTTED, type BaseSpelling, type CheckContext } from '../../src/roster/check-line.js';
import type { MarksData } from '../../src/roster/marks.js';
import { ChunkMerger, spellingKey } from '../../src/roster/merge-chunk.js';
import type { RosterColumns } from '../../src/roster/roster-line.js';
import { compileRules } from '../../src/roster/rules.js';
import type { TallyData } from '../../src/roster/tally.js';
import { kernelModule } from '../../src/worker/kernel-module.js';

export const COLUMNS: RosterColumns = {
  departmentLine: 0,
  residentId: 1,
  name: 2,
  amount: 3,
  account: 4,
  quantity: 5,
  payeeId: 6,
  count: 8,
};

export const NO_MARKS: MarksData = {
  words: undefined,
  lines: undefined,
  batches: [],
  exclusions: [],
  follows: undefined,
};

export interface RosterWorld {
  directory: Directory;
  programme: Programme;
  period: Period;
  marks?: MarksData;
  encoding?: 'utf-8' | 'gb18030';
  columns?: RosterColumns;
  spelling?: (key: { a: number; b: number }) => BaseSpelling | undefined;
}

export interface Checked {
  payments: Buffer;
  findings: Buffer;
  tally: TallyData;
}

export function encodeRoster(text: string, encoding: 'utf-8' | 'gb18030'): Uint8Array {
  return encoding === 'gb18030' ? encodeGb18030(text) : new TextEncoder().encode(text);
}

/**
 * `stale`: every chunk is checked before any is merged, as threads do that run far ahead. `reader`: what the careful path reads with.
 */
export async function checkRoster(
  world: RosterWorld,
  bytes: Uint8Array,
  options: { chunkBytes?: number; stale?: boolean; carefulOnly?: boolean; reader?: RecordReader } = {},
): Promise<Checked> {
  const { settings: usual, context } = setUp(world, options.carefulOnly ?? false);
  const settings = { ...usual, reader: options.reader ?? usual.reader };
  const merger = new ChunkMerger(settings, context);
  const payments: Uint8Array[] = [];
  const findings: Uint8Array[] = [];
  const merge = (result: ChunkResult): void => {
    const people = merger.deferred(result);
    const spellings = new Map(people.map((key) => [spellingKey(key), world.spelling?.(key) as BaseSpelling]));
    const merged = merger.merge(result, spellings);
    payments.push(...merged.payments);
    findings.push(...merged.findings);
  };
  const checkers = [0, 1].map(() => new ChunkChecker({ ...context, spelling: () => undefined }, settings));
  const waiting: ChunkResult[] = [];
  for await (const chunk of chunksOf(bytes, world.encoding ?? 'utf-8', options.chunkBytes ?? 1 << 20)) {
    const result = (checkers[chunk.index % 2] as ChunkChecker).check(chunk);
    if (options.stale) waiting.push(result);
    else merge(result);
  }
  for (const result of waiting) merge(result);
  return { payments: Buffer.concat(payments), findings: Buffer.concat(findings), tally: merger.tally.data() };
}

/** Checks take memory behind the directory for good; thousands of rosters in one test need a new one now and then. */
const MEMORY_MAX = 1 << 30;
const copies = new WeakMap<Directory, Directory>();

function copyOf(directory: Directory): Directory {
  const known = copies.get(directory);
  if (known && known.memory.buffer.byteLength < MEMORY_MAX) return known;
  const memory = createMemory(directory.bytes.length);
  new Uint8Array(memory.buffer, MEMORY_BASE).set(directory.bytes);
  const copy = new Directory(memory);
  copies.set(directory, copy);
  return copy;
}

function marksIn(memory: WebAssembly.Memory, marks: MarksData): MarksData {
  if (!marks.words) return marks;
  const words = takeWords(memory, marks.words.length);
  words.set(marks.words);
  return { ...marks, words };
}

/** A bank whose format has no dot; a name of more than 15 characters has room at none. */
const DOTLESS_BANK = 301;
const askedAlways = new Uint8Array(1024).fill(ASKED_DOTTED, DOTLESS_BANK, DOTLESS_BANK + 1);

function unencodable(bank: number, name: string): string | undefined {
  if (/[\u{20000}-\u{2ffff}龦]/u.test(name)) return 'outside GBK';
  if (bank === DOTLESS_BANK && name.includes('·')) return 'a dot';
  return name.length > 15 ? 'too long' : undefined;
}

function setUp(world: RosterWorld, carefulOnly: boolean) {
  const directory = copyOf(world.directory);
  const context: Omit<CheckContext, 'spelling'> = {
    rules: compileRules(world.programme, world.period, undefined),
    directory,
    marks: marksIn(directory.memory, world.marks ?? NO_MARKS),
    askedAlways,
    unencodable,
  };
  const settings: ChunkSettings = {
    columns: world.columns ?? COLUMNS,
    delimiter: 0x2c,
    seen: takeWords(directory.memory, Math.ceil(directory.slots / 32)),
    reader: createRecordReader(','),
    kernel: kernelModule(),
    carefulOnly,
  };
  return { settings, context };
}

async function* chunksOf(
  bytes: Uint8Array,
  encoding: 'utf-8' | 'gb18030',
  chunkBytes: number,
): AsyncGenerator<RecordChunk> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  for await (const chunk of splitChunks(new PieceSource(pieces()), {
    delimiter: ',',
    chunkBytes,
    firstLine: 2,
  })) {
    yield { ...chunk, encoding };
  }
}
