// 64-bit hash of a folded name over its UTF-16 units, in two 32-bit lanes. The fast path runs the same steps on units
// that it reads straight from GB18030 or UTF-8 bytes, which is why the constants and steps stand here once.

export const NAME_SEED_LOW = 0x9e3779b9 | 0;
export const NAME_SEED_HIGH = 0x7f4a7c15 | 0;

export function nameStepLow(lane: number, unit: number): number {
  const mixed = Math.imul(lane ^ unit, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

export function nameStepHigh(lane: number, unit: number): number {
  const mixed = Math.imul(lane ^ unit, 0x5f356495);
  return mixed ^ (mixed >>> 13);
}

export function nameFinishLow(low: number, high: number): number {
  const mixed = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

export function nameFinishHigh(low: number, high: number): number {
  const mixed = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Hash of a text that is folded already; also used for long accounts and for fingerprints of whole records. */
export function hashText(text: string): { low: number; high: number } {
  let low = NAME_SEED_LOW;
  let high = NAME_SEED_HIGH;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = nameStepLow(low, unit);
    high = nameStepHigh(high, unit);
  }
  return { low: nameFinishLow(low, high), high: nameFinishHigh(low, high) };
}
