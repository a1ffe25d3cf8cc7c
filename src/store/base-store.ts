// Statements on the cardholder base: versions, their partitions, identifiers of another kind, the hold list.

import { CARDHOLDER_COLUMNS } from '../cardholder/cardholder-rows.js';
import type { CardholderFinding } from '../cardholder/check-chunk.js';
import type { CardholderCounts } from '../cardholder/merge-chunk.js';
import { ACCOUNT_STATES, type AccountState, CARD_STATES, type CardState } from '../directory/layout.js';
import { RECORD, RECORD_REMOVED } from '../directory/packed-record.js';
import type { CopyIn } from './copy.js';
import { blocksOf } from './copy-blocks.js';
import { writeEarly } from './early-writing.js';
import type { Session } from './session.js';

const BASE_LOCK = 7_960_010;

export interface BaseVersionRow {
  version: number;
  kind: 'snapshot' | 'delta';
  asOf: string;
  fileName: string;
  cardholders: number;
  lines: number;
  newCount: number;
  changedCount: number;
  unchangedCount: number;
  conflictCount: number;
  rejectedCount: number;
  removedCount: number;
  actor: string;
  importedAt: Date;
}

export interface CardholderRow {
  version: number;
  asOf: string;
  name: string;
  region: number;
  cardNumber: string | null;
  cardState: CardState;
  bank: number;
  account: string;
  accountState: AccountState;
  deceased: boolean;
  diedOn: string | null;
  updatedOn: string | null;
  removed: boolean;
}

/** Identifies the database: what is kept outside of it (the directory's file) names it. */
export async function readInstallation(session: Session): Promise<string> {
  const [row] = await session.query<{ id: string }>('select id::text from installation');
  return row?.id ?? '';
}

/** Imports of the base take turns; ends with the transaction. */
export async function lockBase(session: Session): Promise<void> {
  await session.query(`select pg_advisory_xact_lock(${BASE_LOCK})`);
}

export async function readLatestVersion(session: Session): Promise<BaseVersionRow | undefined> {
  const [row] = await session.query<BaseVersionRow>(`
    select version, kind, as_of as "asOf", file_name as "fileName", cardholders, lines, new_count as "newCount",
      changed_count as "changedCount", unchanged_count as "unchangedCount", conflict_count as "conflictCount",
      rejected_count as "rejectedCount", removed_count as "removedCount", actor, imported_at as "importedAt"
    from base_version order by version desc limit 1`);
  return row;
}

export interface VersionWithRows {
  version: number;
  newCount: number;
  rowCount: number;
}

/** Versions that brought rows, oldest first: how many, and how many people they brought at most. */
export async function readVersionsWithRows(session: Session): Promise<VersionWithRows[]> {
  return await session.query(
    `select version, new_count as "newCount", row_count as "rowCount"
     from base_version where row_count > 0 order by version`,
  );
}

export async function readOtherIdentifiers(session: Session): Promise<[string, number][]> {
  const rows = await session.query<{ identifier: string; serial: bigint }>(
    'select identifier, serial from other_identifier order by serial',
  );
  return rows.map((row) => [row.identifier, Number(row.serial)]);
}

export async function addOtherIdentifiers(
  session: Session,
  others: readonly (readonly [string, number])[],
): Promise<void> {
  if (others.length === 0) return;
  await session.query(
    'insert into other_identifier (identifier, serial) select * from unnest($1::text[], $2::bigint[])',
    [others.map(([identifier]) => identifier), others.map(([, serial]) => serial)],
  );
}

/**
 * Rows of one version in the order in which they are stored, in blocks for the directory (directory/directory-block.ts): the nth of
 * every `of` blocks. Copied out row by row, 5,000,000 cardholders took the server twice the processor time, and us the taking apart
 * of as many messages: it pays for each row and each column that it sends, more than for putting them together.
 */
export function copyBlocksOut(
  session: Session,
  version: number,
  { nth, of }: { nth: number; of: number },
): AsyncIterable<Uint8Array> {
  return session.copyOut(
    blocksOf(`cardholder_${version}`, (pairs) => [pairs('int8send(person)', 'record')], { nth, of }),
  );
}

/** A table of its own for a new version: bare, and in this transaction, so that the load is not logged twice. */
export async function createVersionTable(session: Session, version: number): Promise<CopyIn> {
  await writeEarly(session);
  await session.query(
    `create table cardholder_${version} (like cardholder including defaults including constraints)`,
  );
  await session.query(
    `alter table cardholder_${version} alter column version set default ${version},
       add constraint of_version check (version = ${version})`,
  );
  return session.copyIn(
    `copy cardholder_${version} (${CARDHOLDER_COLUMNS.join(', ')}) from stdin (format binary, freeze)`,
  );
}

/** Takes people out of the base: their last record once more, marked. They stay readable in earlier versions. */
export async function removePeople(
  session: Session,
  version: number,
  people: readonly bigint[],
): Promise<void> {
  await session.query(
    `insert into cardholder_${version} (person, record)
     select person, set_byte(record, ${RECORD.states}, get_byte(record, ${RECORD.states}) | ${RECORD_REMOVED})
     from (
       select distinct on (person) person, record from cardholder
       where person = any($1::bigint[]) and version < ${version} order by person, version desc
     ) last`,
    [people],
  );
}

/** Index afterwards, then a part of the base. */
export async function attachVersion(session: Session, version: number): Promise<void> {
  await session.query(`create unique index on cardholder_${version} (person)`);
  await session.query(
    `alter table cardholder attach partition cardholder_${version} for values in (${version})`,
  );
  await session.query(`alter table cardholder_${version} drop constraint of_version`);
}

export async function dropVersionTable(session: Session, version: number): Promise<void> {
  await session.query(`drop table cardholder_${version}`);
}

export async function insertVersion(
  session: Session,
  row: {
    version: number;
    kind: 'snapshot' | 'delta';
    asOf: string;
    fileName: string;
    fileDigest: Uint8Array;
    counts: CardholderCounts;
    removed: number;
    cardholders: number;
    rowCount: number;
    seconds: number;
    actor: string;
  },
): Promise<void> {
  const { counts } = row;
  await session.query(
    `insert into base_version (version, kind, as_of, file_name, file_digest, lines, new_count, changed_count,
       unchanged_count, conflict_count, rejected_count, removed_count, cardholders, row_count, seconds, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[row.version, row.kind, row.asOf, row.fileName, Buffer.from(row.fileDigest)],
      ...[counts.lines, counts.new, counts.changed, counts.unchanged, counts.conflicts, counts.rejected],
      ...[row.removed, row.cardholders, row.rowCount, row.seconds, row.actor],
    ],
  );
}

export async function insertCardholderFindings(
  session: Session,
  version: number,
  findings: readonly CardholderFinding[],
): Promise<void> {
  if (findings.length === 0) return;
  const column = <Key extends keyof CardholderFinding>(key: Key) =>
    findings.map((finding) => finding[key] ?? null);
  await session.query(
    `insert into cardholder_finding (version, line, code, detail, resident_id, name)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[])`,
    [version, column('line'), column('code'), column('detail'), column('residentId'), column('name')],
  );
}

export async function readCardholderFindings(
  session: Session,
  version: number,
): Promise<(CardholderFinding & { residentId: string | null })[]> {
  return await session.query(
    `select line, code, detail, resident_id as "residentId", name from cardholder_finding
     where version = $1 order by line`,
    [version],
  );
}

/** Serial of an identifier of another kind, as the database person it stands for. */
export async function findOtherPerson(session: Session, identifier: string): Promise<bigint | undefined> {
  const [row] = await session.query<{ serial: bigint }>(
    'select serial from other_identifier where identifier = $1',
    [identifier],
  );
  return row === undefined ? undefined : -row.serial;
}

/** The record of a person that held on a day (the last version as of that day or before), or now. */
export async function readCardholder(
  session: Session,
  person: bigint,
  on: string | undefined,
): Promise<CardholderRow | undefined> {
  const [row] = await session.query<
    Omit<CardholderRow, 'cardState' | 'accountState'> & { cardState: number; accountState: number }
  >(
    `select c.version, v.as_of as "asOf", c.name, c.region, c.card_number as "cardNumber",
       c.card_state::int as "cardState", c.bank::int as bank, c.account, c.account_state::int as "accountState",
       c.deceased, c.died_on as "diedOn", c.updated_on as "updatedOn", c.removed
     from cardholder_in_full c join base_version v using (version)
     where c.person = $1 and ($2::date is null or v.as_of <= $2::date)
     order by c.version desc limit 1`,
    [person, on ?? null],
  );
  return (
    row && {
      ...row,
      cardState: CARD_STATES[row.cardState] as CardState,
      accountState: ACCOUNT_STATES[row.accountState] as AccountState,
    }
  );
}

/** Name and account of people as the base spells them now. */
export async function readSpellings(
  session: Session,
  people: readonly bigint[],
): Promise<{ person: bigint; name: string; account: string }[]> {
  return await session.query(
    `select distinct on (person) person, name, account from cardholder_in_full
     where person = any($1::bigint[]) order by person, version desc`,
    [people],
  );
}

export async function replaceHoldList(
  session: Session,
  entries: readonly { person: bigint; reason: string }[],
  actor: string,
): Promise<void> {
  await session.query('delete from hold');
  await session.query(
    `insert into hold (person, reason, actor)
     select person, reason, $3 from unnest($1::bigint[], $2::text[]) as entry (person, reason)`,
    [entries.map((entry) => entry.person), entries.map((entry) => entry.reason), actor],
  );
}

export async function readHeldPeople(session: Session): Promise<bigint[]> {
  const rows = await session.query<{ person: bigint }>('select person from hold');
  return rows.map((row) => row.person);
}
