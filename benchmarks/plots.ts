// Throughput and memory against size, from the JSON of several runs.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SideName } from './job.js';
import type { Report, StageReport } from './report.js';
import { chart, type Panel, type Series } from './svg.js';

const SIDES: readonly (readonly [side: SideName, name: string, colour: string])[] = [
  ['yika', 'yika', '#0072b2'],
  ['postgres', 'PostgreSQL', '#d55e00'],
  ['duckdb', 'DuckDB', '#009e73'],
];
const STAGES: readonly (readonly [stage: string, title: string, colour: string])[] = [
  ['base', 'base', '#cc79a7'],
  ['roster', 'roster', '#0072b2'],
  ['release', 'release', '#e69f00'],
  ['returns', 'returns', '#56b4e9'],
];
const MEGABYTE = 1024 * 1024;

/** Writes throughput.svg and memory.svg and answers with their paths. */
export async function drawPlots(files: readonly string[], folder: string): Promise<string[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const reports = texts
    .map((text) => JSON.parse(text) as Report)
    .sort((one, other) => one.lines - other.lines);
  await mkdir(folder, { recursive: true });
  const pictures: Record<string, readonly Panel[]> = {
    'throughput.svg': STAGES.map(([stage, title]) => throughput(reports, stage, title)),
    'memory.svg': [memory(reports)],
  };
  const paths: string[] = [];
  for (const [name, panels] of Object.entries(pictures)) {
    paths.push(join(folder, name));
    await writeFile(join(folder, name), chart(panels));
  }
  return paths;
}

function throughput(reports: readonly Report[], stage: string, title: string): Panel {
  const series = SIDES.map(([side, name, colour]): Series => {
    const points = reports.flatMap((report) => {
      const found = find(report, stage, side);
      return found?.rows === undefined ? [] : [[found.rows, found.rows / found.seconds] as const];
    });
    return { name, colour, points };
  });
  return { title, xTitle: stage === 'base' ? 'cardholders' : 'rows', yTitle: 'rows a second', series };
}

/** Our processes stage by stage, and what is allowed: 300 MB and 48 bytes a cardholder. */
function memory(reports: readonly Report[]): Panel {
  const series = STAGES.map(([stage, name, colour]): Series => {
    const points = reports.flatMap((report) => {
      const megabytes = find(report, stage, 'yika')?.megabytes;
      return megabytes === undefined ? [] : [[report.cardholders, megabytes] as const];
    });
    return { name, colour, points };
  });
  const allowed = reports.map(
    ({ cardholders }) => [cardholders, 300 + (48 * cardholders) / MEGABYTE] as const,
  );
  const title = 'peak memory of our process';
  const bound: Series = { name: 'allowed', colour: '#999999', dashed: true, points: allowed };
  return { title, xTitle: 'cardholders', yTitle: 'MB', series: [...series, bound] };
}

function find(report: Report, stage: string, side: SideName): StageReport | undefined {
  return report.stages.find((one) => one.stage === stage && one.side === side);
}
