import { EXIT } from '../../base/error.js';
import type { CommandSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';

export const BATCH_RELEASE_COMMAND: CommandSpec = {
  words: ['batch', 'release'],
  summary: {
    en: 'Writes the payment files of approved batches into the outbox.',
    zh: '将已审批的批次写成报盘文件，放入发件箱。',
  },
  about: {
    en: 'This is where money leaves the house, so it is confirmed by naming the same batches again: with --confirm, or typed when a terminal asks. Several batches may share files. Numbers are separated by blanks or commas.',
    zh: '资金由此发出，须再次写明相同的批次号以确认：用 --confirm，或在终端提示时键入。多个批次可合并在同一文件中。号码之间用空格或逗号分隔。',
  },
  arguments: [{ name: 'N', many: true, about: { en: 'the numbers of the batches', zh: '批次号' } }],
  options: [
    {
      flag: '--pay-date',
      value: 'DATE',
      about: { en: 'the day of payment; today if not given', zh: '发放日期；默认为今天' },
    },
    {
      flag: '--confirm',
      value: 'N',
      many: true,
      about: { en: 'the same batches again', zh: '再次写明相同的批次号' },
    },
  ],
  examples: [
    'yika batch release 3 --confirm 3',
    'yika batch release 3 4 --pay-date 2026-10-20 --confirm 3 4',
  ],
  exits: [EXIT.refused, EXIT.unavailable],
  async run(given, host) {
    const batches = given.batches('N');
    const payDate = given.date('--pay-date');
    await host.confirm(batches, given.optionBatches('--confirm'));
    const [operation, context] = await Promise.all([operations.releaseBatches(), host.context()]);
    const answer = await operation(context, { batches, payDate });
    const name = answer.files[0]?.name ?? 'FILE';
    return { answer, next: [`yika file sent ${name}`, 'yika return import FILE…'] };
  },
};
