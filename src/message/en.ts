import type { Messages } from './messages.js';
import { details } from './en/details.js';
import { errorWords } from './en/error-words.js';
import { errors } from './en/errors.js';
import { findings, severities, states } from './en/findings.js';

export const en: Messages = {
  errors,
  errorWords,
  findings,
  severities,
  details,
  states,
  totals: { lines: 'number of lines', total: 'amount in yuan' },
  marks: { comma: ', ', open: ' (', close: ')', colon: ': ' },
};
