// Words that stand for a number, compared as they lie in the file: the few words of a state, and the many ways to name a bank.

/** Of a list of words: the count, then for each its first 16 bytes (zeros behind its end), length and number. */
const LIST_HEAD: usize = 8;
const WORD_BYTES: usize = 24;
const WORD_LENGTH_MAX: usize = 16;

/** Of a remembered text: its bytes with zeros behind, length (0: none) and number. A power of two of them. */
const ENTRY_BITS: u64 = 11;
const ENTRY_BYTES: usize = 64;
const TEXT_LENGTH_MAX: usize = 48;

/** What a text is that comes for the first time: a number from 0, or -1 for one that says nothing. */
declare function readBank(from: usize, length: i32): i32;

let banks: usize = 0;

/** `entries` holds 2^ENTRY_BITS entries; all zeros whenever the encoding changes. */
export function setBanks(entries: usize): void {
  banks = entries;
}

/** Number of the word in the list, or -1. */
export function wordOf(list: usize, from: usize, to: usize): i32 {
  const length = to - from;
  if (length > WORD_LENGTH_MAX) return -1;
  const first = bytesAt(from, length);
  const second = length > 8 ? bytesAt(from + 8, length - 8) : 0;
  const end = list + LIST_HEAD + WORD_BYTES * <usize>load<u32>(list);
  for (let at = list + LIST_HEAD; at < end; at += WORD_BYTES) {
    if (load<u64>(at) === first && load<u64>(at + 8) === second && load<u32>(at + 16) === <u32>length)
      return load<i32>(at + 20);
  }
  return -1;
}

/**
 * Code of the bank that the text names, or -1. A quarter of a city's cardholder file names the bank by more than its three digits,
 * so what a text was read as is remembered; one that is needed again after another took its place is simply read again.
 */
export function bankOf(from: usize, to: usize): i32 {
  const length = to - from;
  if (length === 0 || length > TEXT_LENGTH_MAX) return -1;
  let hash: u64 = length;
  for (let done: usize = 0; done < length; done += 8) {
    hash = (hash ^ bytesAt(from + done, length - done)) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
  }
  const entry = banks + ENTRY_BYTES * <usize>((hash * 0x9e3779b97f4a7c15) >> (64 - ENTRY_BITS));
  if (load<u32>(entry + 48) === <u32>length && isTextAt(entry, from, length)) return load<i32>(entry + 52);
  const code = readBank(from, <i32>length);
  for (let done: usize = 0; done < length; done += 8) {
    store<u64>(entry + done, bytesAt(from + done, length - done));
  }
  store<u32>(entry + 48, <u32>length);
  store<i32>(entry + 52, code);
  return code;
}

function isTextAt(entry: usize, from: usize, length: usize): bool {
  for (let done: usize = 0; done < length; done += 8) {
    if (load<u64>(entry + done) !== bytesAt(from + done, length - done)) return false;
  }
  return true;
}

/** Up to 8 bytes as a number, zeros behind the last. */
function bytesAt(at: usize, length: usize): u64 {
  const bytes = load<u64>(at);
  if (length >= 8) return bytes;
  return bytes & (((<u64>1) << (8 * <u64>length)) - 1);
}
