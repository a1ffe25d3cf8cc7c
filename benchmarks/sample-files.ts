// The data of a run: made once per size, encoding and variant by the generator behind `yika sample`, and kept.

import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generateSample, type SampleOptions } from '../src/sample/generate-sample.js';
import { type BenchOptions, SIZES } from './options.js';

export const PROGRAMME = 'GLJT';
export const PERIOD = '2026-10';
const SEED = 1;

export interface SampleFiles {
  cardholders: string;
  roster: string;
  /** The first thousand lines, for the command on a small roster. */
  smallRoster: string;
  /**
   * The roster without its unreadable lines: one of them ends a COPY, so the peers are given a file that somebody has
   * cleaned for them.
   */
  cleanRoster: string;
  /** As DuckDB takes them: UTF-8. The same files unless the sample is GB18030. */
  utf8: { cardholders: string; cleanRoster: string };
  encoding: BenchOptions['encoding'];
  expected: ExpectedRoster;
}

export interface ExpectedRoster {
  accepted: { count: number; amount: string };
  held: { count: number; amount: string };
  rejected: { count: number; amount: string };
  findings: Record<string, number>;
}

const SMALL_LINES = 1_000;

export async function sampleFiles(options: BenchOptions): Promise<SampleFiles> {
  const { size, encoding, variant, data } = options;
  const { cardholders, lines } = SIZES[size];
  const out = join(data, `${size}-${variant}-${encoding}`);
  const whole = join(out, 'whole');
  const at = (name: string): string => join(out, name);
  const roster = at(`roster-${PROGRAMME}-${PERIOD}.csv`);
  const small = at('roster-small.csv');
  const clean = at('roster-clean.csv');
  const utf8 = { cardholders: at('cardholders-utf8.csv'), cleanRoster: at('roster-clean-utf8.csv') };
  if (!existsSync(whole)) {
    const base: SampleOptions = { cardholders, lines, seed: SEED, period: PERIOD, programme: PROGRAMME, out };
    await generateSample({ ...base, encoding, variant });
    await copyLines(roster, clean, Number.POSITIVE_INFINITY);
    await copyLines(roster, small, SMALL_LINES);
    if (encoding !== 'utf-8') {
      await toUtf8(at('cardholders.csv'), utf8.cardholders);
      await toUtf8(clean, utf8.cleanRoster);
    }
    await writeFile(whole, '');
  }
  const expected = JSON.parse(await readFile(at('expected.json'), 'utf8')) as {
    rosterImport: ExpectedRoster;
  };
  return {
    ...{ cardholders: at('cardholders.csv'), roster, smallRoster: small, cleanRoster: clean, encoding },
    utf8: encoding === 'utf-8' ? { cardholders: at('cardholders.csv'), cleanRoster: clean } : utf8,
    expected: expected.rosterImport,
  };
}

/** No character of UTF-8 or GB18030 holds a comma, a quote or 0xFF as one of its bytes, so bytes can be looked at. */
async function copyLines(from: string, to: string, most: number): Promise<void> {
  const lines = createInterface({
    input: createReadStream(from, 'latin1'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  await pipeline(Readable.from(readable(lines, most)), createWriteStream(to, 'latin1'));
}

async function* readable(lines: AsyncIterable<string>, most: number): AsyncGenerator<string> {
  let pattern: RegExp | undefined;
  let piece = '';
  let count = 0;
  for await (const line of lines) {
    const field = '(?:"[^"]*"|[^",]*)';
    pattern ??= new RegExp(`^${field}(?:,${field}){${line.split(',').length - 1}}$`);
    if (!pattern.test(line) || line.includes('\xff')) continue;
    piece += `${line}\n`;
    if (++count > most) break;
    if (piece.length < 1 << 20) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

async function toUtf8(from: string, to: string): Promise<void> {
  const decoder = new TextDecoder('gb18030');
  const texts = async function* (): AsyncGenerator<string> {
    for await (const bytes of createReadStream(from)) yield decoder.decode(bytes as Buffer, { stream: true });
    yield decoder.decode();
  };
  await pipeline(Readable.from(texts()), createWriteStream(to));
}
