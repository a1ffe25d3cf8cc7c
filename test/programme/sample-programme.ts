import type { Programme } from '../../src/programme/programme.js';

/** A programme that says as little as it may, with what a test wants to say. */
export function sampleProgramme(said: Partial<Programme> = {}): Programme {
  return {
    code: 'A1',
    name: '甲',
    frequency: 'monthly',
    regions: [460000],
    entitlement: { kind: 'open', policy: 'asRostered' },
    rounding: 'halfUp',
    funding: [{ source: 'province', share: '1' }],
    fundingByRegion: [],
    accountPolicy: 'mustMatch',
    payee: 'self',
    excludes: [],
    ...said,
  };
}
