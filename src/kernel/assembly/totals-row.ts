// Whether a line may be a totals row, which is no line of a roster: codec/totals-row.ts decides of those that may be.

import { gbUnits, hanziAt, hanziBytes } from './text';

/** 计, which stands in every label in Chinese. */
const TOTALS_HANZI: i32 = 0x8ba1;
/** Of "total". */
const LETTER_O: u32 = 0x6f;

/** Also true where characters stand that are not read here. */
export function mayBeTotals(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) {
    const byte: u32 = load<u8>(at);
    if (byte < 0x80) {
      if ((byte | 0x20) === LETTER_O) return true;
      continue;
    }
    const unit = at + hanziBytes() > to ? 0 : hanziAt(at);
    if (unit === TOTALS_HANZI || (gbUnits !== 0 && unit === 0)) return true;
    // In UTF-8 what begins a character is never inside another one.
    if (unit !== 0) at += hanziBytes() - 1;
  }
  return false;
}
