// Broken definitions, named by what is wrong. The first line of each says the place and the problem.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFINITION_PROBLEMS, describeProblem } from '../../src/bank-file/definition-problem.js';
import { checkFormat, parseFormat } from '../../src/bank-file/parse-definition.js';
import { FORMAT_NAMES, formatInput } from './formats.js';

const folder = fileURLToPath(new URL('../corpus/definitions/', import.meta.url));

describe('broken definitions', () => {
  it.each(readdirSync(folder))('%s', (name) => {
    const text = readFileSync(`${folder}${name}`, 'utf8');
    const [, line, column, problem] = /^# (\d+):(\d+) (.*)$/m.exec(text)!;
    const problems = checkFormat({ name: 'sample', files: [{ path: 'sample/payment.yaml', text }] });
    expect(problems.map((found) => `${found.line}:${found.column} ${found.problem}`)).toContainEqual(
      expect.stringContaining(`${line}:${column} ${problem}`),
    );
  });

  it('are refused at the first problem, with the number of others', () => {
    const text = readFileSync(`${folder}gap.yaml`, 'utf8').replace('constant: D', 'constant: DD');
    expect(() => parseFormat({ name: 'sample', files: [{ path: 'sample/payment.yaml', text }] })).toThrow(
      expect.objectContaining({
        code: 'FORMAT_INVALID',
        details: expect.objectContaining({ file: 'sample/payment.yaml', line: 25, more: 1 }),
      }),
    );
  });

  it('without a payment file', () => {
    expect(checkFormat({ name: 'sample', files: [] })).toEqual([
      {
        ...{ file: 'sample/payment.yaml', line: 1, column: 1, code: 'fileMissing', values: {} },
        problem: 'the file payment.yaml is missing',
      },
    ]);
  });
});

describe('return definitions', () => {
  const edits: [string, string, string, string, string][] = [
    ['a code twice', 'result-codes.yaml', 'code: "1002"', 'code: "1001"', 'the code "1001" stands in line'],
    [
      'a match by a value that is not there',
      'return.yaml',
      'value: reference }',
      'value: region }',
      'matchBy "reference" needs the value "reference"',
    ],
    ['no code in a row', 'return.yaml', 'value: code', 'value: region', 'a row needs a code or a status'],
    [
      'nothing that says paid',
      'result-codes.yaml',
      'outcome: paid',
      'outcome: failed',
      'no code says that a payment is paid',
    ],
    ['a file status without codes', 'result-codes.yaml', 'wholes:', 'statuses:', 'means'],
    [
      'codes of the whole that no field brings',
      'return.yaml',
      'at: 20-23, value: file.status',
      'at: 20-23',
      'codes stand under "wholes", and no field holds the status of the whole file or batch',
    ],
    [
      'codes of a status that no field brings',
      'result-codes.yaml',
      'codes:',
      'statuses: [{ code: "1", outcome: paid, text: x }]\ncodes:',
      'codes stand under "statuses", and no field of a row holds the value "status"',
    ],
    [
      'a code that its field cannot hold',
      'result-codes.yaml',
      'code: "5001"',
      'code: "50011"',
      'the code "50011" does not fit into "结果码", which has 4 bytes',
    ],
    [
      'a code that the encoding has no character for',
      'result-codes.yaml',
      'code: "5001"',
      'code: "𠮷"',
      'the code "𠮷" cannot be written in GBK',
    ],
    [
      'a match by what the payment file never carries',
      'payment.yaml',
      'at: 8-22, value: reference',
      'at: 8-22',
      'the bank cannot give back what it never got',
    ],
  ];

  it.each(edits)('%s', (_what, file, from, to, problem) => {
    const input = formatInput('fixed-sample');
    const files = input.files.map(({ path, text }) => {
      if (path.endsWith(file)) expect(text).toContain(from);
      return { path, text: path.endsWith(file) ? text.replaceAll(from, to) : text };
    });
    const problems = checkFormat({ name: input.name, files });
    expect(problems.map((found) => found.problem).join('\n')).toContain(problem);
    expect(problems[0]!.line).toBeGreaterThan(0);
  });
});

describe('problems', () => {
  const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

  it('say the same in both languages', () => {
    for (const [code, [en, zh]] of Object.entries(DEFINITION_PROBLEMS)) {
      const chinese = namesIn(zh).map((name) => name.replace(/Zh$/, ''));
      expect([code, chinese.sort()]).toEqual([code, namesIn(en).sort()]);
      expect(zh).toMatch(/\p{Script=Han}/u);
    }
  });

  it('leave no name unfilled', () => {
    for (const name of readdirSync(folder)) {
      const text = readFileSync(`${folder}${name}`, 'utf8');
      for (const problem of checkFormat({ name: 'sample', files: [{ path: 'sample/payment.yaml', text }] })) {
        // {file.number} is no name but what a file name needs.
        const said = describeProblem(problem, 'zh') + describeProblem(problem, 'en');
        expect(said.replaceAll('{file.number}', '')).not.toMatch(/\{\w+\}/);
      }
    }
  });
});

describe('the formats of this repository', () => {
  it.each(FORMAT_NAMES)('%s has no problem', (name) => {
    expect(checkFormat(formatInput(name))).toEqual([]);
  });
});
