// Which lines the compiled path judges by itself: a careful one costs ten times as much. That both judge alike is what
// test/property/roster-paths.test.ts holds.

import { describe, expect, it } from 'vitest';
import { createRecordReader } from '../../src/codec/record-reader.js';
import type { RecordReader } from '../../src/encoding/record-chunk.js';
import { sampleProgramme } from '../programme/sample-programme.js';
import { checkRoster, encodeRoster, type RosterWorld } from '../support/roster-check.js';
import { residentId, smallDirectory } from '../support/small-base.js';

const NAMES = ['王小明', '陈𠮷', '王㐂', '买买提·艾力'];
const [ID, RARE, RARER, DOTTED] = NAMES.map((_, index) => residentId('19400101', index + 1));
const WORLD: RosterWorld = {
  directory: smallDirectory([
    NAMES.map((name, index) => ({
      residentId: residentId('19400101', index + 1),
      name,
      account: String(6217000000000000000n + BigInt(index)),
    })),
  ]),
  programme: sampleProgramme({ ceilingFen: 200_000 }),
  period: { year: 2026, month: 10 },
};

/** Counts the lines that are left to the careful path. */
function counting(): RecordReader & { lines: number } {
  const reader = createRecordReader(',');
  const counter = {
    lines: 0,
    recordEnd: reader.recordEnd,
    fields: (...record: Parameters<RecordReader['fields']>) => {
      counter.lines++;
      return reader.fields(...record);
    },
  };
  return counter;
}

async function leftLines(line: string, encoding: 'utf-8' | 'gb18030' = 'utf-8'): Promise<number> {
  const reader = counting();
  const bytes = Buffer.from(encodeRoster(`${line}\n`, encoding))
    .toString('latin1')
    .replace('~', '\xff');
  await checkRoster({ ...WORLD, encoding }, Buffer.from(bytes, 'latin1'), { reader });
  return reader.lines;
}

describe('a totals row', () => {
  const rows = [
    ...[
      '1,,合计,100.00,,,,',
      ',,总计,,,,,',
      ',,小 计,3.00,,,,',
      ',460105,合计,3.00,,,,',
      ',,Total,3.00,,,,',
      ',,GRAND TOTAL,,,,,',
    ],
    ...[
      '合计,,,100.00',
      '合计,,,,,,,',
      ',合计,,3.00,,,,',
      '"合计",,,3.00,,,,',
      ',,,合计,,,,',
      ',1,本页合计,3,,,,',
    ],
  ];
  it.each(rows)('is no line, wherever its label stands: %s', async (row) => {
    for (const encoding of ['utf-8', 'gb18030'] as const) {
      const text = `1,${ID},王小明,100.00,,,,\n${row}\n`;
      const { tally } = await checkRoster({ ...WORLD, encoding }, encodeRoster(text, encoding));
      expect(tally.lines).toBe(1);
    }
  });

  it.each([
    `1,${ID},王合计,100.00,,,,`,
    `合计,${ID},王小明,100.00,,,,`,
    '1,,王计,100.00,,,,',
    '1,2,李,4,合计,,,',
  ])('is not what only looks like one: %s', async (row) => {
    expect((await checkRoster(WORLD, encodeRoster(`${row}\n`, 'utf-8'))).tally.lines).toBe(1);
  });
});

describe('a blank row', () => {
  it.each([',,,,,,,', ', , ,,,\t,,', ',,,', '', ';;;', ',,,,,,,,,,'])('is no line: %j', async (row) => {
    const text = `1,${ID},王小明,100.00,,,,\n${row}\r\n${row}`;
    const { tally } = await checkRoster(WORLD, encodeRoster(text, 'utf-8'));
    expect(tally.lines).toBe(1);
  });
});

describe('the compiled path of a roster', () => {
  it.each([
    ['a plain line', `1,${ID},王小明,100.00,,,,`],
    ['a name with a dot', `1,${DOTTED},买买提·艾力,100.00,,,,`],
    ['a name beyond the first plane', `1,${RARE},陈𠮷,100.00,,,,`],
    ['a name that GBK lacks', `1,${RARER},王㐂,100.00,,,,`],
    ['an ID with a letter O for a zero', '1,46O105194001010011,王小明,100.00,,,,'],
    ['too few fields', `1,${ID},王小明,100.00`],
    ['too many fields', `1,${ID},王小明,1,100.00,,,,`],
    ['more behind a closing quote', `1,${ID},"王小明"x,100.00,,,,`],
    ['bytes that are no text', `1,${ID},王小~明,100.00,,,,`],
    ['fields in quotes', `"1","${ID}","王小明","100.00","","","","a,b"`],
    ['an amount with thousands separators', `1,${ID},王小明,"1,100.00",,,,`],
    ['an amount in words', `1,${ID},王小明,壹佰元整,,,,`],
    ['an amount in full-width digits', `1,${ID},王小明,１００,,,,`],
    ['an amount with an exponent', `1,${ID},王小明,1e2,,,,`],
  ])('judges %s by itself', async (_what, line) => {
    expect(await leftLines(line)).toBe(0);
  });

  it.each([
    ['a plain line', `1,${ID},王小明,100.00,,,,`],
    ['too few fields', `1,${ID},王小明,100.00`],
    ['an amount in words', `1,${ID},王小明,壹佰元整,,,,`],
  ])('judges %s in GB18030 too', async (_what, line) => {
    expect(await leftLines(line, 'gb18030')).toBe(0);
  });

  it.each([
    ['a doubled quote', `1,${ID},王小明,100.00,,,,"a""b"`],
    ['a quote that may close on a later line', `1,${ID},"王小明,100.00,,,,`],
    ['what may be a totals row', '合计,,,100.00'],
    ['what may be one by its name', '1,,合计,100.00,,,,'],
    ['an identifier of another kind', '1,E1234567,王小明,100.00,,,,'],
    ['somebody who receives it for another', `1,${ID},王小明,100.00,,,${RARE},`],
  ])('leaves %s to the careful one', async (_what, line) => {
    expect(await leftLines(line)).toBe(1);
  });
});
