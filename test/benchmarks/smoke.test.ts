// The benchmark at its smallest size, so that it never rots: everybody counts the same, and every stage is there. Times are
// not judged here.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../benchmarks/report.js';
import { PACKAGE_ROOT } from '../../src/config/package-root.js';

const execute = promisify(execFile);
const STAGES_MS = 240_000;

describe('the benchmark', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yika-bench-'));
  let report: Report;

  beforeAll(async () => {
    const compiler = join(PACKAGE_ROOT, 'node_modules/typescript/bin/tsc');
    const program = join(PACKAGE_ROOT, 'dist-bench/benchmarks/run.js');
    const json = join(folder, 'report.json');
    await execute(process.execPath, [compiler, '-p', join(PACKAGE_ROOT, 'tsconfig.bench.json')]);
    await execute(process.execPath, [join(PACKAGE_ROOT, 'bundle.js'), 'bench'], { cwd: PACKAGE_ROOT });
    await execute(process.execPath, [program, '--size', 'smoke', '--data', folder, '--json', json]);
    report = JSON.parse(readFileSync(json, 'utf8')) as Report;
  }, STAGES_MS);

  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  const factsOf = (stage: string, side: string) =>
    report.stages.find((one) => one.stage === stage && one.side === side)?.facts;

  it('lets nobody count otherwise than yika, nor yika otherwise than the generator', () => {
    expect(report.differences).toEqual([]);
  });

  it('shows a faster wrong answer by the digest of what was found', () => {
    expect(report.digest).toMatch(/^[0-9a-f]{16}$/);
    expect(factsOf('roster', 'yika')).toMatchObject({ accepted: 952, LINE_UNREADABLE: 2 });
  });

  it.each(['base', 'roster', 'release', 'returns', 'reconcile', 'verify'])(
    'has the peers do %s too',
    (stage) => {
      for (const side of ['yika', 'postgres', 'duckdb']) expect(factsOf(stage, side)).not.toEqual({});
      for (const side of ['yika', 'postgres', 'duckdb']) expect(factsOf(stage, side)).toBeDefined();
    },
  );

  it('counts nine banks and the same money at each of them', () => {
    const banks = (side: string) =>
      Object.entries(factsOf('release', side) ?? {}).filter(([name]) => /^\d{3}$/.test(name));
    expect(banks('yika')).toHaveLength(9);
    expect(Object.fromEntries(banks('postgres'))).toEqual(Object.fromEntries(banks('yika')));
  });

  it('measures the whole month, every bar, and the memory of our processes', () => {
    expect(Object.keys(report.month).sort()).toEqual(['duckdb', 'postgres', 'yika']);
    expect(report.bars).toHaveLength(process.platform === 'linux' ? 15 : 14);
    const own = report.stages.filter(({ side, stage }) => side === 'yika' && !stage.startsWith('command'));
    for (const { megabytes } of own) expect(megabytes).toBeGreaterThan(20);
  });
});
