// What the compiled loops must agree on with the rest, and what makes it safe that several threads run them over one memory.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config/package-root.js';
import * as layout from '../../src/directory/layout.js';
import { RECORD, RECORD_HEAD_BYTES } from '../../src/directory/packed-record.js';
import { createMemory, MEMORY_BASE, takeBytes, takeLongs, takeWords } from '../../src/kernel/memory.js';

const PAGE_BYTES = 65_536;
const DATA_SECTION = 11;

describe('the compiled loops', () => {
  it('know the numbers of the directory as layout.ts has them', () => {
    const text = readFileSync(join(PACKAGE_ROOT, 'src/kernel/assembly/layout.ts'), 'utf8');
    const assembled = new Map(
      [...text.matchAll(/export const (\w+): \w+ = ([^;]+);/g)].map(([, name, value]) => [
        name as string,
        Number(new Function(`return ${value}`)()) >>> 0,
      ]),
    );
    const own = new Map<string, number>([
      ...Object.entries(layout).flatMap(([name, value]): [string, number][] =>
        typeof value === 'number' ? [[name, value >>> 0]] : [],
      ),
      ...layout.CARD_STATES.map((state, index): [string, number] => [`CARD_${state.toUpperCase()}`, index]),
      ...layout.ACCOUNT_STATES.map((state, index): [string, number] => [
        `ACCOUNT_${state.toUpperCase()}`,
        index,
      ]),
    ]);
    expect(assembled.size).toBeGreaterThan(20);
    for (const [name, value] of assembled) expect([name, own.get(name)]).toEqual([name, value]);
  });

  it('know where the numbers of a record stand as packed-record.ts has them', () => {
    const text = readFileSync(join(PACKAGE_ROOT, 'src/kernel/assembly/packed-record.ts'), 'utf8');
    const places = [...text.matchAll(/export const RECORD_(\w+): usize = (\d+);/g)].map(([, name, value]) => [
      (name as string).toLowerCase().replaceAll(/_(.)/g, (_all, letter: string) => letter.toUpperCase()),
      Number(value),
    ]);
    const { states: _first, ...others } = RECORD;
    expect(Object.fromEntries(places)).toEqual({ ...others, headBytes: RECORD_HEAD_BYTES });
  });

  it('bring no data of their own, which each thread would write over what the others did', () => {
    const bytes = readFileSync(join(PACKAGE_ROOT, 'dist/kernel/kernel.wasm'));
    expect(sectionsOf(bytes)).not.toContain(DATA_SECTION);
  });
});

describe('the shared memory', () => {
  it('gives zeros that nobody else has, with room behind them', () => {
    const memory = createMemory(100);
    const [one, other] = [takeBytes(memory, PAGE_BYTES), takeBytes(memory, 10)];
    expect(one.byteOffset).toBeGreaterThanOrEqual(MEMORY_BASE + 100);
    expect(other.byteOffset).toBeGreaterThanOrEqual(one.byteOffset + PAGE_BYTES + 64);
    expect(one.every((byte) => byte === 0)).toBe(true);
    one.fill(7);
    expect(other.every((byte) => byte === 0)).toBe(true);
  });

  it('gives words and longs at places where they may stand', () => {
    const memory = createMemory(3);
    takeBytes(memory, 5);
    const [words, longs] = [takeWords(memory, 3), takeLongs(memory, 3)];
    expect([words.length, words.byteOffset % 4]).toEqual([3, 0]);
    expect([longs.length, longs.byteOffset % 8]).toEqual([3, 0]);
  });

  it('stays where it is when more is taken', () => {
    const memory = createMemory(10);
    const first = takeWords(memory, 1);
    first[0] = 42;
    takeBytes(memory, 50 * PAGE_BYTES);
    expect(first[0]).toBe(42);
    expect(new Uint32Array(memory.buffer, first.byteOffset, 1)[0]).toBe(42);
  });
});

/** WebAssembly Core Specification, 5.5: a section is its number, its size in LEB128, and its content. */
function sectionsOf(bytes: Uint8Array): number[] {
  const sections: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    sections.push(bytes[at++] as number);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += size;
  }
  return sections;
}
