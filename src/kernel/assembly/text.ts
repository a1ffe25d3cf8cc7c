// Characters from bytes, in UTF-8 or in the two-byte part of GB 18030.

/** Address of the table from two-byte codes to UTF-16 units (encoding/gb18030.ts), or 0 for UTF-8. */
export let gbUnits: usize = 0;

export function setEncoding(units: usize): void {
  gbUnits = units;
}

/** Bytes of a hanzi. */
export function hanziBytes(): usize {
  return gbUnits !== 0 ? 2 : 3;
}

/** UTF-16 unit of the hanzi at `at`, or a number below that of any hanzi. */
export function hanziAt(at: usize): i32 {
  const first: u32 = load<u8>(at);
  const second: u32 = load<u8>(at + 1);
  if (gbUnits !== 0) return load<u16>(gbUnits + 2 * ((first << 8) | second));
  const third: u32 = load<u8>(at + 2);
  if ((first & 0xf0) !== 0xe0 || (second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) return 0;
  return ((first & 15) << 12) | ((second & 63) << 6) | (third & 63);
}

export function isHanzi(unit: i32): bool {
  return unit >= 0x4e00 && unit <= 0x9fff;
}

/** Printable ASCII without blanks, or nothing: what can be copied as it is. */
export function isToken(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) {
    const byte: u32 = load<u8>(at);
    if (byte <= 0x20 || byte >= 0x7f) return false;
  }
  return true;
}

/** Whether the bytes are surely text: ASCII and the common two- or three-byte characters. */
export function isText(from: usize, to: usize): bool {
  for (let at = from; at < to; at++) {
    const byte: u32 = load<u8>(at);
    if (byte < 0x80) continue;
    if (at + hanziBytes() > to) return false;
    const unit = hanziAt(at);
    if (gbUnits !== 0) {
      if (unit === 0) return false;
      at++;
    } else {
      if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) return false;
      at += 2;
    }
  }
  return true;
}
