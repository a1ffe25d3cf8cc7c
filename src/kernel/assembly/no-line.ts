// Whether a line may be none of a roster: a blank one (encoding/record-chunk.ts), or a totals row (codec/totals-row.ts). Those decide of
// what may be.

import { gbUnits, hanziAt, hanziBytes } from './text';

/** 计, which stands in every label in Chinese. */
const TOTALS_HANZI: i32 = 0x8ba1;
/** "otal" of "total", in small letters; from its first letter on, as bytes lie. */
const TOTAL: u32 = 0x6c61746f;
const SMALL: u32 = 0x20202020;

/** Also true where characters stand that are not read here. */
export function mayBeNoLine(from: usize, to: usize): bool {
  let isBlank = true;
  for (let at = from; at < to; at++) {
    const byte: u32 = load<u8>(at);
    if (byte < 0x80) {
      if (at + 4 <= to && (load<u32>(at) | SMALL) === TOTAL) return true;
      if (!isBlankByte(byte)) isBlank = false;
      continue;
    }
    isBlank = false;
    const unit = at + hanziBytes() > to ? 0 : hanziAt(at);
    if (unit === TOTALS_HANZI || (gbUnits !== 0 && unit === 0)) return true;
    // In UTF-8 what begins a character is never inside another one.
    if (unit !== 0) at += hanziBytes() - 1;
  }
  return isBlank;
}

/** A space, a tab, a comma, a semicolon or CR: cells without anything in them, as spreadsheets write them below the last row. */
function isBlankByte(byte: u32): bool {
  return byte === 0x20 || byte === 0x09 || byte === 0x2c || byte === 0x3b || byte === 0x0d;
}
