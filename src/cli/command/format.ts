import { EXIT } from '../../base/error.js';
import type { CommandSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';

const listCommand: CommandSpec = {
  words: ['format', 'list'],
  summary: {
    en: 'Lists the bank formats, and which bank uses which.',
    zh: '列出银行格式及各银行所用的格式。',
  },
  examples: ['yika format list'],
  exits: [EXIT.input],
  async run(_given, host) {
    const operation = await operations.listFormats();
    return { answer: await operation(await host.contextWithoutDatabase()) };
  },
};

const checkCommand: CommandSpec = {
  words: ['format', 'check'],
  summary: {
    en: 'Checks a bank format and shows every mistake with its place.',
    zh: '检查银行格式，逐处列出错误。',
  },
  arguments: [
    { name: 'PATH', about: { en: 'a format folder, or one of its files', zh: '格式文件夹，或其中的文件' } },
  ],
  examples: ['yika format check formats/boc-normal', 'yika format check my-formats/our-bank/payment.yaml'],
  exits: [EXIT.input],
  async run(given, host) {
    const operation = await operations.checkFormat();
    const { problems, ...answer } = await operation({ path: given.argument('PATH') });
    const isChinese = host.settings.language === 'zh';
    const said = problems.map(({ problem, problemZh, ...place }) => ({
      ...place,
      problem: isChinese ? problemZh : problem,
    }));
    return { answer: { ...answer, problems: said }, exitCode: answer.ok ? EXIT.done : EXIT.input };
  },
};

const showCommand: CommandSpec = {
  words: ['format', 'show'],
  summary: {
    en: 'Shows one bank format: records, fields, limits, result codes.',
    zh: '查看一个银行格式：记录、字段、限制、结果代码。',
  },
  arguments: [{ name: 'NAME', about: { en: 'the name of the format', zh: '格式名称' } }],
  examples: ['yika format show boc-normal'],
  exits: [EXIT.input],
  async run(given, host) {
    const name = given.argument('NAME');
    const operation = await operations.showFormat();
    return { answer: await operation(await host.contextWithoutDatabase(), { name }) };
  },
};

export const FORMAT_COMMANDS = [listCommand, checkCommand, showCommand];
