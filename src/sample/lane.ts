// Where synthetic people come from. A lane is one sixty-eighth of the population: the region where its people's cards
// are issued, and the region digits of their resident IDs. Regions weigh by their number of lanes.

export interface Lane {
  /** GB/T 2260 code where the card is issued; 0 for people who came from another province: anywhere in Hainan. */
  region: number;
  /** Region digits of IDs of people born before 13 April 1988, when Hainan became a province of its own. */
  regionBefore1988: number;
  /** Region digits of IDs of people born since. */
  regionSince1988: number;
  /** Keeps the sequence numbers of lanes with the same region digits apart; 0-based. */
  share: number;
}

/** YYYYMMDD of the day when Hainan became a province of its own. */
export const PROVINCE_SINCE = 19_880_413;

/**
 * Code, lanes, and region digits before 1988. Hainan belonged to Guangdong then and its people's IDs begin with 44;
 * that is what matters here, the last four digits are of the right kind and not looked up (nothing may depend on them).
 */
const HAINAN: readonly (readonly [region: number, lanes: number, before1988: number])[] = [
  [460105, 3, 442101],
  [460106, 5, 442101],
  [460107, 4, 442121],
  [460108, 4, 442102],
  [460202, 1, 442221],
  [460203, 4, 442221],
  [460204, 3, 442202],
  [460205, 1, 442202],
  [460400, 6, 442129],
  [469001, 1, 442201],
  [469002, 3, 442123],
  [469005, 3, 442122],
  [469006, 4, 442124],
  [469007, 3, 442222],
  [469021, 2, 442125],
  [469022, 2, 442126],
  [469023, 3, 442127],
  [469024, 3, 442128],
  [469025, 1, 442227],
  [469026, 2, 442228],
  [469027, 2, 442223],
  [469028, 2, 442226],
  [469029, 1, 442225],
  [469030, 1, 442224],
];

/** People who moved to Hainan keep the ID they were first given. */
const ORIGINS_ELSEWHERE = [430121, 510722, 232126, 410327];

/** Where cards of people that no Hainan programme covers are issued. */
export const REGIONS_ELSEWHERE = [440104, 440802, 450502, 430102, 510104] as const;

/** Region digits of the residence permits (Hong Kong, Macau, Taiwan) and of the new foreigners' permanent ID. */
const PERMIT_REGIONS = [810000, 820000, 830000, 946840, 911276];

export const LANES: readonly Lane[] = withShares([
  ...HAINAN.flatMap(([region, lanes, before]) =>
    Array.from({ length: lanes }, () => ({ region, regionBefore1988: before, regionSince1988: region })),
  ),
  ...ORIGINS_ELSEWHERE.map((code) => ({ region: 0, regionBefore1988: code, regionSince1988: code })),
]);

export const PERMIT_LANES: readonly Lane[] = withShares(
  PERMIT_REGIONS.map((code) => ({ region: 0, regionBefore1988: code, regionSince1988: code })),
);

/** Cards by region for those whose lane names none, and for those who moved within Hainan: as many entries as lanes. */
export const CARD_REGIONS: readonly number[] = LANES.filter((lane) => lane.region !== 0).map(
  (lane) => lane.region,
);

/** Sequence numbers (three digits of an ID) for one lane: what lanes with the same region digits share out. */
export const SEQUENCES_PER_LANE = Math.floor(999 / (1 + Math.max(...LANES.map((lane) => lane.share))));

function withShares(lanes: readonly Omit<Lane, 'share'>[]): Lane[] {
  const seen = new Map<number, number>();
  return lanes.map((lane) => {
    // Both region digits of a lane go together for most lanes, so the larger count keeps either unique.
    const share = Math.max(seen.get(lane.regionBefore1988) ?? 0, seen.get(lane.regionSince1988) ?? 0);
    seen.set(lane.regionBefore1988, share + 1);
    seen.set(lane.regionSince1988, share + 1);
    return { ...lane, share };
  });
}
