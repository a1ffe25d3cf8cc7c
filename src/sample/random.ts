// Pseudo-random numbers for synthetic data: functions of a key and a place, with no state in between, so that line
// 7,000,000 is known without the lines before it. Only 32-bit integer operations: same bytes on every machine.

/** Bits that a permutation may work on; Math.imul keeps 32, and one is left free so that every value is a plain integer. */
const PERMUTATION_BITS_MAX = 31;

/** Every bit of the result depends on every bit of the value (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A 32-bit number for a place, different for every key. */
export function hash(key: number, value: number): number {
  return mix(mix(value ^ key) + 0x9e3779b9 + key);
}

/** The key of one purpose ("names", "banks" …) under a seed; `seed` is a safe integer, zero or more. */
export function keyOf(seed: number, purpose: string): number {
  const low = seed % 0x1_0000_0000;
  let key = hash(low, (seed - low) / 0x1_0000_0000);
  for (let index = 0; index < purpose.length; index++) key = hash(key, purpose.charCodeAt(index));
  return key;
}

/**
 * A shuffling of 0 to size-1 that needs no table: each value has its own image, and images look random. Multiplying by
 * an odd number and folding the high bits into the low ones both keep values apart within a power of two; what falls
 * outside the size walks on until it is inside (at most half of the values fall outside, so 2 rounds on average).
 */
export function permutation(size: number, key: number): (value: number) => number {
  let bits = 1;
  while (2 ** bits < size) bits++;
  if (!(size >= 1 && bits <= PERMUTATION_BITS_MAX)) throw new RangeError(`cannot permute ${size} values`);
  const mask = bits === PERMUTATION_BITS_MAX ? 0x7fffffff : (1 << bits) - 1;
  const shift = (bits + 1) >> 1;
  const odd1 = hash(key, 1) | 1;
  const odd2 = hash(key, 2) | 1;
  const odd3 = hash(key, 3) | 1;
  const add = hash(key, 4);
  return (value) => {
    let x = value;
    do {
      x = (Math.imul(x, odd1) + add) & mask;
      x ^= x >>> shift;
      x = Math.imul(x, odd2) & mask;
      x ^= x >>> shift;
      x = Math.imul(x, odd3) & mask;
      x ^= x >>> shift;
    } while (x >= size);
    return x;
  };
}
