import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectEncoding, EncodingDetector, startsWithUtf16Bom } from '../../src/encoding/detect.js';
import { encodeGb18030 } from '../../src/encoding/gb18030.js';

const utf8 = (text: string) => new Uint8Array(Buffer.from(text));

const HEADER = '序号,身份证号,姓名,金额\n';
const LINE = '1,460105199001011234,王小明,100.00\n';

describe('detectEncoding', () => {
  it.each([
    ['nothing', new Uint8Array(0), 'ascii'],
    ['ASCII', utf8('line,resident_id,name,amount\n'), 'ascii'],
    ['UTF-8', utf8(HEADER + LINE), 'utf-8'],
    ['GB 18030', encodeGb18030(HEADER + LINE), 'gb18030'],
    ['UTF-8 with a byte order mark and nothing but ASCII', utf8('\ufeffline,name\n'), 'utf-8'],
    ['one Chinese name in UTF-8', utf8('1,李'), 'utf-8'],
    ['one Chinese name in GBK', encodeGb18030('1,李'), 'gb18030'],
    ['GBK that ends inside a character', encodeGb18030('姓名').subarray(0, 3), 'gb18030'],
    ['GB 18030 with four-byte characters', encodeGb18030('𠮷㛃'), 'gb18030'],
    ['only a rare character in UTF-8', utf8('𠮷'), 'utf-8'],
    ['only a middle dot in UTF-8', utf8('A·B'), 'utf-8'],
  ])('finds %s', (_, bytes, expected) => {
    expect(detectEncoding(bytes)).toBe(expected);
  });

  it('does not take a UTF-8 file with one damaged name for GB 18030', () => {
    const damaged = Buffer.concat([
      utf8(HEADER + LINE),
      utf8('2,4,王小').subarray(0, 7),
      utf8(`,1\n${LINE}`),
    ]);
    expect(detectEncoding(damaged)).toBe('utf-8');
  });
});

describe('EncodingDetector', () => {
  it('finds out after megabytes of ASCII', () => {
    const detector = new EncodingDetector();
    const ascii = utf8('1,460105199001011234,A,100.00\n'.repeat(40_000));
    for (let chunk = 0; chunk < 4; chunk++) expect(detector.push(ascii)).toBe('ascii');
    expect(detector.push(encodeGb18030(LINE))).toBe('gb18030');
    expect(detector.push(ascii)).toBe('gb18030');
  });

  it('is not misled by a character that a chunk boundary cuts', () => {
    for (const [encoding, bytes] of [
      ['utf-8', utf8(HEADER)],
      ['gb18030', encodeGb18030(HEADER)],
    ] as const) {
      for (let cut = 1; cut < bytes.length; cut++) {
        const detector = new EncodingDetector();
        detector.push(bytes.subarray(0, cut));
        detector.push(bytes.subarray(cut));
        expect(detector.finish(), `${encoding} cut at ${cut}`).toBe(encoding);
      }
    }
  });

  it('answers UTF-8 for any text in any pieces, unless it is ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 5 }), (text, size) => {
        const detector = new EncodingDetector();
        const bytes = utf8(text);
        for (let at = 0; at < bytes.length; at += size) detector.push(bytes.subarray(at, at + size));
        const isAscii = /^[\0-\x7f]*$/.test(text);
        expect(detector.finish()).toBe(isAscii ? 'ascii' : 'utf-8');
      }),
    );
  });

  it('answers GB 18030 for Chinese names in any pieces', () => {
    const surname = fc.constantFrom(...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林');
    const given = fc.constantFrom(...'小明华伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂');
    const names = fc.array(
      fc.tuple(surname, given, given).map((name) => name.join('')),
      { minLength: 3 },
    );
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 9 }), (list, size) => {
        const detector = new EncodingDetector();
        const bytes = encodeGb18030(list.join('\n'));
        for (let at = 0; at < bytes.length; at += size) detector.push(bytes.subarray(at, at + size));
        expect(detector.finish()).toBe(detectEncoding(bytes));
        expect(detector.finish()).toBe('gb18030');
      }),
    );
  });
});

it('knows UTF-16 by its byte order mark, so that it can be refused by name', () => {
  expect(startsWithUtf16Bom(Buffer.from('\ufeff姓名', 'utf16le'))).toBe(true);
  expect(startsWithUtf16Bom(utf8('\ufeff姓名'))).toBe(false);
});
