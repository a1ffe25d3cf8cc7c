import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountWriter, formatAmount, parseAmount, readAmount } from '../../src/bank-file/amount-text.js';
import { ByteSink } from '../../src/bank-file/byte-sink.js';

const YUAN = { kind: 'amount', unit: 'yuan', decimals: 2, point: true } as const;
const FEN = { kind: 'amount', unit: 'fen', decimals: 2, point: false } as const;
const IMPLIED = { kind: 'amount', unit: 'yuan', decimals: 3, point: false } as const;

function read(type: typeof YUAN | typeof FEN | typeof IMPLIED, text: string): number {
  const bytes = new TextEncoder().encode(text);
  return readAmount(type, bytes, 0, bytes.length);
}

describe('amounts as banks write them', () => {
  it.each([
    ['100.50', 10_050],
    ['100.5', 10_050],
    ['100', 10_000],
    ['0.01', 1],
    ['0000001.50', 150],
    ['1.50000', 150],
    ['1.501', -1],
    ['1.', -1],
    ['.5', -1],
    ['1e3', -1],
    ['-1.00', -1],
    ['1,000.00', -1],
    ['１.00', -1],
    ['', -1],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
    ['90071992547409.92', -1],
    ['99999999999999999999.00', -1],
  ])('yuan %s is %i fen', (text, fen) => {
    expect(read(YUAN, text)).toBe(fen);
    if (text !== '' && text.length < 15)
      expect(parseAmount(YUAN, text)).toBe(fen < 0 ? undefined : BigInt(fen));
  });

  it.each([
    [FEN, '00010050', 10_050],
    [FEN, '100.50', -1],
    [IMPLIED, '100500', 10_050],
    [IMPLIED, '100501', -1],
  ])('%o %s is %i fen', (type, text, fen) => {
    expect(read(type, text)).toBe(fen);
  });

  it('writes and reads every amount, padded or not, the same by both writers', () => {
    const types = fc.constantFrom(YUAN, FEN, IMPLIED);
    fc.assert(
      fc.property(
        types,
        fc.integer({ min: 0, max: Math.floor(Number.MAX_SAFE_INTEGER / 10) }),
        fc.integer({ min: 0, max: 24 }),
        (type, fen, width) => {
          const sink = new ByteSink(4);
          amountWriter(type, width)(fen, sink);
          const text = new TextDecoder().decode(sink.take());
          expect(text).toBe(formatAmount(type, BigInt(fen)).padStart(width, '0'));
          expect(read(type, text)).toBe(fen);
          expect(parseAmount(type, text)).toBe(BigInt(fen));
        },
      ),
    );
  });
});
