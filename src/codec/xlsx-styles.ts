// Which cell styles show a number as a date. That is all we want of a workbook's styles.

import type { XlsxPackage } from './xlsx-package.js';

/** Built-in date and time formats, the East Asian ones among them (ECMA-376 part 1, 18.8.30). */
const BUILT_IN_DATES: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Whether cells with style number `index` are dates. */
export type DateStyles = readonly boolean[];

export async function readDateStyles(pack: XlsxPackage, part: string | undefined): Promise<DateStyles> {
  if (part === undefined) return [];
  const ownFormats = new Map<number, string>();
  const formatOfStyle: number[] = [];
  let isInCellFormats = false;
  const reading = pack.parse(part, {
    open: (name, attributes) => {
      const format = Number(attributes.numFmtId ?? 0);
      if (name === 'numFmt') ownFormats.set(format, attributes.formatCode ?? '');
      else if (name === 'cellXfs') isInCellFormats = true;
      else if (name === 'xf' && isInCellFormats) formatOfStyle.push(format);
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellFormats = false;
    },
  });
  for await (const _ of reading);
  return formatOfStyle.map((format) => {
    const code = ownFormats.get(format);
    return code === undefined ? isBuiltInDate(format) : isDateFormat(code);
  });
}

function isBuiltInDate(format: number): boolean {
  return BUILT_IN_DATES.some(([from, to]) => format >= from && format <= to);
}

/** A format code shows a date when y, m, d, h or s stands in its first section outside quotes, brackets and escapes. */
export function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, '');
  const [first = ''] = bare.split(';');
  return /[ymdhs]/i.test(first) && !/general/i.test(first);
}
