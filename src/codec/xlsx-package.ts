// The zip file that a workbook is, as parts of XML text (ECMA-376 part 2, open packaging). Refuses what has no business
// in a workbook: encrypted parts, document types with their entities, and parts that unpack to far more than they hold.

import { crc32 } from 'node:zlib';
import { type SaxesOptions, SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import { EngineError } from '../base/error.js';

/** What is wrong with a workbook; stands as `problem` in the details of XLSX_INVALID. */
export type XlsxProblem =
  | 'xls-or-password'
  | 'from-stdin'
  | 'inside-gzip'
  | 'zip-damaged'
  | 'zip-bomb'
  | 'encrypted'
  | 'not-a-workbook'
  | 'binary-workbook'
  | 'no-sheet'
  | 'part-missing'
  | 'xml-damaged'
  | 'xml-not-utf8'
  | 'document-type'
  | 'text-too-long'
  | 'strings-too-large'
  | 'string-missing'
  | 'cell-reference'
  | 'row-order';

export function xlsxInvalid(file: string, problem: XlsxProblem, part?: string, cause?: unknown): EngineError {
  return new EngineError('XLSX_INVALID', { file, problem, part }, { cause });
}

const PARTS_MAX = 10_000;

/**
 * Deflate cannot pack better than 1:1032 and sheets pack 1:10 to 1:100, so more than this on a large part is a bomb.
 */
const RATIO_MAX = 400;
const RATIO_FREE_BYTES = 64 * 1024 * 1024;

/** Text between two tags. A cell ends at 32,767 characters (Excel's limit), so this is generous. */
const TEXT_RUN_MAX = 1024 * 1024;

/** The attributes that are looked at anywhere, by the names they have in the file. */
export type XmlAttributes = Partial<
  Record<
    | 'r'
    | 't'
    | 's'
    | 'hidden'
    | 'name'
    | 'state'
    | 'date1904'
    | 'numFmtId'
    | 'formatCode'
    | 'Id'
    | 'Type'
    | 'Target'
    | 'TargetMode',
    string
  >
>;

export interface XmlHandlers {
  /** The local name, without a prefix, and the element's attributes. */
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  text?(text: string): void;
}

export class XlsxPackage {
  readonly #file: string;
  readonly #zip: yauzl.ZipFile;
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;

  private constructor(file: string, zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>) {
    this.#file = file;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** `file` is the base name, for errors. */
  static async open(path: string, file: string): Promise<XlsxPackage> {
    let zip: yauzl.ZipFile | undefined;
    try {
      zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true });
      const entries = new Map<string, yauzl.Entry>();
      for await (const entry of zip.eachEntry()) {
        entries.set(entry.fileName.toLowerCase(), entry);
        if (entries.size > PARTS_MAX) throw xlsxInvalid(file, 'zip-bomb');
      }
      return new XlsxPackage(file, zip, entries);
    } catch (error) {
      zip?.close();
      throw error instanceof EngineError ? error : xlsxInvalid(file, 'zip-damaged', undefined, error);
    }
  }

  /** Part names are compared without case (ECMA-376 part 2, 6.2.2.3). */
  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase());
  }

  close(): void {
    this.#zip.close();
  }

  /** Reads a part's XML to its end. Yields after each piece, so that what the handlers gathered can be taken away. */
  async *parse(part: string, handlers: XmlHandlers): AsyncGenerator<void> {
    const parser = this.#parser(part, handlers);
    let run = 0;
    for await (const text of this.#text(part)) {
      run = text.includes('<') ? text.length - text.lastIndexOf('<') : run + text.length;
      if (run > TEXT_RUN_MAX) throw xlsxInvalid(this.#file, 'text-too-long', part);
      parser.write(text);
      yield;
    }
    parser.close();
    yield;
  }

  #parser(part: string, handlers: XmlHandlers): SaxesParser<SaxesOptions> {
    const parser = new SaxesParser<SaxesOptions>({ position: false });
    parser.on('opentag', (tag) => handlers.open(localName(tag.name), tag.attributes as XmlAttributes));
    parser.on('closetag', (tag) => handlers.close(localName(tag.name)));
    if (handlers.text !== undefined) {
      const onText = handlers.text.bind(handlers);
      parser.on('text', onText);
      parser.on('cdata', onText);
    }
    parser.on('doctype', () => {
      throw xlsxInvalid(this.#file, 'document-type', part);
    });
    parser.on('error', (error) => {
      throw xlsxInvalid(this.#file, 'xml-damaged', part, error);
    });
    return parser;
  }

  async *#text(part: string): AsyncGenerator<string> {
    const entry = this.#entries.get(part.toLowerCase());
    if (entry === undefined) throw xlsxInvalid(this.#file, 'part-missing', part);
    if (entry.isEncrypted()) throw xlsxInvalid(this.#file, 'encrypted', part);
    if (
      entry.uncompressedSize > RATIO_FREE_BYTES &&
      entry.uncompressedSize > RATIO_MAX * entry.compressedSize
    ) {
      throw xlsxInvalid(this.#file, 'zip-bomb', part);
    }
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      let checksum = 0;
      for await (const bytes of await this.#zip.openReadStreamPromise(entry)) {
        checksum = crc32(bytes as Uint8Array, checksum);
        yield decoder.decode(bytes as Uint8Array, { stream: true });
      }
      yield decoder.decode();
      // The zip library compares sizes only; one changed digit in an ID must not pass.
      if (checksum !== entry.crc32) throw xlsxInvalid(this.#file, 'zip-damaged', part);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      const problem = error instanceof TypeError ? 'xml-not-utf8' : 'zip-damaged';
      throw xlsxInvalid(this.#file, problem, part, error);
    }
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
