// Payments into the database and out again, by every way: the very bytes that the digest is taken over, and values that people
// who ask the database see; or others that no digest takes for them.

import { describe, expect, it } from 'vitest';
import { keyOfPerson } from '../../src/directory/person-key.js';
import { COPY_HEADER, COPY_TRAILER } from '../../src/encoding/copy-rows.js';
import { createMemory } from '../../src/kernel/memory.js';
import { readPayments, readSegment } from '../../src/operation/read-payments.js';
import { PaymentPacker, unpackPayments } from '../../src/roster/packed-payments.js';
import type { VisitPayment } from '../../src/roster/payment-block.js';
import { PAYMENT_COLUMNS, PaymentRows } from '../../src/roster/payment-rows.js';
import { copyPaymentsIn, createBatchTables } from '../../src/store/batch-store.js';
import { kernelModule } from '../../src/worker/kernel-module.js';
import { useDatabase } from '../support/database.js';

const database = useDatabase();
const NAMES = [
  '王小明',
  '买买提·艾力',
  '陈𠮷',
  'JOHN SMITH',
  '李',
  '赵\n六',
  '\u0001',
  '周'.repeat(42),
  '王'.repeat(30_000),
];

interface Row {
  line: number;
  person: bigint;
  sequence: number;
  followsLine: number | undefined;
  payee: bigint | undefined;
  name: string;
  bank: number;
  account: string;
  amountFen: number;
  region: number;
  department: string;
}

function rowOf(index: number): Row {
  const isRepeat = index % 13 === 6;
  return {
    line: index === 7 ? 2_147_000_000 : 2 + index * 3,
    person: index % 50 === 49 ? -BigInt(index) : 46010519000000000n + BigInt(index * 7919),
    sequence: isRepeat ? (index % 3) * 16_000 + 1 : 0,
    followsLine: isRepeat ? 1 + index * 1000 : undefined,
    payee: index % 7 === 3 ? 46010519000000001n + BigInt(index) : index % 77 === 5 ? -3n : undefined,
    name: NAMES[index % (index < 100 ? NAMES.length : NAMES.length - 1)] as string,
    bank: 100 + (index % 900),
    account: '0'.repeat(index % 3) + '6'.repeat(6 + (index % 27)),
    amountFen: index % 11 === 0 ? Number.MAX_SAFE_INTEGER : 1 + index * 101,
    region: 100_000 + ((index * 31) % 900_000),
    department: ['', '1', '第3号', 'x'.repeat(index === 23 ? 70_000 : 62)][index % 4] as string,
  };
}

function rowsOf(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => rowOf(index)).sort(
    (one, other) => one.line - other.line,
  );
}

function paymentRows(rows: readonly Row[]): Uint8Array {
  const bytes = new PaymentRows(1024);
  for (const { person, payee, department, ...rest } of rows) {
    const paid = { ...keyOfPerson(person), payee: payee === undefined ? undefined : keyOfPerson(payee) };
    bytes.put(rest.line, { ...rest, ...paid }, department);
  }
  return bytes.written();
}

const packer = () => new PaymentPacker(kernelModule(), createMemory(0));

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const read: Buffer[] = [];
  for await (const piece of pieces) read.push(Buffer.from(piece));
  return Buffer.concat(read);
}

let last = 100;

/** Copies the payments in as an import does; answers with what each way of reading gives. */
async function stored(rows: readonly Row[], tamper?: string) {
  const number = ++last;
  return await database().withSession(async (session) => {
    await session.transaction(async () => {
      await createBatchTables(session, number);
      const copy = copyPaymentsIn(session, number);
      for (const piece of [COPY_HEADER, packer().pack(paymentRows(rows)), COPY_TRAILER])
        await copy.write(piece);
      await copy.finish();
      if (tamper) await session.query(tamper.replaceAll('PAYMENTS', `payment_${number}`));
      await session.query(`alter table payment attach partition payment_${number} for values in (${number})`);
    });
    const visits: Parameters<VisitPayment>[] = [];
    const visit: VisitPayment = (...payment) => void visits.push(payment);
    const byBlocks = await all(readPayments(session, number, 'asStored', visit));
    const visited = visits.splice(0);
    return {
      ...{ number, byBlocks, visited },
      byLine: await all(readPayments(session, number, 'byLine', visit)),
      visitedByLine: visits,
      segment: await all(readSegment(session, 104, { batch: number, firstLine: 1, lastLine: 5000 })),
    };
  });
}

const withFrame = (rows: Uint8Array): Buffer => Buffer.concat([COPY_HEADER, rows, COPY_TRAILER]);

describe('payments read from the database', () => {
  it.each([0, 1, 2, 50, 20_000])('are those that were written, whichever way, %i of them', async (count) => {
    const rows = rowsOf(count);
    const read = await stored(rows);
    const written = withFrame(paymentRows(rows));
    expect(read.byBlocks.equals(written)).toBe(true);
    expect(read.byLine.equals(written)).toBe(true);
    const inSegment = rows.filter(({ line, bank }) => bank === 104 && line <= 5000);
    expect(read.segment.equals(withFrame(paymentRows(inSegment)))).toBe(true);
    const told = rows.map(({ line, bank, amountFen, region }) => [line, bank, amountFen, region]);
    expect(read.visited).toEqual(told);
    expect(read.visitedByLine).toEqual(told);
  });

  it('are shown in full, and packed by the database to the same bytes', async () => {
    const rows = rowsOf(2000);
    const { number } = await stored(rows);
    const query = (sql: string) => database().withSession((session) => session.query(sql));
    const shown = await query(`select * from payment_in_full where batch = ${number} order by line`);
    const repacked = await query(`
      select count(*)::int as count from payment p join payment_in_full f using (batch, line)
      where batch = ${number} and p.details =
        payment_details(f.payee, f.name, f.account, f.region, f.follows_line, f.department_line)`);
    expect(repacked).toEqual([{ count: 2000 }]);
    expect(Object.keys(shown[0] as object)).toEqual(['batch', ...PAYMENT_COLUMNS]);
    expect(shown).toEqual(
      rows.map((row) => ({
        ...{
          batch: number,
          line: row.line,
          person: row.person,
          sequence: row.sequence,
          payee: row.payee ?? null,
        },
        ...{
          name: row.name,
          bank: row.bank,
          account: row.account,
          amount: BigInt(row.amountFen),
          region: row.region,
        },
        ...{ follows_line: row.followsLine ?? null, department_line: row.department || null },
      })),
    );
  });

  it.each([
    ['an empty number of the department', 'name, account, region, follows_line', "''"],
    ['another region', 'name, account, 999999, follows_line', 'department_line'],
    ['another name', "repeat('王', 60), account, region, follows_line", 'department_line'],
  ])('differ after a change: %s', async (_what, values, department) => {
    const rows = rowsOf(9000);
    const { byBlocks, byLine } = await stored(
      rows,
      `update PAYMENTS set details = payment_details(payment_payee(details), ${values
        .replace('name,', 'payment_name(details),')
        .replace('account,', 'payment_account(details),')
        .replace('region,', 'payment_region(details),')
        .replace('follows_line', 'payment_follows_line(details)')},
        ${department === 'department_line' ? 'payment_department_line(details)' : department}) where line = 14`,
    );
    const written = withFrame(paymentRows(rows));
    expect(byBlocks.equals(written)).toBe(false);
    expect(byLine.equals(written)).toBe(false);
    expect(byLine.length).toBeGreaterThan(written.length / 2);
  });

  it.each([
    ['cut', 'substring(details for octet_length(details) - 1)'],
    ['longer', `details || '\\x00'`],
    ['of a head only', 'substring(details for 11)'],
    ['shorter than a head', `'\\x00'`],
  ])('are fewer, and read to their end, where details are %s', async (_what, details) => {
    const rows = rowsOf(9000);
    const { byBlocks, byLine } = await stored(
      rows,
      `update PAYMENTS set details = ${details} where line = 14`,
    );
    const written = withFrame(paymentRows(rows));
    for (const read of [byBlocks, byLine]) {
      expect(read.length).toBeLessThan(written.length);
      expect(read.subarray(-2).equals(COPY_TRAILER)).toBe(true);
    }
  });
});

describe('packing', () => {
  it.each([1, 7, 100, 4096])('and unpacking gives the rows again, in pieces of %i bytes', async (size) => {
    const rows = paymentRows(rowsOf(size === 1 ? 20 : 300));
    const packed = withFrame(packer().pack(rows));
    async function* pieces() {
      for (let at = 0; at < packed.length; at += size) yield packed.subarray(at, at + size);
    }
    const read = await all(unpackPayments(pieces(), kernelModule(), createMemory(0)));
    expect(read.equals(withFrame(rows))).toBe(true);
  });

  it('leaves an answer alone while the next one is made', () => {
    const pack = packer();
    const one = paymentRows(rowsOf(200));
    const packed = pack.pack(one);
    const before = Buffer.from(packed);
    pack.pack(paymentRows(rowsOf(3000)));
    expect(before.equals(packed)).toBe(true);
  });

  it.each([
    ['cut', (rows: Buffer) => rows.subarray(0, -1)],
    [
      'of another number of columns',
      (rows: Buffer) => Buffer.concat([Buffer.from([0, 10]), rows.subarray(2)]),
    ],
    ['with a trailer', (rows: Buffer) => Buffer.concat([rows, COPY_TRAILER])],
  ])('refuses rows %s', (_what, change) => {
    const rows = Buffer.from(paymentRows(rowsOf(5)));
    expect(() => packer().pack(change(rows))).toThrow('no payment rows');
  });

  it.each([
    ['that repeats nothing', { sequence: 1, followsLine: undefined }],
    ['that follows and is the first', { sequence: 0, followsLine: 9 }],
  ])('refuses a payment %s', (_what, change) => {
    const rows = paymentRows([{ ...rowOf(0), ...change }]);
    expect(() => packer().pack(rows)).toThrow('no payment rows');
  });

  it('refuses every row that is cut, wherever it is', () => {
    const pack = packer();
    const row = Buffer.from(paymentRows([rowOf(6)]));
    for (let length = 1; length < row.length; length++)
      expect(() => pack.pack(row.subarray(0, length))).toThrow('no payment rows');
    expect(pack.pack(row.subarray(0, 0))).toHaveLength(0);
  });
});
