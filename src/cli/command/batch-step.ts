// What moves a batch along before and after the banks have it.

import { EXIT } from '../../base/error.js';
import type { CommandSpec } from '../command-spec.js';
import { nextForBatch } from '../next-step.js';
import { operations } from '../operation-table.js';
import { BATCH, REASON } from './batch-argument.js';
import { outcomeOfCheckedBatch } from './roster.js';

const EXITS = [EXIT.refused, EXIT.unavailable];

const submitCommand: CommandSpec = {
  words: ['batch', 'submit'],
  summary: { en: 'Hands a checked batch in for approval.', zh: '将已核对的批次送审。' },
  arguments: [BATCH],
  examples: ['yika batch submit 3'],
  exits: EXITS,
  async run(given, host) {
    const batch = given.batch('N');
    const [operation, context] = await Promise.all([operations.submitBatch(), host.context()]);
    const answer = await operation(context, { batch });
    return { answer, next: nextForBatch(batch, answer.state) };
  },
};

const approveCommand: CommandSpec = {
  words: ['batch', 'approve'],
  summary: {
    en: 'Approves a submitted batch; another person than the one who submitted.',
    zh: '审批已送审的批次；审批人不得是送审人。',
  },
  about: {
    en: 'The approval is bound to the payments as they were submitted: one changed fen or account voids it.',
    zh: '审批只对送审时的支付有效：金额变动一分或账号改动，审批即失效。',
  },
  arguments: [BATCH],
  examples: ['yika batch approve 3 --actor li.wei', 'YIKA_ACTOR=li.wei yika batch approve 3'],
  exits: EXITS,
  async run(given, host) {
    const batch = given.batch('N');
    const [operation, context] = await Promise.all([operations.approveBatch(), host.context()]);
    const answer = await operation(context, { batch });
    return { answer, next: nextForBatch(batch, answer.state) };
  },
};

const rejectCommand: CommandSpec = {
  words: ['batch', 'reject'],
  summary: {
    en: 'Sends a submitted or approved batch back, with a reason.',
    zh: '退回已送审或已审批的批次，并说明原因。',
  },
  arguments: [BATCH],
  options: [REASON],
  examples: ['yika batch reject 3 --reason "region 460105 is missing"'],
  exits: EXITS,
  async run(given, host) {
    const input = { batch: given.batch('N'), reason: given.requiredText('--reason') };
    const [operation, context] = await Promise.all([operations.rejectBatch(), host.context()]);
    const answer = await operation(context, input);
    return {
      answer,
      next: [`yika batch cancel ${input.batch} --reason TEXT`, ...nextForBatch(input.batch, answer.state)],
    };
  },
};

const cancelCommand: CommandSpec = {
  words: ['batch', 'cancel'],
  summary: {
    en: 'Gives a batch up before it is released; its people may stand in another batch again.',
    zh: '在发放前作废批次；其中的人可再列入其他批次。',
  },
  arguments: [BATCH],
  options: [REASON],
  examples: ['yika batch cancel 3 --reason "wrong month"'],
  exits: EXITS,
  async run(given, host) {
    const input = { batch: given.batch('N'), reason: given.requiredText('--reason') };
    const [operation, context] = await Promise.all([operations.cancelBatch(), host.context()]);
    const answer = await operation(context, input);
    return { answer, next: ['yika roster import FILE --programme CODE --period YYYY-MM'] };
  },
};

const reconcileCommand: CommandSpec = {
  words: ['batch', 'reconcile'],
  summary: { en: 'Compares what was instructed with what the banks said.', zh: '将指令与银行回盘对账。' },
  arguments: [BATCH],
  examples: ['yika batch reconcile 3'],
  exits: [EXIT.findings, ...EXITS],
  async run(given, host) {
    const batch = given.batch('N');
    const [operation, context] = await Promise.all([operations.reconcileBatch(), host.context()]);
    const answer = await operation(context, { batch });
    const isOpen = answer.outstanding.count > 0 || Object.keys(answer.exceptions).length > 0;
    return {
      answer,
      exitCode: isOpen ? EXIT.findings : EXIT.done,
      next: [
        ...(answer.failed.count > 0 ? [`yika batch reissue ${batch}`] : []),
        ...nextForBatch(batch, answer.state),
      ],
    };
  },
};

const reissueCommand: CommandSpec = {
  words: ['batch', 'reissue'],
  summary: {
    en: 'Makes a new batch of the failed payments, judged by the base as it is now.',
    zh: '将失败的支付重新组成批次，按现在的基础库核对。',
  },
  arguments: [BATCH],
  examples: ['yika batch reissue 3'],
  exits: [EXIT.findings, ...EXITS],
  async run(given, host) {
    const batch = given.batch('N');
    const [operation, context] = await Promise.all([operations.reissueBatch(), host.context()]);
    return outcomeOfCheckedBatch(await operation(context, { batch }));
  },
};

const closeCommand: CommandSpec = {
  words: ['batch', 'close'],
  summary: {
    en: 'Ends a reconciled batch: every fen is proved once more.',
    zh: '结案已对账的批次：再次逐分核实。',
  },
  arguments: [BATCH],
  examples: ['yika batch close 3'],
  exits: EXITS,
  async run(given, host) {
    const batch = given.batch('N');
    const [operation, context] = await Promise.all([operations.closeBatch(), host.context()]);
    const answer = await operation(context, { batch });
    return { answer, next: nextForBatch(batch, answer.state) };
  },
};

export const BATCH_STEP_COMMANDS = [submitCommand, approveCommand, rejectCommand, cancelCommand];
export const BATCH_END_COMMANDS = [reconcileCommand, reissueCommand, closeCommand];
