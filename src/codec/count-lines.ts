// Counting newlines, which tells each chunk the line it begins on. Four bytes at a time: 4.3 GB/s on 2 MiB, where the
// plain loop does 1.5; repeated indexOf is as fast on long lines and ten times slower on short ones.

/** The number of LF bytes in `bytes[0, to)`. */
export function countLines(bytes: Uint8Array, to: number): number {
  if ((bytes.byteOffset & 3) !== 0) return countOneByOne(bytes, 0, to);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, to >> 2);
  let lines = 0;
  let at = 0;
  while (at < words.length) {
    // Each byte of the sum counts up to 255 newlines of its own lane before the lanes are added up.
    const end = Math.min(at + 255, words.length);
    let lanes = 0;
    for (; at < end; at++) lanes = (lanes + newlinesInWord(words[at]!)) | 0;
    const pairs = (lanes & 0x00ff00ff) + ((lanes >>> 8) & 0x00ff00ff);
    lines += (pairs & 0xffff) + (pairs >>> 16);
  }
  return lines + countOneByOne(bytes, words.length * 4, to);
}

/** 1 in each byte of the word that is LF: the usual exact zero-byte test, after LF was made zero. */
function newlinesInWord(word: number): number {
  const zeroed = word ^ 0x0a0a0a0a;
  return (~(((zeroed & 0x7f7f7f7f) + 0x7f7f7f7f) | zeroed) & 0x80808080) >>> 7;
}

function countOneByOne(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) if (bytes[at] === 0x0a) lines++;
  return lines;
}
