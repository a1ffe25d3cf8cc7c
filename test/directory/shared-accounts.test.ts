import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forEachRepeat } from '../../src/directory/shared-accounts.js';

const STRIDE = 3;

/** Records of a flag and an account of two words; those with flag 0 do not count. */
function repeats(records: readonly (readonly [flag: number, low: number, high: number])[]): string[] {
  const words = Uint32Array.from(records.flat());
  const found: string[] = [];
  forEachRepeat(
    words,
    STRIDE,
    1,
    (at) => words[at] !== 0,
    (one, other) => words[one + 1] === words[other + 1] && words[one + 2] === words[other + 2],
    (one, other) => found.push(`${one / STRIDE}-${other / STRIDE}`),
  );
  return found;
}

function repeatsSlowly(records: readonly (readonly [number, number, number])[]): string[] {
  return records.flatMap(([flag, low, high], index) => {
    const first = records.findIndex((other) => other[0] !== 0 && other[1] === low && other[2] === high);
    return flag !== 0 && first < index ? [`${first}-${index}`] : [];
  });
}

describe('repeated accounts', () => {
  it('are found with the first that has them, however many share one', () => {
    expect(
      repeats([
        [1, 7, 7],
        [1, 7, 8],
        [0, 7, 7],
        [1, 7, 7],
        [1, 7, 7],
      ]),
    ).toEqual(['0-3', '0-4']);
  });

  it('are those that comparing each with each finds', () => {
    const record = fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 40 }), fc.nat({ max: 20 }));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 300 }), (records) => {
        expect(repeats(records)).toEqual(repeatsSlowly(records));
      }),
    );
  });
});
