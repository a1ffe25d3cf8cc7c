// Stretches of bytes: compared and hashed, eight at a time. Up to seven bytes behind them are read, not looked at.

/** Whether `length` bytes at `one` and at `other` are the same. */
export function areEqual(one: usize, other: usize, length: usize): bool {
  let done: usize = 0;
  for (; done + 8 <= length; done += 8) if (load<u64>(one + done) !== load<u64>(other + done)) return false;
  const rest = length - done;
  if (rest === 0) return true;
  return (load<u64>(one + done) ^ load<u64>(other + done)) << (64 - 8 * <u64>rest) === 0;
}

/** Goes on from `hash` with the bytes. */
export function hashBytes(hash: u64, from: usize, to: usize): u64 {
  let at = from;
  let mixed = hash ^ <u64>(to - from);
  for (; at + 8 <= to; at += 8) mixed = mix(mixed ^ load<u64>(at));
  const rest = to - at;
  if (rest > 0) mixed = mix(mixed ^ (load<u64>(at) << (64 - 8 * <u64>rest)));
  return mixed;
}

function mix(value: u64): u64 {
  const product = value * 0x9e3779b97f4a7c15;
  return product ^ (product >> 32);
}

/** Whether all bytes from `from` to `to` are blanks. */
export function areBlank(from: usize, to: usize): bool {
  let at = from;
  for (; at + 8 <= to; at += 8) if (load<u64>(at) !== 0x2020202020202020) return false;
  for (; at < to; at++) if (<u32>load<u8>(at) !== 0x20) return false;
  return true;
}
