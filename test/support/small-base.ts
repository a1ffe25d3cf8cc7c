// A small cardholder base as a directory, built the way the engine builds it: from rows as the database copies them out.

import type { Directory } from '../../src/directory/directory.js';
import { DirectoryBuilder } from '../../src/directory/directory-builder.js';
import {
  ACCOUNT_STATES,
  type AccountState,
  CARD_STATES,
  type CardState,
} from '../../src/directory/layout.js';
import { checkCharacter } from '../../src/identity/resident-id.js';
import { kernelModule } from '../../src/worker/kernel-module.js';
import { type BaseRow, blocksOf } from './base-rows.js';

export interface SmallPerson {
  residentId: string;
  name: string;
  region?: number;
  cardState?: CardState | undefined;
  bank?: number;
  account: string;
  accountState?: AccountState | undefined;
  deceased?: boolean;
  /** Days since 1970-01-01. */
  diedOn?: number;
  removed?: boolean;
}

/** A valid resident ID for a birth date and a sequence. */
export function residentId(birth: string, sequence: number, region = '460105'): string {
  const first17 = `${region}${birth}${String(sequence).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
}

export function smallDirectory(versions: readonly (readonly SmallPerson[])[]): Directory {
  const people = versions.flat();
  const others = [...new Set(people.map((person) => person.residentId).filter((id) => /^[A-Z]/.test(id)))];
  const serials = others.map((id, index): [string, number] => [id, index + 1]);
  const builder = new DirectoryBuilder({
    kernel: kernelModule(),
    expectedPeople: people.length + 1,
    baseVersion: versions.length,
    others: serials,
  });
  const input = builder.createInput();
  for (const version of versions) {
    const rows = version.map((person) => rowOf(person, new Map(serials)));
    input.take(blocksOf(rows, 1000));
    while (input.next()) builder.put(input);
    input.finish();
  }
  return builder.finish();
}

function rowOf(person: SmallPerson, serials: ReadonlyMap<string, number>): BaseRow {
  const serial = serials.get(person.residentId);
  return {
    person: serial === undefined ? BigInt(person.residentId.slice(0, 17)) : -BigInt(serial),
    name: person.name,
    region: person.region ?? 460105,
    cardNumber: undefined,
    cardState: CARD_STATES.indexOf(person.cardState ?? 'active'),
    bank: person.bank ?? 104,
    account: person.account,
    accountState: ACCOUNT_STATES.indexOf(person.accountState ?? 'normal'),
    deceased: person.deceased ?? false,
    diedOn: person.diedOn,
    removed: person.removed ?? false,
    fingerprint: 0n,
    updatedOn: undefined,
  };
}
