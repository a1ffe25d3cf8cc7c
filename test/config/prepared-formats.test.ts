// Formats that were parsed when yika was built are those that would be parsed now.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { loadFormats } from '../../src/config/load-formats.js';
import { FORMATS_FOLDER, PACKAGE_ROOT } from '../../src/config/package-root.js';
import { PREPARED } from '../../src/config/prepared-formats.js';

let built: typeof loadFormats;

beforeAll(async () => {
  const url = pathToFileURL(join(PACKAGE_ROOT, 'dist/bundle/load-formats.js')).href;
  ({ loadFormats: built } = (await import(url)) as { loadFormats: typeof loadFormats });
});

it('each is the same to the last property', async () => {
  expect(PREPARED.size).toBe(0);
  const sources = { own: FORMATS_FOLDER, extra: undefined, banks: undefined };
  const [prepared, parsed] = [await built(sources), await loadFormats(sources)];
  const names = [...(await loadFormats(sources)).formats.values()].map(({ name }) => name);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    expect(prepared.formats.paymentSide(name)).toStrictEqual(parsed.formats.paymentSide(name));
  }
});

it('a file that somebody changed is parsed', async () => {
  const extra = await mkdtemp(join(tmpdir(), 'yika-formats-'));
  await cp(join(FORMATS_FOLDER, 'aba'), join(extra, 'aba'), { recursive: true });
  const path = join(extra, 'aba', 'payment.yaml');
  await writeFile(path, (await readFile(path, 'utf8')).replace(/^title:.*$/m, 'title: Changed'));
  const { formats } = await built({ own: FORMATS_FOLDER, extra, banks: undefined });
  expect(formats.paymentSide('aba')?.payment.layout.title).toBe('Changed');
  await writeFile(path, 'format: [');
  const broken = await built({ own: FORMATS_FOLDER, extra, banks: undefined });
  expect(() => broken.formats.paymentSide('aba')).toThrow(
    expect.objectContaining({ code: 'FORMAT_INVALID' }),
  );
  await rm(extra, { recursive: true });
});
