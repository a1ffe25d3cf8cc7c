import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeGb18030 } from '../../src/encoding/gb18030.js';
import { damagedBody, ownEvents, saxesEvents, xmlBody } from './xml-documents.js';

const SIZES = [1, 2, 3, 7, 64 * 1024];
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const RUNS = { numRuns: 1500 };

describe('the tokenizer agrees with saxes', () => {
  it('on random documents, however they are cut', () => {
    fc.assert(
      fc.property(xmlBody, fc.constantFrom(...SIZES), (body, size) => {
        const expected = saxesEvents(body);
        expect(expected).toBeInstanceOf(Array);
        expect(ownEvents(utf8(body), size)).toEqual(expected);
      }),
      RUNS,
    );
  });

  it('in GB 18030, whose characters hold the byte of "]"', () => {
    fc.assert(
      fc.property(xmlBody, fc.constantFrom(...SIZES), (body, size) => {
        const text = `<?xml version="1.0" encoding="GB18030"?>${body}`;
        expect(ownEvents(encodeGb18030(text), size)).toEqual(saxesEvents(text));
      }),
      RUNS,
    );
  });

  it('on damaged documents: the same is refused, and the rest reads the same', () => {
    fc.assert(
      fc.property(damagedBody, fc.constantFrom(...SIZES), (body, size) => {
        const expected = saxesEvents(body);
        const own = ownEvents(utf8(body), size);
        // saxes lets a question mark stand in the name of an instruction; XML 1.0, 2.6, does not.
        if (/<\?[^\s?>]*\?[^>]/.test(body)) return;
        if (typeof expected === 'string') expect(own, expected).toBeTypeOf('string');
        else expect(own).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses at the same place however the file is cut', () => {
    fc.assert(
      fc.property(damagedBody, (body) => {
        const answers = SIZES.map((size) => ownEvents(utf8(body), size));
        for (const answer of answers) expect(answer).toEqual(answers[0]);
      }),
      RUNS,
    );
  });
});

describe('what the tokenizer refuses', () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a/>', 'utf16le')]);
  const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
  it.each([
    ['nothing at all', '', 'ends before its root'],
    ['white space only', ' \n', 'ends before its root'],
    ['UTF-16', utf16, 'UTF-16'],
    ['UTF-16 without its mark', utf16.subarray(2), 'UTF-16'],
    ['a document type', '<!DOCTYPE a><a/>', '1:undefined: a document type is not allowed'],
    [
      'an entity of a document type',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      'document type',
    ],
    ['an unknown reference', '<a>\n  &b;</a>', '2:3: the XML is broken: the reference &b; is not known'],
    ['an ampersand alone', '<a>x & y</a>', '1:6: the XML is broken: an "&" begins no reference'],
    ['a character that XML does not have', '<a>&#xFFFF;</a>', 'is not known'],
    ['a control character', '<a>\u0007</a>', 'U+0007 is not allowed'],
    ['two roots', '<a/><b/>', 'behind the root element'],
    ['text behind the root', '<a/>x', '1:5: the XML is broken: there is text outside'],
    ['a wrong closing tag', '<a><b></a></b>', '1:7: the XML is broken: the element b is not closed'],
    ['a closing tag too many', '<a/></a>', 'outside the root'],
    ['an attribute twice', '<a x="1" x="2"/>', '1:10: the XML is broken: an attribute stands twice'],
    ['an attribute without quotes', '<a x=1/>', 'not quoted'],
    ['an attribute without a value', '<a x/>', 'no value'],
    ['a comment with two hyphens', '<!-- a -- b --><a/>', '"--"'],
    ['a late declaration', '\n<?xml version="1.0"?><a/>', 'does not stand at the beginning'],
    ['XML 1.1', '<?xml version="1.1"?><a/>', 'version is 1.1'],
    ['a broken declaration', '<?xml encoding="UTF-8"?><a/>', 'declaration is not well-formed'],
    [
      'an encoding that is not supported',
      '<?xml version="1.0" encoding="Shift_JIS"?><a/>',
      'Shift_JIS is not supported',
    ],
    ['a mark against the declaration', '\uFEFF<?xml version="1.0" encoding="GBK"?><a/>', 'mark of UTF-8'],
    [
      'an overlong form',
      latin('<a>\xc0\xaf</a>'),
      '1:4: the XML is broken: these bytes are not text in UTF-8',
    ],
    ['a surrogate', latin('<a>\xed\xa0\x80</a>'), 'not text in UTF-8'],
    [
      'GBK that says it is UTF-8',
      Buffer.concat([latin('<a>\n'), encodeGb18030('王小明'), latin('</a>')]),
      '2:1:',
    ],
    ['a character cut by the end', latin('<a>\xe7\x8e'), 'not text in UTF-8'],
    ['high bytes in ASCII', latin('<?xml version="1.0" encoding="US-ASCII"?><a>\xe9</a>'), 'ASCII'],
    ['a tag without end', `<a ${'x'.repeat(70_000)}`, 'longer than 65536'],
    ['a text without end', `<a>${'x'.repeat(70_000)}</a>`, 'too long'],
    ['elements without end', '<a>'.repeat(300), 'too deep'],
    ['the end inside a comment', '<a/><!-- ', 'inside a tag or a comment'],
    ['the end inside a tag', '<a><b', 'ends before its root'],
  ])('%s', (_what, given, problem) => {
    const bytes = typeof given === 'string' ? utf8(given) : given;
    // A long tag is looked through again with each piece, so it comes in long pieces.
    const sizes = bytes.length > 10_000 ? SIZES.filter((size) => size > 1_000) : SIZES;
    for (const size of sizes) expect(ownEvents(bytes, size)).toContain(problem);
  });
});

describe('what the tokenizer takes', () => {
  it.each([
    ['a byte order mark', '\uFEFF<?xml version="1.0"?><a>中</a>'],
    [
      'a declaration in every form',
      "<?xml version='1.0'  encoding = 'utf-8' standalone='yes' ?>\r\n<a>中</a>",
    ],
  ])('%s', (_what, text) => {
    for (const size of SIZES)
      expect(ownEvents(utf8(text), size)).toEqual([
        ['open', 'a', {}],
        ['text', '中'],
        ['close', 'a'],
      ]);
  });

  it('Latin-1, and the encoding of the format where none is declared', () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1');
    expect(ownEvents(latin, 1)).toContainEqual(['text', 'é']);
    expect(ownEvents(encodeGb18030('<a>東]</a>'), 1, 'GBK')).toContainEqual(['text', '東]']);
  });
});
