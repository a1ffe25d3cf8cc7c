// The results for people: one row a stage, one column a side, then the ratios.

import { type Bar, bars, holds, MONTH, monthOf } from './bars.js';
import type { Book } from './book.js';
import type { Environment } from './environment.js';
import type { SideName } from './job.js';
import { type BenchOptions, SIZES } from './options.js';

export interface Report {
  environment: Environment;
  size: string;
  cardholders: number;
  lines: number;
  variant: string;
  encoding: string;
  threads: number;
  rounds: number;
  stages: StageReport[];
  month: Partial<Record<SideName, number>>;
  bars: (Bar & { holds: boolean })[];
  digest: string;
  differences: string[];
}

export interface StageReport {
  stage: string;
  side: SideName;
  /** The middle of the rounds. */
  seconds: number;
  rounds: number[];
  /** Seconds of the processor, the server's included; the middle of the rounds. */
  cpu: number | undefined;
  megabytes: number | undefined;
  /** Rows of the stage: people for the base and the directory, lines for a roster, payments from there on. */
  rows: number | undefined;
  facts: Record<string, number | string>;
}

export function reportOf(book: Book, options: BenchOptions, environment: Environment): Report {
  const { size, variant, encoding, threads, repeat } = options;
  const { cardholders, lines } = SIZES[size];
  const month: Report['month'] = {};
  for (const side of Object.keys(MONTH) as (keyof typeof MONTH)[]) {
    const seconds = monthOf(book, side);
    if (seconds !== undefined) month[side] = seconds;
  }
  const payments = Number(book.find('roster', 'yika')?.facts['accepted'] ?? 0);
  return {
    ...{ environment, size, cardholders, lines, variant, encoding, threads, rounds: repeat },
    stages: book.measures.map(({ stage, side, seconds, megabytes, facts }) => ({
      ...{
        stage,
        side,
        seconds: book.median(stage, side) ?? Number.NaN,
        rounds: seconds,
        cpu: book.median(stage, side, 'cpu'),
      },
      ...{ megabytes, rows: rowsOf(stage, cardholders, lines, payments), facts },
    })),
    month,
    bars: bars(book, options).map((bar) => ({ ...bar, holds: holds(bar) })),
    digest: book.digest(),
    differences: book.differences,
  };
}

function rowsOf(stage: string, people: number, lines: number, payments: number): number | undefined {
  if (/^(base|directory)/.test(stage)) return people;
  if (/^(roster|checks|read)/.test(stage)) return lines;
  return /^(release|returns|verify|submit|reconcile)/.test(stage) ? payments : undefined;
}

const COLUMNS: readonly (readonly [side: SideName, title: string])[] = [
  ['yika', 'yika'],
  ['postgres', 'PostgreSQL'],
  ['duckdb', 'DuckDB'],
];

export function tableOf(report: Report): string {
  const { environment, cardholders, lines, threads, rounds, size, encoding, variant } = report;
  const count = (value: number) => value.toLocaleString('en');
  const text = [
    `${size}: ${count(cardholders)} cardholders, ${count(lines)} roster lines, ${encoding}, ${variant}`,
    `${environment.date}  ${environment.cpu}, ${environment.cores} cores, ${environment.memoryGigabytes} GB, Node ` +
      `${environment.node}, PostgreSQL ${environment.postgres['server_version']}; ${threads} threads, ${rounds} round(s)`,
    `load of the machine: ${environment.load.map((load) => load.toFixed(1)).join(' before, ')} after`,
    '',
    row([
      'seconds',
      ...COLUMNS.map(([, title]) => title),
      'CPU, yika',
      'CPU, PG',
      'rows/s, yika',
      'MB, yika',
      'MB, DuckDB',
    ]),
  ];
  const compared = report.stages.filter(({ side }) => side !== 'readers');
  for (const stage of [...new Set(compared.map(({ stage }) => stage))]) text.push(stageRow(report, stage));
  const { month } = report;
  if (month.yika !== undefined) {
    text.push(row(['whole month', ...COLUMNS.map(([side]) => inSeconds(month[side])), '', '', '']));
  }
  text.push('');
  for (const reader of report.stages.filter(({ side }) => side === 'readers')) text.push(readerRow(reader));
  text.push('');
  for (const bar of report.bars) text.push(barRow(bar));
  text.push('', `digest ${report.digest}`);
  if (report.differences.length > 0) text.push('', 'NOT THE SAME RESULTS', ...report.differences);
  return `${text.join('\n')}\n`;
}

function stageRow(report: Report, stage: string): string {
  const find = (side: SideName) => report.stages.find((one) => one.stage === stage && one.side === side);
  const own = find('yika');
  const rate = own ? rateOf(own) : '';
  const memory = (megabytes: number | undefined) =>
    megabytes === undefined ? '' : String(Math.round(megabytes));
  const first = inSeconds(own?.seconds);
  const others = COLUMNS.slice(1).map(([side]) => inSeconds(find(side)?.seconds));
  const cpu = (['yika', 'postgres'] as const).map((side) => inSeconds(find(side)?.cpu));
  return row([
    stage,
    first,
    ...others,
    ...cpu,
    rate,
    memory(own?.megabytes),
    memory(find('duckdb')?.megabytes),
  ]);
}

/** Upper bounds of reading, which nobody's column is. */
function readerRow(reader: StageReport): string {
  return `${reader.stage.padEnd(34)}${inSeconds(reader.seconds).padStart(13)} s ${rateOf(reader).padStart(14)} lines/s`;
}

function rateOf({ rows, seconds }: StageReport): string {
  return rows === undefined ? '' : Math.round(rows / seconds).toLocaleString('en');
}

function barRow({ name, value, byCpu, limit, atLeast, unit, holds }: Report['bars'][number]): string {
  const digits = unit === 'megabytes' ? 0 : 3;
  const sign = atLeast ? '>=' : '<=';
  const verdict = holds ? 'holds' : 'MISSED';
  return `${name.padEnd(66)} ${value.toFixed(digits).padStart(8)}  ${sign} ${limit.toFixed(digits)} ${unit}  ${verdict}${byCpu === undefined ? '' : `  (by CPU ${byCpu.toFixed(3)})`}`;
}

function inSeconds(seconds: number | undefined): string {
  return seconds === undefined ? '' : seconds.toFixed(3);
}

function row(cells: readonly string[]): string {
  const [first = '', ...rest] = cells;
  return `${first.padEnd(34)}${rest.map((cell) => cell.padStart(12)).join('')}`.trimEnd();
}
