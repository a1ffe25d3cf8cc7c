// Bytes → lines, in flat memory. LF is safe to look for in every encoding here: no trail byte of GB 18030 is 0A.

import { characterLength } from './character-length.js';
import type { FileLayout } from './definition.js';

const LF = 0x0a;
const CR = 0x0d;

/** Called with the line's bytes, without its end. The bytes are valid during the call only. */
export type LineVisitor = (bytes: Buffer, from: number, to: number, line: number) => void;

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
): Promise<LineEnding> {
  const recordLength = layout.lineEnd === 'none' ? layout.records.detail[0]!.length : 0;
  const lengthOf = layout.unit === 'characters' ? characterLength(layout.encoding) : undefined;
  const ender = layout.lineEnd === 'CR' ? CR : LF;
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  let started = false;
  for await (const chunk of source) {
    const bytes: Buffer = rest.length === 0 ? bufferOf(chunk) : Buffer.concat([rest, chunk]);
    if (!started && bytes.length < 3 && bytes[0] === 0xef) {
      rest = Buffer.from(bytes);
      continue;
    }
    let at = started ? 0 : afterBom(bytes, layout);
    started = true;
    for (;;) {
      const end = recordLength > 0 ? recordEnd(bytes, at, recordLength, lengthOf) : bytes.indexOf(ender, at);
      if (end === -1) break;
      line++;
      visit(bytes, at, recordLength === 0 && end > at && bytes[end - 1] === CR ? end - 1 : end, line);
      at = recordLength > 0 ? end : end + 1;
    }
    if (bytes.length - at > layout.lineBytesMax) throw new LineTooLong(line + 1);
    // A copy: the source may fill its chunk again.
    rest = Buffer.from(bytes.subarray(at));
  }
  if (rest.length > 0) visit(rest, 0, rest.length, ++line);
  return { lines: line, closed: rest.length === 0 };
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

function afterBom(bytes: Buffer, layout: FileLayout): number {
  const bom = layout.encoding === 'UTF-8' && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bom ? 3 : 0;
}
