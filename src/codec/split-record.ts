// One record's text into its fields, carefully: RFC 4180 quotes, and a reason where they are broken. What a record is
// is settled before, by record-end.ts; the two agree that a record with a broken quote is one line.

import { type Delimiter, TOO_LONG_RECORD } from './record-end.js';

/** Why a record cannot be read. */
export type RecordProblem = 'quote-unclosed' | 'text-after-quote' | 'line-too-long';

/** The fields of a record without its line end, or what is wrong with it. An empty text is one empty field. */
export function splitRecord(text: string, delimiter: Delimiter): string[] | { problem: RecordProblem } {
  if (!text.includes('"')) return splitPlain(text, delimiter);
  if (text === TOO_LONG_RECORD) return { problem: 'line-too-long' };
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const isQuoted = text[at] === '"';
    const end = isQuoted ? afterQuoted(text, at) : fieldEnd(text, at, delimiter);
    if (end < 0) return { problem: 'quote-unclosed' };
    if (end < text.length && text[end] !== delimiter) return { problem: 'text-after-quote' };
    fields.push(isQuoted ? unquoted(text.slice(at + 1, end - 1)) : text.slice(at, end));
    if (end === text.length) return fields;
    at = end + 1;
  }
}

/** As text.split(delimiter), which leaves compiled code for a text that it has not met before. */
function splitPlain(text: string, delimiter: Delimiter): string[] {
  const fields: string[] = [];
  let from = 0;
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
    fields.push(text.slice(from, at));
    from = at + 1;
  }
  fields.push(text.slice(from));
  return fields;
}

/** The place after the first quote after `open` that is not doubled; -1 when there is none. */
function afterQuoted(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? -1 : at + 1;
}

function fieldEnd(text: string, from: number, delimiter: Delimiter): number {
  const at = text.indexOf(delimiter, from);
  return at < 0 ? text.length : at;
}

function unquoted(text: string): string {
  return text.includes('"') ? text.replaceAll('""', '"') : text;
}
