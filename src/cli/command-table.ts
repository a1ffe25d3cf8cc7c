// Every command of yika, in the order in which a month goes.

import { BATCH_READ_COMMANDS } from './command/batch-read.js';
import { BATCH_RELEASE_COMMAND } from './command/batch-release.js';
import { BATCH_END_COMMANDS, BATCH_STEP_COMMANDS } from './command/batch-step.js';
import { CARDHOLDER_COMMANDS } from './command/cardholder.js';
import { CATALOGUE_COMMANDS } from './command/catalogue.js';
import { DEMO_COMMANDS } from './command/demo.js';
import { FILE_COMMANDS } from './command/file.js';
import { FORMAT_COMMANDS } from './command/format.js';
import { RETURN_COMMANDS } from './command/return.js';
import { ROSTER_COMMANDS } from './command/roster.js';
import { SAMPLE_COMMANDS } from './command/sample.js';
import { VERIFY_COMMANDS } from './command/verify.js';
import type { CommandSpec, GroupSpec } from './command-spec.js';

export const COMMANDS: readonly CommandSpec[] = [
  ...DEMO_COMMANDS,
  ...CARDHOLDER_COMMANDS,
  ...CATALOGUE_COMMANDS,
  ...ROSTER_COMMANDS,
  ...BATCH_READ_COMMANDS,
  ...BATCH_STEP_COMMANDS,
  BATCH_RELEASE_COMMAND,
  ...BATCH_END_COMMANDS,
  ...FILE_COMMANDS,
  ...RETURN_COMMANDS,
  ...VERIFY_COMMANDS,
  ...FORMAT_COMMANDS,
  ...SAMPLE_COMMANDS,
];

export const GROUPS: readonly GroupSpec[] = [
  {
    word: 'cardholder',
    summary: { en: 'the cardholder base: who can be paid', zh: '持卡人员基础信息库：可以发给谁' },
  },
  { word: 'catalogue', summary: { en: 'the catalogue: what may be paid', zh: '项目目录清单：可以发什么' } },
  { word: 'roster', summary: { en: 'rosters of the departments', zh: '主管部门的花名册' } },
  { word: 'batch', summary: { en: 'batches, from the check to the end', zh: '批次，从核对到结案' } },
  { word: 'file', summary: { en: 'payment files and return files', zh: '报盘文件和回盘文件' } },
  { word: 'return', summary: { en: "the banks' return files", zh: '银行的回盘文件' } },
  { word: 'format', summary: { en: 'bank formats', zh: '银行格式' } },
];
