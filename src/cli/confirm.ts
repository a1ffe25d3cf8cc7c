// The one question that yika asks. Releasing money is confirmed by naming the batches again: on the command line for cron,
// typed at a terminal for people. Anything but exactly these batches is a refusal.

import { createInterface } from 'node:readline/promises';
import { EngineError } from '../base/error.js';
import type { Language, Text } from '../message/language.js';
import type { Io } from './io.js';

const QUESTION: Text = {
  en: 'Money will be released for batch {batches}. Type the number{s} again to confirm: ',
  zh: '即将发放批次 {batches} 的资金。请再次键入批次号以确认：',
};

export interface Asking {
  readonly io: Io;
  readonly language: Language;
  /** False with --json: a program cannot type. */
  readonly mayAsk: boolean;
}

export async function confirmRelease(
  batches: readonly number[],
  confirmed: readonly number[] | undefined,
  asking: Asking,
): Promise<void> {
  const given = confirmed ?? (await askFor(batches, asking));
  if (given !== undefined && isSameSet(batches, given)) return;
  throw new EngineError('CONFIRMATION_MISSING', { batches: batches.join(' ') });
}

async function askFor(
  batches: readonly number[],
  { io, language, mayAsk }: Asking,
): Promise<number[] | undefined> {
  if (!mayAsk || io.stdin.isTTY !== true || io.stderr.isTTY !== true) return undefined;
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const question = QUESTION[language]
      .replace('{batches}', batches.join(', '))
      .replace('{s}', batches.length > 1 ? 's' : '');
    const answer = await lines.question(question);
    const words = answer.split(/[\s,，、]+/).filter((word) => word !== '');
    return words.map((word) => (/^\d+$/.test(word) ? Number(word) : Number.NaN));
  } finally {
    lines.close();
  }
}

function isSameSet(batches: readonly number[], given: readonly number[]): boolean {
  const wanted = new Set(batches);
  return new Set(given).size === wanted.size && given.every((number) => wanted.has(number));
}
