// Formats and profiles of an installation: those that yika brings, and the institution's own over them.

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
