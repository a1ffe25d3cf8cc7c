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

/** The last one that GBK has. */
export const GBK_HANZI_TO: i32 = 0x9fa5;

/** Rare hanzi that stand in names: 㐂, 㬎. */
export function isExtensionA(unit: i32): bool {
  return unit >= 0x3400 && unit <= 0x4dbf;
}

/** Of a character beyond the first plane, in UTF-8. */
export const SUPPLEMENTARY_BYTES: usize = 4;

/** Whether a hanzi of the planes behind stands at `at`, as 𠮷; the compatibility ones are not among them. Only in UTF-8. */
export function isSupplementary(at: usize, to: usize): bool {
  if (gbUnits !== 0 || at + SUPPLEMENTARY_BYTES > to || <u32>load<u8>(at) !== 0xf0) return false;
  if ((bswap(load<u32>(at)) & 0xc0c0c0) !== 0x808080) return false;
  const point = supplementaryAt(at);
  return (point >= 0x20000 && point < 0x2f800) || (point >= 0x30000 && point < 0x323b0);
}

export function supplementaryAt(at: usize): i32 {
  const bytes = bswap(load<u32>(at));
  return ((bytes >> 6) & 0x1c0000) | ((bytes >> 4) & 0x3f000) | ((bytes >> 2) & 0xfc0) | (bytes & 0x3f);
}

/** The dot between the parts of a name, as in 买买提·艾力. */
export const MIDDLE_DOT: i32 = 0xb7;
const MIDDLE_DOT_UTF8: u32 = 0xb7c2;
const MIDDLE_DOT_GB: u32 = 0xa4a1;
/** In either encoding. */
export const MIDDLE_DOT_BYTES: usize = 2;

export function isMiddleDot(at: usize): bool {
  return <u32>load<u16>(at) === (gbUnits !== 0 ? MIDDLE_DOT_GB : MIDDLE_DOT_UTF8);
}

const FULL_WIDTH_FROM: i32 = 0xff01;
const FULL_WIDTH_TO: i32 = 0xff5e;
const BLANK: u32 = 0x20;
const IDEOGRAPHIC_BLANK: i32 = 0x3000;

/** Bytes of the blank at `at`, where `unit` stands; 0 for anything else. */
export function blankBytes(at: usize, unit: i32): usize {
  if (<u32>load<u8>(at) === BLANK) return 1;
  return unit === IDEOGRAPHIC_BLANK ? hanziBytes() : 0;
}

/** Printable ASCII without blanks, or nothing: what can be copied as it is. Bytes up to 15 behind are read, not looked at. */
export function isToken(from: usize, to: usize): bool {
  for (let at = from; at < to; at += 16) {
    // From 0x21 to 0x7e, as signed bytes: what is above is negative.
    const bytes = v128.load(at);
    const odd = v128.or(i8x16.lt_s(bytes, i8x16.splat(0x21)), i8x16.eq(bytes, i8x16.splat(0x7f)));
    if (isAmongFirst(<u32>i8x16.bitmask(odd), to - at)) return false;
  }
  return true;
}

/** Printable ASCII without blanks, hanzi and full-width signs: what stands between blanks as it is, and can be copied by putHanzi. */
export function isQuotable(from: usize, to: usize): bool {
  for (let at = from; at < to; ) {
    const byte: u32 = load<u8>(at);
    if (byte < 0x80) {
      if (byte <= 0x20 || byte === 0x7f) return false;
      at++;
      continue;
    }
    if (at + hanziBytes() > to) return false;
    const unit = hanziAt(at);
    if (!isHanzi(unit) && (unit < FULL_WIDTH_FROM || unit > FULL_WIDTH_TO)) return false;
    at += hanziBytes();
  }
  return true;
}

/** Whether a bit of the 16 of a mask is set that stands for one of so many bytes. */
export function isAmongFirst(mask: u32, bytes: usize): bool {
  return (bytes >= 16 ? mask : mask & ((1 << (<u32>bytes)) - 1)) !== 0;
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
