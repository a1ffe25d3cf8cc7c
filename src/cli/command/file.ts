import { EXIT } from '../../base/error.js';
import type { ArgumentSpec, CommandSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';

const FILE: ArgumentSpec = {
  name: 'FILE',
  about: { en: 'the name or the number of a payment file', zh: '报盘文件的名称或编号' },
};

const listCommand: CommandSpec = {
  words: ['file', 'list'],
  summary: { en: 'Lists payment and return files with their states.', zh: '列出报盘和回盘文件及其状态。' },
  options: [
    { flag: '--batch', value: 'N', about: { en: 'only files of this batch', zh: '只列此批次的文件' } },
  ],
  examples: ['yika file list', 'yika file list --batch 3'],
  exits: [EXIT.unavailable],
  async run(given, host) {
    const batch = given.optionBatch('--batch');
    const [operation, context] = await Promise.all([operations.listFiles(), host.context()]);
    return { answer: await operation(context, { batch }) };
  },
};

const showCommand: CommandSpec = {
  words: ['file', 'show'],
  summary: {
    en: 'Shows one payment file: totals, digest, batches, answers.',
    zh: '查看一个报盘文件：合计、摘要值、批次、回盘。',
  },
  arguments: [FILE],
  examples: ['yika file show 1'],
  exits: [EXIT.unavailable],
  async run(given, host) {
    const name = given.argument('FILE');
    const [operation, context] = await Promise.all([operations.showFile(), host.context()]);
    return { answer: await operation(context, { name }) };
  },
};

const sentCommand: CommandSpec = {
  words: ['file', 'sent'],
  summary: { en: 'Records that a payment file was delivered to the bank.', zh: '登记报盘文件已送交银行。' },
  arguments: [FILE],
  examples: ['yika file sent 1'],
  exits: [EXIT.refused, EXIT.unavailable],
  async run(given, host) {
    const name = given.argument('FILE');
    const [operation, context] = await Promise.all([operations.markSent(), host.context()]);
    const answer = await operation(context, { name });
    return { answer, next: ['yika return import FILE…'] };
  },
};

const resendCommand: CommandSpec = {
  words: ['file', 'resend'],
  summary: {
    en: 'Puts a payment file into the outbox once more, byte for byte.',
    zh: '将报盘文件原样再次放入发件箱。',
  },
  about: {
    en: 'Only when it is certain that the bank did not get it: yika never sends a file again by itself.',
    zh: '仅在确定银行没有收到时使用：系统从不自行重发文件。',
  },
  arguments: [FILE],
  examples: ['yika file resend 1'],
  exits: [EXIT.refused, EXIT.unavailable],
  async run(given, host) {
    const name = given.argument('FILE');
    const [operation, context] = await Promise.all([operations.resendFile(), host.context()]);
    const answer = await operation(context, { name });
    return { answer, next: [`yika file sent ${name}`] };
  },
};

export const FILE_COMMANDS = [listCommand, showCommand, sentCommand, resendCommand];
