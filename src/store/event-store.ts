// The append-only history: who did what, when, to what.

import type { Session } from './session.js';

export interface EventRow {
  at: Date;
  actor: string;
  action: string;
  batch: number | null;
  file: number | null;
  detail: Record<string, unknown>;
}

/** `detail` holds counts, codes and numbers; never a resident ID, name or account. */
export async function addEvent(
  session: Session,
  event: { actor: string; action: string; batch?: number; file?: number; detail?: Record<string, unknown> },
): Promise<void> {
  await session.query('insert into event (actor, action, batch, file, detail) values ($1, $2, $3, $4, $5)', [
    event.actor,
    event.action,
    event.batch ?? null,
    event.file ?? null,
    JSON.stringify(event.detail ?? {}),
  ]);
}

export async function readEvents(session: Session, batch: number): Promise<EventRow[]> {
  return await session.query<EventRow>(
    'select at, actor, action, batch, file, detail from event where batch = $1 order by id',
    [batch],
  );
}
