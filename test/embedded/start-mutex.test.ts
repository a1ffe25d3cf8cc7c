import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, isRunning, thisProcess } from '../../src/embedded/process-identity.js';
import { withStartMutex } from '../../src/embedded/start-mutex.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yika-mutex-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const fileOf = (pid: number, ticks: string, space: string) => join(folder, `${pid}-${ticks}-${space}-abcdef`);

describe('the start mutex', () => {
  it('lets one in at a time, and in the end everyone', async () => {
    let inside = 0;
    let most = 0;
    let served = 0;
    const contend = () =>
      withStartMutex(folder, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await sleep(2);
        inside -= 1;
        served += 1;
      });
    await Promise.all(Array.from({ length: 20 }, contend));
    expect({ most, served }).toEqual({ most: 1, served: 20 });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    const failing = withStartMutex(folder, async () => {
      throw new Error('no space left');
    });
    await expect(failing).rejects.toThrow('no space left');
    expect(await withStartMutex(folder, async () => 'in')).toBe('in');
  });

  it('ignores an owner that is dead, or whose number another process has now', async () => {
    const { pid, space } = thisProcess();
    await writeFile(fileOf(999_999, '1', space), '');
    await writeFile(fileOf(pid, '1', space), '');
    expect(await withStartMutex(folder, async () => 'in')).toBe('in');
    expect(await readdir(folder)).toEqual([]);
  });

  it('waits for an owner that lives, until it is no longer needed', async () => {
    const { pid, startTicks, space } = thisProcess();
    await writeFile(fileOf(pid, startTicks, space), '');
    let asked = 0;
    const unneeded = async () => (asked += 1) >= 3;
    expect(await withStartMutex(folder, async () => 'in', { unneeded })).toBeUndefined();
  });

  it('waits for an owner elsewhere only while it shows that it lives', async () => {
    const path = fileOf(1, '1', 'ffffffffffffffff');
    await mkdir(folder, { recursive: true });
    await writeFile(path, '');
    expect(await withStartMutex(folder, async () => 'in', { unneeded: async () => true })).toBeUndefined();
    const old = new Date(Date.now() - 60_000);
    await utimes(path, old, old);
    expect(await withStartMutex(folder, async () => 'in')).toBe('in');
  });
});

describe('a process', () => {
  it('is alive, then gone, and cannot be judged from another space', async () => {
    expect(isAlive(thisProcess())).toBe(true);
    expect(isAlive({ ...thisProcess(), space: 'ffffffffffffffff' })).toBeUndefined();
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    expect(isRunning(child.pid as number)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isRunning(child.pid as number)).toBe(false);
  });
});
