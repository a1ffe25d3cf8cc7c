// What shows batches and changes nothing.

import { EXIT } from '../../base/error.js';
import type { CommandSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';
import { BATCH } from './batch-argument.js';

const listCommand: CommandSpec = {
  words: ['batch', 'list'],
  summary: { en: 'Lists all batches with their states and totals.', zh: '列出全部批次及其状态和合计。' },
  examples: ['yika batch list', 'yika batch list --json'],
  exits: [EXIT.unavailable],
  async run(_given, host) {
    const [operation, context] = await Promise.all([operations.listBatches(), host.context()]);
    return { answer: await operation(context) };
  },
};

const showCommand: CommandSpec = {
  words: ['batch', 'show'],
  summary: { en: 'Shows one batch: totals, files, approvals.', zh: '查看一个批次：合计、文件、审批记录。' },
  arguments: [BATCH],
  examples: ['yika batch show 3', 'yika batch show 3 --json'],
  exits: [EXIT.unavailable],
  async run(given, host) {
    const batch = given.batch('N');
    const [operation, context] = await Promise.all([operations.showBatch(), host.context()]);
    return { answer: await operation(context, { batch }) };
  },
};

const findingsCommand: CommandSpec = {
  words: ['batch', 'findings'],
  summary: {
    en: 'Lists what is wrong with the lines of a batch, masked; --csv writes the full list for the department.',
    zh: '列出批次各行的问题，已脱敏；--csv 为主管部门写出完整清单。',
  },
  arguments: [BATCH],
  options: [
    {
      flag: '--csv',
      value: 'FILE',
      about: {
        en: 'write the full list there; it holds personal data',
        zh: '将完整清单写入此文件；含个人信息',
      },
    },
  ],
  examples: ['yika batch findings 3', 'yika batch findings 3 --csv findings-3.csv'],
  exits: [EXIT.unavailable],
  async run(given, host) {
    const { language } = host.settings;
    const { explain, explanation } = await import('../render/explain-finding.js');
    const describe = (code: string, detail: string | null) => explanation(code, detail, language);
    const input = { batch: given.batch('N'), csv: given.text('--csv'), describe };
    const [operation, context] = await Promise.all([operations.listFindings(), host.context()]);
    const { findings, ...rest } = await operation(context, input);
    return { answer: { ...rest, findings: findings.map((row) => explain(row, language)) } };
  },
};

export const BATCH_READ_COMMANDS = [listCommand, showCommand, findingsCommand];
