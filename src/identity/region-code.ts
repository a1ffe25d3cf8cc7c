// Administrative division codes (GB/T 2260): two digits of province, two of prefecture, two of county. A code that ends
// in zeros stands for everything below it. Codes are handled as numbers; none begins with zero.

export interface Region {
  readonly code: number;
  readonly name: string;
}

/**
 * Hainan in the codes of 2024, for showing names; a code that is not here is as good as one that is. Danzhou (460400)
 * has no districts, and 469000 groups the counties that belong to the province itself. Cards issued before 2015 in
 * Danzhou may carry 469003: a programme for Danzhou alone names both.
 */
export const HAINAN_REGIONS: readonly Region[] = [
  { code: 460000, name: '海南省' },
  { code: 460100, name: '海口市' },
  { code: 460105, name: '秀英区' },
  { code: 460106, name: '龙华区' },
  { code: 460107, name: '琼山区' },
  { code: 460108, name: '美兰区' },
  { code: 460200, name: '三亚市' },
  { code: 460202, name: '海棠区' },
  { code: 460203, name: '吉阳区' },
  { code: 460204, name: '天涯区' },
  { code: 460205, name: '崖州区' },
  { code: 460300, name: '三沙市' },
  { code: 460302, name: '西沙区' },
  { code: 460303, name: '南沙区' },
  { code: 460400, name: '儋州市' },
  { code: 469000, name: '省直辖县级行政区划' },
  { code: 469001, name: '五指山市' },
  { code: 469002, name: '琼海市' },
  { code: 469005, name: '文昌市' },
  { code: 469006, name: '万宁市' },
  { code: 469007, name: '东方市' },
  { code: 469021, name: '定安县' },
  { code: 469022, name: '屯昌县' },
  { code: 469023, name: '澄迈县' },
  { code: 469024, name: '临高县' },
  { code: 469025, name: '白沙黎族自治县' },
  { code: 469026, name: '昌江黎族自治县' },
  { code: 469027, name: '乐东黎族自治县' },
  { code: 469028, name: '陵水黎族自治县' },
  { code: 469029, name: '保亭黎族苗族自治县' },
  { code: 469030, name: '琼中黎族苗族自治县' },
];

const NAMES = new Map(HAINAN_REGIONS.map((region) => [region.code, region.name]));

/** Whether a text has the form of a code: six digits, the first not zero. */
export function isRegionCode(text: string): boolean {
  return /^[1-9]\d{5}$/.test(text);
}

/** The code as a number, or undefined when the text is none. Blanks around it do not count. */
export function parseRegionCode(text: string): number | undefined {
  const trimmed = text.trim();
  return isRegionCode(trimmed) ? Number(trimmed) : undefined;
}

/** How much an area takes in: the divisor that makes a code within it equal to the area's own. */
function divisorOf(area: number): number {
  if (area % 10_000 === 0) return 10_000;
  return area % 100 === 0 ? 100 : 1;
}

/** Whether an area is the region or holds it: 460000 covers 460105, 460100 covers 460105, 460105 covers only itself. */
export function covers(area: number | string, region: number | string): boolean {
  const divisor = divisorOf(Number(area));
  return Math.floor(Number(area) / divisor) === Math.floor(Number(region) / divisor);
}

/** How special an area is: 1 a province, 2 a prefecture, 3 a county. The most special one wins where several cover. */
export function depthOf(area: number | string): 1 | 2 | 3 {
  const divisor = divisorOf(Number(area));
  return divisor === 10_000 ? 1 : divisor === 100 ? 2 : 3;
}

/** The name where it is known (Hainan only). */
export function regionName(code: number): string | undefined {
  return NAMES.get(code);
}
