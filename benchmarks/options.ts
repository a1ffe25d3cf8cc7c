// The command line of the benchmark.

import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SampleEncoding } from '../src/sample/name-writer.js';
import type { SampleVariant } from '../src/sample/roster-kinds.js';

/** Sizes by name: people in the base, lines in the roster, and how often a run is repeated by default. */
export const SIZES = {
  smoke: { cardholders: 2_000, lines: 1_000, repeat: 1 },
  city: { cardholders: 200_000, lines: 100_000, repeat: 3 },
  province: { cardholders: 5_000_000, lines: 2_000_000, repeat: 1 },
  large: { cardholders: 10_000_000, lines: 10_000_000, repeat: 1 },
} as const;

export type SizeName = keyof typeof SIZES;

/** What may be named after --only, in the order that a month has; `formats` stands alone. */
export const STAGES = [
  'readers',
  'base',
  'directory',
  'roster',
  'release',
  'returns',
  'reconcile',
  'verify',
  'threads',
  'command',
] as const;

export type StageName = (typeof STAGES)[number];

export interface BenchOptions {
  size: SizeName;
  only: readonly StageName[];
  formats: boolean;
  threads: number;
  repeat: number;
  peers: boolean;
  encoding: SampleEncoding;
  variant: SampleVariant;
  /** Where samples are kept between runs, and where a run has its databases and files. */
  data: string;
  json: string | undefined;
  /** Folder for Node's CPU profiles of our own stages. */
  profile: string | undefined;
  /** JSON files of earlier runs to draw; nothing else is done then. */
  plot: readonly string[];
}

export const USAGE = `npm run bench -- [options]
  --size NAME       ${Object.keys(SIZES).join(', ')} (city)
  --only STAGE,…    ${STAGES.join(', ')}; formats: the bank formats alone
  --threads N       worker threads of yika and DuckDB (as many as cores)
  --repeat N        rounds, of which the middle one counts
  --no-peers        ours alone
  --encoding NAME   utf-8, gb18030
  --variant NAME    plain, quoted, wrong, duplicates, rareNames
  --data DIR        where samples are kept and runs take place
  --json FILE       the results for machines
  --profile DIR     CPU profiles of our stages
  --plot FILE       draw benchmarks/plots/ from results kept by --json; give it once a size
`;

const VARIANTS: readonly SampleVariant[] = ['plain', 'quoted', 'wrong', 'duplicates', 'rareNames'];
/** Of the adverse rosters only what reads and checks them is of interest. */
const ADVERSE_STAGES: readonly StageName[] = ['readers', 'base', 'directory', 'roster'];

/** Throws with a sentence for the user where a value is none. */
export function parseOptions(args: string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      size: { type: 'string', default: 'city' },
      only: { type: 'string' },
      threads: { type: 'string', default: String(availableParallelism()) },
      repeat: { type: 'string' },
      peers: { type: 'boolean', default: true },
      encoding: { type: 'string', default: 'utf-8' },
      variant: { type: 'string', default: 'plain' },
      data: { type: 'string', default: join(tmpdir(), 'yika-bench') },
      json: { type: 'string' },
      profile: { type: 'string' },
      plot: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const size = oneOf('size', values.size, Object.keys(SIZES) as SizeName[]);
  const variant = oneOf('variant', values.variant, VARIANTS);
  const named = values.only?.split(',') ?? [...(variant === 'plain' ? STAGES : ADVERSE_STAGES)];
  const only = named.filter((name) => name !== 'formats').map((name) => oneOf('only', name, STAGES));
  return {
    ...{ size, variant, only, formats: named.includes('formats') },
    threads: countOf('threads', values.threads),
    repeat: countOf('repeat', values.repeat ?? String(SIZES[size].repeat)),
    peers: values.peers,
    encoding: oneOf('encoding', values.encoding, ['utf-8', 'gb18030']),
    ...{ data: values.data, json: values.json, profile: values.profile, plot: values.plot },
  };
}

function oneOf<Name extends string>(option: string, value: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found === undefined) throw new Error(`--${option} ${value}: one of ${names.join(', ')}`);
  return found;
}

function countOf(option: string, value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${option} ${value}: a whole number from 1`);
  return count;
}
