// Broken definitions, named by what is wrong. The first line of each says the place and the problem.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
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
      { file: 'sample/payment.yaml', line: 1, column: 1, problem: 'the file payment.yaml is missing' },
    ]);
  });
});

describe('return definitions', () => {
  const edits: [string, string, string, string, string][] = [
    ['a code twice', 'result-codes.yaml', 'code: "1002"', 'code: "1001"', 'the code "1001" stands in line'],
    [
      'a match that no field allows',
      'return.yaml',
      'matchBy: [reference',
      'matchBy: [accountAmount, reference',
      '',
    ],
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
    ['all rows listed, and unlisted ones paid', 'return.yaml', 'unlisted: outstanding', 'unlisted: paid', ''],
  ];

  it.each(edits.filter(([, , , , problem]) => problem !== ''))('%s', (_what, file, from, to, problem) => {
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

describe('the formats of this repository', () => {
  it.each(FORMAT_NAMES)('%s has no problem', (name) => {
    expect(checkFormat(formatInput(name))).toEqual([]);
  });
});
