import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  GROUP_LINES,
  instantiateKernel,
  type KernelNumber,
  LINES_SCRATCH_BYTES,
  type LineKernel,
} from '../../src/kernel/kernel.js';
import { createMemory, takeBytes } from '../../src/kernel/memory.js';
import { kernelModule } from '../../src/worker/kernel-module.js';

const FIELDS = 3;
const TEXT_BYTES = 1 << 16;

interface LinesAlone extends LineKernel {
  /** See assembly/lines.ts. */
  cutLines(from: number, end: number): number;
  startOf(nth: number, field: number): number;
  endOf(nth: number, field: number): number;
  readonly groupCount: KernelNumber;
}

const memory = createMemory(0);
const kernel = instantiateKernel<LinesAlone>(kernelModule(), memory);
const scratch = takeBytes(memory, LINES_SCRATCH_BYTES);
const room = takeBytes(memory, TEXT_BYTES);

/** What is before the first line that is not plain, and that line and all after it. */
function cut(text: string, delimiter = ','): { lines: string[][]; rest: string } {
  const bytes = Buffer.from(text);
  // What was there before, behind the end, must not matter.
  room.fill(0x0a);
  room.set(bytes);
  kernel.setLines(scratch.byteOffset, delimiter.charCodeAt(0), FIELDS);
  const end = room.byteOffset + bytes.length;
  const textAt = (from: number, to: number): string =>
    Buffer.from(memory.buffer, from, to - from).toString('utf8');
  const lines: string[][] = [];
  let from = room.byteOffset;
  for (;;) {
    from = kernel.cutLines(from, end);
    const count = kernel.groupCount.value;
    for (let nth = 0; nth < count; nth++) {
      const fields = Array.from({ length: FIELDS }, (_, field) => field);
      lines.push(fields.map((field) => textAt(kernel.startOf(nth, field), kernel.endOf(nth, field))));
    }
    if (count < GROUP_LINES) return { lines, rest: textAt(from, end) };
  }
}

/** Undefined for a line with a NUL, or with a quote that is not one of a field in quotes with no other in it. */
function fieldsOf(line: string, delimiter: string): string[] | undefined {
  const field = new RegExp(`(?:"([^"\\0]*)"|([^"\\0${delimiter}]*))(${delimiter}|$)`, 'y');
  const fields: string[] = [];
  for (;;) {
    const match = field.exec(line);
    if (match === null) return undefined;
    fields.push(match[1] ?? match[2] ?? '');
    if (match[3] === '') return fields;
  }
}

/** The same, line by line with strings. */
function cutSlowly(text: string, delimiter = ','): { lines: string[][]; rest: string } {
  const lines: string[][] = [];
  let rest = text;
  while (rest !== '') {
    const newline = rest.indexOf('\n');
    const line = newline < 0 ? rest : rest.slice(0, newline);
    const fields = fieldsOf(line.replace(/\r$/, ''), delimiter);
    if (fields?.length !== FIELDS) break;
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
    ['a,b,c\n"a",b,c\n', 'a field in quotes'],
    ['"","b,b","c"\r\n"a",b,"c"\r', 'fields in quotes, empty, with a delimiter and at the end'],
    ['a,"b""b",c\n', 'a doubled quote'],
    ['a,"b"b,c\n', 'more behind a closing quote'],
    ['a,b"b",c\n', 'a quote inside a field'],
    ['a,"b\nb",c\n', 'a line end between quotes'],
    ['a,b,"c', 'a quote that is not closed'],
    [`"${'x'.repeat(40)}","${'y'.repeat(15)}","${'z'.repeat(16)}"\n`, 'long fields in quotes'],
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
      '"1","","a,b"\n',
      '"460105199001011234","欧阳一二",100.00\r\n',
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
