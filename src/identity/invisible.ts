// What a copied or typed text carries without showing it, and the width of its characters. Both arise from input
// methods, office programs and chat windows; neither ever tells two persons apart.

/**
 * Spaces and characters without a shape, as UTF-16 units: Unicode's White_Space, then soft hyphen, the Mongolian vowel
 * separator, the zero-width characters and the marks that steer the direction of text (Excel wraps copied numbers in
 * U+202D … U+202C), and the byte order mark.
 */
export const INVISIBLE_RANGES: readonly (readonly [from: number, to: number])[] = [
  [0x0009, 0x000d],
  [0x0020, 0x0020],
  [0x0085, 0x0085],
  [0x00a0, 0x00a0],
  [0x00ad, 0x00ad],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x2064],
  [0x2066, 0x206f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** Full-width forms of printable ASCII, `！` to `～`; each stands FULL_WIDTH_OFFSET above its ASCII character. */
export const FULL_WIDTH_FROM = 0xff01;
export const FULL_WIDTH_TO = 0xff5e;
export const FULL_WIDTH_OFFSET = 0xfee0;

export function isInvisible(unit: number): boolean {
  for (const [from, to] of INVISIBLE_RANGES) {
    if (unit < from) return false;
    if (unit <= to) return true;
  }
  return false;
}

/** Without invisible characters at both ends; those inside stay, because there they may stand for a lost character. */
export function trimInvisible(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isInvisible(text.charCodeAt(from))) from++;
  while (to > from && isInvisible(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

/** Full-width digits, letters and signs become ASCII; every one has exactly one counterpart, so nothing is guessed. */
export function foldWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) =>
    String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_OFFSET),
  );
}
