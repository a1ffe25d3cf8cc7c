// Lines cut into fields, a few at a time: what each line will need from a large table can then be asked for before the first
// of them waits for it.

const CR: u32 = 0x0d;
const LF: u32 = 0x0a;
const QUOTE: u32 = 0x22;

/** Enough for memory to answer side by side; 8 gained as much, 64 no more. */
export const GROUP_LINES: i32 = 16;
/** A line with more fields is none that anybody's columns were found in. */
export const FIELDS_MAX: i32 = 64;

/** Where the addresses of field f of the nth line stand, 4 bytes each: at nth * fields + f. */
let starts: usize = 0;
let ends: usize = 0;
export let fields: i32 = 0;
export let delimiter: u32 = 0;
/** Where the nth line begins and ends, its line end not counted: 4 bytes each, at 8 * nth. */
let bounds: usize = 0;
/** Lines of the group that was cut last. */
export let groupCount: i32 = 0;

/** `scratch` holds 2 * (GROUP_LINES * FIELDS_MAX + 1) words for the fields and 2 * (GROUP_LINES + 1) for the lines. */
export function setLines(scratch: usize, delimiterByte: u32, fieldCount: i32): void {
  starts = scratch;
  ends = starts + 4 * (GROUP_LINES * FIELDS_MAX + 1);
  bounds = ends + 4 * (GROUP_LINES * FIELDS_MAX + 1);
  delimiter = delimiterByte;
  fields = fieldCount;
}

export function startOf(nth: i32, field: i32): usize {
  return load<u32>(starts + 4 * (nth * fields + field));
}

export function endOf(nth: i32, field: i32): usize {
  return load<u32>(ends + 4 * (nth * fields + field));
}

export function lineStart(nth: i32): usize {
  return load<u32>(bounds + 8 * <usize>nth);
}

export function lineEnd(nth: i32): usize {
  return load<u32>(bounds + 8 * <usize>nth + 4);
}

/**
 * Cuts up to GROUP_LINES lines from `from` into fields, and stops before a line that is not plain: one with a NUL, with too few or too
 * many fields, or with a quote that is not one of a field in quotes which ends on its line and has no other quote in it. Such a field is
 * what stands between its quotes. Answers with the address after the last line taken. Bytes up to 15 behind `end` are read, not looked at.
 */
export function cutLines(from: usize, end: usize): usize {
  const limit = GROUP_LINES * fields;
  const low = i8x16.splat(0x2d);
  const wanted = i8x16.splat(<i8>delimiter);
  let field = 0;
  let lastOfLine = fields - 1;
  let lineFrom = from;
  let bound = bounds;
  // Behind the last closing quote.
  let closed: usize = 0;
  let isStopped = false;
  store<u32>(starts, <u32>from);
  store<u32>(bound, <u32>from);
  for (let block = from; block < end && field < limit && !isStopped; block += 16) {
    const bytes = v128.load(block);
    // Comma, tab, line ends, quote and NUL are below the hyphen; digits, letters and longer characters are not.
    let mask: u32 = <u32>i8x16.bitmask(v128.or(i8x16.lt_u(bytes, low), i8x16.eq(bytes, wanted)));
    if (end - block < 16) mask &= (1 << (<u32>(end - block))) - 1;
    for (; mask !== 0; mask &= mask - 1) {
      const at = block + ctz(mask);
      const byte: u32 = load<u8>(at);
      if (byte === delimiter) {
        if (field === lastOfLine) {
          isStopped = true;
          break;
        }
        store<u32>(ends + 4 * field, <u32>(at - <usize>(at === closed)));
        field++;
        store<u32>(starts + 4 * field, <u32>(at + 1));
      } else if (byte === LF) {
        if (field !== lastOfLine) {
          isStopped = true;
          break;
        }
        const to = at > lineFrom && <u32>load<u8>(at - 1) === CR ? at - 1 : at;
        store<u32>(ends + 4 * field, <u32>(to - <usize>(to === closed)));
        store<u32>(bound, <u32>to, 4);
        lineFrom = at + 1;
        field++;
        lastOfLine += fields;
        bound += 8;
        store<u32>(starts + 4 * field, <u32>lineFrom);
        store<u32>(bound, <u32>lineFrom);
        if (field === limit) break;
      } else if (byte === QUOTE) {
        closed = at === <usize>load<u32>(starts + 4 * field) ? behindQuoted(at, end) : 0;
        isStopped = closed === 0;
        if (isStopped) break;
        store<u32>(starts + 4 * field, <u32>(at + 1));
        // The next block begins there.
        block = closed - 16;
        break;
      } else if (byte === 0) {
        isStopped = true;
        break;
      }
    }
  }
  // The last line of a file may have no line end.
  if (!isStopped && lineFrom < end && field < limit && field === lastOfLine) {
    const to = <u32>load<u8>(end - 1) === CR ? end - 1 : end;
    store<u32>(ends + 4 * field, <u32>(to - <usize>(to === closed)));
    store<u32>(bound, <u32>to, 4);
    lineFrom = end;
    field++;
  }
  groupCount = field / fields;
  return lineFrom;
}

/** The address behind the closing quote of the field that opens at `at`; 0 where the field is not as cutLines takes it. */
function behindQuoted(at: usize, end: usize): usize {
  const quote = i8x16.splat(<i8>QUOTE);
  const newline = i8x16.splat(<i8>LF);
  const nul = i8x16.splat(0);
  for (let block = at + 1; block < end; block += 16) {
    const bytes = v128.load(block);
    const stops = v128.or(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, newline)), i8x16.eq(bytes, nul));
    const mask: u32 = <u32>i8x16.bitmask(stops);
    if (mask === 0) continue;
    const close = block + ctz(mask);
    if (close >= end || <u32>load<u8>(close) !== QUOTE) return 0;
    const next = close + 1;
    if (next === end) return next;
    const byte: u32 = load<u8>(next);
    if (byte === delimiter || byte === LF) return next;
    return byte === CR && (next + 1 === end || <u32>load<u8>(next + 1) === LF) ? next : 0;
  }
  return 0;
}
