// The fast path against the careful path, and one cut of the file against another, on random ugly rosters.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDING_CODE_LIST } from '../../src/base/finding.js';
import type { Entitlement, Programme } from '../../src/programme/programme.js';
import { MarksBuilder } from '../../src/roster/marks.js';
import { checkRoster, encodeRoster, type RosterWorld } from '../support/roster-check.js';
import { residentId, type SmallPerson, smallDirectory } from '../support/small-base.js';

const BIRTHS = [
  '19340228',
  '19360229',
  '19461031',
  '19461101',
  '19300101',
  '19201231',
  '19900715',
  '19461030',
];
const NAMES = [
  '王小明',
  '符阿花',
  '买买提·艾力',
  '陈𠮷',
  'JOHN SMITH',
  '李',
  '阿依古丽·吐尔逊',
  '欧阳娜娜',
  '赵 六',
  '阿卜杜热合曼·阿卜杜热依木江',
  '玛丽亚姆古丽阿依·吐尔逊江阿卜杜',
  '龦·生',
  '王㐂',
  '𠮷𡐓',
  '㐂 𠮷',
  '\u{2f800}生',
];
const PEOPLE: SmallPerson[] = Array.from({ length: 48 }, (_, index) => ({
  residentId:
    index % 16 === 15
      ? `E${1000000 + index}`
      : residentId(BIRTHS[index % BIRTHS.length] as string, index + 1),
  name:
    index % 3 === 0
      ? (NAMES[(index / 3) % NAMES.length] as string)
      : `林${String.fromCharCode(0x4e00 + index * 37)}生`,
  region: [460105, 460105, 460200, 469021, 440100][index % 5] as number,
  bank: [102, 104, 301][index % 3] as number,
  account:
    index % 11 === 10
      ? '0'.repeat(4) + '9'.repeat(18) + index
      : String(6217000000000000000n + BigInt(index === 7 ? 6 : index)),
  cardState: (['active', 'active', 'active', 'replaced', 'lost', 'cancelled', 'not_activated'] as const)[
    index % 7
  ],
  accountState: (['normal', 'normal', 'normal', 'normal', 'frozen', 'normal', 'dormant', 'closed'] as const)[
    index % 8
  ],
  deceased: index % 13 === 12,
  ...(index % 26 === 25 ? { diedOn: 20_700 } : {}),
  removed: index === 40,
}));
const DIRECTORY = smallDirectory([
  PEOPLE.slice(0, 30),
  PEOPLE.slice(30),
  [{ ...(PEOPLE[3] as SmallPerson), account: '00123456' }],
]);

const ENTITLEMENTS: Entitlement[] = [
  { kind: 'open', policy: 'asRostered' },
  { kind: 'fixed', amountFen: 10_000, policy: 'mustEqual' },
  { kind: 'fixed', amountFen: 10_000, policy: 'upTo' },
  { kind: 'perUnit', rate: '12.5', policy: 'mustEqual' },
  {
    kind: 'banded',
    bands: [
      { from: 80, to: 89, amountFen: 10_000 },
      { from: 90, amountFen: 20_000 },
    ],
    policy: 'mustEqual',
  },
  {
    kind: 'banded',
    bands: [
      { from: 80, to: 89, amountFen: 10_000 },
      { from: 90, amountFen: 20_000 },
    ],
    policy: 'upTo',
  },
];

function programmeOf(entitlement: Entitlement, extra: Partial<Programme>): Programme {
  return {
    code: 'P',
    name: 'P',
    frequency: 'monthly',
    regions: [460000],
    entitlement,
    ceilingFen: 200_000,
    rounding: 'halfUp',
    funding: [
      { source: 'province', share: '0.6' },
      { source: 'city', share: '0.4' },
    ],
    fundingByRegion: [{ region: 460200, shares: [{ source: 'city', share: '1' }] }],
    accountPolicy: 'mustMatch',
    payee: 'self',
    excludes: [],
    ...extra,
  };
}

const person = fc.nat({ max: PEOPLE.length - 1 }).map((index) => PEOPLE[index] as SmallPerson);
/** IDs that are none, in every way that has a name of its own. */
const BROKEN_IDS = [
  ...[
    '',
    '4.6E17',
    '4.6e+1',
    '4E',
    '4.E1',
    '4e+',
    '4.6E+170',
    'e5',
    '46',
    '4601X',
    '46010X1',
    '460105194001017',
    '46010519400101777',
  ],
  ...[
    '460105194002300015',
    '460105184912310017',
    '460105194013010015',
    '460105194001010000',
    '460105194001017000',
    '46010519400101X77X',
  ],
  ...[
    '46O105194001010011',
    'x',
    '4x',
    '４６',
    '460105 194001010011',
    '4601051940010100110',
    '-460105194001010',
    '9'.repeat(40),
  ],
];
const idText = fc
  .tuple(person, fc.nat({ max: 24 }), fc.constantFrom(...BROKEN_IDS))
  .map(([{ residentId: id }, kind, broken]) => {
    if (kind === 0) return id.toLowerCase();
    if (kind === 1) return ` ${id}`;
    if (kind === 2) return `${id.slice(0, 5)}${(Number(id[5]) + 1) % 10}${id.slice(6)}`;
    if (kind === 3) return '4.60105E+17';
    if (kind === 4) return residentId('19400101', 777);
    if (kind === 5) return id.slice(0, 15);
    if (kind >= 6 && kind <= 9) return broken;
    return id;
  });
const amountText = fc.oneof(
  { arbitrary: fc.constantFrom('100.00', '100', '200.00', '100.0', '0100.00', '25', '12.50'), weight: 8 },
  {
    arbitrary: fc.constantFrom(
      '0',
      '-5',
      '1e3',
      '１００',
      '1,000.00',
      '100.001',
      '',
      '99999999999',
      '2000.01',
      '5.',
      '.5',
      '-0',
      '-0.00',
      '-5.123',
      '0.001',
      '--5',
      '00',
      '123456789.99',
      '1234567890',
      ...[
        '壹佰元整',
        '100元',
        '￥100',
        '+5',
        '1e',
        '元',
        '100　',
        '　100',
        '１００．００',
        '12345678901234',
        'é',
        '㐂',
      ],
      ' 100.00',
    ),
    weight: 2,
  },
);
/** Blanks that somebody typed into a name, wherever. */
const gap = fc.option(fc.record({ at: fc.nat(5), blank: fc.constantFrom('　', ' ', '　 ', '\u00a0') }), {
  freq: 1,
  nil: undefined,
});
function spaced(name: string, put: { at: number; blank: string } | undefined): string {
  const characters = [...name];
  if (put) characters.splice(put.at, 0, put.blank);
  return characters.join('');
}

/** A line with anything wrong in any field. */
const uglyLine = fc
  .record({
    who: person,
    id: fc.option(idText, { freq: 4 }),
    name: fc.option(
      fc.constantFrom(
        ...NAMES,
        '',
        '王小明 ',
        '符阿花',
        '买买提•艾力',
        '合计',
        '总计',
        '小 计',
        'Total',
        'SUBTOTAL',
        'otalO',
      ),
      { freq: 5 },
    ),
    gap,
    amount: amountText,
    account: fc.constantFrom('own', 'own', '', 'other', ' own', '6217 0000'),
    quantity: fc.constantFrom('', '8', '2', '8.0000', '16', 'x'),
    payee: fc.constantFrom('', '', '', '', '', (PEOPLE[1] as SmallPerson).residentId, 'x'),
    remark: fc.constantFrom('', '备注', 'ok', '"quoted, too"', 'a"b', '\u00e9', '\u0000', '"open', '🙂'),
    number: fc.constantFrom('1', '', '22', '第3号', ' 7'),
    end: fc.constantFrom('\n', '\n', '\n', '\r\n', ',extra\n', '\n\n', '\n , ,\n', '\n,,,,,,,\n'),
  })
  .map(({ who, id, name, gap, amount, account, quantity, payee, remark, number, end }) => {
    const text = account.includes('own')
      ? account.replace('own', who.account)
      : account === 'other'
        ? '6217999999999999999'
        : account;
    const spelled = spaced(name ?? who.name, gap);
    return `${[number, id ?? who.residentId, spelled, amount, text, quantity, payee, remark].join(',')}${end}`;
  });

/** A line that most programmes accept, so that the fast path is taken. */
const cleanLine = fc
  .tuple(
    person,
    gap,
    fc.constantFrom('', 'own'),
    fc.constantFrom('', '备注', 'ok'),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([who, put, account, remark, end]) => {
    const isNinety = Number(who.residentId.slice(6, 10)) <= 1936;
    const cells = [
      '1',
      who.residentId,
      spaced(who.name, put),
      isNinety ? '200.00' : '100.00',
      account && who.account,
      isNinety ? '16' : '8',
      '',
      remark,
    ];
    return `${cells.join(',')}${end}`;
  });
/** What makes a line unreadable, or nearly, wherever it is put in. Between tildes: a byte. */
const SPLINTERS = [
  ...[',', ',,', '"', '""', '"x', '"王"x', ',"王"', ',"王"x', ',"王"\r', ',"', '\n', '\r', '\t', ';', ' '],
  ...['\u0000', '~ff~', '~c0~', '~f5~', '~80~', '~e4~', '~ed~', '合计', 'Total', '计', 'o', '　', '￥', '元'],
  ...['㐂', '𠮷', '㐂𠮷', '\u{2f800}', '\u{30001}', '\u{323b0}', '\u{10ffff}', 'é', '🙂', 'x'.repeat(9_000)],
];
const splinteredLine = fc
  .tuple(
    fc.oneof(cleanLine, uglyLine),
    fc.array(fc.tuple(fc.nat(60), fc.nat(6), fc.constantFrom(...SPLINTERS)), { minLength: 1, maxLength: 3 }),
  )
  .map(([text, splinters]) => {
    const characters = [...text];
    for (const [at, removed, splinter] of splinters)
      characters.splice(at, removed > 3 ? removed : 0, splinter);
    return characters.join('');
  });
/** Some or all fields in quotes, as spreadsheets write them. */
const quotedLine = fc
  .tuple(fc.oneof(cleanLine, uglyLine), fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), fc.nat(3))
  .map(([text, isQuoted, kind]) => {
    const end = /\r?\n$/.exec(text)?.[0] ?? '';
    const cells = text.slice(0, text.length - end.length).split(',');
    const quoted = cells.map((cell, index) => (kind === 0 || isQuoted[index] ? `"${cell}"` : cell));
    return quoted.join(',') + end;
  });
const line = fc.oneof(
  { arbitrary: cleanLine, weight: 6 },
  { arbitrary: uglyLine, weight: 4 },
  { arbitrary: splinteredLine, weight: 2 },
  { arbitrary: quotedLine, weight: 3 },
);

/** The bytes of a roster, with those that are no text. */
function bytesOf(lines: readonly string[], { encoding }: RosterWorld): Uint8Array {
  const bytes = Buffer.from(encodeRoster(lines.join(''), encoding as 'utf-8')).toString('latin1');
  const spliced = bytes.replace(/~(..)~/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return Buffer.from(spliced, 'latin1');
}

const world = fc
  .record({
    entitlement: fc.constantFrom(...ENTITLEMENTS),
    age: fc.constantFrom<Partial<Programme>>({}, { ageFrom: 80 }, { ageTo: 89 }),
    payee: fc.constantFrom<Programme['payee']>('self', 'selfOrGuardian'),
    policy: fc.constantFrom<Programme['accountPolicy']>('mustMatch', 'payBase'),
    encoding: fc.constantFrom<'utf-8' | 'gb18030'>('utf-8', 'gb18030'),
    marked: fc.boolean(),
    follows: fc.boolean(),
  })
  .map(({ entitlement, age, payee, policy, encoding, marked, follows }): RosterWorld => {
    const marks = new MarksBuilder(DIRECTORY, follows ? 7 : undefined);
    if (marked) {
      for (const index of [1, 2, 9])
        marks.paid(slotOf(PEOPLE[index] as SmallPerson), index === 9 ? 8 : 7, index, 0);
      marks.excluded(slotOf(PEOPLE[5] as SmallPerson), marks.addExclusion({ programme: 'X', batch: 3 }));
      marks.held(slotOf(PEOPLE[8] as SmallPerson));
    }
    return {
      directory: DIRECTORY,
      programme: programmeOf(entitlement, { ...age, payee, accountPolicy: policy }),
      period: { year: 2026, month: 10 },
      marks: marks.finish(),
      encoding,
      spelling: (key) => {
        const found = PEOPLE.findLast((one) => {
          const slot = slotOf(one);
          return slot >= 0 && DIRECTORY.keyOf(slot).a === key.a && DIRECTORY.keyOf(slot).b === key.b;
        }) as SmallPerson;
        return { name: found.name, account: found.account };
      },
    };
  });

function slotOf(one: SmallPerson): number {
  if (/^[A-Z]/.test(one.residentId)) return DIRECTORY.findOther(one.residentId);
  return DIRECTORY.find(Number(one.residentId.slice(0, 8)), Number(one.residentId.slice(8, 17)));
}

describe('a roster through the checks', () => {
  it('comes out the same by the fast and by the careful path, to the byte', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(world, fc.array(line, { maxLength: 40 }), async (one, lines) => {
        const bytes = bytesOf(lines, one);
        const fast = await checkRoster(one, bytes);
        const careful = await checkRoster(one, bytes, { carefulOnly: true });
        expect(fast.tally).toEqual(careful.tally);
        expect(fast.findings.equals(careful.findings)).toBe(true);
        expect(fast.payments.equals(careful.payments)).toBe(true);
        accepted += fast.tally.accepted.count;
      }),
      { numRuns: 800 },
    );
    // The property would hold of nothing at all; it must have been asked of payments too.
    expect(accepted).toBeGreaterThan(100);
  });

  it('does not depend on where the file is cut, nor on how far threads run ahead', async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(line, { minLength: 5, maxLength: 60 }),
        fc.constantFrom(64, 200, 1000),
        async (one, lines, chunkBytes) => {
          const bytes = bytesOf(lines, one);
          const whole = await checkRoster(one, bytes);
          for (const stale of [false, true]) {
            const cut = await checkRoster(one, bytes, { chunkBytes, stale });
            expect(cut.tally).toEqual(whole.tally);
            expect(cut.findings.equals(whole.findings)).toBe(true);
            expect(cut.payments.equals(whole.payments)).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives every fen of an accepted line to the funding sources', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.array(line, { maxLength: 40 }), async (one, lines) => {
        const { tally } = await checkRoster(one, bytesOf(lines, one));
        expect(tally.funding.reduce((sum, fen) => sum + fen, 0n)).toBe(tally.accepted.amount);
        expect(tally.banks.reduce((sum, [, , fen]) => sum + fen, 0n)).toBe(tally.accepted.amount);
        expect(tally.lines).toBe(tally.accepted.count + tally.held.count + tally.rejected.count);
      }),
      { numRuns: 100 },
    );
  });

  it('finds a repeat however many lines lie between, in one chunk or in many', async () => {
    const rows = PEOPLE.slice(0, 3).map((one) => `1,${one.residentId},${one.name},100.00,,,,\n`);
    const strangers = Array.from(
      { length: 6_000 },
      (_, index) => `1,${residentId('19500101', index % 999)},某人,100.00,,,,\n`,
    );
    const bytes = encodeRoster([...rows, ...strangers, ...rows, ...strangers, ...rows].join(''), 'utf-8');
    const one: RosterWorld = {
      directory: DIRECTORY,
      programme: programmeOf({ kind: 'open', policy: 'asRostered' }, {}),
      period: { year: 2026, month: 10 },
    };
    const whole = await checkRoster(one, bytes);
    expect(whole.tally.lines).toBe(12_009);
    expect(whole.tally.accepted.count).toBeGreaterThan(0);
    expect(whole.tally.findings[FINDING_CODE_LIST.indexOf('DUPLICATE_IN_ROSTER') * 3]).toBe(6);
    for (const stale of [false, true]) {
      const cut = await checkRoster(one, bytes, { chunkBytes: 4_096, stale });
      expect(cut.tally).toEqual(whole.tally);
      expect(cut.payments.equals(whole.payments)).toBe(true);
    }
  });
});
