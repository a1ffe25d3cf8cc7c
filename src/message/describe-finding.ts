// What a finding means, and what stands behind it. The raw detail (`checkCharacter`, `batch=3`, `amountDiffers=100.00`)
// is for programs and never changes; the text made from it here is for people.

import type { Severity } from '../base/finding.js';
import { fill } from './fill.js';
import type { Language } from './language.js';
import type { Messages } from './messages.js';
import { messagesOf } from './messages-of.js';

type Words = Readonly<Record<string, string>>;

/** The meaning of a finding or of an exception of reconciliation; the code itself when it is neither. */
export function describeFinding(code: string, language: Language): string {
  const { findings, exceptions } = messagesOf(language);
  const meanings: Words = { ...findings, ...exceptions };
  return Object.hasOwn(meanings, code) ? (meanings[code] as string) : code;
}

export function describeSeverity(severity: Severity, language: Language): string {
  return messagesOf(language).severities[severity];
}

/** The state of a batch in words; the state itself when it is none of a batch. */
export function describeState(state: string, language: Language): string {
  const { states } = messagesOf(language);
  return Object.hasOwn(states, state) ? states[state as keyof Messages['states']] : state;
}

/** Undefined when there is no detail; a detail that is not known is shown as it is. */
export function describeDetail(
  code: string,
  detail: string | null | undefined,
  language: Language,
): string | undefined {
  if (detail === undefined || detail === null || detail === '') return undefined;
  const messages = messagesOf(language);
  if (code === 'NAME_UNENCODABLE') return describeUnencodable(detail, messages);
  const words = { ...messages.details.named, ...wordsOf(code, messages) };
  const parts = code === 'EXCLUDED_BY_PROGRAMME' ? detail.split(',') : [detail];
  return parts.map((part) => describePart(part, words, messages)).join(messages.marks.comma);
}

function describePart(part: string, words: Words, messages: Messages): string {
  const [word = '', ...rest] = part.split('=');
  const value = rest.length === 0 ? undefined : rest.join('=');
  if (word === 'payee' && value !== undefined) {
    const problem = (messages.details.residentId as Words)[value] ?? value;
    return fill(messages.details.named.payeeProblem, () => problem);
  }
  const template = Object.hasOwn(words, word) ? words[word] : undefined;
  return template === undefined ? part : fill(template, () => value);
}

function wordsOf(code: string, { details }: Messages): Words {
  switch (code) {
    case 'RESIDENT_ID_INVALID':
      return details.residentId;
    case 'AMOUNT_INVALID':
      return details.amount;
    case 'LINE_UNREADABLE':
      return details.line;
    case 'AGE_NOT_ELIGIBLE':
      return details.age;
    case 'AMOUNT_NOT_STANDARD':
      return details.standard;
    case 'CARDHOLDER_CONFLICT':
      return details.conflict;
    default:
      return {};
  }
}

/** The sentences are those of bank-file/field-program.ts; a test asks it for each of them. */
function describeUnencodable(detail: string, { details: { named } }: Messages): string {
  const character = /^the bank cannot take the character (U\+[0-9A-F]+)$/.exec(detail)?.[1];
  if (character !== undefined) return fill(named.characterRefused, () => characterOf(character));
  const longest = /^it is longer than (.+)$/.exec(detail)?.[1];
  if (longest !== undefined) return fill(named.tooLong, () => longest);
  if (detail === 'it is empty') return named.empty;
  if (detail === 'it is not all digits') return named.notDigits;
  return detail === 'no code is declared for its value' ? named.noCode : detail;
}

/** The character itself beside its number: a department can find it in the roster. One character is no name. */
function characterOf(point: string): string {
  return `${String.fromCodePoint(Number.parseInt(point.slice(2), 16))} (${point})`;
}
