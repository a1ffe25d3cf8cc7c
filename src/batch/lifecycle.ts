// The life of a batch (contract, section 4): checked → submitted → approved → released → sent → reconciled → closed;
// rejected goes back to checked; cancelled only before released. The database holds the same arrows in a trigger.

import { EngineError } from '../base/error.js';

export const BATCH_STATES = [
  'checked',
  'submitted',
  'approved',
  'released',
  'sent',
  'reconciled',
  'closed',
  'cancelled',
] as const;

export type BatchState = (typeof BATCH_STATES)[number];

/** What people ask of a batch, the states in which they may, and the state it leads to. */
export const BATCH_STEPS = {
  submit: { from: ['checked'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  reject: { from: ['submitted', 'approved'], to: 'checked' },
  cancel: { from: ['checked', 'submitted', 'approved'], to: 'cancelled' },
  release: { from: ['approved'], to: 'released' },
  reconcile: { from: ['released', 'sent', 'reconciled'], to: 'reconciled' },
  close: { from: ['reconciled'], to: 'closed' },
} as const satisfies Record<string, { from: readonly BatchState[]; to: BatchState }>;

export type BatchStep = keyof typeof BATCH_STEPS;

/** The state that the step leads to. Throws BATCH_STATE_REFUSED with the states in which it may be taken. */
export function stepOf(step: BatchStep, batch: number, state: BatchState): BatchState {
  const { from, to } = BATCH_STEPS[step];
  if (!(from as readonly BatchState[]).includes(state)) {
    throw new EngineError('BATCH_STATE_REFUSED', { batch, step, state, allowed: from });
  }
  return to;
}
