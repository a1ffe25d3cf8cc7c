// The steps of directory/name-hash.ts and the home slot of directory/layout.ts, on machine integers.

export const SEED_LOW: i32 = 0x9e3779b9;
export const SEED_HIGH: i32 = 0x7f4a7c15;

export function stepLow(lane: i32, unit: i32): i32 {
  const mixed: i32 = (lane ^ unit) * 0x9e3779b1;
  return mixed ^ (mixed >>> 15);
}

export function stepHigh(lane: i32, unit: i32): i32 {
  const mixed: i32 = (lane ^ unit) * 0x5f356495;
  return mixed ^ (mixed >>> 13);
}

export function finishLow(low: i32, high: i32): u32 {
  const mixed: u32 =
    ((<u32>low ^ (<u32>low >> 16)) * 0x85ebca6b) ^ ((<u32>high ^ (<u32>high >> 13)) * 0xc2b2ae35);
  return mixed ^ (mixed >> 16);
}

export function finishHigh(low: i32, high: i32): u32 {
  const mixed: u32 =
    ((<u32>high ^ (<u32>high >> 16)) * 0x85ebca6b) ^ ((<u32>low ^ (<u32>low >> 13)) * 0xc2b2ae35);
  return mixed ^ (mixed >> 16);
}

/** In doubles, as layout.ts does it: the slot must be the same one. */
export function homeSlot(a: u32, b: u32, slots: i32): i32 {
  let hash: u32 = ((a ^ (a >> 15)) * 0x2c1b3c6d) ^ ((b ^ (b >> 13)) * 0x297a2d39);
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return <i32>(<f64>(hash ^ (hash >> 16)) * (<f64>slots / 4294967296.0));
}
