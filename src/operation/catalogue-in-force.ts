// Which catalogue, and which programme of it, a roster or batch is judged by.

import { EngineError } from '../base/error.js';
import { parseCatalogue } from '../programme/parse-catalogue.js';
import { type Catalogue, findProgramme, type Programme } from '../programme/programme.js';
import { type CatalogueRow, readCatalogue, readCatalogueInForce } from '../store/catalogue-store.js';
import type { Session } from '../store/session.js';

export interface ProgrammeInForce {
  programme: Programme;
  catalogue: Catalogue;
  version: number;
  /** SHA-256, hexadecimal. */
  digest: string;
}

/**
 * The programme in the catalogue in force when the period begins. Only programmes of the published catalogue are paid
 * (list system 清单制 of the one-card management): throws PROGRAMME_NOT_IN_CATALOGUE.
 */
export async function programmeInForce(
  session: Session,
  code: string,
  period: string,
): Promise<ProgrammeInForce> {
  const row = await readCatalogueInForce(session, `${period}-01`);
  const found = row && programmeOf(row, code);
  if (!found) throw new EngineError('PROGRAMME_NOT_IN_CATALOGUE', { programme: code, period });
  return found;
}

/** The programme that a batch was checked with. */
export async function programmeOfBatch(
  session: Session,
  batch: { programme: string; catalogue: number },
): Promise<ProgrammeInForce> {
  const row = await readCatalogue(session, batch.catalogue);
  const found = row && programmeOf(row, batch.programme);
  if (!found) throw new EngineError('PROGRAMME_UNKNOWN', { programme: batch.programme });
  return found;
}

function programmeOf(row: CatalogueRow, code: string): ProgrammeInForce | undefined {
  const catalogue = parseCatalogue(row.sources);
  const programme = findProgramme(catalogue, code);
  return programme && { programme, catalogue, version: row.version, digest: row.digest.toString('hex') };
}
