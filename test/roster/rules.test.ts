// The programme made ready for a roster agrees with the programme's own words.

import { describe, expect, it } from 'vitest';
import { HAINAN_REGIONS } from '../../src/identity/region-code.js';
import { fundingRuleFor, splitAmount } from '../../src/programme/funding.js';
import type { Programme } from '../../src/programme/programme.js';
import { compileRules } from '../../src/roster/rules.js';

const PROGRAMME: Programme = {
  code: 'P',
  name: 'P',
  frequency: 'monthly',
  regions: [460000],
  entitlement: { kind: 'open', policy: 'asRostered' },
  rounding: 'halfUp',
  funding: [
    { source: 'province', share: '0.3333' },
    { source: 'city', share: '0.6667' },
  ],
  fundingByRegion: [
    { region: 460100, shares: [{ source: 'city', share: '1' }] },
    {
      region: 460105,
      shares: [
        { source: 'county', share: '0.5' },
        { source: 'province', share: '0.5' },
      ],
    },
    { region: 469021, shares: [{ source: 'central', share: '1' }] },
  ],
  accountPolicy: 'mustMatch',
  payee: 'self',
  excludes: [],
};

/** Fen by source, without sources that pay nothing. */
function shares(region: number, rosterRegion?: number): Record<string, number> {
  const { funding } = compileRules(PROGRAMME, { year: 2026, month: 10 }, rosterRegion);
  const split = funding.split(10_001, funding.ruleOf(region));
  return Object.fromEntries(
    funding.sources.map((source, index) => [source, split[index] ?? 0]).filter(([, fen]) => fen !== 0),
  );
}

function wanted(region: number): Record<string, number> {
  const rule = fundingRuleFor(PROGRAMME, region);
  return Object.fromEntries(
    rule.sources.map((source, index) => [source, splitAmount(10_001, rule)[index] ?? 0]),
  );
}

describe('the rules of a roster', () => {
  it('split a payment as the programme does, in every region', () => {
    for (const { code } of HAINAN_REGIONS) expect([code, shares(code)]).toEqual([code, wanted(code)]);
  });

  it('let the region whose roster it is pay for people of other regions, and its own people by their own rule', () => {
    expect(shares(460200, 469021)).toEqual(wanted(469021));
    expect(shares(460105, 460100)).toEqual(wanted(460105));
    expect(shares(460106, 460100)).toEqual(wanted(460100));
  });
});
