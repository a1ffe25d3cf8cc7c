// What silence means: payments that a return file does not list are paid in a report of exceptions only, failed when
// the whole file or batch was refused, and otherwise as they were.

import type { ReturnBatch, ReturnHeader } from '../bank-file/compile-return.js';
import type { PlannedBatch } from '../bank-file/plan-file.js';
import { type AnswerRows, FAILED, PAID } from './answer-rows.js';
import type { UnlistedOutcome } from './match-answer.js';

const NOTHING = { outcome: 0, says: -1 };

/** `planned`: the batches of the payment file, for answers that speak of each batch apart. */
export function unlistedOutcome(rows: AnswerRows, planned: readonly PlannedBatch[]): UnlistedOutcome {
  const whole = silence(rows, rows.header, rows.totals?.unlisted);
  if (rows.batches.length === 0) return { whole, of: () => whole };
  const byOrdinal = new Map(rows.batches.map(({ batch }, index) => [batch.ordinal ?? index + 1, batch]));
  return {
    whole: undefined,
    of(index) {
      const place = planned.find(({ first, count }) => index >= first && index < first + count);
      const batch = place && byOrdinal.get(place.ordinal);
      return batch ? silence(rows, batch, batch.unlisted) : whole;
    },
  };
}

function silence(
  rows: AnswerRows,
  head: ReturnHeader | ReturnBatch | undefined,
  unlisted: 'paid' | 'outstanding' | undefined,
): { outcome: number; says: number } {
  if (head?.refused) return { outcome: FAILED, says: rows.say(head.refused.code, head.refused.text) };
  return unlisted === 'paid' ? { outcome: PAID, says: -1 } : NOTHING;
}
