import { EXIT } from '../../base/error.js';
import type { CommandSpec, OptionSpec } from '../command-spec.js';
import { operations } from '../operation-table.js';
import { BATCH } from './batch-argument.js';

const OUT: OptionSpec = {
  flag: '--out',
  value: 'DIR',
  required: true,
  about: { en: 'the folder to write to; made when it is not there', zh: '写入的文件夹；没有则建立' },
};
const SEED: OptionSpec = {
  flag: '--seed',
  value: 'S',
  about: { en: 'a whole number; the same seed gives the same bytes', zh: '整数；种子相同则结果逐字节相同' },
};

const sampleCommand: CommandSpec = {
  words: ['sample'],
  summary: {
    en: 'Writes a synthetic cardholder base, a roster, and what a correct engine must find in them.',
    zh: '生成模拟的持卡人基础库、花名册，以及正确核对应得的结果。',
  },
  about: {
    en: 'Nobody in it exists. The answer names what to do with the files.',
    zh: '其中没有真实的人。结果会说明如何使用这些文件。',
  },
  options: [
    {
      flag: '--cardholders',
      value: 'N',
      required: true,
      about: { en: 'how many cardholders', zh: '持卡人数' },
    },
    {
      flag: '--lines',
      value: 'M',
      required: true,
      about: { en: 'how many roster lines; at most as many', zh: '花名册行数；不多于持卡人数' },
    },
    SEED,
    {
      flag: '--errors',
      value: 'RATE',
      about: { en: 'share of wrong lines, 0 to 1; 0.05 if not given', zh: '错误行的比例，0 至 1；默认 0.05' },
    },
    OUT,
    {
      flag: '--programme',
      value: 'CODE',
      about: { en: 'GLJT, GDDL or CJSH; GLJT if not given', zh: 'GLJT、GDDL 或 CJSH；默认 GLJT' },
    },
    { flag: '--period', value: 'YYYY-MM', about: { en: 'the month of the roster', zh: '花名册的月份' } },
    { flag: '--encoding', value: 'NAME', about: { en: 'utf-8 or gb18030', zh: 'utf-8 或 gb18030' } },
    { flag: '--headers', value: 'LANG', about: { en: 'column names in zh or en', zh: '列名用 zh 或 en' } },
  ],
  examples: [
    'yika sample --cardholders 10000 --lines 1000 --out sample',
    'yika sample --cardholders 5000000 --lines 2000000 --seed 7 --errors 0.01 --out big',
  ],
  exits: [EXIT.unavailable],
  async run(given, host) {
    const { generateSample, SAMPLE_CARDHOLDERS_MAX } = await import('../../sample/generate-sample.js');
    const { SAMPLE_PROGRAMMES } = await import('../../sample/programme.js');
    const codes = Object.keys(SAMPLE_PROGRAMMES) as (keyof typeof SAMPLE_PROGRAMMES)[];
    const programme = given.choice('--programme', codes) ?? 'GLJT';
    const cardholders = given.requiredCount('--cardholders', 1, SAMPLE_CARDHOLDERS_MAX);
    const period = given.period('--period');
    const optional = {
      seed: given.seed('--seed'),
      errors: given.rate('--errors'),
      period,
      encoding: given.choice('--encoding', ['utf-8', 'gb18030']),
      headers: given.choice('--headers', ['zh', 'en']),
    };
    const wanted = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
    const out = given.requiredText('--out');
    const lines = given.requiredCount('--lines', 1, cardholders);
    const watch = progressByFile(host.progress);
    const summary = await generateSample(
      { cardholders, lines, out, programme, ...wanted },
      { onProgress: watch },
    );
    host.progress.end();
    const files = [summary.cardholders, summary.roster].map(({ path, rows, bytes }) => ({
      path,
      rows,
      bytes,
    }));
    const month = /(\d{4}-\d{2})\.csv$/.exec(summary.roster.path)?.[1] ?? period ?? 'YYYY-MM';
    return {
      answer: { files, expectedFile: summary.expected.path },
      next: [
        `yika cardholder import ${summary.cardholders.path}`,
        `yika roster import ${summary.roster.path} --programme ${programme} --period ${month}`,
      ],
    };
  },
};

function progressByFile(progress: {
  begin(step: string, total?: number): void;
  advance(done: number): void;
}) {
  let current = '';
  return (path: string, rowsDone: number, rowsAll: number): void => {
    if (path !== current) progress.begin('sample', rowsAll);
    current = path;
    progress.advance(rowsDone);
  };
}

const returnsCommand: CommandSpec = {
  words: ['sample', 'returns'],
  summary: {
    en: "Plays the banks: writes return files for a released batch, in each bank's own format.",
    zh: '模拟银行：为已发放的批次写出各银行格式的回盘文件。',
  },
  arguments: [{ ...BATCH, name: 'BATCH' }],
  options: [
    {
      flag: '--fail',
      value: 'RATE',
      about: { en: 'share of failed payments, 0 to 1', zh: '失败支付的比例，0 至 1' },
    },
    {
      flag: '--answer',
      value: 'KIND',
      about: {
        en: "another of the format's answers, such as camt054 (return-camt054.yaml)",
        zh: '该格式的另一种回盘，如 camt054（return-camt054.yaml）',
      },
    },
    SEED,
    OUT,
  ],
  examples: [
    'yika sample returns 3 --fail 0.02 --out returns',
    'yika sample returns 3 --answer camt054 --out returns',
  ],
  exits: [EXIT.refused, EXIT.unavailable],
  async run(given, host) {
    const batch = given.batch('BATCH');
    const input = {
      batch,
      fail: given.rate('--fail'),
      kind: given.text('--answer'),
      seed: given.seed('--seed'),
      out: given.requiredText('--out'),
    };
    const [operation, context] = await Promise.all([operations.sampleReturns(), host.context()]);
    const answer = await operation(context, input);
    return { answer, next: [`yika return import ${input.out}/*`] };
  },
};

export const SAMPLE_COMMANDS = [sampleCommand, returnsCommand];
