import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode, type ErrorDetails } from '../../src/base/error.js';
import { describeError } from '../../src/message/describe-error.js';
import { LANGUAGES } from '../../src/message/language.js';

const say = (code: ErrorCode, details: ErrorDetails = {}) => describeError({ code, details }, 'en');
const sayZh = (code: ErrorCode, details: ErrorDetails = {}) => describeError({ code, details }, 'zh');

describe('describeError', () => {
  it.each(LANGUAGES)(
    'makes one line without gaps of every code, with and without details: %s',
    (language) => {
      for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
        for (const details of [
          {},
          { file: 'a.csv', line: 3, column: 7, problem: 'x\ny', reason: 'z', more: 2 },
        ]) {
          const text = describeError({ code, details }, language);
          expect(text, code).not.toMatch(/[\n\r[\]{}]/);
          expect(text, code).not.toMatch(/undefined|NaN|null/);
        }
      }
    },
  );

  it('begins with the place when there is one', () => {
    const details = { file: 'c.yaml', line: 12, column: 5, problem: 'bad', more: 0 };
    expect(say('FORMAT_INVALID', details)).toBe('c.yaml:12:5: bad; `yika format check` shows them all');
    expect(say('COLUMN_MISSING', { file: 'r.csv', line: 2, columns: ['name', 'amount'] })).toMatch(
      /^r\.csv:2: required columns are missing: name, amount;/,
    );
  });

  it('counts further problems only when there are some', () => {
    expect(say('CATALOGUE_INVALID', { problem: 'p', more: 3 })).toContain('p (and 3 more)');
    expect(say('CATALOGUE_INVALID', { problem: 'p', more: 0 })).not.toContain('more');
  });

  it('takes the Chinese sentence of a catalogue problem where the language is Chinese', () => {
    const details = { file: 'c.yaml', line: 1, column: 1, problem: 'English', problemZh: '中文', more: 0 };
    expect(sayZh('CATALOGUE_INVALID', details)).toMatch(/^c\.yaml:1:1: 中文；/);
    expect(say('CATALOGUE_INVALID', details)).not.toContain('中文');
  });

  it('explains the reason in words, with the details filled in', () => {
    const details = { reason: 'refused', kind: 'server', host: 'db1', port: 5432, database: 'x' };
    expect(say('DATABASE_UNAVAILABLE', { ...details, database: undefined })).toBe(
      'no database answers at db1:5432; check that the server runs and the URL is right',
    );
    expect(sayZh('XLSX_INVALID', { file: 'a.xlsx', problem: 'no-sheet' })).toBe(
      'a.xlsx：工作簿无法使用：其中没有工作表',
    );
  });

  it('shows fen as yuan', () => {
    const details = { what: 'rows', expectedFen: '12345', actualFen: '5', expectedCount: 2, actualCount: 1 };
    expect(say('CONTROL_TOTAL_MISMATCH', details)).toMatch(
      /\(expectedAmount=123\.45, actualAmount=0\.05, expectedCount=2, actualCount=1\)$/,
    );
  });

  it('names states in the language', () => {
    const details = { batch: 3, step: 'approve', state: 'checked', allowed: ['submitted'] };
    expect(sayZh('BATCH_STATE_REFUSED', details)).toContain('批次 3的状态是已核对');
    expect(sayZh('BATCH_STATE_REFUSED', details)).toContain('已送审');
  });

  it('adds what its sentence does not mention', () => {
    expect(say('BASE_EMPTY', { hint: 'x', cause: 'ignored' })).toMatch(/FILE` \(hint=x\)$/);
  });

  it('never lets a value break the line or send control characters', () => {
    const text = say('FILE_NOT_FOUND', { file: 'a\n\u001b[31mb.csv' });
    expect(text).not.toContain('\n');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('a / ');
  });

  it('does not fill in braces and brackets that stand in a value', () => {
    expect(say('FILE_NOT_FOUND', { file: '{line}[x].csv', line: undefined })).toContain(' {line}[x].csv;');
  });
});
