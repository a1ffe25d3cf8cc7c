import { describe, expect, it } from 'vitest';
import {
  contentEnd,
  isBlank,
  NEED_MORE,
  RECORD_BREAKS_MAX,
  RECORD_SPAN_BYTES_MAX,
  recordEnd,
  TOO_LONG_RECORD,
} from '../../src/codec/record-end.js';

const COMMA = 0x2c;
const end = (text: string, isLast: boolean) => {
  const bytes = Buffer.from(text, 'latin1');
  return recordEnd(bytes, 0, bytes.length, COMMA, isLast);
};

describe('recordEnd', () => {
  it.each([
    ['a,b\nc', 4, 'a line'],
    ['a,b\r\nc', 5, 'a line with CRLF'],
    ['a,"b\nc"\nd', 8, 'a newline in quotes is no end'],
    ['a,"b""\n""c"\nd', 12, 'doubled quotes do not close'],
    ['a,5"\nb', 5, 'a quote inside a field opens nothing'],
    ['a,5"\nb"\n', 5, 'a quote inside a field opens nothing, another one closes nothing'],
    ['a, "b\nc"\n', 6, 'a quote after a space opens nothing'],
    ['a,"b\nc,d\n', 5, 'a quote that is never closed takes its own line only'],
    ['a,"b"x,c\nd\n', 9, 'text after a closing quote breaks its own line only'],
    ['a,"b\n1,"x",c\n', 5, 'a stray quote that closes at the opening of another'],
    ['a,"b"\r\nc', 7, 'CRLF after a closing quote'],
    ['a,"b"\rc\nd', 8, 'a lone CR is text after the quote'],
    [`a,"${'\n'.repeat(RECORD_BREAKS_MAX)}"\nb`, 5 + RECORD_BREAKS_MAX, 'as many line breaks as are allowed'],
    [`a,"${'\n'.repeat(RECORD_BREAKS_MAX + 1)}"\nb`, 4, 'one line break too many'],
    [
      `a,"\n${'x'.repeat(RECORD_SPAN_BYTES_MAX - 6)}"\nb`,
      RECORD_SPAN_BYTES_MAX,
      'as many bytes as are allowed',
    ],
    [`a,"\n${'x'.repeat(RECORD_SPAN_BYTES_MAX - 5)}"\nb`, 4, 'one byte too many'],
    [
      `a,"${'x'.repeat(RECORD_SPAN_BYTES_MAX)}"\nb`,
      RECORD_SPAN_BYTES_MAX + 5,
      'one line may be longer than several',
    ],
  ])('ends %j at %i: %s', (text, expected) => {
    expect(end(text, true)).toBe(expected);
  });

  it.each([
    ['a,b', 3, 'without a newline'],
    ['a,"b"', 5, 'at a closing quote'],
    ['a,"b"\r', 6, 'at a CR'],
    ['a,"b\nc', 5, 'inside quotes: the quote is broken'],
    ['a,"b\nc"', 7, 'at a closing quote on another line'],
  ])('asks for more at the end of %j, unless the file ends there too', (text, expected) => {
    expect(end(text, false)).toBe(NEED_MORE);
    expect(end(text, true)).toBe(expected);
  });

  it('does not look for an end for ever: beyond the span a quote is broken whatever follows', () => {
    expect(end(`a,"\n${'x'.repeat(RECORD_SPAN_BYTES_MAX)}`, false)).toBe(4);
  });

  it('never joins the mark of a line that was too long with a line before it', () => {
    expect(end(`a,"b\n${TOO_LONG_RECORD}\n`, true)).toBe(5);
    expect(end(`${TOO_LONG_RECORD}\n",x\n`, true)).toBe(TOO_LONG_RECORD.length + 1);
  });
});

describe('contentEnd', () => {
  it.each([
    ['a\n', 1],
    ['a\r\n', 1],
    ['a\r', 1],
    ['a\r\r\n', 2],
    ['a', 1],
    ['\n', 0],
  ])('leaves the line end of %j out', (text, expected) => {
    expect(contentEnd(Buffer.from(text), 0, text.length)).toBe(expected);
  });
});

describe('isBlank', () => {
  it.each([
    ['', true],
    ['  \t', true],
    [',,,,', true],
    [';;', true],
    ['0', false],
    [',,x', false],
    ['""', false],
  ])('says of %j: %s', (text, expected) => {
    expect(isBlank(Buffer.from(text), 0, text.length)).toBe(expected);
  });
});
