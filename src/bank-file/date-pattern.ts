// Dates by pattern. There is no clock in a bank file: a time of day is always 00:00:00 of the pay date, China Standard
// Time, so that the same payments give the same bytes.

import { type Unplaced, unplaced } from './definition-problem.js';

const TOKEN = /yyyy|yy|MM|dd|DDD|HH|mm|ss|XXX|'[^']*'|[^A-Za-z']+|[A-Za-z]/g;
const KNOWN = new Set(['yyyy', 'yy', 'MM', 'dd', 'DDD', 'HH', 'mm', 'ss', 'XXX']);

/** Undefined when the pattern is good, else what is wrong with it. */
export function datePatternProblem(pattern: string): Unplaced | undefined {
  for (const [token] of pattern.matchAll(TOKEN)) {
    if (/^[A-Za-z]+$/.test(token) && !KNOWN.has(token)) {
      return unplaced('patternUnknown', { letter: token, pattern });
    }
  }
  return undefined;
}

/** `date` is YYYY-MM-DD. */
export function formatDate(pattern: string, date: string): string {
  return pattern.replace(TOKEN, (token) => formatToken(token, date));
}

/** A YYYY-MM-DD date moved by calendar days. */
export function movedDate(date: string, days: number): string {
  if (days === 0) return date;
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

function formatToken(token: string, date: string): string {
  switch (token) {
    case 'yyyy':
      return date.slice(0, 4);
    case 'yy':
      return date.slice(2, 4);
    case 'MM':
      return date.slice(5, 7);
    case 'dd':
      return date.slice(8, 10);
    case 'DDD':
      return String(dayOfYear(date)).padStart(3, '0');
    case 'HH':
    case 'mm':
    case 'ss':
      return '00';
    case 'XXX':
      return '+08:00';
    default:
      return token.startsWith("'") ? token.slice(1, -1) : token;
  }
}

/** The length of what the pattern writes. */
export function dateLength(pattern: string): number {
  return formatDate(pattern, '2000-01-01').length;
}

function dayOfYear(date: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return (Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / 86_400_000 + 1;
}

/** The date in a text written by the pattern, as YYYY-MM-DD; undefined when it is none. DDD needs a year before it. */
export function parseDate(pattern: string, text: string): string | undefined {
  const parts: Record<string, string> = {};
  let at = 0;
  for (const [token] of pattern.matchAll(TOKEN)) {
    const length = formatToken(token, '2000-01-01').length;
    const piece = text.slice(at, at + length);
    at += length;
    if (/^[yMdD]/.test(token)) {
      if (!/^[0-9]+$/.test(piece)) return undefined;
      parts[token] = piece;
    }
  }
  if (at !== text.length) return undefined;
  const year = parts['yyyy'] ?? (parts['yy'] === undefined ? undefined : `20${parts['yy']}`);
  if (year === undefined) return undefined;
  const days = parts['DDD'];
  const time =
    days === undefined
      ? Date.UTC(Number(year), Number(parts['MM'] ?? '1') - 1, Number(parts['dd'] ?? '1'))
      : Date.UTC(Number(year), 0, Number(days));
  const date = new Date(time).toISOString().slice(0, 10);
  return formatDate(datePartOf(pattern), date) === formatDate(datePartOf(pattern), pad(date, parts))
    ? date
    : undefined;
}

/** The date as it was written, before the calendar normalised it: 30 February must not become 1 March. */
function pad(date: string, parts: Record<string, string>): string {
  const month = parts['MM'] ?? date.slice(5, 7);
  const day = parts['dd'] ?? date.slice(8, 10);
  return `${date.slice(0, 4)}-${month}-${day}`;
}

function datePartOf(pattern: string): string {
  return pattern.includes('DDD') ? 'yyyy' : pattern;
}
