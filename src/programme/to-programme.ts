// A checked programme of a catalogue file as the plain data that everything else works with.

import { assert } from '../base/assert.js';
import { parseAmount } from '../money/fen.js';
import { restOfOne } from '../money/rate.js';
import type { WrittenFunding, WrittenProgramme } from './catalogue-schema.js';
import { statedShares } from './check-programme.js';
import type { Entitlement, FundingShare, Programme } from './programme.js';

/** Only for programmes that checkProgramme has nothing against. */
export function toProgramme(written: WrittenProgramme): Programme {
  const { code, name, department, basis, frequency, eligibility, ceiling } = written;
  const { from, to } = eligibility.age ?? {};
  return {
    code,
    name,
    ...(department !== undefined && { department }),
    ...(basis !== undefined && { basis }),
    frequency,
    regions: written.regions.map(Number),
    ...(from !== undefined && { ageFrom: from }),
    ...(to !== undefined && { ageTo: to }),
    entitlement: toEntitlement(written.entitlement),
    ...(ceiling !== undefined && { ceilingFen: toFen(ceiling) }),
    rounding: written.rounding,
    funding: toFunding(written.funding),
    fundingByRegion: Object.entries(written.fundingByRegion).map(([region, funding]) => ({
      region: Number(region),
      shares: toFunding(funding),
    })),
    accountPolicy: written.accountPolicy,
    payee: written.payee,
    excludes: written.excludes,
  };
}

function toEntitlement(written: WrittenProgramme['entitlement']): Entitlement {
  switch (written.kind) {
    case 'open':
      return { kind: 'open', policy: 'asRostered' };
    case 'fixed':
      return { kind: 'fixed', amountFen: toFen(written.amount), policy: written.policy };
    case 'banded': {
      const bands = written.bands.map(({ from, to, amount }) => ({
        from,
        ...(to !== undefined && { to }),
        amountFen: toFen(amount),
      }));
      return { kind: 'banded', bands, policy: written.policy };
    }
    case 'perUnit': {
      const { rate, unit, policy } = written;
      return { kind: 'perUnit', rate, ...(unit !== undefined && { unit }), policy };
    }
  }
}

function toFunding(funding: WrittenFunding): FundingShare[] {
  const rest = restOfOne(statedShares(funding)).toFixed();
  return funding.map(({ source, share }) => ({ source, share: share === 'rest' ? rest : share }));
}

function toFen(amount: string): number {
  const fen = parseAmount(amount);
  assert(typeof fen === 'number', 'amounts of a checked programme are amounts');
  return fen;
}
