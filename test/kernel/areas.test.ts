// Areas of the shared memory that a thread lends and gets back.

import { expect, it } from 'vitest';
import { Areas, handBack } from '../../src/kernel/areas.js';
import { createMemory } from '../../src/kernel/memory.js';

it('an area is used again once it was handed back, and not before', () => {
  const areas = new Areas(createMemory(10));
  const first = areas.take(1000);
  const second = areas.take(1000);
  expect(second.bytes.byteOffset).not.toBe(first.bytes.byteOffset);
  handBack(first.state);
  expect(areas.take(500).bytes.byteOffset).toBe(first.bytes.byteOffset);
  expect(areas.take(500).bytes.byteOffset).not.toBe(first.bytes.byteOffset);
});

it('an area that is too small is left behind, and the memory does not grow for the next of that size', () => {
  const memory = createMemory(10);
  const areas = new Areas(memory);
  handBack(areas.take(100).state);
  const large = areas.take(1_000_000);
  handBack(large.state);
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 100; round++) {
    const area = areas.take(round * 10_000);
    expect(area.bytes.byteOffset).toBe(large.bytes.byteOffset);
    handBack(area.state);
  }
  expect(memory.buffer.byteLength).toBe(before);
});
