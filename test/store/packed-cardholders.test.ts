// Records of cardholders as SQL reads them: what the file said, however it was written and packed.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/cardholder/cardholder-record.js';
import { checkRow } from '../../src/cardholder/check-row.js';
import { ACCOUNT_STATES, CARD_STATES } from '../../src/directory/layout.js';
import { RECORD } from '../../src/directory/packed-record.js';
import { importCardholders } from '../../src/operation/import-cardholders.js';
import { type BaseRow, recordOf } from '../support/base-rows.js';
import { testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';
import { residentId } from '../support/small-base.js';

const database = useDatabase();
const folder = useFolder();
const sql = (text: string, values?: readonly unknown[]) =>
  database().withSession((session) => session.query(text, values));

const FIELDS = [
  ...([
    'residentId',
    'name',
    'region',
    'cardNumber',
    'cardState',
    'bank',
    'account',
    'accountState',
  ] as const),
  ...(['alive', 'diedOn', 'updatedOn'] as const),
];
const HEADER =
  'resident_id,name,region,card_number,card_state,bank,account,account_state,alive,died_on,updated_on\n';
const NAMES = [
  '王小明',
  '阿迪力·热合曼',
  'JOHN SMITH',
  '陈𠮷',
  '周'.repeat(1200),
  '㜣',
  '"孙,七"',
  '李'.repeat(30_000),
];
const CARDS = ['A12345678', '', '9'.repeat(32), '卡'.repeat(32)];
const ACCOUNTS = ['6217000000000000001', '012345', '12345678901234567890123456789012'];
const DAYS = ['', '1970-01-01', '0001-01-01', '9999-12-31', '20261001', '1969-12-31'];

/** Of plain rows, which the compiled path takes, and of others. */
function cellsOf(index: number): string[] {
  const isPlain = index % 3 !== 0;
  const at = (list: readonly string[]): string => list[Math.floor(index / 3) % list.length] as string;
  return [
    index % 50 === 9 ? `E${1_000_000 + index}` : residentId('19400229', 1 + index),
    isPlain ? (NAMES[index % 2] as string) : at(NAMES),
    String(100_000 + ((index * 4_801) % 900_000)),
    isPlain ? (CARDS[index % 3] as string) : at(CARDS),
    CARD_STATES[index % CARD_STATES.length] as string,
    String(102 + ((index * 7) % 898)),
    ACCOUNTS[index % ACCOUNTS.length] as string,
    ACCOUNT_STATES[index % ACCOUNT_STATES.length] as string,
    index % 5 === 0 ? 'deceased' : '',
    isPlain ? (['', '2026-01-31', '1970-01-01'][index % 3] as string) : at(DAYS),
    isPlain ? (['', '20260930', '1969-12-31'][(index >> 1) % 3] as string) : at(DAYS),
  ];
}

function recordFrom(cells: readonly string[]) {
  const text = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1) : cell);
  const fields = Object.fromEntries(FIELDS.map((field, index) => [field, text(cells[index] as string)]));
  const checked = checkRow(fields as Record<(typeof FIELDS)[number], string>);
  if (checked.kind !== 'record') throw new Error(`a row was rejected: ${checked.code}`);
  return checked;
}

const day = (days: number | undefined): string | null => {
  if (days === undefined) return null;
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
};

describe('cardholders of a file', () => {
  const rows = Array.from({ length: 300 }, (_, index) => cellsOf(index));
  const file = async (lines: readonly (readonly string[])[]): Promise<string> => {
    const path = join(folder, 'cardholders.csv');
    await writeFile(path, HEADER + lines.map((cells) => `${cells.join(',')}\n`).join(''));
    return path;
  };

  beforeAll(async () => {
    const context = testContext(database(), folder);
    expect(await importCardholders(context, { file: await file(rows), delta: false })).toMatchObject({
      new: rows.length,
      rejected: 0,
    });
    expect(
      await importCardholders(context, { file: await file(rows.slice(40)), delta: false }),
    ).toMatchObject({
      unchanged: rows.length - 40,
      removed: 40,
    });
  });

  it('are in the view as the file has them', async () => {
    const found = await sql(`
      select case when person < 0 then (select identifier from other_identifier where serial = -person) else person::text end as id,
        name, region, card_number, card_state::int, bank::int, account, account_state::int, deceased, died_on::text,
        updated_on::text, fingerprint, removed
      from cardholder_in_full where version = 1`);
    const expected = rows.map((cells) => {
      const { person, identifier, record } = recordFrom(cells);
      const print = fingerprintOf(record);
      return {
        id: person?.toString() ?? identifier,
        name: record.name,
        region: record.region,
        card_number: record.cardNumber ?? null,
        card_state: CARD_STATES.indexOf(record.cardState),
        bank: record.bank,
        account: record.account,
        account_state: ACCOUNT_STATES.indexOf(record.accountState),
        deceased: record.deceased,
        died_on: day(record.diedOn),
        updated_on: day(record.updatedOn),
        fingerprint: BigInt.asIntN(64, (BigInt(print.high >>> 0) << 32n) | BigInt(print.low >>> 0)),
        removed: false,
      };
    });
    const byId = (one: { id?: unknown }, other: { id?: unknown }) =>
      String(one.id) < String(other.id) ? -1 : 1;
    expect(found.sort(byId)).toEqual(expected.sort(byId));
  });

  it('are the same once more when they are removed, but for that', async () => {
    const found = await sql(`
      select count(*)::int, bool_and(now.removed) as removed, bool_and(
        (now.name, now.region, now.card_number, now.card_state, now.bank, now.account, now.account_state, now.deceased,
          now.died_on, now.updated_on, now.fingerprint)
        is not distinct from
        (old.name, old.region, old.card_number, old.card_state, old.bank, old.account, old.account_state, old.deceased,
          old.died_on, old.updated_on, old.fingerprint)) as same
      from cardholder_in_full now join cardholder_in_full old using (person) where now.version = 2 and old.version = 1`);
    expect(found).toEqual([{ count: 40, removed: true, same: true }]);
  });

  it('are packed by SQL as they are by us', async () => {
    expect(
      await sql(`
        select count(*)::int, bool_and(c.record = pack_cardholder(u.name, u.region, u.card_number, u.card_state, u.bank, u.account,
          u.account_state, u.deceased, u.died_on, u.updated_on, u.fingerprint, u.removed)) as same
        from cardholder c, unpack_cardholder(c.record) u`),
    ).toEqual([{ count: rows.length + 40, same: true }]);
  });
});

describe('a record', () => {
  const row: BaseRow = {
    ...{
      person: 1n,
      name: '王',
      region: 460105,
      cardNumber: 'A1',
      cardState: 0,
      bank: 104,
      account: '621700',
    },
    ...{
      accountState: 0,
      deceased: false,
      diedOn: undefined,
      removed: false,
      fingerprint: 0n,
      updatedOn: undefined,
    },
  };
  const good = recordOf(row);

  beforeAll(() => sql('create table cardholder_7 partition of cardholder for values in (7)'));

  /** SQLSTATE of the refusal to take it or to read it, or what was read. */
  function read(record: Uint8Array): Promise<unknown> {
    return database().withSession(async (session) => {
      await session.query('begin');
      try {
        await session.query('insert into cardholder (version, person, record) values (7, 1, $1)', [
          Buffer.from(record),
        ]);
        return await session.query('select name, account from cardholder_in_full where version = 7');
      } catch (error) {
        return (error as { sqlState?: string }).sqlState;
      } finally {
        await session.query('rollback');
      }
    });
  }

  it('is read when it is whole', async () => {
    expect(await read(good)).toEqual([{ name: '王', account: '621700' }]);
  });

  it('is not taken when it is shorter than any', async () => {
    expect(await read(good.subarray(0, 33))).toBe('23514');
    expect(await read(new Uint8Array(0))).toBe('23514');
  });

  it.each<[string, number, number[]]>([
    ['of no region', RECORD.region, [0, 0xb3, 0xba]],
    ['at no bank', RECORD.bank, [0, 99]],
    ['at a bank of four digits', RECORD.bank, [3, 232]],
    ['with an account too short', RECORD.accountBytes, [5]],
    ['with an account too long', RECORD.accountBytes, [33]],
    ['with an unknown state of the card', RECORD.states, [5]],
    ['with a state that no bit stands for', RECORD.states, [128]],
    ['with a longer name than it holds', RECORD.nameBytes, [0, 0, 0, 4]],
    ['with a name of less than nothing', RECORD.nameBytes, [255, 255, 255, 250]],
    ['with a shorter card number than it holds', RECORD.cardNumberBytes, [1]],
  ])('%s is refused by whoever reads it', async (_what, place, damage) => {
    const record = Buffer.from(good);
    record.set(damage, place);
    expect(await read(record)).toBe('XX001');
  });

  it('with a byte too many, or one too few, is refused', async () => {
    expect(await read(Buffer.concat([good, Buffer.from('x')]))).toBe('XX001');
    expect(await read(good.subarray(0, -1))).toBe('XX001');
  });
});
