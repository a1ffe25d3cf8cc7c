// Two people: who submits does not approve. Names are compared as people read them, so that another spelling of one's
// own name is no second person.

import { EngineError } from '../base/error.js';

/** The form in which actors are compared: width, case and blanks do not make another person. */
export function actorKey(actor: string): string {
  return actor.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

export function refuseOwnApproval(batch: number, submittedBy: string, approver: string): void {
  if (actorKey(submittedBy) === actorKey(approver)) throw new EngineError('APPROVER_IS_SUBMITTER', { batch });
}
