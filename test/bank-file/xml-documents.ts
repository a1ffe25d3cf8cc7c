// Random XML for the tests of the tokenizer, and what saxes makes of it: an independent reader to agree with.

import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import type { Encoding } from '../../src/bank-file/definition.js';
import { XmlContent } from '../../src/bank-file/xml-content.js';
import { type XmlHandler, XmlTokenizer } from '../../src/bank-file/xml-tokenizer.js';

/** What a reader tells: tags with their attributes, and the text of elements that hold nothing else. */
export type XmlEvent = readonly [what: 'open' | 'text' | 'close', text: string, attributes?: object];

const name = fc.constantFrom('a', 'Cd', 'p:TxSts', 'Nm', '_x-1.y', '金额', 'ns:名', 'rd', 'É');
const space = fc.constantFrom('', ' ', '\n', '\r\n', '\t', '\r', ' \n ');
const gap = fc.constantFrom(' ', '\n', '\r\n  ', '\t');
const reference = fc.constantFrom(
  '&amp;',
  '&lt;',
  '&gt;',
  '&quot;',
  '&apos;',
  '&#65;',
  '&#x4E2D;',
  '&#13;',
  '&#x20BB7;',
);
const words = fc.constantFrom(
  'ACSC',
  '王小明',
  '100.50',
  '𠮷',
  ' x ',
  ']',
  ']]',
  'a]]b',
  'x>',
  '東]京',
  'e\u0301',
  '-',
  '=',
  '/',
);
const comment = fc.constantFrom('<!-- c -->', '<!---->', '<!-- a - b\n<x> & -->', '<!--中]-->');
const instruction = fc.constantFrom('<?pi?>', '<?pi x="1" ?>', '<?pi a?b ??>', '<?xml-style 中?>');
const cdata = fc.constantFrom('<![CDATA[]]>', '<![CDATA[<a>&]]>', '<![CDATA[a]]]]>', '<![CDATA[\r\n東]]]>');
const piece = fc.oneof({ weight: 4, arbitrary: words }, reference, space, comment, instruction, cdata);
const quoted = fc
  .tuple(
    fc.constantFrom('"', "'"),
    fc.array(fc.oneof(fc.constantFrom('CNY', '中', 'a  b', '>', '\n'), reference)),
  )
  .map(([quote, parts]) => `${quote}${parts.join('')}${quote}`);
const attributes = fc
  .uniqueArray(fc.tuple(name, quoted, space, space), { selector: ([key]) => key, maxLength: 3 })
  .chain((list) => fc.tuple(fc.constant(list), fc.array(gap, { minLength: 3, maxLength: 3 })))
  .map(([list, gaps]) =>
    list.map(([key, value, a, b], index) => `${gaps[index]}${key}${a}=${b}${value}`).join(''),
  );

const { element } = fc.letrec<{ element: string; inside: string }>((tie) => ({
  inside: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.array(piece, { maxLength: 4 }).map((parts) => parts.join('')),
    fc.array(fc.oneof(piece, tie('element')), { maxLength: 4 }).map((parts) => parts.join('')),
  ),
  element: fc
    .tuple(name, attributes, space, fc.option(tie('inside')), space)
    .map(([tag, given, before, inside, after]) =>
      inside === null ? `<${tag}${given}${before}/>` : `<${tag}${given}${before}>${inside}</${tag}${after}>`,
    ),
}));

/** A document without its XML declaration. */
export const xmlBody: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.oneof(space, comment, instruction), { maxLength: 2 }), element, fc.oneof(space, comment))
  .map(([before, root, after]) => `${before.join('')}${root}${after}`);

/** The same with some characters taken out, put in or exchanged. */
export const damagedBody: fc.Arbitrary<string> = fc
  .tuple(
    xmlBody,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom(
          '',
          '<',
          '>',
          '&',
          '/',
          '"',
          ' ',
          'a',
          ']]>',
          '--',
          '!',
          '?',
          ';',
          '=',
          '\u0001',
          '中',
          '</a>',
          '<a>',
          '<?xml ?>',
          '\uFFFE',
          '&#0;',
          '&x;',
        ),
      ),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
  )
  .map(([body, damages]) =>
    // Half a surrogate pair cannot be written in UTF-8.
    Buffer.from(
      damages.reduce((text, [at, cut, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + cut);
      }, body),
    ).toString(),
  );

/** What saxes tells; the message of its first error instead when it refuses. */
export function saxesEvents(text: string): XmlEvent[] | string {
  const events: XmlEvent[] = [];
  const parser = new SaxesParser();
  let content = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    events.push(['open', tag.name, { ...tag.attributes }]);
    content = '';
  });
  parser.on('text', (part) => {
    content += part;
  });
  parser.on('cdata', (part) => {
    content += part;
  });
  parser.on('closetag', (tag) => {
    if (events.at(-1)?.[0] === 'open') events.push(['text', content]);
    events.push(['close', tag.name]);
    content = '';
  });
  try {
    parser.write(text).close();
    return events;
  } catch (error) {
    return (error as Error).message;
  }
}

class Recorder implements XmlHandler {
  readonly events: XmlEvent[] = [];
  readonly tokenizer: XmlTokenizer;
  private readonly names: string[] = [];

  constructor(encoding: Encoding) {
    this.tokenizer = new XmlTokenizer(encoding, this, (problem, line, column) => {
      throw new Error(`${line}:${column}: ${problem}`);
    });
  }

  open(bytes: Buffer, from: number, to: number): boolean {
    const decoder = new TextDecoder(this.tokenizer.encoding === 'UTF-8' ? 'utf-8' : 'gb18030');
    const tag = decoder.decode(bytes.subarray(from, to));
    this.names.push(tag);
    this.events.push(['open', tag, this.attributes(decoder, bytes)]);
    return true;
  }

  private attributes(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): object {
    const content = new XmlContent();
    const named: Record<string, string> = {};
    for (let index = 0; index < this.tokenizer.attributeCount; index++) {
      const [from, to] = this.tokenizer.attributeName(index);
      this.tokenizer.readAttribute(index, content);
      named[decoder.decode(bytes.subarray(from, to))] = content.string(this.tokenizer.encoding);
    }
    return named;
  }

  close(content: XmlContent): void {
    if (this.events.at(-1)?.[0] === 'open')
      this.events.push(['text', content.string(this.tokenizer.encoding)]);
    this.events.push(['close', this.names.pop()!]);
  }
}

/** What our reader tells, given the bytes in chunks of `size`; the message instead when it refuses. */
export function ownEvents(
  bytes: Uint8Array,
  size: number,
  encoding: Encoding = 'UTF-8',
): XmlEvent[] | string {
  const recorder = new Recorder(encoding);
  try {
    for (let at = 0; at < bytes.length; at += size) {
      const chunk = Uint8Array.from(bytes.subarray(at, at + size));
      recorder.tokenizer.feed(chunk);
      chunk.fill(0x3f);
    }
    recorder.tokenizer.finish();
    return recorder.events;
  } catch (error) {
    return (error as Error).message;
  }
}
