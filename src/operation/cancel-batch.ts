// Gives a batch up before anything was released: its people may stand in another batch again.

import type { Context } from './context.js';
import { type StepAnswer, stepBatch } from './step-batch.js';

export async function cancelBatch(
  context: Context,
  input: { batch: number; reason: string },
): Promise<StepAnswer> {
  return await stepBatch(context, input.batch, 'cancel', async () => ({ reason: input.reason }));
}
