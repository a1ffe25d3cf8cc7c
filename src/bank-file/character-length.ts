// How many bytes a character takes, by its first ones: for splitting at ASCII characters and counting widths.

import type { Encoding } from './definition.js';

/** Bytes of the GB 18030 character at `at`; broken ones count as one byte and are refused when they are decoded. */
export function gbLength(bytes: Uint8Array, at: number): number {
  if (bytes[at]! < 0x81) return 1;
  const trail = bytes[at + 1]!;
  if (trail >= 0x40) return 2;
  return trail >= 0x30 && trail <= 0x39 ? 4 : 1;
}

/** The same for UTF-8. */
export function utf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0xc0) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Undefined where every character is one byte. */
export function characterLength(encoding: Encoding): ((bytes: Uint8Array, at: number) => number) | undefined {
  switch (encoding) {
    case 'UTF-8':
      return utf8Length;
    case 'GBK':
    case 'GB18030':
      return gbLength;
    default:
      return undefined;
  }
}
