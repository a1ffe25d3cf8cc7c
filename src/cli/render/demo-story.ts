// The story of the demo: at each step what was done, by whom, with which command, and what came of it, in a few lines.

import { relative } from 'node:path';
import type { Language, Text } from '../../message/language.js';
import { formatYuan } from '../../money/fen.js';
import type { DemoStep, DemoStepName } from '../../operation/demo.js';
import type { ImportCardholdersAnswer } from '../../operation/import-cardholders.js';
import type { ImportReturnsAnswer } from '../../operation/import-returns.js';
import type { BatchAnswer } from '../../operation/load-batch.js';
import type { ReconcileAnswer } from '../../operation/reconcile-batch.js';
import type { ReleaseAnswer } from '../../operation/release-batches.js';
import type { VerifyAnswer } from '../../operation/verify.js';
import type { StoryLine } from '../command-spec.js';

const HEADINGS: Readonly<Record<DemoStepName, Text>> = {
  cardholders: {
    en: 'The cardholder base is read; every row is checked.',
    zh: '读入持卡人基础信息库，逐行核对。',
  },
  hold: { en: 'Some people are put on hold.', zh: '列入暂缓名单。' },
  catalogue: { en: 'The catalogue says what may be paid.', zh: '发布项目目录清单：清单之外不予发放。' },
  roster: { en: "The departments' rosters are checked line by line.", zh: '逐行核对各部门的花名册。' },
  findings: { en: 'What was wrong goes back to the department.', zh: '问题清单退回部门。' },
  submit: { en: 'The maker hands the batches in.', zh: '经办人送审批次。' },
  approve: {
    en: 'Another person approves exactly these payments.',
    zh: '由另一人审批，审批只对这些付款有效。',
  },
  release: { en: 'One payment file a bank, in its own format.', zh: '按各银行格式生成报盘文件，一行一份。' },
  returns: { en: 'The banks answer (played here by yika).', zh: '银行回盘（此处由 yika 模拟）。' },
  'import-returns': { en: 'The return files are read and matched.', zh: '读入回盘文件并逐笔匹配。' },
  reconcile: {
    en: 'Instructed = paid + failed + outstanding.',
    zh: '对账：已指令 = 已支付 + 失败 + 未回盘。',
  },
  correct: { en: 'Accounts are corrected in the base.', zh: '在基础信息库中更正账户。' },
  reissue: {
    en: 'What failed is paid again, in batches that name the old payments.',
    zh: '失败的付款重新发放，新批次注明原付款。',
  },
  close: { en: 'The batches are closed.', zh: '批次结案。' },
  verify: {
    en: 'Every fen is proved, from the database and from the files.',
    zh: '逐分核实：数据库与文件一致。',
  },
};

/** Blank line and numbered heading of a step that is told for the first time. */
export function demoHeading(step: DemoStep, number: number, language: Language): StoryLine[] {
  return [{ text: '' }, { text: `${number}. ${HEADINGS[step.name][language]}`, style: 'strong' }];
}

export function demoLines(step: DemoStep, language: Language): StoryLine[] {
  const command: StoryLine = {
    text: `   $ ${shortened(step.command)} --actor ${step.actor}`,
    style: 'faint',
  };
  return [command, ...factsOf(step, language).map((text) => ({ text: `     ${text}` }))];
}

export function demoEnd(out: string, language: Language): StoryLine[] {
  const isChinese = language === 'zh';
  const data = `${shortened(out)}/data`;
  const lines = isChinese
    ? [
        `文件在 ${shortened(out)}：报盘文件在 ${data}/outbox，回盘文件在 returns 与 returns-of-reissues。`,
        '接下来可以输入：',
      ]
    : [
        `The files are in ${shortened(out)}: payment files in ${data}/outbox, the banks' answers in returns and returns-of-reissues.`,
        'Type next:',
      ];
  return [
    { text: '' },
    ...lines.map((text) => ({ text })),
    { text: `   yika batch show 1 --data ${data}`, style: 'faint' },
    { text: `   yika batch findings 1 --data ${data}`, style: 'faint' },
    { text: '' },
  ];
}

/** The proof, without its hundreds of single checks. */
export function demoAnswer(answer: VerifyAnswer, out: string): object {
  return {
    ok: answer.ok,
    proved: answer.checks.filter((check) => check.ok).length,
    checks: answer.checks.filter((check) => !check.ok),
    out,
  };
}

function factsOf({ name, answer }: DemoStep, language: Language): string[] {
  const isChinese = language === 'zh';
  switch (name) {
    case 'cardholders':
    case 'correct':
      return [cardholderFacts(answer as ImportCardholdersAnswer, isChinese)];
    case 'roster':
    case 'reissue':
      return rosterFacts(answer as BatchAnswer, isChinese);
    case 'release':
      return releaseFacts(answer as ReleaseAnswer);
    case 'import-returns':
      return [returnFacts(answer as ImportReturnsAnswer, isChinese)];
    case 'reconcile':
      return [reconcileFacts(answer as ReconcileAnswer, isChinese)];
    case 'hold':
      return [isChinese ? `暂缓 ${held(answer)} 人` : `${held(answer)} people on hold`];
    case 'findings': {
      const { findings, csv } = answer as { findings: number; csv: string };
      return [
        isChinese
          ? `${findings} 个问题，清单见 ${shortened(csv)}`
          : `${findings} findings; the list is ${shortened(csv)}`,
      ];
    }
    case 'verify': {
      const { checks } = answer as VerifyAnswer;
      const proved = checks.filter((check) => check.ok).length;
      return [
        isChinese ? `${proved} / ${checks.length} 项核实无误` : `${proved} of ${checks.length} checks hold`,
      ];
    }
    default:
      return [];
  }
}

function held(answer: unknown): number {
  return (answer as { held: number }).held;
}

function cardholderFacts(answer: ImportCardholdersAnswer, isChinese: boolean): string {
  const { version, lines, changed, unchanged, conflicts, rejected } = answer;
  const added = answer.new;
  return isChinese
    ? `版本 ${version}：${lines} 行，新增 ${added}，变更 ${changed}，未变 ${unchanged}，冲突 ${conflicts}，拒绝 ${rejected}`
    : `version ${version}: ${lines} rows, ${added} new, ${changed} changed, ${unchanged} unchanged, ${conflicts} conflicting, ${rejected} rejected`;
}

function rosterFacts(answer: BatchAnswer, isChinese: boolean): string[] {
  const { batch, lines, accepted, held, rejected, findings } = answer;
  const sum = (one: { count: number; amount: bigint }): string => `${one.count} / ${formatYuan(one.amount)}`;
  const totals = isChinese
    ? `批次 ${batch}：${lines} 行，可发放 ${sum(accepted)}，暂缓 ${sum(held)}，拒绝 ${sum(rejected)}`
    : `batch ${batch}: ${lines} lines, accepted ${sum(accepted)}, held ${sum(held)}, rejected ${sum(rejected)}`;
  const most = Object.entries(findings)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 4)
    .map(([code, count]) => `${code} ${count}`);
  return most.length === 0 ? [totals] : [totals, `${most.join(', ')} …`];
}

function releaseFacts({ files }: ReleaseAnswer): string[] {
  return files.map(
    (file) => `${file.bank}  ${shortened(file.path)}  ${file.count} / ${formatYuan(file.amount)}`,
  );
}

function returnFacts({ files }: ImportReturnsAnswer, isChinese: boolean): string {
  const paid = files.reduce((sum, file) => sum + file.paid.count, 0);
  const failed = files.reduce((sum, file) => sum + file.failed.count, 0);
  return isChinese
    ? `${files.length} 份回盘文件：支付成功 ${paid} 笔，失败 ${failed} 笔`
    : `${files.length} return files: ${paid} paid, ${failed} failed`;
}

function reconcileFacts(answer: ReconcileAnswer, isChinese: boolean): string {
  const { batch, instructed, paid, failed, outstanding } = answer;
  const amounts = [instructed, paid, failed, outstanding].map((sum) => formatYuan(sum.amount));
  return isChinese
    ? `批次 ${batch}：已指令 ${amounts[0]} = 已支付 ${amounts[1]} + 失败 ${amounts[2]} + 未回盘 ${amounts[3]}`
    : `batch ${batch}: ${amounts[0]} = ${amounts[1]} paid + ${amounts[2]} failed + ${amounts[3]} outstanding`;
}

/** Paths as a person would type them from where the command runs. */
function shortened(text: string): string {
  return text.replace(/(?:\/[^\s/]+)+\/?/g, (path) => {
    const short = relative(process.cwd(), path);
    return short !== '' && !short.startsWith('..') && short.length < path.length ? short : path;
  });
}
