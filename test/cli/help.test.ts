// Help that is shown without a parser is the help that the parser shows.

import { describe, expect, it } from 'vitest';
import { COMMANDS, GROUPS } from '../../src/cli/command-table.js';
import { helpAsked } from '../../src/cli/help-asked.js';
import { parseCommandLine } from '../../src/cli/parse-command-line.js';
import { LANGUAGES } from '../../src/message/language.js';

const NAMED = [[], ...GROUPS.map(({ word }) => [word]), ...COMMANDS.map(({ words }) => words)];

describe.each(LANGUAGES)('help in %s', (language) => {
  it.each(NAMED.map((words) => [words.join(' '), words] as const))('of yika %s', (_name, words) => {
    for (const line of [
      [...words, '--help'],
      [...words, '-h'],
      ['help', ...words],
    ]) {
      const parsed = parseCommandLine(line, language, '0');
      expect(helpAsked(line, language)).toBe(parsed.kind === 'text' ? parsed.text : undefined);
    }
  });
});

it('leaves everything else to the parser', () => {
  for (const line of [[], ['--json', '--help'], ['rosters', '--help'], ['roster', 'import', 'x.csv', '-h']]) {
    expect(helpAsked(line, 'en')).toBeUndefined();
  }
});
