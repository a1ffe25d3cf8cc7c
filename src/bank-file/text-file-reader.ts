// Delimited and fixed-width files, record by record: a small machine that knows which record may come next.

import { isUtf8 } from 'node:buffer';
import { compileAnswerProgram } from './answer-program.js';
import { type CompiledRows, CompiledTextRows, type RowKernel } from './compiled-rows.js';
import type { FileLayout } from './definition.js';
import { notText, readDigits, readStatic, unquoted } from './field-reader.js';
import { decodeField } from './field-text.js';
import type { FileEvents, Refuse } from './file-events.js';
import { LineTooLong, readLines } from './line-reader.js';
import { ReadRow } from './read-row.js';
import { compileStations, type Station } from './record-stations.js';
import type { RowBlock } from './row-block.js';

export interface TextFileReader {
  read(source: AsyncIterable<Uint8Array>, events: FileEvents): Promise<void>;
  /** Whether this line could begin such a file. */
  canBegin(bytes: Buffer, from: number, to: number): boolean;
}

/** `kernel`: for the compiled path, where the layout has one. */
export function compileTextReader(layout: FileLayout, refuse: Refuse, kernel?: RowKernel): TextFileReader {
  const { first, mayBeEmpty } = compileStations(layout);
  let compiled: CompiledTextRows | undefined;
  return {
    read(source, events) {
      const program = kernel && events.rows && compileAnswerProgram(layout);
      if (program) compiled ??= new CompiledTextRows(kernel, layout, program);
      return walk(layout, first, mayBeEmpty, source, events, refuse, program && compiled);
    },
    canBegin: (bytes, from, to) => first.some((station) => station.reader.read(bytes, from, to)),
  };
}

async function walk(
  layout: FileLayout,
  first: readonly Station[],
  mayBeEmpty: boolean,
  source: AsyncIterable<Uint8Array>,
  events: FileEvents,
  refuse: Refuse,
  compiled: CompiledRows | undefined,
): Promise<void> {
  const row = new ReadRow();
  const checkUtf8 = layout.encoding === 'UTF-8';
  let next = first;
  let station: Station | undefined;
  let inBatch = false;
  let rows = 0;
  let blankAt = 0;
  let open = false;

  const takeRows = (block: RowBlock): void => {
    rows += block.count;
    events.rows?.(block);
  };
  const plain = compiled && {
    next: 0,
    take(bytes: Buffer, at: number): number {
      this.next = at;
      const [likely] = next;
      // Only where a row is what is looked for first, and its batch has begun.
      if (!inBatch || blankAt > 0 || likely?.section !== 'detail') return 0;
      const count = compiled.read(bytes, at, takeRows);
      this.next = compiled.next;
      if (count > 0) {
        station = likely;
        next = likely.next;
      }
      return count;
    },
  };
  compiled?.begin();

  const visit = (bytes: Buffer, from: number, to: number, line: number): void => {
    compiled?.flush(takeRows);
    if (from === to || (to - from === 1 && bytes[from] === 0x1a)) {
      blankAt ||= line;
      return;
    }
    if (blankAt > 0) refuse('an empty line stands before this one', line);
    const found = findStation(next, bytes, from, to);
    if (found === undefined) refuseLine(layout, next, bytes, from, to, line, station, refuse);
    if (checkUtf8 && !isUtf8(bytes.subarray(from, to))) refuse('the line is not text in UTF-8', line);
    // The last records of a row may be missing: it is whole when something else follows.
    if (open && (found!.section !== 'detail' || found!.isFirst)) {
      events.row(row);
      open = false;
    }
    inBatch = moveBatch(layout, found!, inBatch, events, line);
    station = found!;
    next = station.next;
    if (station.section === 'detail') {
      if (station.isFirst) row.begin(++rows, line);
      readRowFields(station, bytes, row, from, line, refuse);
      row.records++;
      open = !station.isLast;
      if (station.isLast) events.row(row);
      if (compiled?.isNew) compiled.learn(events.kindOfRow?.() ?? -1);
    } else {
      readStaticFields(layout, station, bytes, from, line, events, refuse);
      compiled?.forget();
    }
  };

  let ending: Awaited<ReturnType<typeof readLines>>;
  try {
    // A row of several records may end in bytes that come later.
    ending = await readLines(source, layout, visit, () => open && row.settle(), plain);
    compiled?.flush(takeRows);
  } catch (error) {
    if (error instanceof LineTooLong) return refuse('the line is longer than any record', error.line);
    throw error;
  }
  if (station === undefined ? !mayBeEmpty : !station.mayEnd) {
    refuse(`the file ends before its ${nameOf(next)}`, ending.lines + 1);
  }
  // Without a trailer nothing else says that the last line is whole.
  if (station?.section === 'detail' && !ending.closed && layout.lastLineEnd && layout.lineEnd !== 'none') {
    refuse('the last line has no line end, so the file may be cut off', ending.lines);
  }
  if (open) events.row(row);
  if (inBatch) events.endBatch(ending.lines);
}

function findStation(next: readonly Station[], bytes: Buffer, from: number, to: number): Station | undefined {
  for (let index = 0; index < next.length; index++) {
    if (next[index]!.reader.read(bytes, from, to)) return next[index];
  }
  return undefined;
}

/** Says what is wrong with the line as the record that it most likely is. */
function refuseLine(
  layout: FileLayout,
  next: readonly Station[],
  bytes: Buffer,
  from: number,
  to: number,
  line: number,
  previous: Station | undefined,
  refuse: Refuse,
): never {
  if (next.length === 0) refuse(`there is a line after the ${previous?.reader.record.name ?? 'end'}`, line);
  const likely = next.find((station) => station.section === 'detail') ?? next[0]!;
  likely.reader.read(bytes, from, to);
  const { problem, column } = likely.reader;
  return refuse(`expected ${nameOf(next)}: ${problem}${encodingHint(layout, bytes, from, to)}`, line, column);
}

/** A GBK reader that is given UTF-8, or any reader UTF-16, sees wrong widths and lost separators: it says so where it is likely. */
function encodingHint({ encoding }: FileLayout, bytes: Buffer, from: number, to: number): string {
  const part = bytes.subarray(from, to);
  const looksLike = part.includes(0) ? 'UTF-16' : isLikelyUtf8(part) ? 'UTF-8' : undefined;
  const isOther = looksLike === 'UTF-16' || encoding === 'GBK' || encoding === 'GB18030';
  return looksLike !== undefined && isOther
    ? `; the line looks like ${looksLike}, the format is ${encoding}`
    : '';
}

function isLikelyUtf8(part: Buffer): boolean {
  return part.some((byte) => byte >= 0x80) && isUtf8(part);
}

function nameOf(stations: readonly Station[]): string {
  return stations.map((station) => station.reader.record.name).join(' / ');
}

/** Batches begin at their header, or at the first row where the layout has no batch header. */
function moveBatch(
  layout: FileLayout,
  to: Station,
  inBatch: boolean,
  events: FileEvents,
  line: number,
): boolean {
  const { batchHeader } = layout.records;
  const opens =
    to.isFirst && (to.section === 'batchHeader' || (batchHeader.length === 0 && to.section === 'detail'));
  if (opens && (to.section === 'batchHeader' || !inBatch)) {
    if (inBatch) events.endBatch(line - 1);
    events.beginBatch(line);
    return true;
  }
  if (inBatch && (to.section === 'fileTrailer' || to.section === 'filler')) {
    events.endBatch(line - 1);
    return false;
  }
  return inBatch;
}

function readRowFields(
  station: Station,
  bytes: Buffer,
  row: ReadRow,
  from: number,
  line: number,
  refuse: Refuse,
): void {
  const { ranges } = station.reader;
  const { rowFields, hashFields } = station;
  for (let index = 0; index < rowFields.length; index++) {
    const field = rowFields[index]!;
    const start = ranges[2 * field.index]!;
    const problem = field.read(bytes, start, ranges[2 * field.index + 1]!, row);
    if (problem !== undefined) refuse(problem, line, start - from + 1);
  }
  for (let index = 0; index < hashFields.length; index++) {
    const { hash, field } = hashFields[index]!;
    row.hashes[hash] = readDigits(bytes, ranges[2 * field]!, ranges[2 * field + 1]!);
  }
}

function readStaticFields(
  layout: FileLayout,
  station: Station,
  bytes: Buffer,
  from: number,
  line: number,
  events: FileEvents,
  refuse: Refuse,
): void {
  const { ranges, record } = station.reader;
  for (const index of station.staticFields) {
    const field = record.fields[index]!;
    const start = ranges[2 * index]!;
    const text = decodeField(bytes, start, ranges[2 * index + 1]!, layout.encoding);
    if (text === undefined) refuse(notText(field, layout.encoding), line, start - from + 1);
    const values = readStatic(field, record.quote === 'none' ? text! : unquoted(text!));
    if (typeof values === 'string') refuse(values, line, start - from + 1);
    else for (const [name, value] of values) events.value(name, value, line);
  }
}
