// Help texts, made from the command tables: what it does, how it is written, examples, then everything it takes.

import type { Language, Text } from '../message/language.js';
import type { CommandSpec, OptionSpec } from './command-spec.js';
import { COMMANDS, GROUPS } from './command-table.js';
import { COMMON_EXITS, EXIT_CODE_TEXT } from './exit-code-text.js';
import { GLOBAL_OPTIONS } from './global-options.js';
import { padEnd, textWidth } from './render/text-width.js';
import { wrap } from './render/wrap.js';

const HEADINGS = {
  usage: { en: 'Usage', zh: '用法' },
  examples: { en: 'Examples', zh: '示例' },
  commands: { en: 'Commands', zh: '命令' },
  arguments: { en: 'Arguments', zh: '参数' },
  options: { en: 'Options', zh: '选项' },
  globalOptions: { en: 'Options of every command', zh: '所有命令通用的选项' },
  exits: { en: 'Exit codes', zh: '退出码' },
  required: { en: 'required', zh: '必需' },
} as const satisfies Record<string, Text>;

const ABOUT: Text = {
  en: 'Pays public benefits through the social security card: exact to the fen, never twice, one payment file per bank.',
  zh: '通过社会保障卡发放惠民补贴：分毫不差，绝不重发，每家银行一个报盘文件。',
};

const MORE: Text = {
  en: '`yika COMMAND --help` explains a command; `yika demo` shows a whole month.',
  zh: '`yika 命令 --help` 说明一个命令；`yika demo` 演示一个月的全过程。',
};

const GLOBALS_ELSEWHERE: Text = {
  en: 'Options of every command (--database, --data, --actor, --json …): see `yika --help`.',
  zh: '所有命令通用的选项（--database、--data、--actor、--json 等）见 `yika --help`。',
};

/** Columns of a terminal that nobody has made wider. */
const WIDTH = 80;

export function rootHelp(language: Language): string {
  const rows = COMMANDS.map((spec) => [usageOf(spec), spec.summary[language]] as const);
  return blocks([
    wrap(`yika — ${ABOUT[language]}`, WIDTH, ''),
    [`${HEADINGS.usage[language]}: yika COMMAND [options]`],
    section(
      'examples',
      ['yika demo', 'yika roster import roster.csv --programme GLJT --period 2026-10'],
      language,
    ),
    [
      `${HEADINGS.commands[language]}:`,
      ...rows.flatMap(([usage, summary]) => [`  ${usage}`, ...wrap(summary, WIDTH, '      ')]),
    ],
    [
      `${HEADINGS.globalOptions[language]}:`,
      ...twoColumns([
        ...GLOBAL_OPTIONS.map(({ flag, value, variable, about }) => {
          const name = value === undefined ? flag : `${flag} ${value}`;
          return [name, about[language] + (variable === undefined ? '' : ` [${variable}]`)] as const;
        }),
        ['-V, --version', language === 'zh' ? '版本号' : 'the version'],
        ['-h, --help', language === 'zh' ? '本帮助' : 'this help'],
      ]),
    ],
    [MORE[language]],
  ]);
}

export function groupHelp(word: string, language: Language): string {
  const group = GROUPS.find((known) => known.word === word);
  const specs = COMMANDS.filter(({ words: [noun] }) => noun === word);
  return blocks([
    [`yika ${word} — ${group?.summary[language] ?? ''}`],
    [
      `${HEADINGS.commands[language]}:`,
      ...specs.flatMap((spec) => [
        `  yika ${usageOf(spec)}`,
        ...wrap(spec.summary[language], WIDTH, '      '),
      ]),
    ],
    section(
      'examples',
      specs.flatMap(({ examples }) => examples.slice(0, 1)),
      language,
    ),
    [GLOBALS_ELSEWHERE[language]],
  ]);
}

export function commandHelp(spec: CommandSpec, language: Language): string {
  const codes = [...new Set([...COMMON_EXITS, ...spec.exits])].sort((one, other) => one - other);
  const exits = codes.map((code) => [String(code), EXIT_CODE_TEXT[code]?.[language] ?? ''] as const);
  const given = (spec.arguments ?? []).map(({ name, about }) => [name, about[language]] as const);
  const options = (spec.options ?? []).map(
    (option) => [optionName(option), optionAbout(option, language)] as const,
  );
  return blocks([
    wrap(spec.summary[language], WIDTH, ''),
    [`${HEADINGS.usage[language]}: yika ${usageOf(spec)}`],
    section('examples', spec.examples, language),
    spec.about === undefined ? [] : wrap(spec.about[language], WIDTH, ''),
    titled('arguments', twoColumns(given), language),
    titled('options', twoColumns(options), language),
    titled('exits', twoColumns(exits), language),
    [GLOBALS_ELSEWHERE[language]],
  ]);
}

/** The words, the arguments and the required options; `[options]` where there are others. */
export function usageOf(spec: CommandSpec): string {
  const given = (spec.arguments ?? []).map(({ name, many, optional }) => {
    const shown = many ? `${name}…` : name;
    return optional ? `[${shown}]` : shown;
  });
  const options = spec.options ?? [];
  const required = options.filter((option) => option.required).map(optionName);
  const rest = options.some((option) => !option.required) ? ['[options]'] : [];
  return [...spec.words, ...given, ...required, ...rest].join(' ');
}

function optionName({ flag, value, many }: OptionSpec): string {
  return value === undefined ? flag : `${flag} ${value}${many ? '…' : ''}`;
}

function optionAbout({ about, required }: OptionSpec, language: Language): string {
  if (!required) return about[language];
  return language === 'zh'
    ? `${about.zh}（${HEADINGS.required.zh}）`
    : `${about.en} (${HEADINGS.required.en})`;
}

function section(heading: keyof typeof HEADINGS, lines: readonly string[], language: Language): string[] {
  return titled(
    heading,
    lines.map((line) => `  ${line}`),
    language,
  );
}

function titled(heading: keyof typeof HEADINGS, lines: readonly string[], language: Language): string[] {
  return lines.length === 0 ? [] : [`${HEADINGS[heading][language]}:`, ...lines];
}

function twoColumns(rows: readonly (readonly [name: string, about: string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => textWidth(name))) + 4;
  return rows.flatMap(([name, about]) => {
    const [first = '', ...others] = wrap(about, WIDTH - width, '');
    return [padEnd(`  ${name}`, width) + first, ...others.map((line) => ' '.repeat(width) + line)];
  });
}

function blocks(parts: readonly (readonly string[])[]): string {
  const filled = parts.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
