import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUP_LINES, LineGroup } from '../../src/encoding/line-group.js';

const FIELDS = 3;

/** What is before the first line that is not plain, and that line and all after it. */
function cut(text: string, delimiter = ','): { lines: string[][]; rest: string } {
  const bytes = Buffer.from(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const group = new LineGroup(delimiter.charCodeAt(0), FIELDS);
  const lines: string[][] = [];
  let from = 0;
  for (;;) {
    from = group.fill(view, from);
    for (let nth = 0; nth < group.count; nth++) {
      const fields = Array.from({ length: FIELDS }, (_, field) => nth * FIELDS + field);
      lines.push(fields.map((at) => bytes.toString('utf8', group.starts[at], group.ends[at])));
    }
    if (group.count < GROUP_LINES) return { lines, rest: bytes.toString('utf8', from) };
  }
}

/** The same, line by line with strings. */
function cutSlowly(text: string, delimiter = ','): { lines: string[][]; rest: string } {
  const lines: string[][] = [];
  let rest = text;
  while (rest !== '') {
    const newline = rest.indexOf('\n');
    const line = newline < 0 ? rest : rest.slice(0, newline);
    const fields = line.replace(/\r$/, '').split(delimiter);
    if (/["\0]/.test(line) || fields.length !== FIELDS) break;
    lines.push(fields);
    rest = newline < 0 ? '' : rest.slice(newline + 1);
  }
  return { lines, rest };
}

describe('a group of lines', () => {
  it.each([
    ['a,b,c\n', 'a line'],
    ['a,b,c', 'a last line without its end'],
    ['a,b,\r\n,,\r', 'empty fields and carriage returns'],
    ['a,b\nc,d,e\n', 'too few fields'],
    ['a,b,c,d\n', 'too many fields'],
    ['a,b,c\n"a",b,c\n', 'a quote'],
    ['a,b,\0\n', 'a NUL'],
    ['\n', 'an empty line'],
    ['', 'nothing'],
    ['a,b,c\n'.repeat(GROUP_LINES), 'just a full group'],
    [`${'a,b,c\n'.repeat(GROUP_LINES)}a,b,"`, 'a quote after a full group'],
  ])('is cut like the lines one by one: %j (%s)', (text) => {
    expect(cut(text)).toEqual(cutSlowly(text));
  });

  it('is cut like the lines one by one, whatever stands in them', () => {
    const odd = [
      'a',
      'bc',
      ',',
      ',',
      '\n',
      '\r\n',
      '\r',
      '"',
      '\0',
      '\x7f',
      '+-./',
      'é',
      '中',
      '𠮷',
      ' ',
      ';',
      '\t',
    ];
    const lines = [
      '1,2,3\n',
      'x,,\n',
      '12,34,56\r\n',
      '460105199001011234,欧阳一二,100.00\n',
      ',-.,€$%&\n',
      'é,中é,a中\n',
    ];
    const texts = fc.array(
      fc.oneof(
        { arbitrary: fc.constantFrom(...lines), weight: 8 },
        { arbitrary: fc.constantFrom(...odd), weight: 1 },
      ),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(',', ';', '\t'), (parts, delimiter) => {
        const text = parts.join('').replaceAll(',', delimiter);
        expect(cut(text, delimiter)).toEqual(cutSlowly(text, delimiter));
      }),
      { numRuns: 2000 },
    );
  });
});
