import { describe, expect, it } from 'vitest';
import { BufferPool } from '../../src/base/buffer-pool.js';

describe('a pool of buffers', () => {
  it('gives the smallest of the free buffers that is large enough, once', () => {
    const pool = new BufferPool();
    const [small, large] = [new ArrayBuffer(100), new ArrayBuffer(1000)];
    pool.give(large);
    pool.give(small);
    expect(pool.take(50)).toBe(small);
    expect(pool.take(50)).toBe(large);
    expect(pool.take(50).byteLength).toBe(50);
  });

  it('makes a new one when none is large enough', () => {
    const pool = new BufferPool();
    pool.give(new ArrayBuffer(10));
    expect(pool.take(11).byteLength).toBe(11);
  });

  it('keeps no buffer that has gone to another thread, and none without end', () => {
    const pool = new BufferPool();
    const gone = new ArrayBuffer(8);
    structuredClone(gone, { transfer: [gone] });
    pool.give(gone);
    const given = Array.from({ length: 100 }, () => new ArrayBuffer(8));
    for (const buffer of given) pool.give(buffer);
    const taken = given.map(() => pool.take(1));
    expect(taken).not.toContain(gone);
    expect(taken.filter((buffer) => given.includes(buffer)).length).toBeLessThan(20);
  });
});
