// A workbook of one sheet: the zip file (PKWARE APPNOTE 4.3) and the parts of ECMA-376 that spreadsheets ask for. The
// sheet streams through, so its sizes and checksum stand behind it. It is not compressed: compressors differ between
// versions and machines, and the same payments must make the same bytes wherever a file is written again. It is
// "deflated" all the same, in stored blocks (RFC 1951, 3.2.4), because some readers take no stored part without a size.

import { crc32 } from 'node:zlib';
import { EngineError } from '../base/error.js';
import { ByteSink } from './byte-sink.js';
import type { FilePacker } from './file-packer.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Most bytes of a stored block. */
const BLOCK = 65_535;
const STORED = 0;
const DEFLATED = 8;
/** Sizes and checksum stand behind the part. */
const SIZES_BEHIND = 0x0008;
/** 1 January 1980, midnight: no clock in a file that must come out the same again. */
const DOS_DATE = 0x0021;
const SIZE_MAX = 0xffffffff;

interface Entry {
  readonly name: Uint8Array;
  readonly method: number;
  readonly flags: number;
  readonly offset: number;
  checksum: number;
  packed: number;
  size: number;
}

export class WorkbookPacker implements FilePacker {
  readonly #entries: Entry[] = [];
  readonly #block = new Uint8Array(BLOCK);
  readonly #parts: readonly (readonly [string, string])[];
  #held = 0;
  #written = 0;
  #sheet: Entry | undefined;

  constructor(sheetName: string) {
    this.#parts = parts(sheetName);
  }

  pack(bytes: Uint8Array): Uint8Array {
    const sink = new ByteSink(bytes.length + 4096);
    const sheet = this.#sheet ?? this.#begin(sink);
    sheet.checksum = crc32(bytes, sheet.checksum);
    sheet.size += bytes.length;
    // Blocks end where they are full and not where a piece ends: pieces are cut anywhere.
    for (let at = 0; at < bytes.length; ) {
      const count = Math.min(BLOCK - this.#held, bytes.length - at);
      this.#block.set(bytes.subarray(at, at + count), this.#held);
      this.#held += count;
      at += count;
      if (this.#held === BLOCK) this.#flush(sheet, sink, 0);
    }
    return this.#out(sink);
  }

  end(): Uint8Array {
    const sink = new ByteSink(BLOCK + 4096);
    const sheet = this.#sheet ?? this.#begin(sink);
    this.#flush(sheet, sink, 1);
    if (sheet.packed > SIZE_MAX || this.#written + sink.length > SIZE_MAX)
      throw new EngineError('PAYMENT_FILE_REFUSED', { problem: 'a workbook of more than 4 GB' });
    numbers(sink, 4, 0x08074b50, sheet.checksum, sheet.packed, sheet.size);
    const directory = this.#written + sink.length;
    for (const entry of this.#entries) centralHeader(sink, entry);
    const size = this.#written + sink.length - directory;
    const count = this.#entries.length;
    numbers(sink, 4, 0x06054b50);
    numbers(sink, 2, 0, 0, count, count);
    numbers(sink, 4, size, directory);
    numbers(sink, 2, 0);
    return this.#out(sink);
  }

  #out(sink: ByteSink): Uint8Array {
    this.#written += sink.length;
    return sink.bytes.subarray(0, sink.length);
  }

  /** The other parts, whole, and the beginning of the sheet. */
  #begin(sink: ByteSink): Entry {
    for (const [name, xml] of this.#parts) {
      const bytes = new TextEncoder().encode(DECLARATION + xml);
      const sizes = { checksum: crc32(bytes), packed: bytes.length, size: bytes.length };
      this.#open(sink, name, STORED, 0, sizes);
      sink.append(bytes);
    }
    const unknown = { checksum: 0, packed: 0, size: 0 };
    this.#sheet = this.#open(sink, 'xl/worksheets/sheet1.xml', DEFLATED, SIZES_BEHIND, unknown);
    return this.#sheet;
  }

  #open(
    sink: ByteSink,
    name: string,
    method: number,
    flags: number,
    sizes: Pick<Entry, 'checksum' | 'packed' | 'size'>,
  ): Entry {
    const offset = this.#written + sink.length;
    const entry = { name: new TextEncoder().encode(name), method, flags, offset, ...sizes };
    numbers(sink, 4, 0x04034b50);
    localFields(sink, entry);
    numbers(sink, 2, 0);
    sink.append(entry.name);
    this.#entries.push(entry);
    return entry;
  }

  #flush(sheet: Entry, sink: ByteSink, isLast: 0 | 1): void {
    sink.byte(isLast);
    numbers(sink, 2, this.#held, ~this.#held & 0xffff);
    sink.copy(this.#block, 0, this.#held);
    sheet.packed += 5 + this.#held;
    this.#held = 0;
  }
}

/** What the local and the central header share: from the version needed to the length of the name. */
function localFields(sink: ByteSink, entry: Entry): void {
  numbers(sink, 2, 20, entry.flags, entry.method, 0, DOS_DATE);
  numbers(sink, 4, entry.checksum, entry.packed, entry.size);
  numbers(sink, 2, entry.name.length);
}

function centralHeader(sink: ByteSink, entry: Entry): void {
  numbers(sink, 4, 0x02014b50);
  numbers(sink, 2, 20);
  localFields(sink, entry);
  numbers(sink, 2, 0, 0, 0, 0);
  numbers(sink, 4, 0, entry.offset);
  sink.append(entry.name);
}

/** Numbers of so many bytes each, lowest byte first. */
function numbers(sink: ByteSink, width: 2 | 4, ...values: readonly number[]): void {
  for (const value of values) {
    for (let shift = 0; shift < width; shift++) sink.byte((value >>> (8 * shift)) & 0xff);
  }
}

function parts(sheetName: string): [string, string][] {
  return [
    ['[Content_Types].xml', contentTypes()],
    ['_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']])],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><sheets><sheet name="${escaped(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relationships([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', styles()],
  ];
}

function contentTypes(): string {
  const override = (part: string, type: string): string =>
    `<Override PartName="/xl/${part}" ContentType="${TYPES}.${type}+xml"/>`;
  return (
    `<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    override('workbook.xml', 'sheet.main') +
    override('worksheets/sheet1.xml', 'worksheet') +
    override('styles.xml', 'styles') +
    '</Types>'
  );
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const written = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${written.join('')}</Relationships>`;
}

/** Style 1 is text ("@", format 49): what a person types into such a cell stays as it was typed. */
function styles(): string {
  return (
    `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
