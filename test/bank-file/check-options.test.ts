// Keys that mean something in some places only: a definition that uses them elsewhere is told so.

import { describe, expect, it } from 'vitest';
import { checkFormat } from '../../src/bank-file/parse-definition.js';
import { formatInput } from './formats.js';

const CASES: [what: string, format: string, file: string, from: string, to: string, problem: string][] = [
  [
    'cut lines without a line end',
    'fixed-sample',
    'payment.yaml',
    'fixed: { length: 160, unit: bytes }',
    'fixed: { length: 160, unit: characters, short: true }',
    '"short" is for fixed records in bytes',
  ],
  [
    'records without line ends that are of several lengths',
    'bacs18',
    'payment.yaml',
    'fixed: { ',
    'fixed: { joined: true, ',
    '"joined" is for fixed records of one length',
  ],
  [
    'a record of a row that is never written',
    'cnab240',
    'return.yaml',
    '    - name: segment Z\n      optional: true\n',
    '    - name: segment Z\n',
    '"written: false" is for optional records of a row',
  ],
  [
    'codes in a payment file',
    'aba',
    'payment.yaml',
    '    - name: detail record\n',
    '    - name: detail record\n      codes: [A]\n',
    '"codes" is for records of a row in a return file',
  ],
  [
    'an alternative without a code',
    'nacha-ppd',
    'return.yaml',
    '{ name: return reason, at: 4-6, value: code }',
    '{ name: return reason, at: 4-6 }',
    'is chosen by its code and has no field with the value "code"',
  ],
  [
    'one alternative alone',
    'aba',
    'return.yaml',
    '    - name: returned item\n',
    '    - name: returned item\n      codes: ["1"]\n',
    'names codes and has no alternative beside it',
  ],
  [
    'a hash over an alternative',
    'nacha-ppd',
    'return.yaml',
    'of: receiving DFI, digits',
    'of: original RDFI, digits',
    'is over a record that not every row has',
  ],
  [
    'more at least than at most',
    'aba',
    'payment.yaml',
    'value: parameter.payeeBsb, min: 7',
    'value: parameter.payeeBsb, min: 8',
    'cannot be at least 8 and at most 7 long',
  ],
  [
    'a value that is not compared',
    'aba',
    'return.yaml',
    'value: account, justify: right',
    'value: account, justify: right, compare: false',
    '"compare" is for constants',
  ],
  [
    'days on a number',
    'aba',
    'payment.yaml',
    'value: file.count }',
    'value: file.count, addDays: 1 }',
    '"addDays" is for dates',
  ],
  [
    'several codes in an account',
    'aba',
    'return.yaml',
    'value: account, justify: right',
    'value: account, several: 2',
    '"several" is for the codes of a row',
  ],
  [
    'letters for an amount',
    'aba',
    'payment.yaml',
    'value: file.count }',
    'value: file.amount, alphabet: AB }',
    '"alphabet" is for numbers of the file',
  ],
  [
    'a letter twice',
    'aba',
    'payment.yaml',
    'alphabet: "0123456789"',
    'alphabet: "0123456780"',
    'a character stands twice in the alphabet',
  ],
  [
    'a stand-in for an amount',
    'aba',
    'payment.yaml',
    'value: amount, unit: fen',
    'value: amount, unit: fen, instead: NONE',
    '"instead" is for text of a row',
  ],
  [
    'a stand-in that is known at the end',
    'aba',
    'payment.yaml',
    'instead: BENEFICIARY',
    'instead: "{file.records}"',
    'cannot stand in "instead"',
  ],
  [
    'a stand-in of an unknown parameter',
    'aba',
    'payment.yaml',
    'instead: BENEFICIARY',
    'instead: "{parameter.none}"',
    'the parameter "none" is not declared',
  ],
  [
    'an example that does not fit',
    'aba',
    'payment.yaml',
    'example: "123456"',
    'example: "1234567"',
    'the example "1234567" of the parameter "userId" does not fit',
  ],
];

describe('options in the wrong place', () => {
  it.each(CASES)('%s', (_what, name, file, from, to, problem) => {
    const files = formatInput(name).files.map(({ path, text }) => {
      if (!path.endsWith(file)) return { path, text };
      expect(text).toContain(from);
      return { path, text: text.replace(from, to) };
    });
    const problems = checkFormat({ name, files });
    expect(problems.map((found) => found.problem).join('\n')).toContain(problem);
    expect(problems[0]!.line).toBeGreaterThan(1);
  });
});
