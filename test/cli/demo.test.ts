// What a newcomer runs first.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config/package-root.js';
import { sample } from '../support/context.js';

const folder = mkdtempSync(join(tmpdir(), 'yika-demo-'));
const { YIKA_DATABASE_URL: _url, ...OUTSIDE } = process.env;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function demo(args: readonly string[]) {
  const all = [join(PACKAGE_ROOT, 'bin/yika.js'), 'demo', ...args];
  return spawnSync(process.execPath, all, { cwd: folder, encoding: 'utf8', env: { ...OUTSIDE, LANG: 'C' } });
}

describe('the demo', () => {
  it('runs a whole month, tells it step by step, proves it, and leaves the files', () => {
    const run = demo([]);
    expect(run.status).toBe(0);
    for (let step = 1; step <= 15; step++) expect(run.stdout).toContain(`\n${step}. `);
    expect(run.stdout).toMatch(/(\d+) of \1 checks hold/);
    expect(run.stdout).toContain('yika batch show 1 --data');
    const outbox = readdirSync(join(folder, 'yika-demo/data/outbox')).filter((name) => !name.startsWith('.'));
    expect(outbox.length).toBeGreaterThan(9);
    // The answers in samples/returns are those of this very month.
    const returns = readdirSync(join(folder, 'yika-demo/returns'));
    expect(returns).toEqual(readdirSync(sample('returns')));
    for (const name of returns) {
      const bytes = readFileSync(join(folder, 'yika-demo/returns', name));
      expect([name, bytes.equals(readFileSync(sample(join('returns', name))))]).toEqual([name, true]);
    }
  });

  it('can be run again, in Chinese, and never empties a folder that is not its own', () => {
    expect(demo(['--lang', 'zh']).stdout).toContain('逐分核实');
    const mine = join(folder, 'mine');
    demo(['--out', mine, '--quiet']);
    rmSync(join(mine, '.yika-demo'));
    writeFileSync(join(mine, 'precious.txt'), 'x');
    const run = demo(['--out', mine]);
    expect(run.status).toBe(5);
    expect(existsSync(join(mine, 'precious.txt'))).toBe(true);
  });
});
