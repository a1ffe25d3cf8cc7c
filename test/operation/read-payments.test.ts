// Payments out of the database by columns: the very bytes that a COPY of the table gives, or others that no digest takes for them.

import { describe, expect, it } from 'vitest';
import { keyOfPerson } from '../../src/directory/person-key.js';
import { COPY_HEADER, COPY_TRAILER } from '../../src/encoding/copy-rows.js';
import { readPayments } from '../../src/operation/read-payments.js';
import { PaymentRows } from '../../src/roster/payment-rows.js';
import { copyPaymentsIn, copyPaymentsOut, createBatchTables } from '../../src/store/batch-store.js';
import { useDatabase } from '../support/database.js';

const database = useDatabase();
const NAMES = ['王小明', '买买提·艾力', '陈𠮷', 'JOHN SMITH', '李', '赵\n六', '\u0001', '周'.repeat(42)];

interface Row {
  line: number;
  person: bigint;
  payee: bigint | undefined;
  name: string;
  bank: number;
  account: string;
  amountFen: number;
  region: number;
  department: string;
}

function rowOf(index: number): Row {
  return {
    line: index === 0 ? 2 : 2 + index * 3,
    person: index % 50 === 49 ? -BigInt(index) : 46010519000000000n + BigInt(index * 7919),
    payee: index % 7 === 3 ? 46010519000000001n + BigInt(index) : index % 77 === 5 ? -3n : undefined,
    name: NAMES[index % NAMES.length] as string,
    bank: 100 + (index % 900),
    account: '0'.repeat(index % 3) + '6'.repeat(6 + (index % 27)),
    amountFen: index % 11 === 0 ? 999_999_999_999_999 : 1 + index * 101,
    region: 100_000 + ((index * 31) % 900_000),
    department: ['', '1', '第3号', 'x'.repeat(62)][index % 4] as string,
  };
}

let last = 100;

/** Copies the payments in as an import does; answers with both ways of reading them. */
async function stored(rows: readonly Row[], tamper?: string): Promise<{ byColumns: Buffer; byRows: Buffer }> {
  const number = ++last;
  const bytes = new PaymentRows(1024);
  for (const { person, payee, department, ...rest } of rows) {
    const paid = { ...keyOfPerson(person), payee: payee === undefined ? undefined : keyOfPerson(payee) };
    bytes.put(rest.line, { ...rest, ...paid, sequence: 0, followsLine: undefined }, department);
  }
  return await database().withSession(async (session) => {
    await session.transaction(async () => {
      await createBatchTables(session, number);
      const copy = copyPaymentsIn(session, number);
      for (const piece of [COPY_HEADER, bytes.written(), COPY_TRAILER]) await copy.write(piece);
      await copy.finish();
      if (tamper) await session.query(tamper.replaceAll('PAYMENTS', `payment_${number}`));
    });
    const all = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => {
      const read: Buffer[] = [];
      for await (const piece of pieces) read.push(Buffer.from(piece));
      return Buffer.concat(read);
    };
    return {
      byColumns: await all(readPayments(session, { number, follows: null }, 'asStored')),
      byRows: await all(copyPaymentsOut(session, number, 'asStored')),
    };
  });
}

describe('payments read by columns', () => {
  it.each([0, 1, 2, 50, 20_000])('are those of the table, %i of them', async (count) => {
    const { byColumns, byRows } = await stored(Array.from({ length: count }, (_, index) => rowOf(index)));
    expect(byColumns.equals(byRows)).toBe(true);
  });

  it.each([
    ['a long name', "update PAYMENTS set name = repeat('王', 60) where line = 5"],
    ['a long account', "update PAYMENTS set account = repeat('6', 64) where line = 5"],
    [
      'a long number of the department',
      "update PAYMENTS set department_line = repeat('x', 70) where line = 5",
    ],
    ['an empty number of the department', "update PAYMENTS set department_line = '' where line = 5"],
    ['an amount of more than 2^50 fen', 'update PAYMENTS set amount = 9223372036854775807 where line = 5'],
    ['a line of more than 2^27', 'update PAYMENTS set line = 2147483647 where line = 5'],
    ['a second payment', 'update PAYMENTS set sequence = 1, follows_line = 7 where line = 5'],
    ['another region', 'update PAYMENTS set region = -1 where line = 5'],
  ])('differ from the table, and are read to their end, with %s', async (_what, tamper) => {
    const rows = Array.from({ length: 9000 }, (_, index) => rowOf(index));
    const { byColumns, byRows } = await stored(rows, tamper);
    expect(byColumns.equals(byRows)).toBe(false);
  });

  it('leave lines that follow others to the way row by row', async () => {
    const number = ++last;
    await database().withSession(async (session) => {
      await session.transaction(() => createBatchTables(session, number));
      const pieces: Uint8Array[] = [];
      for await (const piece of readPayments(session, { number, follows: 1 }, 'asStored')) pieces.push(piece);
      expect(Buffer.concat(pieces).equals(Buffer.concat([COPY_HEADER, COPY_TRAILER]))).toBe(true);
    });
  });
});
