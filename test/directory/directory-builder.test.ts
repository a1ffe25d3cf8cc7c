// The directory of the compiled loops against one that is made row by row, byte for byte, on ugly bases.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DirectoryBuilder } from '../../src/directory/directory-builder.js';
import { RECORD } from '../../src/directory/packed-record.js';
import { kernelModule } from '../../src/worker/kernel-module.js';
import { type BaseRow, blocksOf, expectedDirectory, recordOf } from '../support/base-rows.js';

const PLAIN: BaseRow = {
  person: 46010519900101001n,
  name: '王小明',
  region: 460105,
  cardNumber: 'A12345678',
  cardState: 0,
  bank: 104,
  account: '6217000000000000001',
  accountState: 0,
  deceased: false,
  diedOn: undefined,
  removed: false,
  fingerprint: 1n,
  updatedOn: 20_000,
};

/** Few of each, so that people come again, accounts are shared, and what is plain stands beside what is not. */
const persons = fc.oneof(
  fc.bigInt({ min: 46010519900101001n, max: 46010519900101060n }),
  fc.constantFrom(1_000_000_000n, 1_999_999_999n, 99_999_999_999_999_999n, -1n, -2n, -4_000_000_000n),
  fc.bigInt({ min: 10_000_000_000_000_000n, max: 99_999_999_999_999_999n }),
);
const nameUnits = fc.constantFrom(
  ...['王', '一', '\u9fa5', '\u9fa6', '\u9fff', '\ua000', '\u4dff', '〇', '·', '•', '・', '．', 'é', '€'],
  ...['𠮷', '𰻝', '😀', 'A', 'z', 'Ａ', ' ', '\u3000', '\u200b', '\n', '\u001f', '\uff65', '9', '\u00b6'],
);
const plainUnits = fc.integer({ min: 0x4e00, max: 0x9fff }).map((unit) => String.fromCharCode(unit));
const names = fc.oneof(
  fc.constantFrom('王小明', '李四', '买买提·艾力', '', '李'),
  fc.string({ unit: plainUnits, minLength: 1, maxLength: 12 }),
  fc.string({ unit: nameUnits, maxLength: 8 }),
);
const digits = fc.constantFrom(...'0123456789');
const accounts = fc.oneof(
  fc.constantFrom('000000', '0000001', '621700000001', '0621700000001', '9'.repeat(19), '0'.repeat(19)),
  fc.constantFrom('0'.repeat(20), '0'.repeat(21), '9'.repeat(32)),
  fc.string({ unit: digits, minLength: 6, maxLength: 32 }),
);
const days = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: -60_000, max: 60_000 }),
  fc.constantFrom(-719_528, -25_567, -25_568, 10_957, 10_956, 11_016, 11_017, 99_000, 2_932_896),
);
const rows: fc.Arbitrary<BaseRow> = fc.record({
  person: persons,
  name: names,
  region: fc.constantFrom(460105, 100000, 999999, 469021),
  cardNumber: fc.constantFrom(undefined, 'A12345678', '卡'.repeat(32)),
  cardState: fc.constantFrom(0, 0, 0, 0, 1, 2, 3, 4),
  bank: fc.constantFrom(100, 104, 999),
  account: accounts,
  accountState: fc.constantFrom(0, 0, 0, 1, 2, 3),
  deceased: fc.constantFrom(false, false, false, true),
  diedOn: days,
  removed: fc.constantFrom(false, false, false, true),
  fingerprint: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  updatedOn: days,
});

/** Rows come in blocks of `rowsInBlock`, and their bytes in pieces as long as `cuts` say in turn. */
function build(
  versions: readonly (readonly BaseRow[])[],
  options: { expectedPeople: number; rowsInBlock: number; cuts: readonly number[]; keepsImage: boolean },
): { builder: DirectoryBuilder; found: ReturnType<DirectoryBuilder['finish']> } {
  const { expectedPeople, rowsInBlock, cuts, keepsImage } = options;
  const others: [string, number][] = [['护照E1234567', 1]];
  const builder = new DirectoryBuilder({
    kernel: kernelModule(),
    expectedPeople,
    baseVersion: versions.length,
    others,
    keepsImage,
  });
  const input = builder.createInput();
  for (const version of versions) {
    const bytes = blocksOf(version, rowsInBlock);
    for (let at = 0, nth = 0; at < bytes.length; nth++) {
      const end = at + (cuts[nth % cuts.length] as number);
      input.take(bytes.subarray(at, end));
      while (input.next()) builder.put(input);
      at = end;
    }
    input.finish();
  }
  return { builder, found: builder.finish() };
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

describe('the directory', () => {
  it('is, byte for byte, what its rows say one by one', () => {
    // The database has nobody twice in one version.
    const version = fc.uniqueArray(rows, {
      minLength: 1,
      maxLength: 150,
      selector: ({ person }) => person,
    });
    fc.assert(
      fc.property(
        fc.array(version, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 70 }),
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (versions, rowsInBlock, cuts, keepsImage) => {
          const expectedPeople = 500;
          const { builder, found } = build(versions, { expectedPeople, rowsInBlock, cuts, keepsImage });
          const expected = expectedDirectory(versions.flat(), expectedPeople);
          expect(bytesOf(found.words).equals(bytesOf(expected.words))).toBe(true);
          expect(found.people).toBe(expected.people);
          expect(found.baseVersion).toBe(versions.length);
          expect(found.findOther('护照E1234567')).toBe(found.find(0x80000000, 1));
          expect(builder.rows).toBe(versions.flat().length);
          expect(builder.image !== undefined).toBe(keepsImage);
          if (!builder.image) return;
          const { fingerprints, updatedOn } = builder.image;
          expect(bytesOf(fingerprints).equals(bytesOf(expected.image.fingerprints))).toBe(true);
          expect(bytesOf(updatedOn).equals(bytesOf(expected.image.updatedOn))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds accounts that people share among many that nobody shares, however full it is', () => {
    const people = Array.from({ length: 3000 }, (_, index) => ({
      ...PLAIN,
      person: PLAIN.person + BigInt(index * 7919),
      account: String(6_217_000_000_000_000_000n + BigInt(index % 10 === 0 ? index % 700 : index * 104_729)),
    }));
    const options = { expectedPeople: people.length, rowsInBlock: 700, cuts: [65_536], keepsImage: false };
    const expected = expectedDirectory(people, people.length);
    expect(bytesOf(build([people], options).found.words).equals(bytesOf(expected.words))).toBe(true);
  });

  it('keeps apart accounts that are the same number with other zeros before', () => {
    const people = ['0000001', '000001', '0000001'].map((account, index) => ({
      ...PLAIN,
      person: PLAIN.person + BigInt(index),
      account,
    }));
    const options = { expectedPeople: 3, rowsInBlock: 2, cuts: [1], keepsImage: false };
    const { found } = build([people], options);
    const isShared = people.map(({ person }) => {
      const key = [Number(person / 1_000_000_000n), Number(person % 1_000_000_000n)] as const;
      return found.view(found.find(...key)).sharedAccount;
    });
    expect(isShared).toEqual([true, false, true]);
  });

  it('is refused to more people than it was made for', () => {
    const people = Array.from({ length: 1024 }, (_, index) => ({
      ...PLAIN,
      // One in two is left by the compiled loops, which must not put it in either.
      name: index % 2 === 0 ? PLAIN.name : 'JOHN',
      person: PLAIN.person + BigInt(index),
    }));
    const options = { expectedPeople: 10, rowsInBlock: 100, cuts: [65_536], keepsImage: false };
    expect(() => build([people], options)).toThrow('fewer people than the base holds');
    expect(build([people.slice(1)], options).found.people).toBe(1023);
  });
});

describe('blocks', () => {
  const rows = [PLAIN, { ...PLAIN, person: PLAIN.person + 1n, cardState: 1 }];
  const bytes = blocksOf(rows, 2);
  const put = (copy: Uint8Array): void => {
    const builder = new DirectoryBuilder({
      kernel: kernelModule(),
      expectedPeople: 10,
      baseVersion: 1,
      others: [],
    });
    const input = builder.createInput();
    input.take(copy);
    while (input.next()) builder.put(input);
    input.finish();
  };

  it('of nobody are passed over', () => {
    const empty = Buffer.concat([bytes.subarray(0, 19), Buffer.from([0, 1]), Buffer.alloc(4, 0xff)]);
    put(Buffer.concat([empty, bytes.subarray(19)]));
  });

  it('must be whole', () => {
    expect(() => put(bytes.subarray(0, -2))).toThrow('ended inside a block');
    expect(() => put(bytes.subarray(0, -3))).toThrow('ended inside a block');
    expect(() => put(Buffer.from('not a COPY of anything at all'))).toThrow('not a binary COPY');
  });

  it('must have one column', () => {
    const copy = Buffer.from(bytes);
    copy[20] = 2;
    expect(() => put(copy)).toThrow(/a block of 2 columns/);
  });

  /** Of the first and of the last record, where what follows is another record or nothing. */
  const heads = [19 + 2 + 4 + 8, bytes.length - 2 - recordOf(PLAIN).length];
  it.each<[string, number, number[]]>([
    ['a state of the card that is none', RECORD.states, [5]],
    ['a state with a bit too many', RECORD.states, [128]],
    ['no region', RECORD.region, [1, 0x86, 0x9f]],
    ['a region of seven digits', RECORD.region, [0x0f, 0x42, 0x40]],
    ['no bank', RECORD.bank, [0, 99]],
    ['a bank of four digits', RECORD.bank, [3, 232]],
    ['too short an account', RECORD.accountBytes, [5]],
    ['too long an account', RECORD.accountBytes, [33]],
    ['a longer account than it holds', RECORD.accountBytes, [20]],
    ['a shorter account than it holds', RECORD.accountBytes, [18]],
    ['a longer card number than it holds', RECORD.cardNumberBytes, [10]],
    ['a shorter card number than it holds', RECORD.cardNumberBytes, [8]],
    ['no card number, though it holds one', RECORD.cardNumberBytes, [0]],
    ['a longer name than it holds', RECORD.nameBytes, [0, 0, 0, 10]],
    ['a shorter name than it holds', RECORD.nameBytes, [0, 0, 0, 8]],
    ['a name of four gigabytes', RECORD.nameBytes, [255, 255, 255, 255]],
  ])('with a record of %s are refused', (_what, place, damage) => {
    for (const head of heads) {
      const copy = Buffer.from(bytes);
      copy.set(damage, head + place);
      expect(() => put(copy)).toThrow('a record of the base is malformed');
    }
  });
});
