// Statements on published catalogues. A catalogue is kept as the text that was published and parsed again when read, so
// that what was checked and what is used are the same words.

import type { Session } from './session.js';

export interface CatalogueRow {
  version: number;
  name: string;
  effectiveFrom: string;
  digest: Buffer;
  sources: { path: string; text: string }[];
  actor: string;
  publishedAt: Date;
}

const COLUMNS = `version, name, effective_from as "effectiveFrom", digest, sources, actor, published_at as "publishedAt"`;
const CATALOGUE_LOCK = 7_960_011;

export async function readCatalogues(session: Session): Promise<CatalogueRow[]> {
  return await session.query<CatalogueRow>(`select ${COLUMNS} from catalogue order by version`);
}

/** The catalogue in force on a day: of those that have begun, the one that began last, and of those the newest. */
export async function readCatalogueInForce(session: Session, day: string): Promise<CatalogueRow | undefined> {
  const [row] = await session.query<CatalogueRow>(
    `select ${COLUMNS} from catalogue where effective_from <= $1::date
     order by effective_from desc, version desc limit 1`,
    [day],
  );
  return row;
}

export async function readCatalogue(session: Session, version: number): Promise<CatalogueRow | undefined> {
  const [row] = await session.query<CatalogueRow>(`select ${COLUMNS} from catalogue where version = $1`, [
    version,
  ]);
  return row;
}

/** Call inside a transaction; answers with the version that the catalogue got. */
export async function insertCatalogue(
  session: Session,
  row: { name: string; effectiveFrom: string; digest: Uint8Array; sources: unknown; actor: string },
): Promise<number> {
  await session.query(`select pg_advisory_xact_lock(${CATALOGUE_LOCK})`);
  const [next] = await session.query<{ version: number }>(
    'select coalesce(max(version), 0)::int + 1 as version from catalogue',
  );
  const version = next?.version ?? 1;
  await session.query(
    `insert into catalogue (version, name, effective_from, digest, sources, actor) values ($1, $2, $3, $4, $5, $6)`,
    [version, row.name, row.effectiveFrom, Buffer.from(row.digest), JSON.stringify(row.sources), row.actor],
  );
  return version;
}
