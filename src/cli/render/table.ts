// Aligned tables for a terminal, by displayed width.

import type { Paint, Style } from './paint.js';
import { padEnd, padStart, textWidth } from './text-width.js';

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

export interface Column {
  readonly title: string;
  /** Numbers stand right. */
  readonly right: boolean;
}

const GAP = '  ';

/** Lines without a final line break; the sum line, if there is one, comes last and strong. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  paint: Paint,
  sum?: readonly Cell[],
): string[] {
  const all = sum === undefined ? rows : [...rows, sum];
  const widths = columns.map(({ title }, index) =>
    all.reduce((width, row) => Math.max(width, textWidth(row[index]?.text ?? '')), textWidth(title)),
  );
  const line = (cells: readonly Cell[], over?: Style): string =>
    columns
      .map(({ right }, index) => {
        const { text, style } = cells[index] ?? { text: '' };
        const width = widths[index] as number;
        const isLast = index === columns.length - 1;
        const padded = right ? padStart(text, width) : isLast ? text : padEnd(text, width);
        return paint(padded, over ?? style ?? 'plain');
      })
      .join(GAP)
      .trimEnd();
  const head = columns.some(({ title }) => title !== '')
    ? [
        line(
          columns.map(({ title }) => ({ text: title })),
          'faint',
        ),
      ]
    : [];
  const body = rows.map((row) => line(row));
  return [...head, ...body, ...(sum === undefined ? [] : [line(sum, 'strong')])];
}

/** Two columns without a head: what it is, and its value. */
export function renderPairs(
  pairs: readonly (readonly [label: string, value: Cell])[],
  paint: Paint,
): string[] {
  const width = Math.max(0, ...pairs.map(([label]) => textWidth(label)));
  return pairs.map(([label, { text, style }]) =>
    `${paint(padEnd(label, width), 'faint')}${GAP}${paint(text, style ?? 'plain')}`.trimEnd(),
  );
}
