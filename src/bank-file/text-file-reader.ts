// Delimited and fixed-width files, record by record: a small machine that knows which record may come next.

import { isUtf8 } from 'node:buffer';
import { type FileLayout, type RecordDefinition, SECTIONS, type Section } from './definition.js';
import { readDigits } from './detail-writer.js';
import { notText, type RowFieldReader, readStatic, rowFieldReader } from './field-reader.js';
import { decodeField } from './field-text.js';
import type { FileEvents, Refuse } from './file-events.js';
import { LineTooLong, readLines } from './line-reader.js';
import { ReadRow } from './read-row.js';
import { RecordReader } from './record-reader.js';

/** A record at its place in the layout, with the records that may follow it. */
interface Station {
  readonly section: Section;
  readonly index: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly reader: RecordReader;
  readonly rowFields: readonly RowField[];
  readonly staticFields: readonly number[];
  readonly hashFields: readonly { hash: number; field: number }[];
  next: readonly Station[];
  mayEnd: boolean;
}

interface RowField {
  readonly index: number;
  readonly read: RowFieldReader;
}

export interface TextFileReader {
  read(source: AsyncIterable<Uint8Array>, events: FileEvents): Promise<void>;
  /** Whether this line could begin such a file. */
  canBegin(bytes: Buffer, from: number, to: number): boolean;
}

export function compileTextReader(layout: FileLayout, refuse: Refuse): TextFileReader {
  const { first, mayBeEmpty } = compileStations(layout);
  return {
    read: (source, events) => walk(layout, first, mayBeEmpty, source, events, refuse),
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
): Promise<void> {
  const row = new ReadRow();
  const checkUtf8 = layout.encoding === 'UTF-8';
  let next = first;
  let station: Station | undefined;
  let inBatch = false;
  let rows = 0;
  let blankAt = 0;

  const visit = (bytes: Buffer, from: number, to: number, line: number): void => {
    if (from === to || (to - from === 1 && bytes[from] === 0x1a)) {
      blankAt ||= line;
      return;
    }
    if (blankAt > 0) refuse('an empty line stands before this one', line);
    const found = findStation(next, bytes, from, to);
    if (found === undefined) refuseLine(next, bytes, from, to, line, station, refuse);
    if (checkUtf8 && !isUtf8(bytes.subarray(from, to))) refuse('the line is not text in UTF-8', line);
    inBatch = moveBatch(layout, found!, inBatch, events, line);
    station = found!;
    next = station.next;
    if (station.section === 'detail') {
      if (station.isFirst) row.begin(++rows, line);
      readRowFields(station, bytes, row, from, line, refuse);
      if (station.isLast) events.row(row);
    } else readStaticFields(layout, station, bytes, from, line, events, refuse);
  };

  let ending: Awaited<ReturnType<typeof readLines>>;
  try {
    ending = await readLines(source, layout, visit);
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
  return refuse(`expected ${nameOf(next)}: ${problem}`, line, column);
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
    const values = readStatic(field, text!);
    if (typeof values === 'string') refuse(values, line, start - from + 1);
    else for (const [name, value] of values) events.value(name, value, line);
  }
}

function compileStations(layout: FileLayout): { first: readonly Station[]; mayBeEmpty: boolean } {
  const stations = new Map<Section, Station[]>();
  for (const section of SECTIONS) {
    const records = layout.records[section];
    stations.set(
      section,
      records.map((record, index) => station(layout, section, record, index, records.length)),
    );
  }
  const all = [...stations.values()].flat();
  for (const current of all) {
    const follow = following(stations, layout, current.section, current.index + 1);
    current.next = order(follow.stations);
    current.mayEnd = follow.mayEnd;
  }
  const start = entering(stations, layout, 'fileHeader');
  return { first: order(start.stations), mayBeEmpty: start.mayEnd };
}

function station(
  layout: FileLayout,
  section: Section,
  record: RecordDefinition,
  index: number,
  count: number,
): Station {
  const { fields } = record;
  return {
    section,
    index,
    isFirst: index === 0,
    isLast: index === count - 1,
    reader: new RecordReader(record, layout),
    rowFields: fields.flatMap((field, place) => {
      const read = rowFieldReader(field, layout.encoding);
      return read === undefined ? [] : [{ index: place, read }];
    }),
    staticFields: fields.flatMap(({ content }, place) =>
      content.kind === 'value' || content.kind === 'template' ? [place] : [],
    ),
    hashFields: layout.hashes.flatMap(({ of }, hash) => {
      const field = fields.findIndex(({ name }) => name === of);
      return section === 'detail' && field >= 0 ? [{ hash, field }] : [];
    }),
    next: [],
    mayEnd: false,
  };
}

interface Following {
  readonly stations: readonly Station[];
  readonly mayEnd: boolean;
}

type Stations = ReadonlyMap<Section, readonly Station[]>;

/** What may come when the records of `section` before `index` are done; optional records may be left out. */
function following(stations: Stations, layout: FileLayout, section: Section, index: number): Following {
  const records = stations.get(section)!;
  const found: Station[] = [];
  for (let at = index; at < records.length; at++) {
    found.push(records[at]!);
    if (!records[at]!.reader.record.optional) return { stations: found, mayEnd: false };
  }
  const after = afterSection(stations, layout, section);
  return { stations: [...found, ...after.stations], mayEnd: after.mayEnd };
}

function entering(stations: Stations, layout: FileLayout, section: Section): Following {
  return following(stations, layout, section, 0);
}

function afterSection(stations: Stations, layout: FileLayout, section: Section): Following {
  const enter = (next: Section): Following => entering(stations, layout, next);
  switch (section) {
    case 'fileHeader':
      return layout.records.batchHeader.length > 0
        ? either(enter('batchHeader'), afterBatches(stations, layout))
        : enterRows(stations, layout);
    case 'batchHeader':
    case 'detail':
      return enterRows(stations, layout);
    case 'batchTrailer':
      return layout.records.batchHeader.length > 0
        ? either(enter('batchHeader'), afterBatches(stations, layout))
        : either(
            { stations: stations.get('detail')!.slice(0, 1), mayEnd: false },
            afterBatches(stations, layout),
          );
    case 'fileTrailer':
    case 'filler':
      return { stations: stations.get('filler')!.slice(0, 1), mayEnd: true };
  }
}

/** Rows, or what ends a batch: a batch may be empty when the bank lists nothing. */
function enterRows(stations: Stations, layout: FileLayout): Following {
  const rows: Following = { stations: stations.get('detail')!.slice(0, 1), mayEnd: false };
  if (layout.records.batchTrailer.length > 0) return either(rows, entering(stations, layout, 'batchTrailer'));
  const more = layout.records.batchHeader.length > 0 ? entering(stations, layout, 'batchHeader') : NOTHING;
  return either(either(rows, more), afterBatches(stations, layout));
}

const NOTHING: Following = { stations: [], mayEnd: false };

function afterBatches(stations: Stations, layout: FileLayout): Following {
  if (layout.records.fileTrailer.length > 0) return entering(stations, layout, 'fileTrailer');
  return { stations: stations.get('filler')!.slice(0, 1), mayEnd: true };
}

function either(left: Following, right: Following): Following {
  return { stations: [...left.stations, ...right.stations], mayEnd: left.mayEnd || right.mayEnd };
}

/** Rows first, for they are many; but a record without any constant of its own only after those that have one. */
function order(stations: readonly Station[]): Station[] {
  const unique = [...new Set(stations)];
  const rank = ({ section, reader }: Station): number =>
    reader.isMarked ? (section === 'detail' ? 0 : 1) : 2;
  return unique.sort((left, right) => rank(left) - rank(right));
}
