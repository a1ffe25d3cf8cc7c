// The tokenizer against JSON.parse: what one takes the other takes, and both see the same.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Encoding } from '../../src/bank-file/definition.js';
import { decodeField } from '../../src/bank-file/field-text.js';
import { type JsonHandler, JsonTokens, unescapeJson } from '../../src/bank-file/json-tokens.js';
import { encodeAll } from '../../src/bank-file/text-rules.js';
import { chunksOf } from './formats.js';

/** The value that the tokens make; members as JSON.parse puts them, the last of equal ones. */
class Builder implements JsonHandler {
  value: unknown;
  private readonly open: (unknown[] | Map<string, unknown>)[] = [];
  private readonly keys: string[] = [];
  private readonly encoding: Encoding;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  openObject(): void {
    this.open.push(new Map());
  }
  closeObject(): void {
    this.put(Object.fromEntries(this.open.pop() as Map<string, unknown>));
  }
  openArray(): void {
    this.open.push([]);
  }
  closeArray(): void {
    this.put(this.open.pop());
  }
  key(bytes: Buffer, from: number, to: number): void {
    this.keys.push(unescapeJson(decodeField(bytes, from, to, this.encoding)!));
  }
  string(bytes: Buffer, from: number, to: number): void {
    this.put(unescapeJson(decodeField(bytes, from, to, this.encoding)!));
  }
  literal(bytes: Buffer, from: number, to: number): void {
    this.put(JSON.parse(bytes.toString('latin1', from, to)));
  }

  private put(value: unknown): void {
    const parent = this.open.at(-1);
    if (parent === undefined) this.value = value;
    else if (Array.isArray(parent)) parent.push(value);
    else parent.set(this.keys.pop()!, value);
  }
}

async function read(bytes: Uint8Array, size: number, encoding: Encoding = 'UTF-8'): Promise<unknown> {
  const builder = new Builder(encoding);
  const tokens = new JsonTokens(encoding, builder, (problem, line, column) => {
    throw new Error(`${line}:${column} ${problem}`);
  });
  for await (const chunk of chunksOf(bytes, size)) tokens.feed(chunk);
  tokens.end();
  return builder.value;
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const chunk = fc.integer({ min: 1, max: 40 });
/** No key that means something to objects of the language. */
const json = fc.json({ depthSize: 'small' }).filter((text) => !text.includes('__proto__'));

describe('the JSON tokenizer', () => {
  it('reads what JSON.parse reads, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        json,
        chunk,
        fc.constantFrom(undefined, 1, '\t', '\r\n'),
        async (text, size, space) => {
          const spaced = JSON.stringify(JSON.parse(text), null, space);
          expect(await read(Buffer.from(spaced), size)).toEqual(JSON.parse(spaced));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('reads every number and escape as JSON.parse does', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\\n',
        '\\u00e9',
        '\\ud83d\\ude00',
        '\\/',
        '\\"',
        '\\\\',
        '"',
        '\\x',
        '\\u12',
        '東',
        ' ',
      ),
      fc.constantFrom('-', '0', '01', '1.5', '1.', '.5', '1e5', '1E+5', 'e', '+1', 'true', 'nul', 'NaN'),
      fc.constantFrom('{', '}', '[', ']', ':', ',', '{}', '[]', '"a":', '\n', '\u0000', '\ufeff', '\u00a0'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), chunk, async (pieces, size) => {
        const text = pieces.join('');
        const expected = text.startsWith('\ufeff') ? parsed(text.slice(1)) : parsed(text);
        const found = await read(Buffer.from(text), size).then(
          (value) => ({ value }),
          () => undefined,
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses what JSON.parse refuses: one character more, less or other', async () => {
    const edit = fc.record({
      at: fc.nat(),
      cut: fc.integer({ min: 0, max: 2 }),
      put: fc.constantFrom('', '"', ',', '}', ']', '{', '\\', '1', 'x', ':', ' '),
    });
    await fc.assert(
      fc.asyncProperty(json, edit, chunk, async (text, { at, cut, put }, size) => {
        const from = at % (text.length + 1);
        const broken = text.slice(0, from) + put + text.slice(from + cut);
        fc.pre(!/[\ud800-\udfff]/u.test(broken) && !broken.includes('__proto__'));
        const found = await read(Buffer.from(broken), size).then(
          (value) => ({ value }),
          () => undefined,
        );
        expect(found).toEqual(parsed(broken));
      }),
      { numRuns: 2000 },
    );
  });

  it('is not led astray by a second byte that looks like a backslash or a quote', async () => {
    // 俓 is 82 5C and 乗 81 5C in GBK; 㐁 is four bytes in GB 18030.
    for (const encoding of ['GBK', 'GB18030'] as const) {
      const text = JSON.stringify({ 俓: '俓', rows: ['乗\\俓', '"'] });
      expect(await read(encodeAll(text, encoding)!, 1, encoding)).toEqual(JSON.parse(text));
    }
    const rare = JSON.stringify({ name: '㐁𠮷' });
    expect(await read(encodeAll(rare, 'GB18030')!, 1, 'GB18030')).toEqual(JSON.parse(rare));
  });

  it.each([
    ['{"a":1,\n "b":01}', '2:6 the JSON is broken'],
    ['{"a":1}\n{', '2:1 something stands after the JSON'],
    ['{"a":"', '1:6 a string is not closed'],
    ['{"a":[1,2', '1:10 the file ends before its JSON is complete'],
    ['{"a":"\n"}', '1:6 a control character stands in a string'],
    ['{"a":"\\q"}', '1:6 a string has a broken escape'],
    ['['.repeat(101), '1:101 the JSON is nested too deeply'],
    [`{"a":"${'x'.repeat(70_000)}`, '1:6 a value is too long'],
  ])('says where %j is broken', async (text, problem) => {
    await expect(read(Buffer.from(text), 1000)).rejects.toThrow(problem);
  });

  it('refuses bytes that are not UTF-8', async () => {
    await expect(read(Buffer.from('{"a":"\xe9"}', 'latin1'), 1)).rejects.toThrow('1:6 a string is not text');
  });
});
