import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FINDING_CODES } from '../../src/base/finding.js';
import { NARROW_BANKS } from '../../src/sample/bank.js';
import { rosterAnswer } from '../../src/sample/expected-json.js';
import { generateSample, type SampleOptions } from '../../src/sample/generate-sample.js';
import { Referee } from './referee.js';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'yika-sample-'));
});
afterEach(() => rmSync(out, { recursive: true }));

const BASE = { cardholders: 4000, lines: 3000, seed: 7, errors: 0.3 } as const;

const CASES: [string, Partial<SampleOptions>][] = [
  ['plain', {}],
  [
    'GB 18030, Chinese headers, all columns',
    {
      encoding: 'gb18030',
      headers: 'zh',
      columns: { payee: true, remark: true },
    },
  ],
  ['without accounts', { columns: { account: false } }],
  ['as many lines as cardholders', { cardholders: 2500, lines: 2500 }],
  ['a period in February', { period: '2027-02' }],
  ['CJSH', { programme: 'CJSH', columns: { payee: true } }],
  ['GDDL', { programme: 'GDDL', headers: 'zh' }],
  ['every field quoted', { variant: 'quoted', errors: 0.4 }],
  ['every line wrong', { variant: 'wrong' }],
  ['every line a duplicate', { variant: 'duplicates' }],
  ['rare names', { variant: 'rareNames', encoding: 'gb18030' }],
  ['three lines', { cardholders: 3, lines: 3 }],
  ['all bad', { errors: 1 }],
  ['none bad', { errors: 0 }],
];

const NEEDS_MORE_THAN_A_FILE = new Set(['ON_HOLD_LIST', 'ALREADY_PAID', 'EXCLUDED_BY_PROGRAMME']);

describe('generateSample', () => {
  it.each(CASES)('says what a careful reader finds: %s', async (_, options) => {
    const all = { ...BASE, out, ...options };
    const summary = await generateSample(all);
    const referee = new Referee(NARROW_BANKS);
    await referee.importBase(summary.cardholders.path);
    const answer = await referee.importRoster(
      summary.roster.path,
      all.programme ?? 'GLJT',
      all.period ?? '2026-10',
    );
    const { findingAmounts: _amounts, ...expected } = rosterAnswer(summary.expected.roster);
    expect(answer).toEqual(expected);
    expect(referee.base.size).toBe(all.cardholders);
  });

  it('shows every finding of the contract that one file can show', async () => {
    const { expected } = await generateSample({ ...BASE, out, columns: { payee: true } });
    expect([...expected.roster.findings.keys()]).toEqual(
      Object.keys(FINDING_CODES).filter((code) => !NEEDS_MORE_THAN_A_FILE.has(code)),
    );
  });

  it('gives no account to two people but those who are to share one', async () => {
    const summary = await generateSample({ ...BASE, out });
    const referee = new Referee(NARROW_BANKS);
    await referee.importBase(summary.cardholders.path);
    expect(referee.sharedAccounts).toBe(summary.expected.roster.findings.get('ACCOUNT_SHARED')!.count / 2);
  });

  it('writes the same bytes for the same seed', async () => {
    const summary = await generateSample({ ...BASE, out });
    const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
    expect([digest(summary.cardholders.path), digest(summary.roster.path)]).toMatchInlineSnapshot(`
      [
        "1249b97afecf9893bbe0e31ead11d9c82c9b9e0bc811d5cba6b8b6c10a93efe3",
        "a15570efc4a5032cbf5a9ef55833113c4c2ad92126d654f07d23cc0877646c34",
      ]
    `);
  });

  it('writes other people for another seed', async () => {
    const one = await generateSample({ ...BASE, out, seed: 2 });
    const base = new Referee([]);
    await base.importBase(one.cardholders.path);
    const two = await generateSample({ ...BASE, out: join(out, 'two'), seed: 3 });
    const other = new Referee([]);
    await other.importBase(two.cardholders.path);
    const both = [...base.base.keys()].filter((id) => other.base.has(id));
    expect(both.length).toBeLessThan(5);
  });

  it.each([
    ['more lines than cardholders', { lines: 4001 }, 'lines'],
    ['no line', { lines: 0 }, 'lines'],
    ['half a person', { cardholders: 3000.5 }, 'cardholders'],
    ['too many people', { cardholders: 30_000_001 }, 'cardholders'],
    ['a share above one', { errors: 1.01 }, 'errors'],
    ['a share that is no number', { errors: Number.NaN }, 'errors'],
    ['a negative seed', { seed: -1 }, 'seed'],
    ['a month that is none', { period: '2026-13' }, 'period'],
  ])('refuses %s', async (_, options, option) => {
    await expect(generateSample({ ...BASE, out, ...options })).rejects.toMatchObject({
      code: 'USAGE_INVALID',
      details: { option },
    });
    expect(readdirSync(out)).toEqual([]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const stop = new AbortController();
    const watch = { signal: stop.signal, onProgress: () => stop.abort(new Error('stopped')) };
    const options = { ...BASE, out, cardholders: 100_000 };
    await expect(generateSample(options, watch)).rejects.toThrow('stopped');
    expect(readdirSync(out)).toEqual([]);
  });

  it('says so when the folder cannot be written', async () => {
    const path = join(out, 'file');
    await generateSample({ ...BASE, out: path });
    const inFile = join(path, 'cardholders.csv');
    await expect(generateSample({ ...BASE, out: inFile })).rejects.toMatchObject({
      code: 'OUTPUT_UNAVAILABLE',
    });
  });
});
