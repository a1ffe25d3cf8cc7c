// The table of contract section 4: what is wrong with a line, and the finding that it gets. In order of precedence.

import { describe, expect, it } from 'vitest';
import { FINDING_CODE_LIST, FINDING_CODES, type FindingCode } from '../../src/base/finding.js';
import { COPY_HEADER, COPY_TRAILER } from '../../src/encoding/copy-rows.js';
import { CopyTuples } from '../../src/encoding/copy-tuples.js';
import type { Programme } from '../../src/programme/programme.js';
import { FINDING_COLUMNS } from '../../src/roster/finding-rows.js';
import { MarksBuilder } from '../../src/roster/marks.js';
import { checkRoster, encodeRoster, type RosterWorld } from '../support/roster-check.js';
import { residentId, type SmallPerson, smallDirectory } from '../support/small-base.js';

const GOOD = residentId('19400101', 1);
const GUARDIAN = residentId('19800101', 30);
const person = (sequence: number, extra: Partial<SmallPerson> = {}, birth = '19400101'): SmallPerson => ({
  residentId: residentId(birth, sequence),
  name: '王小明',
  account: String(6217000000000000000n + BigInt(sequence)),
  ...extra,
});
const PEOPLE: SmallPerson[] = [
  person(1),
  person(2, { deceased: true, diedOn: 20_600 }),
  person(3, { cardState: 'cancelled' }),
  person(4, { accountState: 'closed' }),
  person(5, { region: 440100 }),
  person(6, {}, '19900101'),
  person(7),
  person(8),
  person(9, { cardState: 'lost' }),
  person(10, { cardState: 'not_activated' }),
  person(11, { accountState: 'frozen' }),
  person(12, { accountState: 'dormant' }),
  person(13),
  person(14, { name: '陈𠮷' }),
  person(15, { account: '6217111111111111111' }),
  person(16, { account: '6217111111111111111' }),
  { residentId: 'E1234567', name: '王小明', account: '6217222222222222222' },
  person(17, { deceased: true, diedOn: 20_735 }),
  person(18, { name: '买买提·艾力' }),
  person(30, {}, '19800101'),
];
const DIRECTORY = smallDirectory([PEOPLE]);
const PROGRAMME: Programme = {
  code: 'P',
  name: 'P',
  frequency: 'monthly',
  regions: [460000],
  ageFrom: 80,
  entitlement: { kind: 'fixed', amountFen: 10_000, policy: 'mustEqual' },
  ceilingFen: 200_000,
  rounding: 'halfUp',
  funding: [{ source: 'city', share: '1' }],
  fundingByRegion: [],
  accountPolicy: 'mustMatch',
  payee: 'self',
  excludes: [],
};

function world(programme: Partial<Programme> = {}): RosterWorld {
  const marks = new MarksBuilder(DIRECTORY, undefined);
  marks.paid(slotOf(7), 5, 1, 0);
  marks.excluded(slotOf(8), marks.addExclusion({ programme: 'X', batch: 6 }));
  marks.held(slotOf(13));
  return {
    directory: DIRECTORY,
    programme: { ...PROGRAMME, ...programme },
    period: { year: 2026, month: 10 },
    marks: marks.finish(),
    spelling: () => ({ name: '王小明', account: '6217000000000000030' }),
  };
}

function slotOf(sequence: number): number {
  const id = residentId('19400101', sequence);
  return DIRECTORY.find(Number(id.slice(0, 8)), Number(id.slice(8, 17)));
}

interface Found {
  line: number;
  finding: string;
}

/** Findings as `CODE severity detail`, in order of line. */
async function findingsOf(text: string, one = world()): Promise<Found[]> {
  const { findings } = await checkRoster(one, encodeRoster(text, 'utf-8'));
  const found: Found[] = [];
  const tuples = new CopyTuples(FINDING_COLUMNS.length);
  tuples.feed(Buffer.concat([COPY_HEADER, findings, COPY_TRAILER]), (bytes, view) => {
    const start = (column: number): number => tuples.starts[column] as number;
    const code = FINDING_CODE_LIST[view.getInt16(start(1))] as string;
    const severity = 'RHW'[view.getInt16(start(2))] as string;
    const length = tuples.lengths[3] as number;
    const detail = length < 0 ? '' : Buffer.from(bytes.subarray(start(3), start(3) + length)).toString();
    found.push({ line: view.getInt32(start(0)), finding: `${code} ${severity} ${detail}`.trim() });
  });
  return found;
}

const line = (
  id: string,
  { name = '王小明', amount = '100.00', account = '', quantity = '', payee = '' } = {},
): string => `1,${id},${name},${amount},${account},${quantity},${payee},`;
const of = (sequence: number, fields = {}): string => line(residentId('19400101', sequence), fields);

const TABLE: [what: string, text: string, finding: string, programme?: Partial<Programme>][] = [
  ['too few fields', '1,2,3', 'LINE_UNREADABLE R fieldCount=3/8'],
  ['an open quote', `1,"${GOOD},王小明,100.00,,,,`, 'LINE_UNREADABLE R quote-unclosed'],
  ['a NUL', of(1, { name: '王\u0000明' }), 'LINE_UNREADABLE R not-text'],
  ['17 characters', line(GOOD.slice(1)), 'RESIDENT_ID_INVALID R length'],
  ['15 digits of the old form', line('460105400101001'), 'RESIDENT_ID_INVALID R fifteenDigits'],
  ['the 30th of February', line('460105194002300018'), 'RESIDENT_ID_INVALID R birthDate'],
  [
    'a swapped digit',
    line(`${GOOD.slice(0, 17)}${GOOD[17] === '1' ? '2' : '1'}`),
    'RESIDENT_ID_INVALID R checkCharacter',
  ],
  ['a spreadsheet exponent', line('4.60105E+17'), 'RESIDENT_ID_INVALID R spreadsheetExponent'],
  ['no name', of(1, { name: '　' }), 'NAME_MISSING R'],
  ['no amount', of(1, { amount: '' }), 'AMOUNT_INVALID R empty'],
  ['three decimals', of(1, { amount: '100.001' }), 'AMOUNT_INVALID R decimals'],
  ['zero', of(1, { amount: '0.00' }), 'AMOUNT_INVALID R zero'],
  ['a negative amount', of(1, { amount: '-1' }), 'AMOUNT_INVALID R negative'],
  ['an exponent', of(1, { amount: '1e2' }), 'AMOUNT_INVALID R exponent'],
  ['full-width digits', of(1, { amount: '１００' }), 'AMOUNT_INVALID R fullWidth'],
  ['an amount above the ceiling', of(1, { amount: '2000.01' }), 'AMOUNT_INVALID R aboveCeiling'],
  ['a stranger', line(residentId('19400101', 99)), 'CARDHOLDER_UNKNOWN R'],
  ['another name', of(1, { name: '王小朋' }), 'NAME_MISMATCH R'],
  ['a death before the period', of(2), 'CARDHOLDER_DECEASED R'],
  ['a cancelled card', of(3), 'CARD_CANCELLED R'],
  ['a closed account', of(4), 'ACCOUNT_CLOSED R'],
  ['another account', of(1, { account: '6217000000000000002' }), 'ACCOUNT_MISMATCH R'],
  [
    'another account where the base is paid',
    of(1, { account: '6217000000000000002' }),
    'ACCOUNT_MISMATCH W baseAccountPaid',
    { accountPolicy: 'payBase' },
  ],
  ['a payee where none is allowed', of(1, { payee: GUARDIAN }), 'PAYEE_NOT_ALLOWED R'],
  ['a card of another province', of(5), 'REGION_NOT_COVERED R region=440100'],
  ['someone too young', line(residentId('19900101', 6)), 'AGE_NOT_ELIGIBLE R ageBelow'],
  [
    'an amount that is not the standard',
    of(1, { amount: '99.99' }),
    'AMOUNT_NOT_STANDARD R amountDiffers=100.00',
  ],
  ['someone paid in another batch', of(7), 'ALREADY_PAID R batch=5'],
  ['someone paid under an excluding programme', of(8), 'EXCLUDED_BY_PROGRAMME R programme=X,batch=6'],
  ['a lost card', of(9), 'CARD_LOST H'],
  ['a card not activated', of(10), 'CARD_NOT_ACTIVATED H'],
  ['a frozen account', of(11), 'ACCOUNT_FROZEN H'],
  ['a dormant account', of(12), 'ACCOUNT_DORMANT H'],
  ['someone on the hold list', of(13), 'ON_HOLD_LIST H'],
  ['a name that the bank cannot take', of(14, { name: '陈𠮷' }), 'NAME_UNENCODABLE H outside GBK'],
  ['an account that two people have', of(15), 'ACCOUNT_SHARED W'],
  ['a passport', line('E1234567'), 'RESIDENT_ID_UNCHECKED W', { ageFrom: undefined as never }],
];

describe('a roster line', () => {
  for (const [what, text, finding, programme] of TABLE) {
    it(`with ${what} gets ${finding.split(' ')[0]}`, async () => {
      const clean = { ...programme };
      if ('ageFrom' in clean) delete clean.ageFrom;
      const one = world(clean);
      if (programme && 'ageFrom' in programme) delete (one.programme as { ageFrom?: number }).ageFrom;
      expect(await findingsOf(`${text}\n`, one)).toEqual([{ line: 2, finding }]);
    });
  }

  it('without fault gets no finding, however it is spelled', async () => {
    const text = [of(1), of(17), of(18, { name: ' 买买提 • 艾力 ' }), of(16, { amount: '0100' })].join('\n');
    const found = await findingsOf(text, {
      ...world(),
      spelling: () => ({ name: '买买提·艾力', account: '6217000000000000018' }),
    });
    expect(found).toEqual([{ line: 5, finding: 'ACCOUNT_SHARED W' }]);
  });

  it('that repeats an earlier ID is rejected, whatever became of the earlier line', async () => {
    const text = [of(1, { amount: 'x' }), of(1), of(9), of(9)].join('\n');
    expect(await findingsOf(text)).toEqual([
      { line: 2, finding: 'AMOUNT_INVALID R notDecimal' },
      { line: 3, finding: 'DUPLICATE_IN_ROSTER R' },
      { line: 4, finding: 'CARD_LOST H' },
      { line: 5, finding: 'DUPLICATE_IN_ROSTER R' },
    ]);
  });

  it('gets the first finding that applies, and every warning', async () => {
    const both = `${of(15, { name: '王小朋', amount: '0' })}\n`;
    expect(await findingsOf(both)).toEqual([
      { line: 2, finding: 'AMOUNT_INVALID R zero' },
      { line: 2, finding: 'ACCOUNT_SHARED W' },
    ]);
  });

  it('for a child is paid to the guardian, and judged by the guardian’s account', async () => {
    const one = world({ payee: 'selfOrGuardian' });
    expect(await findingsOf(`${of(1, { payee: GUARDIAN })}\n`, one)).toEqual([]);
    expect(await findingsOf(`${of(1, { payee: residentId('19400101', 4) })}\n`, one)).toEqual([
      { line: 2, finding: 'ACCOUNT_CLOSED R payee' },
    ]);
    expect(await findingsOf(`${of(1, { payee: '460105' })}\n`, one)).toEqual([
      { line: 2, finding: 'RESIDENT_ID_INVALID R payee=length' },
    ]);
  });

  it('can get every finding that the contract names, in the order of the table', () => {
    const shown = TABLE.map(([, , finding]) => finding.split(' ')[0] as FindingCode);
    const order = [...new Set(shown)].map((code) => FINDING_CODE_LIST.indexOf(code));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    const untold = FINDING_CODE_LIST.filter((code) => !shown.includes(code));
    expect(untold).toEqual(['DUPLICATE_IN_ROSTER']);
    expect(Object.values(FINDING_CODES).every((severity) => 'RHW'.includes(severity))).toBe(true);
  });
});
