// Synthetic data of any size; needs no database.

import { EngineError } from '../base/error.js';
import { generateSample, type SampleOptions, type SampleSummary } from '../sample/generate-sample.js';

export type MakeSampleInput = Partial<SampleOptions> & Pick<SampleOptions, 'cardholders' | 'lines' | 'out'>;

export interface MakeSampleAnswer {
  cardholders: { path: string; rows: number };
  roster: { path: string; rows: number };
  expected: { path: string };
}

export async function makeSample(input: MakeSampleInput): Promise<MakeSampleAnswer> {
  if (input.lines > input.cardholders) {
    throw new EngineError('USAGE_INVALID', { option: '--lines', value: input.lines });
  }
  const options = {
    seed: 1,
    errors: 0.05,
    encoding: 'utf-8',
    headers: 'zh',
    programme: 'GLJT',
    period: '2026-10',
    variant: 'plain',
  } as const;
  const summary: SampleSummary = await generateSample({ ...options, ...input });
  const { cardholders, roster, expected } = summary;
  return {
    cardholders: { path: cardholders.path, rows: cardholders.rows },
    roster: { path: roster.path, rows: roster.rows },
    expected: { path: expected.path },
  };
}
