import { describe, expect, it } from 'vitest';
import { excludedWith } from '../../src/programme/exclusion.js';
import { sampleProgramme } from './sample-programme.js';

const programmes = [
  sampleProgramme({ code: 'A', excludes: ['Z', 'B'] }),
  sampleProgramme({ code: 'B' }),
  sampleProgramme({ code: 'C', excludes: ['B'] }),
  sampleProgramme({ code: 'D' }),
];

describe('excludedWith', () => {
  it.each([
    ['A', ['B', 'Z']],
    ['B', ['A', 'C']],
    ['C', ['B']],
    ['D', []],
    ['Z', ['A']],
  ])('%s stands against %j', (code, others) => {
    expect(excludedWith(programmes, code)).toEqual(others);
  });

  it('is the same from both sides', () => {
    for (const one of 'ABCDZ') {
      for (const other of 'ABCDZ') {
        const there = excludedWith(programmes, one).includes(other);
        expect(excludedWith(programmes, other).includes(one)).toBe(there);
      }
    }
  });
});
