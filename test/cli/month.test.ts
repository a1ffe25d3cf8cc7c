// The whole month as a user types it: the built program, its output, its exit codes, its JSON.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config/package-root.js';
import { decodeGb18030 } from '../../src/encoding/gb18030.js';
import { sample } from '../support/context.js';

const folder = mkdtempSync(join(tmpdir(), 'yika-month-'));
const printed: string[] = [];
const ROSTER = [
  'roster',
  'import',
  sample('rosters/01-gljt-2026-10.csv'),
  '--programme',
  'GLJT',
  '--period',
  '2026-10',
];

function yika(args: readonly string[], environment: Record<string, string> = {}) {
  // What the shell of whoever runs the tests says of yika must not matter.
  const outside = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('YIKA_')),
  );
  const run = spawnSync(process.execPath, [join(PACKAGE_ROOT, 'bin/yika.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...outside, LANG: 'C', NO_COLOR: '1', ...environment },
  });
  printed.push(run.stdout, run.stderr);
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

function json(args: readonly string[], environment: Record<string, string> = {}) {
  const run = yika([...args, '--json'], environment);
  return { code: run.code, answer: JSON.parse(run.stdout) as Record<string, never> };
}

beforeAll(() => {
  // Thread modules and the program come from dist/, which `npm test` builds first.
  statSync(join(PACKAGE_ROOT, 'dist/bundle/main.js'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a month on the command line', () => {
  it('refuses a roster before there is a base or a catalogue', () => {
    expect(yika(ROSTER).code).toBe(3);
    expect(json(['cardholder', 'status']).answer['error']).toMatchObject({ code: 'BASE_EMPTY' });
  });

  it('imports the base and answers with the counts of the contract', () => {
    const { code, answer } = json(['cardholder', 'import', sample('cardholders/cardholders.csv')]);
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      version: 1,
      lines: 2000,
      new: 2000,
      changed: 0,
      unchanged: 0,
      conflicts: 0,
      rejected: 0,
    });
    expect(yika(['cardholder', 'hold', sample('hold-list.csv')]).code).toBe(0);
  });

  it('publishes the catalogue, and names the place of a mistake in one', () => {
    expect(yika(['catalogue', 'publish', sample('catalogue')]).code).toBe(0);
    const broken = join(folder, 'broken.yaml');
    writeFileSync(
      broken,
      'catalogue: x\neffectiveFrom: 2026-01-01\nprogrammes:\n  - code: A\n    colour: red\n',
    );
    const run = yika(['catalogue', 'publish', broken]);
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/^yika: CATALOGUE_INVALID: .*broken\.yaml:\d+:\d+/);
  });

  it('imports a roster, exit 1 because there are findings, with all keys of the contract', () => {
    const { code, answer } = json(ROSTER);
    expect(code).toBe(1);
    expect(answer).toMatchObject({
      batch: 1,
      baseVersion: 1,
      lines: 308,
      accepted: { count: 259, amount: '30400.00' },
    });
    expect(answer).toMatchObject({
      held: { count: 12, amount: '1200.00' },
      rejected: { count: 37, amount: '1237187.00' },
    });
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining(['digest', 'findings', 'banks', 'funding', 'seconds']),
    );
    expect(answer['banks']).toMatchObject({ 104: { count: 34, amount: '3800.00' } });
    expect(answer['funding']).toEqual({ province: '18240.00', city: '12160.00' });
  });

  it('knows the same bytes again and answers with the first batch', () => {
    const { code, answer } = json(ROSTER);
    expect(code).toBe(0);
    expect(answer).toMatchObject({ batch: 1, code: 'ROSTER_ALREADY_IMPORTED' });
  });

  it('refuses control totals that do not agree, and changes nothing', () => {
    const second = [
      'roster',
      'import',
      sample('rosters/02-cjsh-2026-10.csv'),
      '--programme',
      'CJSH',
      '--period',
      '2026-10',
    ];
    expect(json([...second, '--lines', '146']).answer['error']).toMatchObject({
      code: 'CONTROL_TOTAL_MISMATCH',
    });
    expect(yika([...second, '--lines', '147', '--total', '1.00']).code).toBe(3);
    expect((json(['batch', 'list']).answer['batches'] as unknown as unknown[]).length).toBe(1);
  });

  it('lists the findings masked, and in full in the list for the department', () => {
    const csv = join(folder, 'findings.csv');
    const { code, answer } = json(['batch', 'findings', '1', '--csv', csv]);
    expect(code).toBe(0);
    const [first] = answer['findings'] as unknown as Record<string, unknown>[];
    expect(Object.keys(first ?? {})).toEqual(
      expect.arrayContaining(['line', 'code', 'severity', 'detail', 'residentId']),
    );
    expect(String(first?.['residentId'])).toContain('***');
    expect(readFileSync(csv, 'utf8')).toMatch(/^\ufeffline,department_line,code/);
    expect(statSync(csv).mode & 0o077).toBe(0);
  });

  it('refuses to release before two people have acted', () => {
    expect(json(['batch', 'release', '1', '--confirm', '1']).answer['error']).toMatchObject({
      code: 'BATCH_STATE_REFUSED',
    });
    expect(yika(['batch', 'submit', '1', '--actor', 'alice']).code).toBe(0);
    expect(json(['batch', 'approve', '1', '--actor', 'Alice ']).answer['error']).toMatchObject({
      code: 'APPROVER_IS_SUBMITTER',
    });
    expect(yika(['batch', 'approve', '1', '--actor', 'bob']).code).toBe(0);
  });

  it('releases only what is confirmed, one file a bank, whole and with tight modes', () => {
    expect(yika(['batch', 'release', '1']).code).toBe(3);
    expect(yika(['batch', 'release', '1', '--confirm', '2']).code).toBe(3);
    const { code, answer } = json(['batch', 'release', '1', '--pay-date', '2026-10-28', '--confirm', '1']);
    expect(code).toBe(0);
    const files = answer['files'] as unknown as Record<string, unknown>[];
    expect(files).toHaveLength(9);
    for (const file of files) {
      expect(Object.keys(file)).toEqual(
        expect.arrayContaining(['name', 'path', 'bank', 'format', 'count', 'amount', 'digest']),
      );
      expect(statSync(String(file['path'])).mode & 0o077).toBe(0);
    }
    const boc = files.find((file) => file['bank'] === '104');
    const text = decodeGb18030(readFileSync(String(boc?.['path']))) as string;
    expect(text.startsWith('PAYOFFSTART\r\n')).toBe(true);
    expect(text.trimEnd().endsWith('PAYOFFEND')).toBe(true);
    expect(text.split('\r\n')[1]).toContain('|3800.00|34|');
  });

  it('marks a file sent once, and shows it', () => {
    const [file] = json(['file', 'list', '--batch', '1']).answer['files'] as unknown as Record<
      string,
      unknown
    >[];
    const name = String(file?.['name']);
    expect(yika(['file', 'resend', name]).code).toBe(3);
    expect(yika(['file', 'sent', name]).code).toBe(0);
    expect(yika(['file', 'sent', name]).code).toBe(3);
    expect(json(['file', 'show', name]).answer).toMatchObject({ state: 'sent', inOutbox: 'whole' });
    expect(yika(['file', 'show', 'nothing.txt']).code).toBe(2);
  });

  it('takes the banks’ answers once, keeps what it cannot use aside, and goes on', () => {
    const returns = join(folder, 'returns');
    expect(yika(['sample', 'returns', '1', '--fail', '0.1', '--seed', '3', '--out', returns]).code).toBe(0);
    const files = readdirSync(returns).map((name) => join(returns, name));
    const broken = join(folder, 'broken.txt');
    writeFileSync(broken, 'not a return file\n');
    const run = json(['return', 'import', broken, ...files]);
    expect(run.code).toBe(4);
    expect(run.answer['files']).toHaveLength(9);
    expect(readdirSync(join(folder, 'yika-data/inbox/refused'))).toHaveLength(1);
    const [one] = run.answer['files'] as unknown as Record<string, unknown>[];
    expect(Object.keys(one ?? {})).toEqual(
      expect.arrayContaining(['name', 'answers', 'lines', 'paid', 'failed', 'exceptions']),
    );
    const again = json(['return', 'import', ...files]);
    expect(again.code).toBe(0);
    expect(again.answer['files']).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'RETURN_ALREADY_IMPORTED' })]),
    );
  });

  it('reconciles, reissues what failed, and closes', () => {
    const { code, answer } = json(['batch', 'reconcile', '1']);
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      state: 'reconciled',
      outstanding: { count: 0, amount: '0.00' },
      exceptions: {},
    });
    expect(yika(['cardholder', 'import', sample('cardholders/delta.csv'), '--delta']).code).toBe(1);
    expect(json(['batch', 'reissue', '1']).answer).toMatchObject({ batch: 2, follows: 1 });
    expect(json(['batch', 'reissue', '1']).answer['error']).toMatchObject({ code: 'NOTHING_TO_REISSUE' });
    expect(yika(['batch', 'close', '2']).code).toBe(3);
    expect(json(['batch', 'close', '1']).answer).toMatchObject({ state: 'closed' });
    expect(yika(['batch', 'cancel', '1', '--reason', 'x']).code).toBe(3);
  });

  it('shows the batch with files, approvals and sums, and proves every fen', () => {
    const { answer } = json(['batch', 'show', '1']);
    const keys = [
      'batch',
      'state',
      'programme',
      'period',
      'digest',
      'accepted',
      'held',
      'rejected',
      'instructed',
      'paid',
      'failed',
      'outstanding',
      'files',
      'approvals',
    ];
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(keys));
    const proof = json(['verify', '--files']);
    expect(proof.code).toBe(0);
    expect(proof.answer).toMatchObject({ ok: true });
  });

  it('finds a changed byte in a payment file', () => {
    const outbox = join(folder, 'yika-data/outbox');
    const name = readdirSync(outbox).find((file) => file.startsWith('PAYOFF')) as string;
    const bytes = readFileSync(join(outbox, name));
    bytes[40] = (bytes[40] as number) ^ 1;
    writeFileSync(join(outbox, name), bytes);
    const { code, answer } = json(['verify', '1', '--files']);
    expect(code).toBe(3);
    expect(
      (answer['checks'] as unknown as { ok: boolean; name: string }[]).filter((check) => !check.ok),
    ).toEqual([expect.objectContaining({ name: expect.stringContaining(name) })]);
  });

  it('answers wrong usage with exit 2 and one line', () => {
    for (const args of [
      ['batch', 'show', '99'],
      ['nonsense'],
      ['roster', 'import'],
      ['batch', 'show', 'x'],
      ['cardholder', 'show', '123'],
    ]) {
      const run = yika(args);
      expect([args, run.code]).toEqual([args, 2]);
      expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(run.stderr).toMatch(/^yika: [A-Z_]+: /);
    }
  });

  it('lets no resident ID, name or account of the base out, in either language', () => {
    const text = decodeGb18030(readFileSync(sample('cardholders/cardholders.csv'))) as string;
    const [header = '', ...rows] = text.trimEnd().split(/\r?\n/);
    const cells = header.split(',');
    const place = (name: string): number => cells.indexOf(name);
    const secrets = rows.flatMap((row) => {
      const fields = row.split(',');
      const [id = '', name = '', account = ''] = [
        place('社会保障号码'),
        place('姓名'),
        place('银行账号'),
      ].map((index) => fields[index] ?? '');
      return [id, account, ...(name.length >= 3 ? [name] : [])].filter((secret) => secret.length >= 3);
    });
    expect(secrets.length).toBeGreaterThan(4000);
    const id = secrets[0] as string;
    yika(['cardholder', 'show', id]);
    yika(['cardholder', 'show', id, '--lang', 'zh', '--verbose']);
    yika(['batch', 'findings', '1', '--lang', 'zh']);
    yika([...ROSTER, '--verbose', '--lang', 'zh']);
    const out = printed.join('\n');
    expect(secrets.filter((secret) => out.includes(secret))).toEqual([]);
  });
});
