import { EXIT } from '../../base/error.js';
import type { CommandSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';
import { BATCH } from './batch-argument.js';

export const VERIFY_COMMANDS: readonly CommandSpec[] = [
  {
    words: ['verify'],
    summary: {
      en: 'Proves again that every line and every fen is in exactly one place.',
      zh: '再次核实每一行、每一分钱都只在一处。',
    },
    arguments: [{ ...BATCH, optional: true, about: { en: 'only this batch', zh: '只核实此批次' } }],
    options: [{ flag: '--files', about: { en: 'compare the payment files too', zh: '同时核对报盘文件' } }],
    examples: ['yika verify', 'yika verify 3 --files'],
    exits: [EXIT.refused, EXIT.unavailable],
    async run(given, host) {
      const input = { batch: given.optionalBatch('N'), files: given.has('--files') };
      const [operation, context] = await Promise.all([operations.verify(), host.context()]);
      const answer = await operation(context, input);
      return { answer, exitCode: answer.ok ? EXIT.done : EXIT.refused };
    },
  },
];
