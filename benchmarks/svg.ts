// Line charts as SVG text: panels side by side, both axes logarithmic, one marker a measurement.

export interface Series {
  name: string;
  /** CSS colour. */
  colour: string;
  dashed?: boolean;
  /** x and y, both above zero, in order of x. */
  points: readonly (readonly [x: number, y: number])[];
}

export interface Panel {
  title: string;
  xTitle: string;
  yTitle: string;
  series: readonly Series[];
}

const WIDTH = 330;
const HEIGHT = 300;
const LEFT = 62;
const RIGHT = 14;
const TOP = 56;
const BOTTOM = 46;
const INK = '#333';
const GRID = '#ddd';

export function chart(panels: readonly Panel[]): string {
  const width = WIDTH * panels.length;
  const drawn = panels.map(
    (panel, index) => `<g transform="translate(${index * WIDTH} 0)">${panelOf(panel)}</g>`,
  );
  const open =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" ` +
    `font-family="sans-serif" font-size="11" fill="${INK}">`;
  return `${open}\n<rect width="100%" height="100%" fill="white"/>\n${drawn.join('\n')}\n</svg>\n`;
}

type Scale = (value: number) => number;

function panelOf({ title, xTitle, yTitle, series }: Panel): string {
  const xs = series.flatMap(({ points }) => points.map(([x]) => x));
  const ys = series.flatMap(({ points }) => points.map(([, y]) => y));
  const [xTicks, yTicks] = [decades(xs), decades(ys)];
  const x = scaleOf(xTicks, LEFT, WIDTH - RIGHT);
  const y = scaleOf(yTicks, HEIGHT - BOTTOM, TOP);
  const middle = (HEIGHT - BOTTOM + TOP) / 2;
  const parts = [
    text(LEFT, 16, title, 'font-weight="bold" font-size="12"'),
    ...xTicks.map((tick) => line(x(tick), TOP, x(tick), HEIGHT - BOTTOM, GRID)),
    ...yTicks.map((tick) => line(LEFT, y(tick), WIDTH - RIGHT, y(tick), GRID)),
    ...xTicks.map((tick) => text(x(tick), HEIGHT - BOTTOM + 15, short(tick), 'text-anchor="middle"')),
    ...yTicks.map((tick) => text(LEFT - 6, y(tick) + 4, short(tick), 'text-anchor="end"')),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, xTitle, 'text-anchor="middle"'),
    text(0, 0, yTitle, `text-anchor="middle" transform="translate(14 ${middle}) rotate(-90)"`),
    ...series.map((one, index) => seriesOf(one, index, x, y)),
  ];
  return parts.join('\n');
}

/** The names stand in a row below the title. */
function seriesOf({ name, colour, dashed, points }: Series, index: number, x: Scale, y: Scale): string {
  const path = points.map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${x(px).toFixed(1)} ${y(py).toFixed(1)}`);
  const dash = dashed ? ' stroke-dasharray="5 4"' : '';
  const dots = dashed
    ? []
    : points.map(
        ([px, py]) => `<circle cx="${x(px).toFixed(1)}" cy="${y(py).toFixed(1)}" r="3" fill="${colour}"/>`,
      );
  const [column, row] = [index % 3, Math.floor(index / 3)];
  return [
    `<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`,
    ...dots,
    text(LEFT + column * 84, 32 + row * 14, name, `fill="${colour}"`),
  ].join('\n');
}

/** The powers of ten around the values. */
function decades(values: readonly number[]): number[] {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
}

function scaleOf(ticks: readonly number[], from: number, to: number): Scale {
  const [low, high] = [Math.log10(ticks[0] as number), Math.log10(ticks.at(-1) as number)];
  return (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
}

function short(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`;
  return value >= 1e3 ? `${value / 1e3}k` : String(value);
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}"/>`;
}

function text(x: number, y: number, words: string, attributes: string): string {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" ${attributes}>${escaped}</text>`;
}
