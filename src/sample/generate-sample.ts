// `yika sample`: writes a cardholder base, a roster and what a correct engine must find in them, of any size, in memory
// that does not grow with it.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../base/error.js';
import { accountWriter, NARROW_BANKS } from './bank.js';
import { type CardholderRowWriter, cardholderRowWriter, type HeaderLanguage } from './cardholder-row.js';
import { type RosterExpectation, rosterTally } from './expectation.js';
import { expectedJson } from './expected-json.js';
import { nameWriter, type SampleEncoding } from './name-writer.js';
import { blankPerson } from './person.js';
import { SAMPLE_PROGRAMMES, type SampleProgramme, type SampleProgrammeCode } from './programme.js';
import { keyOf, permutation } from './random.js';
import type { SampleVariant } from './roster-kinds.js';
import { type RosterColumns, rosterRowWriter } from './roster-row.js';
import { type RowSource, rosterSource } from './roster-source.js';
import { planSample, type SamplePlan } from './sample-plan.js';
import { type RowWatch, type WrittenFile, writeBytes, writeRows } from './write-rows.js';

export interface SampleOptions {
  cardholders: number;
  /** At most as many as cardholders. */
  lines: number;
  /** A safe integer, zero or more. */
  seed?: number;
  /** Share of bad lines, 0 to 1; default 0.05. */
  errors?: number;
  /** Folder; made when it is not there. */
  out: string;
  encoding?: SampleEncoding;
  headers?: HeaderLanguage;
  programme?: SampleProgrammeCode;
  /** YYYY-MM. */
  period?: string;
  variant?: SampleVariant;
  columns?: Partial<RosterColumns>;
  /** Codes of the banks whose payment files cannot carry rare characters. */
  narrowBanks?: readonly string[];
}

export interface SampleSummary {
  cardholders: WrittenFile;
  roster: WrittenFile;
  expected: { path: string; roster: RosterExpectation };
}

/** One population: more would ask for more resident IDs than an age band has (124 for each day and lane). */
export const SAMPLE_CARDHOLDERS_MAX = 30_000_000;

type Settled = Required<Omit<SampleOptions, 'columns' | 'programme'>> & {
  columns: RosterColumns;
  programme: SampleProgramme;
};

/** USAGE_INVALID when the numbers do not fit; OUTPUT_UNAVAILABLE when the folder cannot be written. */
export async function generateSample(options: SampleOptions, watch: RowWatch = {}): Promise<SampleSummary> {
  const settled = settle(options);
  const plan = planSample(settled);
  if (plan === undefined) throw usage('period');
  try {
    await mkdir(settled.out, { recursive: true });
    return await writeSample(settled, plan, watch);
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) {
      throw new EngineError('OUTPUT_UNAVAILABLE', { path: settled.out }, { cause });
    }
    throw cause;
  }
}

async function writeSample(settled: Settled, plan: SamplePlan, watch: RowWatch): Promise<SampleSummary> {
  const { programme, out } = settled;
  const files = { cardholders: 'cardholders.csv', roster: `roster-${programme.code}-${settled.period}.csv` };
  const names = nameWriter(settled.encoding);
  const accounts = accountWriter(settled.seed);
  const cardholders = await writeRows(
    join(out, files.cardholders),
    plan.cardholders,
    watch,
    cardholderSource(
      settled,
      plan,
      cardholderRowWriter({ ...settled, updatedBefore: plan.firstDay }, names, accounts),
    ),
  );
  const rosterRows = rosterRowWriter({ ...settled, quoted: settled.variant === 'quoted' }, names, accounts);
  const tally = rosterTally(plan.roster.kinds, programme, new Set(settled.narrowBanks));
  const roster = await writeRows(
    join(out, files.roster),
    plan.roster.lines,
    watch,
    rosterSource(plan.people, plan.roster, rosterRows, tally, programme),
  );
  const expected = { path: join(out, 'expected.json'), roster: tally.expectation() };
  await writeBytes(expected.path, Buffer.from(expectedJson({ ...settled, files }, expected.roster)));
  return { cardholders, roster, expected };
}

/** The base in an order that shows nothing of who is named by which line. */
function cardholderSource(settled: Settled, plan: SamplePlan, rows: CardholderRowWriter): RowSource {
  const order = permutation(plan.cardholders, keyOf(settled.seed, 'row order'));
  const person = blankPerson();
  return {
    header: (sink) => rows.header(sink),
    row(sink, row) {
      plan.people.fillNumber(person, order(row));
      rows.row(sink, person);
    },
  };
}

function settle(options: SampleOptions): Settled {
  const settled: Settled = {
    seed: 1,
    errors: 0.05,
    encoding: 'utf-8',
    headers: 'en',
    period: '2026-10',
    variant: 'plain',
    narrowBanks: NARROW_BANKS,
    ...options,
    programme: SAMPLE_PROGRAMMES[options.programme ?? 'GLJT'],
    columns: { account: true, payee: false, remark: false, ...options.columns },
  };
  const isCount = (value: number, max: number) => Number.isInteger(value) && value >= 1 && value <= max;
  if (!isCount(settled.cardholders, SAMPLE_CARDHOLDERS_MAX)) throw usage('cardholders');
  if (!isCount(settled.lines, settled.cardholders)) throw usage('lines');
  if (!Number.isSafeInteger(settled.seed) || settled.seed < 0) throw usage('seed');
  if (!(settled.errors >= 0 && settled.errors <= 1)) throw usage('errors');
  return settled;
}

function usage(option: string): EngineError {
  return new EngineError('USAGE_INVALID', { option, command: 'sample' });
}
