// UTF-8, strictly: bytes that are not UTF-8 are told from text and never mended.

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes; undefined when they are not UTF-8. A byte order mark stays in the text as U+FEFF. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  // A lenient reading takes a third of the time for a short record, and marks whatever is wrong with U+FFFD.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!text.includes('\ufffd')) return text;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The number of bytes a text takes in UTF-8. A lone surrogate counts as U+FFFD, three bytes, as it is written. */
export function utf8Length(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** The UTF-8 byte order mark, which files saved by Excel and WPS as "CSV UTF-8" begin with. */
export const UTF8_BOM: Uint8Array = Uint8Array.of(0xef, 0xbb, 0xbf);

export function startsWithUtf8Bom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
