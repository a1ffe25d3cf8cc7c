// The compiled path of a cardholder file against the careful path, and one cut of the file against another.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/cardholder/cardholder-record.js';
import {
  type BaseImage,
  CardholderChecker,
  type CardholderFieldPlaces,
  judgeRow,
} from '../../src/cardholder/check-chunk.js';
import { CardholderMerger } from '../../src/cardholder/merge-chunk.js';
import { PieceSource } from '../../src/codec/byte-source.js';
import { createRecordReader } from '../../src/codec/record-reader.js';
import { splitChunks } from '../../src/codec/split-chunks.js';
import { createMemory, takeWords } from '../../src/kernel/memory.js';
import { SharedBuffers } from '../../src/kernel/shared-buffers.js';
import { kernelModule } from '../../src/worker/kernel-module.js';
import { encodeRoster } from '../support/roster-check.js';
import { residentId, smallDirectory } from '../support/small-base.js';

const PLACES: CardholderFieldPlaces = {
  residentId: 0,
  name: 1,
  region: 2,
  cardNumber: 3,
  cardState: 4,
  bank: 5,
  account: 6,
  accountState: 7,
  alive: 8,
  diedOn: 9,
  updatedOn: 10,
  count: 11,
};

const clean = fc
  .record({
    birth: fc.constantFrom('19340228', '19400229', '20011231', '18500101'),
    sequence: fc.integer({ min: 1, max: 12 }),
    name: fc.constantFrom('王小明', '符阿花', '李', '欧阳娜娜', '阿迪力·热合曼', '戴开㐂', '㜣'),
    card: fc.constantFrom('A12345678', '', '548426015'),
    cardState: fc.constantFrom('正常', 'active', '挂失', '注销', '补换', 'not_activated'),
    bank: fc.constantFrom('102', '104', '402', '402641000014', '海南农信', '402641000015', '工商银行'),
    account: fc.constantFrom('6217000000000000001', '012345', '12345678901234567890123456789012'),
    accountState: fc.constantFrom('正常', '', 'dormant', '冻结', '销户'),
    alive: fc.constantFrom('', '正常', '死亡', 'alive', '生存'),
    died: fc.constantFrom('', '', '2026-01-31', '20240229', '1970-01-01'),
    updated: fc.constantFrom('', '2026-09-30', '20260930', '1970-01-01', '19700101'),
  })
  .map(({ birth, sequence, ...rest }) => [
    residentId(birth, sequence),
    ...[rest.name, '460105', rest.card, rest.cardState, rest.bank, rest.account],
    ...[rest.accountState, rest.alive, rest.died, rest.updated],
  ]);
const DAMAGE = [
  '',
  ' ',
  'x',
  '46010',
  '４６０１０５',
  '2026-02-30',
  '20230229',
  '中国银行',
  '105100000017',
  '买买提·艾力',
  '·艾力',
  '买买提·',
  '买·买·提',
  '王é明',
  '王　明',
  '王•明',
  '㐂',
  '陈𠮷',
  '"a,b"',
  '"',
  '\u0000',
  '460105194002300018',
  '0',
  '６２１７',
  'Active',
  '6217 0000 0000 0001',
];
/** A digit or letter in the place of another: the check character is then wrong, or the shape is. */
const mistyped = fc
  .tuple(clean, fc.nat({ max: 17 }), fc.constantFrom('0', '1', '9', 'X', 'x', 'O'))
  .map(([[id, ...rest], at, typed]) => [`${id?.slice(0, at)}${typed}${id?.slice(at + 1)}`, ...rest]);
const row = fc
  .tuple(
    fc.oneof({ arbitrary: clean, weight: 6 }, { arbitrary: mistyped, weight: 1 }),
    fc.option(fc.tuple(fc.nat({ max: 10 }), fc.constantFrom(...DAMAGE)), { freq: 2 }),
    fc.constantFrom('\n', '\n', '\r\n', '\n\n', ',\n'),
    /** Fields in quotes: none, all or some. */
    fc.oneof(fc.constantFrom(0, 0, 0xffff), fc.nat(0xffff)),
  )
  .map(([cells, damage, end, quoted]) => {
    const written = cells.map((cell, index) => (damage?.[0] === index ? damage[1] : cell));
    return `${written.map((cell, index) => ((quoted >> index) & 1 ? `"${cell}"` : cell)).join(',')}${end}`;
  });

const READER = createRecordReader(',');

/** What the base holds before a file comes: a person a line, read as the first file was. */
const BASE_ROWS = Array.from({ length: 24 }, (_, index) => {
  const birth = index % 2 === 0 ? '19340228' : '20011231';
  const updated = ['', '2026-09-30', '2020-02-29'][index % 3] as string;
  return [
    ...[residentId(birth, (index >> 1) + 1), index % 5 === 0 ? '买买提·艾力' : '王小明', '460105'],
    ...['A12345678', '正常', '104', '6217000000000000001', '', '', '', updated],
  ];
});

interface World {
  memory: WebAssembly.Memory;
  base: BaseImage | undefined;
}

function withBase(): World {
  const settings = { places: PLACES, delimiter: 0x2c, reader: READER, kernel: undefined };
  const judged = BASE_ROWS.map((cells) => {
    const bytes = new TextEncoder().encode(cells.join(','));
    const row = judgeRow({ bytes, from: 0, to: bytes.length, encoding: 'utf-8' }, settings, undefined);
    if (row?.kind !== 'record' || !row.key) throw new Error('the base is made of clean rows');
    return { ...row, key: row.key };
  });
  const directory = smallDirectory([
    judged.map(({ identifier, record }) => ({
      residentId: identifier,
      name: record.name,
      account: record.account,
    })),
    // Somebody who was taken out of the base is new again.
    judged
      .slice(0, 2)
      .map(({ identifier }) => ({ residentId: identifier, name: '王', account: '000000', removed: true })),
  ]);
  const { memory, slots } = directory;
  const fingerprints = takeWords(memory, slots * 2);
  const days = takeWords(memory, slots);
  const updatedOn = new Int32Array(days.buffer, days.byteOffset, slots);
  for (const { key, record } of judged.slice(2)) {
    const slot = directory.find(key.a, key.b);
    const print = fingerprintOf(record);
    fingerprints.set([print.low, print.high], slot * 2);
    updatedOn[slot] = record.updatedOn ?? 0;
  }
  return { memory, base: { directory, fingerprints, updatedOn } };
}

/** Checks take memory for good; thousands of files in one test need a new one now and then. */
const MEMORY_MAX = 1 << 29;
function reusable(create: () => World): () => World {
  let world = create();
  return () => {
    if (world.memory.buffer.byteLength > MEMORY_MAX) world = create();
    return world;
  };
}
const empty = reusable(() => ({ memory: createMemory(0), base: undefined }));
const filled = reusable(withBase);

async function importRows(
  { memory, base }: World,
  bytes: Uint8Array,
  encoding: 'utf-8' | 'gb18030',
  chunkBytes: number,
  carefulOnly: boolean,
  expectedPeople = 0,
) {
  const kernel = carefulOnly ? undefined : kernelModule();
  const settings = { places: PLACES, delimiter: 0x2c, reader: READER, kernel };
  const buffers = new SharedBuffers(memory);
  const checker = new CardholderChecker(settings, memory, base);
  const merger = new CardholderMerger(settings, memory, base, 1);
  merger.expect(expectedPeople);
  async function* pieces() {
    yield bytes;
  }
  const rows: Uint8Array[] = [];
  const findings: unknown[] = [];
  const others: unknown[] = [];
  for await (const chunk of splitChunks(new PieceSource(pieces()), {
    delimiter: ',',
    chunkBytes,
    firstLine: 2,
    buffers,
  })) {
    const rooms = { rows: buffers.takeBytes(512), table: buffers.takeBytes(80) };
    const result = checker.check({ ...chunk, encoding }, rooms);
    const merged = merger.merge(result);
    rows.push(...merged.rows.map((piece) => piece.slice()));
    findings.push(...merged.findings);
    others.push(...merged.others);
    for (const room of [...result.rooms, result.bytes]) buffers.give(room);
  }
  const missing = [...merger.missing()];
  return { rows: Buffer.concat(rows).toString('hex'), findings, others, missing, counts: merger.counts };
}

function linesOf(counts: CardholderMerger['counts']): number {
  const { new: added, changed, unchanged, conflicts, rejected } = counts;
  return added + changed + unchanged + conflicts + rejected;
}

const encodings = fc.constantFrom<'utf-8' | 'gb18030'>('utf-8', 'gb18030');

describe('a cardholder file through the checks', () => {
  it('comes out the same by the compiled and by the careful path, wherever it is cut', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), encodings, async (rows, encoding) => {
        const bytes = encodeRoster(rows.join(''), encoding);
        const fast = await importRows(empty(), bytes, encoding, 1 << 20, false);
        expect(fast).toEqual(await importRows(empty(), bytes, encoding, 1 << 20, true));
        expect(fast).toEqual(await importRows(empty(), bytes, encoding, 128, false));
        expect(fast.counts.lines).toBe(linesOf(fast.counts));
        taken += fast.counts.new;
      }),
      { numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  it('is compared with the base the same by both paths', async () => {
    const sums = { new: 0, changed: 0, unchanged: 0, conflicts: 0 };
    const known = fc
      .tuple(
        fc.constantFrom(...BASE_ROWS),
        fc.option(fc.constantFrom(['301', 5], ['挂失', 4], ['2019-12-31', 10], ['2026-10-01', 10]), {
          freq: 2,
        }),
        fc.constantFrom('', '', '2019-12-31', '2026-10-01'),
      )
      .map(([cells, edit, updated]) => {
        const edited = cells.map((cell, index) => (edit?.[1] === index ? edit[0] : cell));
        if (updated !== '') edited[10] = updated;
        return `${edited.join(',')}\n`;
      });
    const rows = fc.array(fc.oneof({ arbitrary: known, weight: 4 }, { arbitrary: row, weight: 1 }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(rows, encodings, async (lines, encoding) => {
        const bytes = encodeRoster(lines.join(''), encoding);
        const fast = await importRows(filled(), bytes, encoding, 1 << 20, false);
        expect(fast).toEqual(await importRows(filled(), bytes, encoding, 1 << 20, true));
        expect(fast).toEqual(await importRows(filled(), bytes, encoding, 128, false));
        expect(fast.counts.lines).toBe(linesOf(fast.counts));
        for (const key of ['new', 'changed', 'unchanged', 'conflicts'] as const)
          sums[key] += fast.counts[key];
      }),
      { numRuns: 300 },
    );
    expect(Math.min(...Object.values(sums))).toBeGreaterThan(20);
  });

  it('may have more people than were expected, or fewer, and finds the repeats among them', async () => {
    const lines = Array.from({ length: 6000 }, (_, index) => {
      const id = residentId(`19${40 + (index % 7)}0101`, 1 + (index % 900));
      return `${id},王小明,460105,,正常,104,62170000${String(index % 5000).padStart(6, '0')},,,,\n`;
    });
    const bytes = encodeRoster(lines.join(''), 'utf-8');
    const fast = await importRows(empty(), bytes, 'utf-8', 4096, false);
    expect(fast).toEqual(await importRows(empty(), bytes, 'utf-8', 1 << 20, true));
    expect(fast).toEqual(await importRows(empty(), bytes, 'utf-8', 1 << 20, false, 10_000));
    expect(fast.counts.new).toBe(new Set(lines.map((line) => line.slice(0, 18))).size);
  });
});
