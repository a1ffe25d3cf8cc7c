// The fast path of a cardholder file against the careful path, and one cut of the file against another.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CardholderChecker, type CardholderFieldPlaces } from '../../src/cardholder/check-chunk.js';
import { CardholderMerger } from '../../src/cardholder/merge-chunk.js';
import { PieceSource } from '../../src/codec/byte-source.js';
import { createRecordReader } from '../../src/codec/record-reader.js';
import { splitChunks } from '../../src/codec/split-chunks.js';
import { createMemory } from '../../src/kernel/memory.js';
import { SharedBuffers } from '../../src/kernel/shared-buffers.js';
import { kernelModule } from '../../src/worker/kernel-module.js';
import { encodeRoster } from '../support/roster-check.js';
import { residentId } from '../support/small-base.js';

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
    name: fc.constantFrom('王小明', '符阿花', '李', '欧阳娜娜'),
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
const row = fc
  .tuple(
    clean,
    fc.option(fc.tuple(fc.nat({ max: 10 }), fc.constantFrom(...DAMAGE)), { freq: 2 }),
    fc.constantFrom('\n', '\n', '\r\n', '\n\n', ',\n'),
  )
  .map(
    ([cells, damage, end]) =>
      `${cells.map((cell, index) => (damage?.[0] === index ? damage[1] : cell)).join(',')}${end}`,
  );

/** Checks take memory for good; thousands of files in one test need a new one now and then. */
const MEMORY_MAX = 1 << 29;
let memory = createMemory(0);
function memoryInUse(): WebAssembly.Memory {
  if (memory.buffer.byteLength > MEMORY_MAX) memory = createMemory(0);
  return memory;
}

async function importRows(
  bytes: Uint8Array,
  encoding: 'utf-8' | 'gb18030',
  chunkBytes: number,
  carefulOnly: boolean,
) {
  const kernel = carefulOnly ? undefined : kernelModule();
  const settings = { places: PLACES, delimiter: 0x2c, reader: createRecordReader(','), kernel };
  const inUse = memoryInUse();
  const buffers = new SharedBuffers(inUse);
  const checker = new CardholderChecker(settings, inUse, undefined);
  const merger = new CardholderMerger(settings, inUse, undefined, 4, 1);
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
    const merged = merger.merge(checker.check({ ...chunk, encoding }, rooms));
    rows.push(...merged.rows.map((piece) => piece.slice()));
    findings.push(...merged.findings);
    others.push(...merged.others);
  }
  return { rows: Buffer.concat(rows).toString('hex'), findings, others, counts: merger.counts };
}

describe('a cardholder file through the checks', () => {
  it('comes out the same by the fast and by the careful path, wherever it is cut', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.constantFrom<'utf-8' | 'gb18030'>('utf-8', 'gb18030'),
        async (rows, encoding) => {
          const bytes = encodeRoster(rows.join(''), encoding);
          const fast = await importRows(bytes, encoding, 1 << 20, false);
          expect(fast).toEqual(await importRows(bytes, encoding, 1 << 20, true));
          expect(fast).toEqual(await importRows(bytes, encoding, 128, false));
          const { lines, new: added, changed, unchanged, conflicts, rejected } = fast.counts;
          expect(lines).toBe(added + changed + unchanged + conflicts + rejected);
          taken += added;
        },
      ),
      { numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(200);
  });
});
