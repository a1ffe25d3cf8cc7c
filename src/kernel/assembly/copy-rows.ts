// Rows of PostgreSQL's binary COPY format (PostgreSQL documentation, COPY, "Binary Format"), as encoding/copy-rows.ts writes
// them. Each function writes at an address and answers with the one behind; texts are copied 16 bytes at a time, so that up to
// 15 bytes behind a text may be written, which the next column writes again.

import { blankBytes, gbUnits, hanziAt, hanziBytes, isMiddleDot, MIDDLE_DOT, MIDDLE_DOT_BYTES } from './text';

export function putInt2(at: usize, value: i32): usize {
  store<u32>(at, 0x02000000);
  store<u16>(at + 4, bswap<u16>(<u16>value));
  return at + 6;
}

export function putInt4(at: usize, value: i32): usize {
  store<u32>(at, 0x04000000);
  store<u32>(at + 4, bswap<u32>(value));
  return at + 8;
}

export function putInt8(at: usize, value: u64): usize {
  store<u32>(at, 0x08000000);
  store<u64>(at + 4, bswap<u64>(value));
  return at + 12;
}

export function putNull(at: usize): usize {
  store<u32>(at, 0xffffffff);
  return at + 4;
}

export function putColumns(at: usize, count: i32): usize {
  store<u16>(at, bswap<u16>(<u16>count));
  return at + 2;
}

export function putText(at: usize, from: usize, to: usize): usize {
  const length = to - from;
  store<u32>(at, bswap<u32>(<u32>length));
  return putBytes(at + 4, from, to);
}

/** The bytes of a text alone. */
export function putBytes(at: usize, from: usize, to: usize): usize {
  const length = to - from;
  for (let done: usize = 0; done < length; done += 16) v128.store(at + done, v128.load(from + done));
  return at + length;
}

export function putTextOrNull(at: usize, from: usize, to: usize): usize {
  return from === to ? putNull(at) : putText(at, from, to);
}

/** A text of hanzi, and middle dots and blanks between them, in UTF-8 whatever it is read in. */
export function putHanzi(at: usize, from: usize, to: usize): usize {
  if (gbUnits === 0) return putText(at, from, to);
  const start = at + 4;
  let place = start;
  for (let next = from; next < to; ) {
    const byte = load<u8>(next);
    if (byte < 0x80) {
      store<u8>(place++, byte);
      next++;
      continue;
    }
    place = putUnit(place, hanziAt(next));
    next += 2;
  }
  store<u32>(at, bswap<u32>(<u32>(place - start)));
  return place;
}

/** The same without the blanks. */
export function putWithoutBlanks(at: usize, from: usize, to: usize): usize {
  const start = at + 4;
  let place = start;
  for (let next = from; next < to; ) {
    let unit = hanziAt(next);
    const blank = blankBytes(next, unit);
    if (blank > 0) {
      next += blank;
      continue;
    }
    const isDot = isMiddleDot(next);
    if (isDot) unit = MIDDLE_DOT;
    place = putUnit(place, unit);
    next += isDot ? MIDDLE_DOT_BYTES : hanziBytes();
  }
  store<u32>(at, bswap<u32>(<u32>(place - start)));
  return place;
}

/** A middle dot, or a character of three bytes. */
function putUnit(at: usize, unit: i32): usize {
  if (unit === MIDDLE_DOT) {
    store<u16>(at, 0xb7c2);
    return at + 2;
  }
  store<u8>(at, 0xe0 | (unit >>> 12));
  store<u8>(at + 1, 0x80 | ((unit >>> 6) & 0x3f));
  store<u8>(at + 2, 0x80 | (unit & 0x3f));
  return at + 3;
}

/** A number as just so many decimal digits. */
export function putDecimal(at: usize, value: u64, length: i32): usize {
  store<u32>(at, bswap<u32>(length));
  at += 4;
  let rest = value;
  for (let place = at + length - 1; place >= at; place--) {
    store<u8>(place, 0x30 + <u8>(rest % 10));
    rest /= 10;
  }
  return at + length;
}
