import { EXIT } from '../../base/error.js';
import type { CommandSpec, Outcome } from '../command-spec.js';
import { nextForBatch, seeFindings } from '../next-step.js';
import { operations } from '../operation-table.js';
import { usageError } from '../usage-error.js';

/** What a roster import and a reissue answer alike. */
interface CheckedBatch {
  readonly batch: number;
  readonly state: string;
  readonly accepted: { readonly count: number };
  readonly findings: Readonly<Record<string, number>>;
  readonly alreadyImported?: true;
}

/** A batch that was checked just now: findings to look at, then the next step of its life. */
export function outcomeOfCheckedBatch(answer: CheckedBatch): Outcome {
  const { batch, state, accepted } = answer;
  const hasFindings = Object.keys(answer.findings).length > 0;
  const nothingToPay = state === 'checked' && accepted.count === 0;
  return {
    answer,
    exitCode: hasFindings && answer.alreadyImported !== true ? EXIT.findings : EXIT.done,
    next: [...(hasFindings ? [seeFindings(batch)] : []), ...(nothingToPay ? [] : nextForBatch(batch, state))],
  };
}

export const ROSTER_COMMANDS: readonly CommandSpec[] = [
  {
    words: ['roster', 'import'],
    summary: {
      en: 'Checks every line of a roster against the cardholder base and the catalogue; answers with a batch.',
      zh: '以基础信息库和项目目录核对花名册的每一行，生成批次。',
    },
    about: {
      en: 'CSV or XLSX, UTF-8 or GB18030, .gz too; "-" is standard input. The same file again changes nothing. --follows makes a supplementary batch: it pays people once more, with the reason on record.',
      zh: '支持 CSV、XLSX，UTF-8 或 GB18030，也可为 .gz；“-”表示标准输入。重复导入同一文件不会有任何变化。--follows 生成补发批次：再次发放并记录原因。',
    },
    arguments: [{ name: 'FILE', about: { en: 'the roster', zh: '花名册' } }],
    options: [
      {
        flag: '--programme',
        value: 'CODE',
        required: true,
        about: { en: 'the programme that pays', zh: '发放项目的代码' },
      },
      {
        flag: '--period',
        value: 'YYYY-MM',
        required: true,
        about: { en: 'the month that is paid', zh: '发放的月份' },
      },
      {
        flag: '--region',
        value: 'CODE',
        about: { en: 'the region whose roster it is, 6 digits', zh: '花名册所属地区，6 位代码' },
      },
      {
        flag: '--lines',
        value: 'N',
        about: { en: "the department's number of lines", zh: '主管部门给出的行数' },
      },
      {
        flag: '--total',
        value: 'YUAN',
        about: { en: "the department's total of all lines", zh: '主管部门给出的总金额（元）' },
      },
      {
        flag: '--follows',
        value: 'N',
        about: { en: 'the batch that this one supplements or corrects', zh: '所补发或更正的原批次' },
      },
      {
        flag: '--reason',
        value: 'TEXT',
        about: { en: 'why, with --follows', zh: '补发或更正的原因（与 --follows 同用）' },
      },
    ],
    examples: [
      'yika roster import roster.csv --programme GLJT --period 2026-10',
      'yika roster import roster.xlsx --programme GLJT --period 2026-10 --lines 1200 --total 240000.00',
      'yika roster import extra.csv --programme GLJT --period 2026-10 --follows 3 --reason "missed in October"',
    ],
    exits: [EXIT.findings, EXIT.refused, EXIT.input, EXIT.unavailable],
    async run(given, host) {
      const follows = given.optionBatch('--follows');
      const reason = given.text('--reason');
      if (follows !== undefined && reason === undefined) {
        throw usageError('needsOther', { option: '--follows', other: '--reason' });
      }
      if (reason !== undefined && follows === undefined) {
        throw usageError('needsOther', { option: '--reason', other: '--follows' });
      }
      const input = {
        file: given.argument('FILE'),
        programme: given.requiredText('--programme'),
        period: given.requiredPeriod('--period'),
        region: given.region('--region'),
        lines: given.count('--lines'),
        total: given.amount('--total'),
        follows,
        reason,
      };
      const [operation, context] = await Promise.all([operations.importRoster(), host.context()]);
      return outcomeOfCheckedBatch(await operation(context, input));
    },
  },
];
