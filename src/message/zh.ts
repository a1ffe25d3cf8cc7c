import type { Messages } from './messages.js';
import { details } from './zh/details.js';
import { errorWords } from './zh/error-words.js';
import { errors } from './zh/errors.js';
import { fileProblem } from './zh/file-problems.js';
import { exceptions, findings, severities, states } from './zh/findings.js';

export const zh: Messages = {
  fileProblem,
  errors,
  errorWords,
  findings,
  exceptions,
  severities,
  details,
  states,
  totals: { lines: '行数', total: '金额（元）' },
  marks: { comma: '、', open: '（', close: '）', colon: '：' },
};
