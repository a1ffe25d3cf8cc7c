import { ERROR_CODES, EXIT } from '../../base/error.js';
import type { CommandSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';

export const RETURN_COMMANDS: readonly CommandSpec[] = [
  {
    words: ['return', 'import'],
    summary: {
      en: "Reads the banks' return files; one bad file never stops the others.",
      zh: '读取银行的回盘文件；一个文件出错不影响其他文件。',
    },
    about: {
      en: 'Which payment file it answers is found from its content. The same file again changes nothing.',
      zh: '对应哪个报盘文件由内容判断。重复导入同一文件不会有任何变化。',
    },
    arguments: [{ name: 'FILE', many: true, about: { en: 'return files', zh: '回盘文件' } }],
    options: [
      { flag: '--bank', value: 'CODE', about: { en: 'the bank that they come from', zh: '文件来自的银行' } },
    ],
    examples: ['yika return import inbox/*', 'yika return import PAYOFFRESULT_104.txt --bank 104'],
    exits: [EXIT.findings, EXIT.refused, EXIT.input, EXIT.unavailable],
    async run(given, host) {
      const input = { files: given.arguments('FILE'), bank: given.bank('--bank') };
      const [operation, context] = await Promise.all([operations.importReturns(), host.context()]);
      const answer = await operation(context, input);
      const { describeError } = await import('../../message/describe-error.js');
      const errors = answer.errors.map(({ code, ...details }) => {
        const message = describeError({ code, details }, host.settings.language);
        // What every format says of an unknown file is long, and stands in the message.
        const { readAs: _, file, ...others } = details;
        return { file, code, message, ...others };
      });
      const hasExceptions = answer.files.some(({ exceptions }) => Object.keys(exceptions).length > 0);
      const worst = Math.max(EXIT.done, ...answer.errors.map(({ code }) => ERROR_CODES[code]));
      return {
        answer: { ...answer, errors },
        exitCode: worst > EXIT.done ? worst : hasExceptions ? EXIT.findings : EXIT.done,
        next: ['yika batch reconcile N'],
      };
    },
  },
];
