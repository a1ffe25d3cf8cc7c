import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import { parseFormat } from '../../src/bank-file/parse-definition.js';
import { NARROW_BANKS, SAMPLE_BANKS } from '../../src/sample/bank.js';
import { DOTTED_NAMES, LATIN_NAMES, RARE_CHARACTERS } from '../../src/sample/name-parts.js';

const PROFILES = parse(readFileSync('formats/banks.yaml', 'utf8')) as {
  banks: { bank: string; format: string }[];
};

function formatOf(bank: string) {
  const name = PROFILES.banks.find((profile) => profile.bank === bank)!.format;
  const files = readdirSync(`formats/${name}`)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ path: file, text: readFileSync(`formats/${name}/${file}`, 'utf8') }));
  return compilePaymentFormat(parseFormat({ name, files }));
}

describe('names in the banks that yika comes with', () => {
  it.each(SAMPLE_BANKS.map(({ code }) => code))('bank %s takes all but what NARROW_BANKS says', (bank) => {
    const format = formatOf(bank);
    const refused = (name: string) => format.unencodable(name) !== undefined;
    expect([...DOTTED_NAMES, ...LATIN_NAMES].filter(refused)).toEqual([]);
    const rare = RARE_CHARACTERS.map((character) => `符${character}`);
    expect(rare.filter(refused)).toEqual(NARROW_BANKS.includes(bank) ? rare : []);
  });
});
