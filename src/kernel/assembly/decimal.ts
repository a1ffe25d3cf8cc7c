// Numbers to decimal digits, eight at a time.

const HUNDRED_MILLION: u64 = 100000000;

/** The eight digits of a number below 10^8 as bytes 0 to 9, the first digit in the lowest byte. */
export function eightDigitsOf(value: u32): u64 {
  const fours: u64 = <u64>(value / 10000) | ((<u64>(value % 10000)) << 32);
  // Quotients by multiplication: exact for numbers of four and of two digits.
  const hundreds = ((fours * 10486) >> 20) & 0x0000007f0000007f;
  const twos = hundreds | ((fours - 100 * hundreds) << 16);
  const tens = ((twos * 103) >> 10) & 0x000f000f000f000f;
  return tens | ((twos - 10 * tens) << 8);
}

/** Writes the number with at least so many digits, and answers where they end. Up to 7 bytes behind may be written. */
export function putDigits(at: usize, value: u64, least: i32): usize {
  if (value >= HUNDRED_MILLION) {
    const end = putDigits(at, value / HUNDRED_MILLION, least > 8 ? least - 8 : 1);
    store<u64>(end, eightDigitsOf(<u32>(value % HUNDRED_MILLION)) | 0x3030303030303030);
    return end + 8;
  }
  for (; least > 8; least--) store<u8>(at++, 0x30);
  const digits = eightDigitsOf(<u32>value);
  const needed = digits === 0 ? 1 : 8 - (<i32>ctz(digits) >> 3);
  const count = max(needed, least);
  store<u64>(at, (digits | 0x3030303030303030) >> (8 * <u64>(8 - count)));
  return at + count;
}
