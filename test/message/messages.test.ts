import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../src/base/error.js';
import { BASE_FINDING_CODES, FINDING_CODE_LIST } from '../../src/base/finding.js';
import { LANGUAGES } from '../../src/message/language.js';
import { messagesOf } from '../../src/message/messages-of.js';

function leaves(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, item]): [string, string][] =>
    typeof item === 'string' ? [[`${path}/${key}`, item]] : leaves(item as object, `${path}/${key}`),
  );
}

const names = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

describe('messages', () => {
  it.each(LANGUAGES)('has a text for every error and finding code: %s', (language) => {
    const messages = messagesOf(language);
    expect(Object.keys(messages.errors).sort()).toEqual(Object.keys(ERROR_CODES).sort());
    const findings = new Set<string>([...FINDING_CODE_LIST, ...BASE_FINDING_CODES]);
    expect(Object.keys(messages.findings).sort()).toEqual([...findings].sort());
  });

  it('says the same in both languages: the same keys, filled with the same values', () => {
    const [en, zh] = LANGUAGES.map((language) => leaves(messagesOf(language)));
    expect(zh!.map(([key]) => key)).toEqual(en!.map(([key]) => key));
    for (const [index, [key, text]] of en!.entries()) {
      expect([key, names(zh![index]![1])]).toEqual([key, names(text)]);
    }
  });

  it('leaves no text empty and none untranslated', () => {
    for (const [key, text] of leaves(messagesOf('zh'))) {
      if (key.startsWith('/marks/') || /^\{\w+\}$/.test(text) || key.endsWith('USAGE_INVALID')) continue;
      expect(text, key).toMatch(/\p{Script=Han}/u);
    }
    for (const [key, text] of leaves(messagesOf('en'))) {
      expect(text, key).not.toBe('');
      expect(text, key).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('tells what to do wherever an operation is refused or something outside fails', () => {
    const { errors, errorWords } = messagesOf('en');
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
      const words = (errorWords as unknown as Record<string, object | undefined>)[code];
      const texts =
        words === undefined ? [errors[code]] : [`${errors[code]} ${Object.values(words).join(' ')}`];
      for (const text of texts) expect(text, code).toMatch(/[;.,:]|\{problem\}/);
    }
  });
});
