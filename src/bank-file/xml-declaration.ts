// How an XML file begins: byte order mark, XML declaration, and the encoding that follows from them.

import type { Encoding } from './definition.js';

export interface XmlStart {
  /** Where the text begins: behind the mark and the declaration. */
  readonly at: number;
  readonly encoding: Encoding;
}

const DECLARATION_LIMIT = 1024;
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>$/;

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  'utf-8': 'UTF-8',
  utf8: 'UTF-8',
  gbk: 'GBK',
  gb2312: 'GBK',
  cp936: 'GBK',
  ms936: 'GBK',
  gb18030: 'GB18030',
  'us-ascii': 'ASCII',
  ascii: 'ASCII',
  'iso-8859-1': 'Latin-1',
  latin1: 'Latin-1',
};

/**
 * Undefined while more bytes are needed; a text when the beginning is refused. A file that declares no encoding is in
 * the one of the format.
 */
export function readStart(bytes: Buffer, isAll: boolean, otherwise: Encoding): XmlStart | string | undefined {
  if (bytes.length < 4 && !isAll) return undefined;
  if (isUtf16(bytes[0], bytes[1])) return 'the file is in UTF-16, which is not supported';
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const from = marked ? 3 : 0;
  const undeclared: XmlStart = { at: from, encoding: marked ? 'UTF-8' : otherwise };
  const head = bytes.toString('latin1', from, from + 6);
  if (!'<?xml'.startsWith(head.slice(0, 5))) return undeclared;
  if (head.length < 6) return isAll ? undeclared : undefined;
  // `<?xml-stylesheet …?>` is an instruction like any other.
  if (!/[ \t\r\n?]/.test(head[5]!)) return undeclared;
  const end = bytes.indexOf('?>', from);
  if (end === -1 || end > DECLARATION_LIMIT)
    return isAll || bytes.length > DECLARATION_LIMIT ? 'the XML declaration is not closed' : undefined;
  return readDeclaration(bytes.toString('latin1', from, end + 2), marked, undeclared, end + 2);
}

/** By its byte order mark, or by a first "<" of two bytes. */
function isUtf16(first: number | undefined, second: number | undefined): boolean {
  const isMarked = (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe);
  return isMarked || (first === 0x3c && second === 0) || (first === 0 && second === 0x3c);
}

function readDeclaration(text: string, marked: boolean, undeclared: XmlStart, at: number): XmlStart | string {
  const match = DECLARATION.exec(text);
  if (match === null) return 'the XML declaration is not well-formed';
  const version = match[1] ?? match[2];
  if (version !== '1.0') return `the XML version is ${version}, not 1.0`;
  const name = match[3] ?? match[4];
  if (name === undefined) return { ...undeclared, at };
  const encoding = ENCODINGS[name.toLowerCase()];
  if (encoding === undefined) return `the encoding ${name} is not supported`;
  if (marked && encoding !== 'UTF-8') return `the file has the mark of UTF-8 and declares ${name}`;
  return { at, encoding };
}
