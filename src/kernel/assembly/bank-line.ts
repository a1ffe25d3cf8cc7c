// One line of a bank's text file cut into the fields of its record: a line of fixed width by its length alone, a delimited one
// at its separators. What is not plain is left to bank-file/record-reader.ts.

const CR: u32 = 0x0d;
const LF: u32 = 0x0a;
const QUOTE: u32 = 0x22;
/** Trail bytes of the two-byte part of GB 18030 are not below; those of its four-byte part are. */
const TRAIL_MIN: u32 = 0x40;

/** Where the fields of the line at hand stand, 4 bytes each: start of field f at 8 * f, end at 8 * f + 4. */
let ranges: usize = 0;
let fields: i32 = 0;
/** Bytes of a line of fixed width; 0 where fields are delimited. */
let length: usize = 0;
let separator: u32 = 0;
/** Whether a separator stands behind the last field, too. */
let isTrailing: bool = false;
let isQuoting: bool = false;
/** Whether characters beyond ASCII may have an ASCII byte at their end, as in GB 18030. */
let isTwoByte: bool = false;

export let lineFrom: usize = 0;
/** Without its line end. */
export let lineTo: usize = 0;
/** Behind its line end. */
export let lineNext: usize = 0;
/** Whether it has bytes beyond ASCII. */
export let hasHigh: bool = false;

export function setFixedLines(lineLength: usize): void {
  length = lineLength;
}

/** `scratch` holds two words for each field. */
export function setDelimitedLines(
  scratch: usize,
  fieldCount: i32,
  separatorByte: u32,
  trailing: bool,
  quoting: bool,
  twoByte: bool,
): void {
  length = 0;
  ranges = scratch;
  fields = fieldCount;
  separator = separatorByte;
  isTrailing = trailing;
  isQuoting = quoting;
  isTwoByte = twoByte;
}

export function isFixed(): bool {
  return length > 0;
}

export function fieldFrom(field: i32): usize {
  return load<u32>(ranges + 8 * <usize>field);
}

export function fieldTo(field: i32): usize {
  return load<u32>(ranges + 8 * <usize>field + 4);
}

/** Cuts the line at `from`; false when it is not plain, or not all there. Bytes up to 15 behind `end` are read, not looked at. */
export function cutLine(from: usize, end: usize): bool {
  lineFrom = from;
  return length > 0 ? cutFixed(from, end) : cutDelimited(from, end);
}

function cutFixed(from: usize, end: usize): bool {
  const to = from + length;
  if (to >= end) return false;
  const isFeed = <u32>load<u8>(to) === LF;
  if (!isFeed && (<u32>load<u8>(to) !== CR || to + 1 >= end || <u32>load<u8>(to + 1) !== LF)) return false;
  // The bytes before a lone LF are not the record's alone when the last of them is a CR.
  if (isFeed && <u32>load<u8>(to - 1) === CR) return false;
  const feed = i8x16.splat(<i8>LF);
  let high: u32 = 0;
  for (let at = from; at < to; at += 16) {
    const bytes = v128.load(at);
    const mask: u32 = to - at < 16 ? (1 << (<u32>(to - at))) - 1 : 0xffff;
    if ((<u32>i8x16.bitmask(i8x16.eq(bytes, feed)) & mask) !== 0) return false;
    high |= <u32>i8x16.bitmask(bytes) & mask;
  }
  hasHigh = high !== 0;
  lineTo = to;
  lineNext = isFeed ? to + 1 : to + 2;
  return true;
}

function cutDelimited(from: usize, end: usize): bool {
  const feed = i8x16.splat(<i8>LF);
  const wanted = i8x16.splat(<i8>separator);
  const quote = i8x16.splat(<i8>QUOTE);
  let high: u32 = 0;
  let field = 0;
  let start = from;
  // Whether the first byte of a block ends a character that began in the one before.
  let carried: u32 = 0;
  for (let block = from; block < end; block += 16) {
    const bytes = v128.load(block);
    const inside: u32 = end - block < 16 ? (1 << (<u32>(end - block))) - 1 : 0xffff;
    const feeds = <u32>i8x16.bitmask(i8x16.eq(bytes, feed)) & inside;
    const ofLine = feeds === 0 ? inside : (feeds - 1) & ~feeds;
    let cuts = <u32>i8x16.bitmask(i8x16.eq(bytes, wanted)) & ofLine;
    let leads = <u32>i8x16.bitmask(bytes) & ofLine;
    high |= leads;
    if (isTwoByte && (leads | carried) !== 0) {
      cuts &= ~carried;
      leads &= ~carried;
      carried = 0;
      while (leads !== 0) {
        const nth = ctz(leads);
        const at = block + nth;
        if (at + 1 >= end || <u32>load<u8>(at) === 0x80 || <u32>load<u8>(at + 1) < TRAIL_MIN) return false;
        cuts &= ~((<u32>2) << nth);
        leads &= ~((<u32>3) << nth);
        if (nth === 15) carried = 1;
      }
    }
    if (isQuoting && (<u32>i8x16.bitmask(i8x16.eq(bytes, quote)) & ofLine) !== 0) return false;
    for (; cuts !== 0; cuts &= cuts - 1) {
      if (field === fields) return false;
      const at = block + ctz(cuts);
      store<u32>(ranges + 8 * <usize>field, <u32>start);
      store<u32>(ranges + 8 * <usize>field + 4, <u32>at);
      field++;
      start = at + 1;
    }
    if (feeds !== 0) {
      hasHigh = high !== 0;
      return endDelimited(block + ctz(feeds), start, field);
    }
  }
  return false;
}

function endDelimited(feed: usize, start: usize, field: i32): bool {
  let to = feed;
  if (to > lineFrom && <u32>load<u8>(to - 1) === CR) to--;
  // A blank line, or the end-of-file mark of old systems, is no record even where one has a single field.
  if (to - lineFrom < 2 || start > to) return false;
  lineTo = to;
  lineNext = feed + 1;
  if (isTrailing) return field === fields && start === to;
  if (field !== fields - 1) return false;
  store<u32>(ranges + 8 * <usize>field, <u32>start);
  store<u32>(ranges + 8 * <usize>field + 4, <u32>to);
  return true;
}
