// Templates: text with values in braces, as in `YK{file.number:6}-{file.date:yyyyMMdd}`. Used for file names, message
// numbers and purpose texts. A template can be read back where every value in it has a fixed width or stands last.

import { EngineError } from '../base/error.js';
import { dateLength, formatDate } from './date-pattern.js';
import type { TemplatePart } from './definition.js';
import { type Unplaced, unplaced } from './definition-problem.js';
import { valueSpec } from './value.js';

const PLACEHOLDER = /\{([^{}:]+)(?::([^{}]+))?\}/g;

/** The parts, or what is wrong with the template. */
export function parseTemplate(text: string): TemplatePart[] | { problem: Unplaced } {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > from) parts.push(literal(text.slice(from, match.index)));
    const part = placeholder(match[1]!, match[2] ?? '');
    if ('problem' in part) return part;
    parts.push(part);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(literal(text.slice(from)));
  const brace = parts.find((part) => part.kind === 'literal' && /[{}]/.test(part.text));
  return brace === undefined ? parts : { problem: unplaced('templateOpen', { text }) };
}

function literal(text: string): TemplatePart {
  return { kind: 'literal', text, width: 0, pattern: '' };
}

function placeholder(name: string, format: string): TemplatePart | { problem: Unplaced } {
  const spec = valueSpec(name);
  if (spec === undefined) return { problem: unplaced('valueUnknown', { value: name }) };
  if (spec.kind === 'date') return { kind: 'value', text: name, width: 0, pattern: format || 'yyyyMMdd' };
  if (format !== '' && !/^[1-9][0-9]?$/.test(format)) {
    return { problem: unplaced('templateWidth', { width: format, value: name }) };
  }
  return { kind: 'value', text: name, width: Number(format || 0), pattern: '' };
}

/** Values by name; undefined is written as nothing. */
export type ValueLookup = (name: string) => string | number | bigint | undefined;

export function formatTemplate(parts: readonly TemplatePart[], lookup: ValueLookup): string {
  return parts.map((part) => (part.kind === 'literal' ? part.text : formatPart(part, lookup))).join('');
}

function formatPart(part: TemplatePart, lookup: ValueLookup): string {
  const value = lookup(part.text);
  if (value === undefined) return '';
  if (part.pattern !== '') return formatDate(part.pattern, String(value));
  const text = String(value).padStart(part.width, '0');
  // Cut, it would be another number; longer, it could not be told from what follows it.
  if (part.width > 0 && text.length > part.width) {
    throw new EngineError('PAYMENT_FILE_REFUSED', {
      problem: `${part.text} has more than ${part.width} digits`,
    });
  }
  return text;
}

/** Whether the values can be found again in a text that the template made. */
export function isReadable(parts: readonly TemplatePart[]): boolean {
  return parts.every((part, index) => {
    if (part.kind === 'literal' || part.width > 0 || part.pattern !== '') return true;
    const next = parts[index + 1];
    return next === undefined || next.kind === 'literal';
  });
}

/** Compiles the way back: text → values, or undefined when the text was not made by this template. */
export function compileTemplateReader(
  parts: readonly TemplatePart[],
): (text: string) => ReadonlyMap<string, string> | undefined {
  const names: string[] = [];
  const source = parts.map((part) => {
    if (part.kind === 'literal') return part.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(part.text);
    if (part.pattern !== '') return `(.{${dateLength(part.pattern)}})`;
    return part.width > 0 ? `([0-9]{${part.width}})` : '(.*?)';
  });
  const expression = new RegExp(`^${source.join('')}$`, 'u');
  return (text) => {
    const match = expression.exec(text);
    if (match === null) return undefined;
    return new Map(names.map((name, index) => [name, match[index + 1]!]));
  };
}
