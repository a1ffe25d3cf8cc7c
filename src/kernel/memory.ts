// Memory that threads and compiled loops share. It only grows; what is taken from it stands where it stands until nobody holds
// the memory any more. Its first page belongs to the compiled loops themselves.

const PAGE_BYTES = 65_536;
/** All that 32-bit addresses reach: 4 GiB, some 80 million cardholders. What is not used takes no memory. */
const PAGES_MAX = 65_536;
/** Compiled loops read and write whole vectors: so many bytes behind what was taken are memory too. */
const SLACK_BYTES = 64;

/** Where what was taken first begins. */
export const MEMORY_BASE = PAGE_BYTES;

/** Memory whose first `bytes` are taken, at MEMORY_BASE. */
export function createMemory(bytes: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1 + pagesFor(bytes), maximum: PAGES_MAX, shared: true });
}

/** Bytes of zeros that nobody else has. Any thread may take some at any time. */
export function takeBytes(memory: WebAssembly.Memory, bytes: number): Uint8Array {
  const at = memory.grow(pagesFor(bytes)) * PAGE_BYTES;
  return new Uint8Array(memory.buffer, at, bytes);
}

export function takeWords(memory: WebAssembly.Memory, words: number): Uint32Array {
  const bytes = takeBytes(memory, words * 4);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, words);
}

export function takeLongs(memory: WebAssembly.Memory, longs: number): BigInt64Array {
  const bytes = takeBytes(memory, longs * 8);
  return new BigInt64Array(bytes.buffer, bytes.byteOffset, longs);
}

/** What lies at an address, also where another thread took it since this one looked at the memory. */
export function bytesAt(memory: WebAssembly.Memory, at: number, length: number): Uint8Array {
  // Growing by nothing makes this thread see how far the memory goes by now.
  if (at + length > memory.buffer.byteLength) memory.grow(0);
  return new Uint8Array(memory.buffer, at, length);
}

function pagesFor(bytes: number): number {
  return Math.ceil((bytes + SLACK_BYTES) / PAGE_BYTES);
}
