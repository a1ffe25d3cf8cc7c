import { EXIT } from '../../base/error.js';
import type { CommandSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';

const importCommand: CommandSpec = {
  words: ['cardholder', 'import'],
  summary: {
    en: 'Brings a cardholder file into the base: new, changed, unchanged, conflicting and rejected rows.',
    zh: '将持卡人文件导入基础信息库：新增、变更、未变、矛盾和被拒绝的行。',
  },
  about: {
    en: 'The file is the whole base, and who is not in it is taken out, unless --delta says that it holds changes only. CSV or XLSX, UTF-8 or GB18030, .gz too; "-" is standard input.',
    zh: '文件视为完整的基础库，其中没有的人将被移出；--delta 表示只含变更。支持 CSV、XLSX，UTF-8 或 GB18030，也可为 .gz；“-”表示标准输入。',
  },
  arguments: [{ name: 'FILE', about: { en: 'the cardholder file', zh: '持卡人文件' } }],
  options: [
    { flag: '--delta', about: { en: 'the file holds changes only', zh: '文件只含变更' } },
    {
      flag: '--as-of',
      value: 'DATE',
      about: { en: 'the day that the file stands for; today if not given', zh: '数据截至日期；默认为今天' },
    },
    {
      flag: '--csv',
      value: 'FILE',
      about: { en: 'write rejected and conflicting rows there', zh: '将被拒绝和矛盾的行写入此文件' },
    },
  ],
  examples: [
    'yika cardholder import cardholders.csv',
    'yika cardholder import changes.xlsx --delta --as-of 2026-10-15',
  ],
  exits: [EXIT.findings, EXIT.input, EXIT.unavailable],
  async run(given, host) {
    const input = {
      file: given.argument('FILE'),
      delta: given.has('--delta'),
      asOf: given.date('--as-of'),
      csv: given.text('--csv'),
    };
    const [operation, context] = await Promise.all([operations.importCardholders(), host.context()]);
    const answer = await operation(context, input);
    return {
      answer,
      exitCode: answer.conflicts > 0 || answer.rejected > 0 ? EXIT.findings : EXIT.done,
      next: ['yika catalogue publish FILE', 'yika roster import FILE --programme CODE --period YYYY-MM'],
    };
  },
};

const holdCommand: CommandSpec = {
  words: ['cardholder', 'hold'],
  summary: {
    en: 'Replaces the hold list: roster lines of the people on it wait until they are settled.',
    zh: '替换暂缓发放名单：名单中的人的花名册行将暂缓，直到处理完毕。',
  },
  arguments: [
    {
      name: 'FILE',
      about: { en: 'the list, with a column resident_id', zh: '名单文件，须有社会保障号码列' },
    },
  ],
  examples: ['yika cardholder hold hold-list.csv'],
  exits: [EXIT.findings, EXIT.refused, EXIT.input, EXIT.unavailable],
  async run(given, host) {
    const file = given.argument('FILE');
    const [operation, context] = await Promise.all([operations.importHoldList(), host.context()]);
    const answer = await operation(context, { file });
    return { answer, exitCode: answer.unknown > 0 || answer.rejected > 0 ? EXIT.findings : EXIT.done };
  },
};

const showCommand: CommandSpec = {
  words: ['cardholder', 'show'],
  summary: { en: 'Shows one person of the base, masked.', zh: '查看基础库中的一人，已脱敏。' },
  about: {
    en: 'An ID on the command line can be seen in the list of processes; "-" reads it from standard input instead.',
    zh: '命令行中的号码会出现在进程列表中；用“-”可改为从标准输入读取。',
  },
  arguments: [{ name: 'ID', about: { en: 'the resident ID, or "-"', zh: '社会保障号码，或“-”' } }],
  options: [
    { flag: '--on', value: 'DATE', about: { en: 'as the base was on that day', zh: '查看该日期时的信息' } },
  ],
  examples: ['yika cardholder show -', 'yika cardholder show - --on 2026-09-30 < id.txt'],
  exits: [EXIT.unavailable],
  async run(given, host) {
    const on = given.date('--on');
    const typed = given.argument('ID');
    const identifier = typed === '-' ? await host.readLine() : typed;
    const [operation, context] = await Promise.all([operations.showCardholder(), host.context()]);
    return { answer: await operation(context, { identifier, on }) };
  },
};

const statusCommand: CommandSpec = {
  words: ['cardholder', 'status'],
  summary: { en: "Shows the base's version, counts and age.", zh: '查看基础库的版本、人数和时效。' },
  examples: ['yika cardholder status', 'yika cardholder status --json'],
  exits: [EXIT.unavailable],
  async run(_given, host) {
    const [operation, context] = await Promise.all([operations.readStatus(), host.context()]);
    return { answer: await operation(context) };
  },
};

export const CARDHOLDER_COMMANDS = [importCommand, showCommand, statusCommand, holdCommand];
