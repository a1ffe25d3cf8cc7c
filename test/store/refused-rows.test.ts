// Tables refuse rows that make no sense, whoever writes them.

import { beforeAll, describe, expect, it } from 'vitest';
import { attachBatchTables, createBatchTables } from '../../src/store/batch-store.js';
import { useDatabase } from '../support/database.js';

const database = useDatabase();
const FIRST = `payment_details(null, '王', '621700', 460105, null, null)`;
const LATER = `payment_details(null, '王', '621700', 460105, 9, null)`;
const PAYMENT = {
  batch: '7',
  line: '2',
  person: '1',
  amount: '1',
  sequence: '0',
  bank: '104',
  details: FIRST,
};
/** SQLSTATE of the refusal, or `taken`. Triggers are out of the way: what is asked is what the table itself says. */
function insert(table: string, row: Record<string, string>): Promise<unknown> {
  const columns = Object.keys(row).join(', ');
  return database().withSession(async (session) => {
    await session.query('begin; set local session_replication_role = replica');
    try {
      await session.query(`insert into ${table} (${columns}) values (${Object.values(row).join(', ')})`);
      return 'taken';
    } catch (error) {
      return (error as { sqlState?: string }).sqlState;
    } finally {
      await session.query('rollback');
    }
  });
}

beforeAll(async () => {
  await database().withSession((session) =>
    session.transaction(async () => {
      await createBatchTables(session, 7);
      await attachBatchTables(session, 7);
    }),
  );
});

describe('a payment', () => {
  it('is taken when it makes sense', async () => {
    expect(await insert('payment', PAYMENT)).toBe('taken');
    expect(await insert('payment', { ...PAYMENT, sequence: '1', details: LATER })).toBe('taken');
  });

  it.each([
    ['on no line', { line: '0' }],
    ['of no amount', { amount: '0' }],
    ['of less than nothing', { amount: '-1' }],
    ['at no bank', { bank: '99' }],
    ['at a bank of four digits', { bank: '1000' }],
    ['with a sequence below 0', { sequence: '-1', details: LATER }],
    ['of another batch', { batch: '8' }],
  ])('%s is refused', async (_what, change) => {
    expect(await insert('payment_7', { ...PAYMENT, ...change })).toBe('23514');
  });
});

describe('a finding', () => {
  const FINDING = { batch: '7', line: '2', code: '1', severity: '0' };

  it('is taken when it makes sense', async () => {
    expect(await insert('finding', FINDING)).toBe('taken');
  });

  it.each([{ severity: '3' }, { severity: '-1' }, { batch: '8' }])('is refused with %o', async (change) => {
    expect(await insert('finding_7', { ...FINDING, ...change })).toBe('23514');
  });
});
