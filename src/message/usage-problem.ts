// What can be wrong with a command line and with the configuration; `details.problem` of USAGE_INVALID and CONFIG_INVALID.

export const USAGE_PROBLEMS = [
  'commandMissing',
  'commandUnknown',
  'optionUnknown',
  'optionMissing',
  'optionInvalid',
  'valueMissing',
  'argumentMissing',
  'argumentsTooMany',
  'countInvalid',
  'rateInvalid',
  'dateInvalid',
  'periodInvalid',
  'regionInvalid',
  'amountInvalid',
  'bankInvalid',
  'choiceInvalid',
  'textInvalid',
  'urlInvalid',
  'needsOther',
] as const;

export type UsageProblem = (typeof USAGE_PROBLEMS)[number];

export const CONFIG_PROBLEMS = [
  'fileMissing',
  'fileUnreadable',
  'yamlInvalid',
  'keyUnknown',
  'keyRepeated',
  'mappingExpected',
  'textExpected',
  'countInvalid',
  'choiceInvalid',
  'textInvalid',
  'urlInvalid',
  'folderMissing',
] as const;

export type ConfigProblem = (typeof CONFIG_PROBLEMS)[number];
