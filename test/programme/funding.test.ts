import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMOUNT_FEN_MAX } from '../../src/money/fen.js';
import {
  compileFunding,
  FundingTotals,
  fundingRuleFor,
  fundingTotals,
  splitAmount,
} from '../../src/programme/funding.js';
import { sampleProgramme } from './sample-programme.js';

const THIRDS = compileFunding([
  { source: 'province', share: '0.3333' },
  { source: 'city', share: '0.3333' },
  { source: 'county', share: '0.3334' },
]);

describe('fundingRuleFor', () => {
  const only = (source: string) => [{ source, share: '1' }];
  const programme = sampleProgramme({
    funding: only('everywhere'),
    fundingByRegion: [
      { region: 460105, shares: only('xiuying') },
      { region: 460000, shares: only('hainan') },
      { region: 460100, shares: only('haikou') },
    ],
  });

  it.each([
    [460105, 'xiuying'],
    [460106, 'haikou'],
    [460100, 'haikou'],
    [469021, 'hainan'],
    [440100, 'everywhere'],
  ])('takes for %i the shares of %s', (region, source) => {
    expect(fundingRuleFor(programme, region).sources).toEqual([source]);
  });
});

describe('splitAmount', () => {
  it('gives fen by source, in declared order', () => {
    expect(splitAmount(100, THIRDS)).toEqual([33, 33, 34]);
    expect(splitAmount(16_000, THIRDS)).toEqual([5333, 5333, 5334]);
  });
});

describe('fundingTotals', () => {
  it('splits line by line and not the total: 0.01 a hundred times is all the largest remainder', () => {
    expect(fundingTotals([{ amountFen: 1, count: 100 }], THIRDS)).toEqual(
      new Map([
        ['city', 0n],
        ['county', 100n],
        ['province', 0n],
      ]),
    );
    expect(splitAmount(100, THIRDS)).toEqual([33, 33, 34]);
  });

  it('adds up to the amounts, in whatever order and grouping they come', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: AMOUNT_FEN_MAX }), { maxLength: 20 });
    fc.assert(
      fc.property(amounts, (lines) => {
        const oneByOne = new FundingTotals();
        for (const amountFen of lines) oneByOne.add(THIRDS, amountFen);
        const sorted = [...lines].sort((one, other) => one - other);
        const grouped = [...new Set(sorted)].map((amountFen) => ({
          amountFen,
          count: lines.filter((line) => line === amountFen).length,
        }));
        const totals = oneByOne.totals();
        expect([...fundingTotals(grouped, THIRDS)]).toEqual([...totals]);
        const sum = lines.reduce((total, line) => total + BigInt(line), 0n);
        expect([...totals.values()].reduce((total, fen) => total + fen, 0n)).toBe(sum);
      }),
    );
  });

  it('joins rules that share a source', () => {
    const totals = new FundingTotals();
    totals.add(compileFunding([{ source: 'city', share: '1' }]), 500, 2);
    totals.add(THIRDS, 100, 3);
    expect([...totals.totals()]).toEqual([
      ['city', 1099n],
      ['county', 102n],
      ['province', 99n],
    ]);
  });
});
