// UTF-8 to the bytes of a bank's encoding by a table that bank-file/text-rules.ts made: which characters the bank takes, which
// are written as others, what is escaped.

/** A table: 65,536 entries of 2 bytes by UTF-16 unit, then whether the encoding is UTF-8, and the list of special characters. */
const IS_UTF8: usize = 131072;
const SPECIALS: usize = 131076;
/** An entry for what stands in the list; 0 is refused. */
const SPECIAL: u32 = 1;
/** Entries of the list: code point 4, bytes 2, characters 2, then up to 16 bytes. A code point of 0 ends it. */
const SPECIAL_BYTES: usize = 24;

/** Characters of the text that was written. */
export let textCharacters: i32 = 0;

/** Writes a text and answers where it ends, or with 0 when a character is refused or unknown here. */
export function putBankText(at: usize, from: usize, to: usize, table: usize): usize {
  const isUtf8 = load<u32>(table + IS_UTF8) !== 0;
  let characters = 0;
  let place = from;
  while (place < to) {
    let point: u32 = load<u8>(place);
    if (point < 0x80) place += 1;
    else if (point < 0xe0) {
      point = ((point & 0x1f) << 6) | (<u32>load<u8>(place + 1) & 0x3f);
      place += 2;
    } else if (point < 0xf0) {
      point =
        ((point & 0x0f) << 12) | ((<u32>load<u8>(place + 1) & 0x3f) << 6) | (<u32>load<u8>(place + 2) & 0x3f);
      place += 3;
    } else return 0;
    const code: u32 = load<u16>(table + 2 * <usize>point);
    if (code <= SPECIAL) {
      if (code === 0) return 0;
      const special = specialOf(table, point);
      if (special === 0) return 0;
      v128.store(at, v128.load(special + 8));
      at += load<u16>(special + 4);
      characters += load<u16>(special + 6);
      continue;
    }
    characters++;
    if (code < 0x80) store<u8>(at++, code);
    else if (isUtf8) at = putUtf8(at, code);
    else if (code < 0x100) store<u8>(at++, code);
    else {
      store<u16>(at, bswap<u16>(<u16>code));
      at += 2;
    }
  }
  textCharacters = characters;
  return at;
}

function specialOf(table: usize, point: u32): usize {
  let entry = table + SPECIALS;
  for (let found = load<u32>(entry); found !== 0; found = load<u32>(entry)) {
    if (found === point) return entry;
    entry += SPECIAL_BYTES;
  }
  return 0;
}

function putUtf8(at: usize, unit: u32): usize {
  if (unit < 0x800) {
    store<u8>(at, 0xc0 | (unit >> 6));
    store<u8>(at + 1, 0x80 | (unit & 0x3f));
    return at + 2;
  }
  store<u8>(at, 0xe0 | (unit >> 12));
  store<u8>(at + 1, 0x80 | ((unit >> 6) & 0x3f));
  store<u8>(at + 2, 0x80 | (unit & 0x3f));
  return at + 3;
}
