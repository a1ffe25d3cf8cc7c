// What the base says of one person, now or on a day. Names, IDs and accounts are masked: this is for a screen.

import { EngineError } from '../base/error.js';
import { maskName, maskNumber } from '../base/mask.js';
import { parseCalendarDate } from '../identity/calendar-date.js';
import { inspectResidentId, personOfInspected } from '../identity/resident-id.js';
import { findOtherPerson, readCardholder } from '../store/base-store.js';
import type { Context } from './context.js';

export interface ShownCardholder {
  residentId: string;
  name: string;
  region: number;
  cardNumber: string | null;
  cardState: string;
  bank: number;
  account: string;
  accountState: string;
  alive: 'alive' | 'deceased';
  diedOn: string | null;
  updatedOn: string | null;
  /** Version of the base that the record stands in, and the day that version stands for. */
  version: number;
  asOf: string;
}

export async function showCardholder(
  context: Context,
  input: { identifier: string; on?: string | undefined },
): Promise<ShownCardholder> {
  const inspected = inspectResidentId(input.identifier);
  if (inspected.kind === 'invalid') {
    throw new EngineError('USAGE_INVALID', { option: 'ID', problem: inspected.reason });
  }
  if (input.on !== undefined && !parseCalendarDate(input.on)) {
    throw new EngineError('USAGE_INVALID', { option: '--on', value: input.on });
  }
  const row = await context.database.withSession(async (session) => {
    const isOther = inspected.kind === 'other';
    const person = isOther
      ? await findOtherPerson(session, inspected.canonical)
      : personOfInspected(inspected);
    return person === undefined ? undefined : await readCardholder(session, person, input.on);
  });
  if (!row || row.removed)
    throw new EngineError('CARDHOLDER_NOT_FOUND', { id: maskNumber(inspected.canonical) });
  return {
    residentId: maskNumber(inspected.canonical),
    name: maskName(row.name),
    region: row.region,
    cardNumber: row.cardNumber === null ? null : maskNumber(row.cardNumber),
    cardState: row.cardState,
    bank: row.bank,
    account: maskNumber(row.account),
    accountState: row.accountState,
    alive: row.deceased ? 'deceased' : 'alive',
    diedOn: row.diedOn,
    updatedOn: row.updatedOn,
    version: row.version,
    asOf: row.asOf,
  };
}
