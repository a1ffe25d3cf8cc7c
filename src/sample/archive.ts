// gzip (RFC 1952) and zip files for the committed samples: no time stamps, no file system, the same bytes everywhere.

import { crc32 } from 'node:zlib';
import { deflate } from './deflate.js';

export interface ArchiveEntry {
  path: string;
  bytes: Uint8Array;
}

const DEFLATED = 8;
const UNKNOWN_SYSTEM = 255;
/** 1 January 1980, the first day that a zip file knows. */
const DOS_DATE = 0x21;
const VERSION_NEEDED = 20;

export function gzip(bytes: Uint8Array): Uint8Array {
  const header = Uint8Array.of(0x1f, 0x8b, DEFLATED, 0, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM);
  return Buffer.concat([header, deflate(bytes), uint32(crc32(bytes)), uint32(bytes.length)]);
}

export function zip(entries: readonly ArchiveEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes } of entries) {
    const packed = deflate(bytes);
    const name = Buffer.from(path);
    const sizes = [uint32(crc32(bytes)), uint32(packed.length), uint32(bytes.length), uint16(name.length)];
    const common = [uint16(0), uint16(DEFLATED), uint16(0), uint16(DOS_DATE), ...sizes, uint16(0)];
    const local = Buffer.concat([signature(3, 4), uint16(VERSION_NEEDED), ...common, name, packed]);
    const versions = [uint16(VERSION_NEEDED), uint16(VERSION_NEEDED)];
    directory.push(
      ...[signature(1, 2), ...versions, ...common],
      // No comment, first disk, no attributes, and where the local header is.
      ...[uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset), name],
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = uint16(entries.length);
  const end = [signature(5, 6), uint16(0), uint16(0), count, count, uint32(central.length), uint32(offset)];
  return Buffer.concat([...parts, central, ...end, uint16(0)]);
}

function signature(third: number, fourth: number): Uint8Array {
  return Uint8Array.of(0x50, 0x4b, third, fourth);
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >>> 8);
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);
}
