// The directory as it comes from the database: what stands in the tables, whoever sends it and however it is cut.

import { describe, expect, it } from 'vitest';
import type { Directory } from '../../src/directory/directory.js';
import { COPY_HEADER, COPY_TRAILER } from '../../src/encoding/copy-rows.js';
import { loadBaseImage, loadDirectory } from '../../src/operation/load-directory.js';
import {
  addOtherIdentifiers,
  attachVersion,
  createVersionTable,
  insertVersion,
  removePeople,
} from '../../src/store/base-store.js';
import { type BaseRow, copyRowOf, expectedDirectory } from '../support/base-rows.js';
import { testContext, useFolder } from '../support/context.js';
import { useDatabase } from '../support/database.js';

const database = useDatabase();
const folder = useFolder();

/** More than one session reads. */
const MANY = 101_000;
const NAMES = [
  '买买提·艾力',
  '陈𠮷',
  'JOHN SMITH',
  '李',
  '赵\n六',
  '孙\u001f七',
  '㐀㐁',
  '王．二',
  '周'.repeat(40),
];
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

function rowOf(index: number): BaseRow {
  const isUgly = index % 9 === 0;
  return {
    person: index % 1000 === 999 ? -BigInt(index) : 46010519000000000n + BigInt(index * 7_919),
    name: isUgly
      ? (NAMES[(index / 9) % NAMES.length] as string)
      : `林${String.fromCharCode(0x4e00 + (index % 20_000))}生`,
    region: 100_000 + ((index * 31) % 900_000),
    cardNumber: index % 4 === 0 ? undefined : `C${index}`,
    cardState: isUgly ? index % 5 : 0,
    bank: 100 + (index % 900),
    account:
      (isUgly ? '0' : '') + String(1_000_000 + (index % 90_000)) + '8'.repeat(isUgly ? index % 25 : 12),
    accountState: isUgly ? index % 4 : 0,
    deceased: index % 70 === 0,
    diedOn: [undefined, FIRST_DAY, LAST_DAY, 20_000, -30_000][(index / 70) % 5],
    removed: false,
    fingerprint: BigInt.asIntN(64, BigInt(index) * 0x9e3779b97f4a7c15n),
    updatedOn: index % 3 === 0 ? undefined : [FIRST_DAY, LAST_DAY, 0, 20_000][index % 4],
  };
}

async function addVersion(
  version: number,
  rows: readonly BaseRow[],
  removed: readonly bigint[],
  rowCount?: number,
): Promise<void> {
  const written = Buffer.concat(rows.map(copyRowOf));
  await database().withSession((session) =>
    session.transaction(async () => {
      const copy = await createVersionTable(session, version);
      for (const piece of [COPY_HEADER, written, COPY_TRAILER]) await copy.write(piece);
      await copy.finish();
      if (removed.length > 0) await removePeople(session, version, removed);
      await attachVersion(session, version);
      await insertVersion(session, {
        version,
        kind: 'delta',
        asOf: '2026-10-28',
        fileName: 'cardholders.csv',
        fileDigest: new Uint8Array(32),
        counts: {
          lines: rows.length,
          new: rows.length,
          changed: 0,
          unchanged: 0,
          conflicts: 0,
          rejected: 0,
        },
        removed: removed.length,
        cardholders: 1,
        rowCount: rowCount ?? rows.length + removed.length,
        seconds: 1,
        actor: 'maker',
      });
    }),
  );
}

function expectSame(directory: Directory, expected: ReturnType<typeof expectedDirectory>): void {
  const { words } = directory;
  expect(
    Buffer.from(words.buffer, words.byteOffset, words.byteLength).equals(Buffer.from(expected.words.buffer)),
  ).toBe(true);
  expect(directory.people).toBe(expected.people);
}

describe('the directory of a base of several versions', () => {
  const first = Array.from({ length: MANY }, (_, index) => rowOf(index));
  const second = [...first.slice(100, 400), rowOf(MANY + 1)].map((row, index) => ({
    ...row,
    account: `99999${index % 200}`,
    fingerprint: -row.fingerprint,
  }));
  const left = [first[7], first[9], first[150], first[999]] as BaseRow[];
  const leftNow = left.map((row) => second.find(({ person }) => person === row.person) ?? row);
  // Removed people come in the order of their numbers.
  const removed = leftNow
    .map((row) => ({ ...row, removed: true }))
    .sort((one, other) => (one.person < other.person ? -1 : 1));
  const back = [{ ...(first[9] as BaseRow), name: '王又来' }];
  const all = [...first, ...second, ...removed, ...back];
  const expectedPeople = MANY + second.length + back.length;

  it('is, byte for byte, what its rows say one by one, with the image beside it', async () => {
    await addVersion(1, first, []);
    await addVersion(2, second, []);
    await addVersion(
      3,
      [],
      left.map(({ person }) => person),
    );
    await addVersion(4, back, []);
    const others: [string, number][] = [['E1234567', 999]];
    const expected = expectedDirectory(all, expectedPeople);
    const context = testContext(database(), folder);
    await database().withSession(async (session) => {
      await addOtherIdentifiers(session, others);
      const { directory, baseVersion } = await loadDirectory(context, session);
      expect(baseVersion).toBe(4);
      expectSame(directory, expected);
      expect([...directory.others]).toEqual(others);
      expectSame((await loadDirectory(context, session)).directory, expected);
      const image = await loadBaseImage(context, session);
      expectSame(image!.directory, expected);
      expect(image!.fingerprints).toEqual(expected.image.fingerprints);
      expect(image!.updatedOn).toEqual(expected.image.updatedOn);
    });
  });

  it('is refused when a version has not as many rows as were counted', async () => {
    await addVersion(5, [rowOf(MANY + 2)], [], 2);
    const context = testContext(database(), folder);
    await database().withSession(async (session) => {
      await expect(loadDirectory(context, session)).rejects.toThrow('another number of rows');
    });
  });
});
