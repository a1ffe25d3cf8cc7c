// kill -9 at any moment: run again, and it ends in the same state and the same bytes as a run that was not killed.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config/package-root.js';
import { makeSample } from '../../src/operation/make-sample.js';
import { sample } from '../support/context.js';

const folder = mkdtempSync(join(tmpdir(), 'yika-crash-'));
const PROGRAM = join(PACKAGE_ROOT, 'bin/yika.js');
const { YIKA_DATABASE_URL: _url, ...OUTSIDE } = process.env;
let threads = '2';

function run(data: string, args: readonly string[], actor = 'maker') {
  const all = [PROGRAM, ...args, '--data', data, '--actor', actor, '--threads', threads, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8', env: OUTSIDE });
  if (![0, 1].includes(status ?? -1)) throw new Error(`${args.join(' ')}: ${status} ${stdout} ${stderr}`);
  return JSON.parse(stdout) as Record<string, never>;
}

/** Starts the command, kills it after a while, and says whether it was still running. */
function kill(data: string, args: readonly string[], afterMs: number): Promise<boolean> {
  const all = [PROGRAM, ...args, '--data', data, '--actor', 'maker', '--json'];
  const child = spawn(process.execPath, all, { stdio: 'ignore', env: OUTSIDE });
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    child.on('exit', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

/** The month with each step killed at the given moments before it is run to its end. */
async function month(data: string, killedAfter: readonly number[]) {
  let kills = 0;
  const step = async (args: readonly string[], actor?: string) => {
    for (const afterMs of killedAfter) if (await kill(data, args, afterMs)) kills++;
    return run(data, args, actor);
  };
  await step(['cardholder', 'import', join(folder, 'cardholders.csv')]);
  run(data, ['catalogue', 'publish', sample('catalogue')]);
  const roster = await step([
    'roster',
    'import',
    join(folder, 'roster-GLJT-2026-10.csv'),
    '--programme',
    'GLJT',
    '--period',
    '2026-10',
  ]);
  run(data, ['batch', 'submit', '1']);
  run(data, ['batch', 'approve', '1'], 'checker');
  const release = ['batch', 'release', '1', '--pay-date', '2026-10-28', '--confirm', '1'];
  for (const afterMs of killedAfter) if (await kill(data, release, afterMs)) kills++;
  // A release that was killed after its commit has happened: its files are placed by whoever comes next.
  const { state } = run(data, ['batch', 'show', '1']) as unknown as { state: string };
  if (state === 'approved') run(data, release);
  const returns = join(folder, 'returns');
  if (!existsSync(returns)) run(data, ['sample', 'returns', '1', '--fail', '0.05', '--out', returns]);
  await step(['return', 'import', ...readdirSync(returns).map((name) => join(returns, name))]);
  const reconciled = run(data, ['batch', 'reconcile', '1']);
  const proof = run(data, ['verify', '--files']);
  const outbox = join(data, 'outbox');
  const files = readdirSync(outbox).filter((name) => !name.startsWith('.'));
  return {
    kills,
    digest: roster['digest'] as unknown,
    batch: roster['batch'] as unknown,
    reconciled,
    proof: proof['ok'] as unknown,
    files: files.map((name) => [name, readFileSync(join(outbox, name)).toString('base64')]),
    left: readdirSync(join(outbox, '.aside')),
  };
}

beforeAll(async () => {
  await makeSample({ cardholders: 30_000, lines: 30_000, out: folder, seed: 5 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a killed command', () => {
  it('run again ends in the same state and the same bytes as one that was not killed, with any number of threads', async () => {
    const whole = await month(join(folder, 'whole'), []);
    const killed = await month(join(folder, 'killed'), [250, 450, 700]);
    expect(whole.proof).toBe(true);
    expect(killed.left).toEqual([]);
    expect({ ...killed, kills: 0 }).toEqual({ ...whole, kills: 0 });
    expect(killed.kills).toBeGreaterThan(3);
    for (const count of ['1', '4']) {
      threads = count;
      expect([count, await month(join(folder, `threads-${count}`), [])]).toEqual([count, whole]);
    }
  }, 240_000);
});
