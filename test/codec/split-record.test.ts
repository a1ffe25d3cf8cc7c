import { describe, expect, it } from 'vitest';
import { type Delimiter, TOO_LONG_RECORD } from '../../src/codec/record-end.js';
import { splitRecord } from '../../src/codec/split-record.js';

describe('splitRecord', () => {
  it.each<[string, Delimiter, string[]]>([
    ['a,b,c', ',', ['a', 'b', 'c']],
    ['a\tb,c', '\t', ['a', 'b,c']],
    ['a;b,c', ';', ['a', 'b,c']],
    ['', ',', ['']],
    [',', ',', ['', '']],
    ['"a,b",c', ',', ['a,b', 'c']],
    ['"a""b"', ',', ['a"b']],
    ['""', ',', ['']],
    [',""', ',', ['', '']],
    ['"",', ',', ['', '']],
    ['""""', ',', ['"']],
    ['"a\r\nb",c', ',', ['a\r\nb', 'c']],
    ['5"x,6"', ',', ['5"x', '6"']],
    [' "a"', ',', [' "a"']],
  ])('splits %j at %j', (text, delimiter, expected) => {
    expect(splitRecord(text, delimiter)).toEqual(expected);
  });

  it.each([
    ['"a', 'quote-unclosed'],
    ['x,"a,b', 'quote-unclosed'],
    ['"a""', 'quote-unclosed'],
    ['"', 'quote-unclosed'],
    ['"a"b,c', 'text-after-quote'],
    ['"a" ,c', 'text-after-quote'],
    [TOO_LONG_RECORD, 'line-too-long'],
  ])('says what is wrong with %j: %s', (text, problem) => {
    expect(splitRecord(text, ',')).toEqual({ problem });
  });
});
