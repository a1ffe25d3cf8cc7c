// Interruptions, confirmation, configuration: what the command line itself refuses or ends with.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config/package-root.js';
import { makeSample } from '../../src/operation/make-sample.js';

const folder = mkdtempSync(join(tmpdir(), 'yika-signal-'));
const PROGRAM = join(PACKAGE_ROOT, 'bin/yika.js');
const { YIKA_DATABASE_URL: _url, ...OUTSIDE } = process.env;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function interrupted(signal: NodeJS.Signals, file: string): Promise<{ code: number | null; stderr: string }> {
  const args = [PROGRAM, 'cardholder', 'import', file, '--data', join(folder, 'data')];
  const child = spawn(process.execPath, args, {
    env: { ...OUTSIDE, LANG: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (piece) => {
    stderr += String(piece);
  });
  setTimeout(() => child.kill(signal), 1_500);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}

describe('the command line', () => {
  it('ends cleanly when it is interrupted, and the next command goes on', async () => {
    const { cardholders } = await makeSample({ cardholders: 1_500_000, lines: 1, out: folder });
    for (const [signal, code, word] of [
      ['SIGINT', 130, 'INTERRUPTED'],
      ['SIGTERM', 143, 'TERMINATED'],
    ] as const) {
      const ended = await interrupted(signal, cardholders.path);
      expect([signal, ended.code]).toEqual([signal, code]);
      expect(ended.stderr).toContain(`yika: ${word}: `);
    }
    const run = spawnSync(
      process.execPath,
      [PROGRAM, 'batch', 'list', '--json', '--data', join(folder, 'data')],
      { encoding: 'utf8', env: OUTSIDE },
    );
    expect([run.status, JSON.parse(run.stdout)]).toEqual([0, { batches: [] }]);
  }, 120_000);

  it('reads a file from standard input, and leaves nothing of it behind', () => {
    const data = join(folder, 'piped');
    const input =
      '身份证号,姓名,发卡地区,卡状态,开户银行,账号\n11010519491231002X,张三,460105,正常,104,6217001234567890123\n';
    const args = [PROGRAM, 'cardholder', 'import', '-', '--json', '--data', data];
    const run = spawnSync(process.execPath, args, { encoding: 'utf8', input, env: OUTSIDE });
    expect([run.status, JSON.parse(run.stdout)]).toEqual([0, expect.objectContaining({ lines: 1, new: 1 })]);
    expect(readdirSync(join(data, 'tmp'))).toEqual([]);
  });

  it('refuses a configuration with a mistake, naming its place', () => {
    const config = join(folder, 'yika.yaml');
    writeFileSync(config, 'threads: 2\ncolour: red\n');
    const run = spawnSync(process.execPath, [PROGRAM, 'batch', 'list', '--config', config], {
      encoding: 'utf8',
      env: { ...OUTSIDE, LANG: 'C' },
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/^yika: CONFIG_INVALID: .*yika\.yaml:2/);
  });

  it('asks for a confirmation before money leaves', () => {
    const run = spawnSync(
      process.execPath,
      [PROGRAM, 'batch', 'release', '1', '--json', '--data', join(folder, 'data')],
      { encoding: 'utf8', env: OUTSIDE },
    );
    expect(run.status).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'CONFIRMATION_MISSING' } });
  });
});
