// The bank formats as somebody at a bank meets them: listed, shown, checked, and a new bank's own beside them.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMATS_FOLDER, PACKAGE_ROOT } from '../../src/config/package-root.js';

const folder = mkdtempSync(join(tmpdir(), 'yika-format-'));

function yika(...args: string[]) {
  const run = spawnSync(process.execPath, [join(PACKAGE_ROOT, 'bin/yika.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C', NO_COLOR: '1' },
  });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** A copy of a format in the folder, with one thing changed. */
function broken(name: string, file: string, from: string, to: string): string {
  const copy = join(folder, 'broken', name);
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(FORMATS_FOLDER, name), copy, { recursive: true });
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  return copy;
}

/** The worked example of formats/README.md, in a folder of the institution's own. */
beforeAll(() => {
  const readme = readFileSync(join(FORMATS_FOLDER, 'README.md'), 'utf8');
  for (const [, path, yaml] of readme.matchAll(/```yaml\n# my-formats\/(\S+)\n([\s\S]*?)```/g)) {
    mkdirSync(join(folder, 'my-formats/my-bank'), { recursive: true });
    writeFileSync(join(folder, 'my-formats', path!), yaml!);
  }
  const [, config] = /```yaml\n# yika\.yaml\n([\s\S]*?)```/.exec(readme)!;
  writeFileSync(join(folder, 'yika.yaml'), config!);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('yika format check', () => {
  it('says that a format is good', () => {
    const { code, stdout } = yika('format', 'check', join(FORMATS_FOLDER, 'boc-normal'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ ok: true, format: 'boc-normal', problems: [] });
  });

  it.each([
    ['en', 'position 8 before "支付编号" is not defined'],
    ['zh', '“支付编号”之前的第 8 位没有定义'],
  ])('names file, line, column and problem (%s)', (language, problem) => {
    const path = broken('fixed-sample', 'payment.yaml', 'at: 8-22', 'at: 9-22');
    const { code, stdout } = yika('format', 'check', path, '--json', '--lang', language);
    expect(code).toBe(4);
    const [first] = JSON.parse(stdout).problems;
    expect(first).toEqual({
      ...{ file: 'fixed-sample/payment.yaml', line: 37, column: 11, code: 'positionUndefined', problem },
    });
    expect(yika('format', 'check', path, '--lang', language).stdout).toContain(problem);
  });

  it('takes one file of the format as well', () => {
    const path = broken('fixed-sample', 'result-codes.yaml', 'code: "1002"', 'code: "1001"');
    const { code, stdout } = yika('format', 'check', join(path, 'payment.yaml'), '--json');
    expect(code).toBe(4);
    expect(JSON.parse(stdout).problems[0].problem).toBe(
      'the code "1001" stands in line 12 of fixed-sample/result-codes.yaml already',
    );
  });

  it('names a path that is not there', () => {
    const { code, stderr } = yika('format', 'check', 'nowhere');
    expect(code).toBe(4);
    expect(stderr).toContain('FILE_NOT_FOUND');
  });
});

describe('yika format show', () => {
  it('shows records and fields, limits, parameters and codes', () => {
    const answer = JSON.parse(yika('format', 'show', 'fixed-sample', '--json').stdout);
    expect(answer.payment).toMatchObject({
      status: 'sample',
      fileName: 'DF{file.bank}{file.date:yyyyMMdd}_{file.number:8}.txt',
      returnFileName: 'DR{file.bank}{file.date:yyyyMMdd}_{file.number:8}.txt',
      limits: { rowsPerFile: 999_999, amountPerRow: '9999999999.99' },
    });
    expect(answer.payment.parameters[0]).toMatchObject({ name: 'customerNumber', about: '单位编号' });
    expect(answer.payment.fields).toContainEqual({
      ...{ section: 'detail', record: '明细', field: '金额', place: '135-146', holds: 'amount', as: 'fen' },
      ...{ max: 12, unit: 'bytes' },
    });
    expect(answer.returns.wholes).toContainEqual({ code: '9001', means: 'refused', text: '文件格式错误' });
  });

  it('shows paths where there are no positions', () => {
    const { stdout } = yika('format', 'show', 'icbc-payper', '--lang', 'zh');
    expect(stdout).toContain('pub/TranDate');
    expect(stdout).toContain('样例');
  });

  it('names a format that does not exist', () => {
    expect(yika('format', 'show', 'none')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('a new bank in a folder of its own', () => {
  it('passes the check', () => {
    expect(yika('format', 'check', 'my-formats/my-bank')).toMatchObject({ code: 0 });
  });

  it('stands in the list beside the others, with its bank', () => {
    const { formats } = JSON.parse(yika('format', 'list', '--json').stdout);
    expect(formats).toContainEqual(
      expect.objectContaining({
        name: 'my-bank',
        title: '我的银行 代发',
        status: 'verified',
        banks: ['402'],
      }),
    );
    expect(formats).toContainEqual(expect.objectContaining({ name: 'boc-normal', banks: ['104'] }));
  });
});
