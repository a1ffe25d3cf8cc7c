import { describe, expect, it } from 'vitest';
import { CARDHOLDER_COLUMNS, ROSTER_COLUMNS } from '../../src/codec/columns.js';
import { findHeader } from '../../src/codec/find-header.js';
import { foldHeaderCell, resolveHeader } from '../../src/codec/header.js';

describe('resolveHeader', () => {
  it('finds columns by English name and by every synonym, in any order', () => {
    for (const columns of [ROSTER_COLUMNS, CARDHOLDER_COLUMNS]) {
      for (const { name, synonyms } of columns) {
        for (const cell of [name, ...synonyms]) {
          expect([...resolveHeader(['x', cell], columns).positions]).toEqual([[name, 1]]);
        }
      }
    }
  });

  it.each([
    ['金额（元）', 'amount'],
    ['金额 (元)', 'amount'],
    ['发放金额（元）', 'amount'],
    ['\ufeff序号', 'line'],
    ['　姓　名　', 'name'],
    ['*身份证号', 'resident_id'],
    ['ＮＡＭＥ', 'name'],
    ['Resident ID', 'resident_id'],
    ['RESIDENT-ID', 'resident_id'],
    ['姓\n名', 'name'],
    ['账号\u200b', 'account'],
  ])('reads %j as %s', (cell, name) => {
    expect([...resolveHeader([cell], ROSTER_COLUMNS).positions.keys()]).toEqual([name]);
  });

  it('does not take another unit for yuan', () => {
    expect(resolveHeader(['金额（万元）'], ROSTER_COLUMNS).positions.size).toBe(0);
  });

  it('names all that is missing, all that is repeated, and what it does not know', () => {
    expect(resolveHeader(['姓名', '持卡人姓名', '电话', ''], ROSTER_COLUMNS)).toEqual({
      positions: new Map([['name', 0]]),
      missing: ['resident_id', 'amount'],
      repeated: [{ column: 'name', cells: ['姓名', '持卡人姓名'] }],
      unknown: ['电话'],
    });
  });

  it('has no two columns of one file with the same name', () => {
    for (const columns of [ROSTER_COLUMNS, CARDHOLDER_COLUMNS]) {
      const names = columns.flatMap(({ name, synonyms }) => [name, ...synonyms].map(foldHeaderCell));
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('findHeader', () => {
  const header = { line: 3, cells: ['序号', '身份证号', '姓名', '金额'] };
  const title = (line: number) => ({ line, cells: ['2026年10月高龄津贴发放表', '', '', ''] });

  it('passes over title rows', () => {
    expect(findHeader([title(1), title(2), header], ROSTER_COLUMNS, 'a.csv').row).toBe(header);
  });

  it('names the missing columns of the row that looks most like a header', () => {
    const almost = { line: 2, cells: ['序号', '姓名', '电话'] };
    expect(() => findHeader([title(1), almost], ROSTER_COLUMNS, 'a.csv')).toThrow(
      expect.objectContaining({
        code: 'COLUMN_MISSING',
        details: {
          file: 'a.csv',
          line: 2,
          columns: ['resident_id', 'amount'],
          names:
            'resident_id / 社会保障号码 / 身份证号 / 身份证号码 / 公民身份号码 / 证件号码; amount / 金额 / 发放金额 / 补贴金额',
        },
      }),
    );
  });

  it('refuses a column that is there twice', () => {
    const twice = { line: 1, cells: ['身份证号', '姓名', '金额', '补贴金额'] };
    expect(() => findHeader([twice], ROSTER_COLUMNS, 'a.csv')).toThrow(
      expect.objectContaining({
        code: 'COLUMN_REPEATED',
        details: { file: 'a.csv', line: 1, column: 'amount', cells: ['金额', '补贴金额'] },
      }),
    );
  });

  it('says so when there is no row to judge', () => {
    expect(() => findHeader([], ROSTER_COLUMNS, 'a.csv')).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID' }),
    );
  });
});
