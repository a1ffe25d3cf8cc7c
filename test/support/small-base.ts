// A small cardholder base as a directory, built the way the engine builds it: from rows as the database copies them out.

import type { Directory } from '../../src/directory/directory.js';
import { DirectoryBuilder } from '../../src/directory/directory-builder.js';
import { DIRECTORY_COLUMNS, DirectoryFeed } from '../../src/directory/directory-feed.js';
import {
  ACCOUNT_STATES,
  type AccountState,
  CARD_STATES,
  type CardState,
} from '../../src/directory/layout.js';
import { keyOfPerson } from '../../src/directory/person-key.js';
import { PersonRows } from '../../src/directory/person-rows.js';
import { COPY_HEADER, COPY_TRAILER } from '../../src/encoding/copy-rows.js';
import { checkCharacter } from '../../src/identity/resident-id.js';

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
    expectedPeople: people.length + 1,
    baseVersion: versions.length,
    others: serials,
  });
  const feed = new DirectoryFeed(builder);
  for (const version of versions) {
    const rows = new PersonRows(256);
    for (const person of version) putPerson(rows, person, new Map(serials));
    feed.feed(Buffer.concat([COPY_HEADER, rows.written(), COPY_TRAILER]));
    feed.endVersion();
  }
  return builder.finish();
}

function putPerson(rows: PersonRows, person: SmallPerson, serials: ReadonlyMap<string, number>): void {
  const serial = serials.get(person.residentId);
  const number = serial === undefined ? BigInt(person.residentId.slice(0, 17)) : -BigInt(serial);
  const { a, b } = keyOfPerson(number);
  rows.reserve(512);
  rows.startRow(DIRECTORY_COLUMNS.length);
  rows.person(a, b);
  rows.textOf(person.name);
  rows.int4(person.region ?? 460105);
  rows.int2(CARD_STATES.indexOf(person.cardState ?? 'active'));
  rows.int2(person.bank ?? 104);
  rows.textOf(person.account);
  rows.reserve(64);
  rows.int2(ACCOUNT_STATES.indexOf(person.accountState ?? 'normal'));
  rows.reserve(64);
  rows.boolean(person.deceased ?? false);
  if (person.diedOn === undefined) rows.null();
  else rows.date(person.diedOn);
  rows.boolean(person.removed ?? false);
}
