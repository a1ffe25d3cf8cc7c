import { EngineError } from '../base/error.js';
import { formatYuan } from '../money/fen.js';
import { parseCatalogue } from '../programme/parse-catalogue.js';
import { findProgramme, type Programme } from '../programme/programme.js';
import { readCatalogueInForce } from '../store/catalogue-store.js';
import type { Context } from './context.js';
import { today } from './today.js';

export interface ShownProgramme {
  catalogueVersion: number;
  effectiveFrom: string;
  programme: unknown;
}

/** A programme of the catalogue in force today; amounts in yuan. */
export async function showProgramme(context: Context, input: { code: string }): Promise<ShownProgramme> {
  const row = await context.database.withSession((session) => readCatalogueInForce(session, today(context)));
  const programme = row && findProgramme(parseCatalogue(row.sources), input.code);
  if (!row || !programme) throw new EngineError('PROGRAMME_UNKNOWN', { programme: input.code });
  return { catalogueVersion: row.version, effectiveFrom: row.effectiveFrom, programme: inYuan(programme) };
}

function inYuan(programme: Programme): unknown {
  return JSON.parse(
    JSON.stringify(programme, (key, value) =>
      key.endsWith('Fen') ? formatYuan(value as number) : value,
    ).replaceAll(/"(amount|ceiling)Fen":/g, '"$1":'),
  );
}
