import type { ArgumentSpec, OptionSpec } from '../command-spec.js';

export const BATCH: ArgumentSpec = { name: 'N', about: { en: 'the number of the batch', zh: '批次号' } };

export const REASON: OptionSpec = {
  flag: '--reason',
  value: 'TEXT',
  required: true,
  about: { en: 'why; it is kept with the batch', zh: '原因，随批次保存' },
};
