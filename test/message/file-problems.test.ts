// What is wrong in a bank's file, told in Chinese: every broken file of the corpus, and what amounts and names become.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/message/describe-error.js';
import { fileProblem } from '../../src/message/zh/file-problems.js';
import { loadFormat, readReturn } from '../bank-file/formats.js';

const folder = fileURLToPath(new URL('../corpus/returns/', import.meta.url));
const files = Object.entries(
  JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as Record<string, { format: string }>,
);

describe('a broken return file is told in Chinese', () => {
  it.each(files)('%s', async (name, { format }) => {
    const error = await readReturn(loadFormat(format), readFileSync(`${folder}${name}`), 1024).then(
      () => undefined,
      (thrown: { details: { problem: string } }) => thrown,
    );
    // Nothing of the English sentence is left; names, codes and values of the file stay as they are.
    const said = fileProblem(error!.details.problem);
    expect(said).toMatch(/\p{Script=Han}/u);
    expect(said).not.toMatch(/\b(the|is|not|there|says|give|before|after|a)\b/);
  });
});

it.each([
  [
    '"总金额": listed.amount says 600.01 yuan, the rows give 600.00 yuan',
    '“总金额”写的是 600.01 元，而明细合计为 600.00 元',
  ],
  [
    'expected 明细 / 文件尾: there are 8 fields, not 9; the line looks like UTF-8, the format is GBK',
    '应为 明细 / 文件尾：字段有 8 个，应为 9 个；此行像是 UTF-8，而格式规定 GBK',
  ],
  ['batch.number is 2 here and 1 in line 4', 'batch.number 此处是 2，而第 4 行是 1'],
  ['a sentence of tomorrow', 'a sentence of tomorrow'],
])('%s', (english, chinese) => {
  expect(fileProblem(english)).toBe(chinese);
});

it('an error has its place, what is wrong and what to do in one line', () => {
  const details = { file: 'a.txt', line: 3, column: 7, problem: 'the amount is not an amount' };
  expect(describeError({ code: 'RETURN_FILE_INVALID', details }, 'zh')).toBe(
    'a.txt:3:7: 回盘文件 a.txt 无法使用：金额无法识别；未采用其中任何内容。请向银行索取正确的文件',
  );
});
