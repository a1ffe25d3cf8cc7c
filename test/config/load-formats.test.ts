// Formats and profiles of an installation: those that yika brings, and the institution's own over them.

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadFormats } from '../../src/config/load-formats.js';
import { FORMATS_FOLDER } from '../../src/config/package-root.js';

function load(text: string) {
  return loadFormats({ own: FORMATS_FOLDER, extra: undefined, banks: { text, path: '/etc/yika.yaml' } });
}

it('a bank of yika.yaml takes the place of the sample whole', async () => {
  const { profiles } = await load(
    'banks:\n  - { bank: "104", format: boc-express, parameters: { usage: EE } }\n',
  );
  expect(profiles.get(104)).toEqual({ bank: '104', format: 'boc-express', parameters: { usage: 'EE' } });
  expect(profiles.get(105)?.format).toBe('fixed-sample');
});

it('a mistake in yika.yaml is wrong configuration, with its place', async () => {
  await expect(load('banks:\n  - { bank: "40", format: boc-normal }\n')).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    details: { file: 'yika.yaml', line: 2, problem: '"bank" must be a bank code of three digits' },
  });
});

it('the payment side of a format is that of the whole format', async () => {
  const sources = { own: FORMATS_FOLDER, extra: undefined, banks: undefined };
  const { formats } = await loadFormats(sources);
  for (const { name, payment } of (await loadFormats(sources)).formats.values()) {
    const side = formats.paymentSide(name);
    expect(side?.payment).toEqual(payment);
    expect(side).toMatchObject({ name, returns: undefined, moreReturns: [] });
  }
  expect(formats.paymentSide('none')).toBeUndefined();
});

it('what banks answer is not read where only the payment side is asked for', async () => {
  const extra = await mkdtemp(join(tmpdir(), 'yika-formats-'));
  await cp(join(FORMATS_FOLDER, 'aba'), join(extra, 'aba'), { recursive: true });
  await writeFile(join(extra, 'aba', 'return.yaml'), 'format: [');
  const { formats } = await loadFormats({ own: FORMATS_FOLDER, extra, banks: undefined });
  expect(formats.paymentSide('aba')?.name).toBe('aba');
  expect(() => formats.get('aba')).toThrow(expect.objectContaining({ code: 'FORMAT_INVALID' }));
  await rm(extra, { recursive: true });
});
