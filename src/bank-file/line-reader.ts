// Bytes → lines, in flat memory. LF is safe to look for in every encoding here: no trail byte of GB 18030 is 0A.

import { characterLength } from './character-length.js';
import type { FileLayout } from './definition.js';

const LF = 0x0a;
const CR = 0x0d;

/** Called with the line's bytes, without its end. The bytes are valid until `bytesGo` is called. */
export type LineVisitor = (bytes: Buffer, from: number, to: number, line: number) => void;

/** Takes plain lines by itself; `next` is where it stopped, which is `at` where it took none. */
export interface PlainLines {
  next: number;
  /** Answers with the number of lines taken. */
  take(bytes: Buffer, at: number): number;
}

/** What stood at the end of the input. */
export interface LineEnding {
  readonly lines: number;
  /** Whether the last line had its line end. */
  readonly closed: boolean;
}

export class LineTooLong extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} is too long`);
    this.line = line;
  }
}

export async function readLines(
  source: AsyncIterable<Uint8Array>,
  layout: FileLayout,
  visit: LineVisitor,
  bytesGo: () => void = () => {},
  plain?: PlainLines,
): Promise<LineEnding> {
  const lengthOf = layout.unit === 'characters' ? characterLength(layout.encoding) : undefined;
  const ender = layout.lineEnd === 'CR' ? CR : LF;
  let recordLength = 0;
  let line = 0;
  let started = false;

  /** Visits the lines that are whole; returns where the first one begins that is not. */
  const take = (bytes: Buffer): number => {
    let at = 0;
    if (!started) {
      at = bomLength(bytes, layout);
      recordLength = joinedLength(layout, bytes, at);
      started = true;
    }
    for (;;) {
      if (plain !== undefined && recordLength === 0) {
        line += plain.take(bytes, at);
        at = plain.next;
      }
      const end = recordLength > 0 ? recordEnd(bytes, at, recordLength, lengthOf) : bytes.indexOf(ender, at);
      if (end === -1) return at;
      line++;
      visit(bytes, at, recordLength === 0 && end > at && bytes[end - 1] === CR ? end - 1 : end, line);
      at = recordLength > 0 ? end : end + 1;
    }
  };

  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = joined(rest, chunk, roomBefore(source));
    const at = started || bytes.length >= headLength(layout) ? take(bytes) : 0;
    bytesGo();
    if (bytes.length - at > layout.lineBytesMax) throw new LineTooLong(line + 1);
    // A copy: the source may fill its chunk again.
    rest = Buffer.from(bytes.subarray(at));
  }
  if (!started) rest = rest.subarray(take(rest));
  // Records without line ends may still have one behind the last.
  if (recordLength > 0 && /^[\r\n]+$/.test(rest.toString('latin1'))) rest = rest.subarray(rest.length);
  if (rest.length > 0) visit(rest, 0, rest.length, ++line);
  return { lines: line, closed: rest.length === 0 };
}

/** Bytes that tell whether there is a byte order mark, and whether lines end. */
function headLength(layout: FileLayout): number {
  return layout.joined ? 2 * layout.records.detail[0]!.length : 3;
}

/**
 * Length of records that stand one after another without line ends; 0 where lines end. `joined`: some senders leave line
 * ends out. A file that has them has one within two records.
 */
export function joinedLength(layout: FileLayout, bytes: Buffer, from: number): number {
  const { length } = layout.records.detail[0]!;
  if (layout.lineEnd === 'none') return length;
  if (!layout.joined || bytes.length - from < 2 * length) return 0;
  const head = bytes.subarray(from, from + 2 * length);
  return head.includes(LF) || head.includes(CR) ? 0 : length;
}

/** Bytes of a file that come with room before them. */
export interface RoomySource extends AsyncIterable<Uint8Array> {
  /** So many bytes before each chunk are the reader's: what is left of the chunk before is put there, instead of both elsewhere. */
  readonly roomBefore: number;
}

export function roomBefore(source: AsyncIterable<Uint8Array>): number {
  return (source as Partial<RoomySource>).roomBefore ?? 0;
}

/** What is left of the chunk before, and the next one. */
export function joined(rest: Buffer, chunk: Uint8Array, room: number): Buffer {
  if (rest.length === 0) return bufferOf(chunk);
  if (rest.length > room) return Buffer.concat([rest, chunk]);
  const both = Buffer.from(chunk.buffer, chunk.byteOffset - rest.length, rest.length + chunk.length);
  both.set(rest);
  return both;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Where the record that begins at `at` ends; -1 when it is not all there yet. */
function recordEnd(
  bytes: Buffer,
  at: number,
  length: number,
  lengthOf: ((bytes: Uint8Array, at: number) => number) | undefined,
): number {
  if (lengthOf === undefined) return at + length <= bytes.length ? at + length : -1;
  let end = at;
  for (let left = length; left > 0; left--) {
    // The last character may be cut by the chunk; four bytes are enough to know its length.
    if (end + 4 > bytes.length) return -1;
    end += lengthOf(bytes, end);
  }
  return end;
}

export function bomLength(bytes: Buffer, layout: FileLayout): number {
  const bom = layout.encoding === 'UTF-8' && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bom ? 3 : 0;
}
