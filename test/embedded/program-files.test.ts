import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateProgramFiles, mendLinks } from '../../src/embedded/program-files.js';

let folder: string;
const library = () => join(folder, 'native/lib/libpq.so.5');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yika-package-'));
  await mkdir(join(folder, 'native/lib'), { recursive: true });
  await writeFile(join(folder, 'native/lib/libpq.so.5.18'), 'library');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(folder, 'native/pg-symlinks.json'), JSON.stringify(links));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the links of the npm package', () => {
  it('are made where npm ran no install script', async () => {
    await mendLinks(folder);
    expect(await readlink(library())).toBe('libpq.so.5.18');
    expect(await readFile(library(), 'utf8')).toBe('library');
  });

  it('are mended where they point elsewhere or became files', async () => {
    await symlink('libpq.so.5.17', library());
    await mendLinks(folder);
    expect(await readlink(library())).toBe('libpq.so.5.18');
    await rm(library());
    await writeFile(library(), 'a copy that some archive made');
    await mendLinks(folder);
    expect((await lstat(library())).isSymbolicLink()).toBe(true);
  });

  it('may be mended by many at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => mendLinks(folder)));
    expect(await readlink(library())).toBe('libpq.so.5.18');
  });

  it('that cannot be made are EMBEDDED_UNAVAILABLE and name the folder', async () => {
    await rm(join(folder, 'native/lib'), { recursive: true });
    await expect(mendLinks(folder)).rejects.toMatchObject({
      code: 'EMBEDDED_UNAVAILABLE',
      details: { reason: 'links', folder: join(folder, 'native/lib') },
    });
  });
});

describe('the programs', () => {
  it('are found and run', async () => {
    const { postgres, initdb, major } = await locateProgramFiles();
    expect(execFileSync(postgres, ['--version'], { encoding: 'utf8' })).toContain(` ${major}.`);
    expect(execFileSync(initdb, ['--version'], { encoding: 'utf8' })).toContain(` ${major}.`);
  });
});
