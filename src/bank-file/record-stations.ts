// Which record may follow which: the layout's sections as a small machine, compiled once.

import { type FileLayout, type RecordDefinition, SECTIONS, type Section } from './definition.js';
import { type RowFieldReader, rowFieldReader } from './field-reader.js';
import { afterAlternatives } from './record-alternatives.js';
import { RecordReader } from './record-reader.js';

/** A record at its place in the layout, with the records that may follow it. */
export interface Station {
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

export interface RowField {
  readonly index: number;
  readonly read: RowFieldReader;
}

/** The records that may come first, and whether a file may have none at all. */
export function compileStations(layout: FileLayout): { first: readonly Station[]; mayBeEmpty: boolean } {
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
    const next = afterAlternatives(layout.records[current.section], current.index);
    const follow = following(stations, layout, current.section, next);
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
    isLast: afterAlternatives(layout.records[section], index) === count,
    reader: new RecordReader(record, layout),
    rowFields: fields.flatMap((field, place) => {
      const read = rowFieldReader(field, layout.encoding, {
        quoted: record.quote !== 'none',
        stays: true,
      });
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
    const { record } = records[at]!.reader;
    found.push(records[at]!);
    // The other alternatives for the same place may come as well; then the place is taken.
    if (
      record.codes.length > 0 &&
      records[at + 1] !== undefined &&
      records[at + 1]!.reader.record.codes.length > 0
    )
      continue;
    if (!record.optional) return { stations: found, mayEnd: false };
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
