import { describe, expect, it } from 'vitest';
import { bytesAt, createMemory, takeBytes } from '../../src/kernel/memory.js';
import { SharedBuffers } from '../../src/kernel/shared-buffers.js';

describe('buffers in the shared memory', () => {
  it('are used again, whole, also when only their beginning is given back', () => {
    const buffers = new SharedBuffers(createMemory(0));
    const first = buffers.takeBytes(1000);
    const second = buffers.takeBytes(1000);
    expect(second.byteOffset).not.toBe(first.byteOffset);
    buffers.give(first.subarray(0, 10));
    const again = buffers.takeBytes(60_000);
    expect(again.byteOffset).toBe(first.byteOffset);
    expect(again.length).toBe(60_000);
  });

  it('are the smallest that are large enough', () => {
    const buffers = new SharedBuffers(createMemory(0));
    const large = buffers.takeBytes(300_000);
    const small = buffers.takeBytes(100_000);
    buffers.give(large);
    buffers.give(small);
    expect(buffers.takeBytes(90_000).byteOffset).toBe(small.byteOffset);
    expect(buffers.takeBytes(90_000).byteOffset).toBe(large.byteOffset);
  });

  it('may be such as somebody else took from the memory', () => {
    const memory = createMemory(0);
    const buffers = new SharedBuffers(memory);
    const { byteOffset, length } = takeBytes(memory, 5000);
    buffers.give(bytesAt(memory, byteOffset, length));
    expect(buffers.takeBytes(4000).byteOffset).toBe(byteOffset);
  });
});
