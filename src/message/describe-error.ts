// One line for one error: where it is, what happened, what to do. Whatever the sentence does not use of the details follows
// in brackets, so that nothing an operation says is lost when its sentence is older than it.

import type { ErrorCode, ErrorDetails } from '../base/error.js';
import { formatYuan } from '../money/fen.js';
import { fill } from './fill.js';
import type { Language } from './language.js';
import type { ErrorWords, Messages } from './messages.js';
import { messagesOf } from './messages-of.js';

export interface DescribedError {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/** Details that are not for people: driver codes and what only JSON readers need. */
const SILENT = new Set([
  'cause',
  'sqlState',
  'again',
  'kind',
  'port',
  'programs',
  'problemZh',
  'what',
  'step',
]);

type Words = ErrorWords & Partial<Record<ErrorCode, Readonly<Record<string, string>>>>;

const VALUE_LENGTH_MAX = 400;

/** Longer lists (the columns of a file, say) are cut; the JSON answer has them whole. */
const ITEMS_MAX = 12;

export function describeError({ code, details }: DescribedError, language: Language): string {
  const messages = messagesOf(language);
  const used = new Set<string>();
  const all = withAmounts(details);
  const read = (name: string): string | undefined => {
    used.add(name);
    return shownValue(all[name], name, messages);
  };
  const word = (name: 'problem' | 'reason'): string | undefined => {
    used.add(name);
    const key = all[name] ?? (code === 'USAGE_INVALID' ? 'optionInvalid' : undefined);
    if (language === 'zh' && all['problemZh'] !== undefined) return String(all['problemZh']);
    if (typeof key !== 'string') return key === undefined ? undefined : String(key);
    const words = (messages.errorWords as Words)[code];
    const template = words === undefined ? undefined : textOf(words, key);
    if (template !== undefined) return fill(template, read);
    const reason = code === 'USAGE_INVALID' ? textOf(messages.details.residentId, key) : undefined;
    if (reason === undefined) return oneLine(messages.fileProblem(key));
    return [read('option'), reason].filter(Boolean).join(messages.marks.colon);
  };
  const place = placeOf(all, used);
  const text = fill(messages.errors[code], (name) =>
    name === 'problem' || name === 'reason' ? word(name) : read(name),
  );
  return place + text + leftover(all, used, messages);
}

/** `file:line:column: `, as far as they are known; nothing without a line. */
function placeOf(details: ErrorDetails, used: Set<string>): string {
  const { file, line, column } = details as { file?: unknown; line?: unknown; column?: unknown };
  if (typeof file !== 'string' || typeof line !== 'number') return '';
  used.add('file').add('line');
  if (typeof column !== 'number') return `${oneLine(file)}:${line}: `;
  used.add('column');
  return `${oneLine(file)}:${line}:${column}: `;
}

/** `expectedFen` is shown as yuan under the name `expectedAmount`. */
export function withAmounts(details: ErrorDetails): ErrorDetails {
  const entries = Object.entries(details).map(([key, value]) => {
    const isFen = key.endsWith('Fen') && /^-?\d+$/.test(String(value));
    return isFen ? [`${key.slice(0, -3)}Amount`, formatYuan(BigInt(String(value)))] : [key, value];
  });
  return Object.fromEntries(entries) as ErrorDetails;
}

function shownValue(value: ErrorDetails[string], name: string, messages: Messages): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (name === 'more' && value === 0) return undefined;
  const texts =
    name === 'state' || name === 'allowed' ? messages.states : name === 'what' ? messages.totals : {};
  const one = (item: string | number | boolean) => textOf(texts, String(item)) ?? oneLine(String(item));
  if (typeof value !== 'object') return one(value);
  const shown = value.slice(0, ITEMS_MAX).map(one);
  if (value.length > ITEMS_MAX) shown.push('…');
  return shown.length === 0 ? undefined : shown.join(messages.marks.comma);
}

function textOf(texts: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(texts, word) ? texts[word] : undefined;
}

function leftover(details: ErrorDetails, used: ReadonlySet<string>, messages: Messages): string {
  const { comma, open, close } = messages.marks;
  const rest = Object.keys(details)
    .filter((name) => !used.has(name) && !SILENT.has(name))
    .flatMap((name) => {
      const value = shownValue(details[name], name, messages);
      return value === undefined ? [] : [`${name}=${value}`];
    });
  return rest.length === 0 ? '' : open + rest.join(comma) + close;
}

/** An error is one line whatever stands in a file name or in the words of another program. */
function oneLine(text: string): string {
  const flat = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' / ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal.
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
  return flat.length > VALUE_LENGTH_MAX ? `…${flat.slice(-VALUE_LENGTH_MAX)}` : flat;
}
