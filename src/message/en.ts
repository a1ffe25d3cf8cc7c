import { details } from './en/details.js';
import { errorWords } from './en/error-words.js';
import { errors } from './en/errors.js';
import { exceptions, findings, severities, states } from './en/findings.js';
import type { Messages } from './messages.js';

export const en: Messages = {
  fileProblem: (sentence) => sentence,
  errors,
  errorWords,
  findings,
  exceptions,
  severities,
  details,
  states,
  totals: { lines: 'number of lines', total: 'amount in yuan' },
  marks: { comma: ', ', open: ' (', close: ')', colon: ': ' },
};
