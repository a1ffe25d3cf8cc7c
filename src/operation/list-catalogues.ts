import { parseCatalogue } from '../programme/parse-catalogue.js';
import { readCatalogues } from '../store/catalogue-store.js';
import type { Context } from './context.js';

export interface ListedCatalogue {
  version: number;
  catalogue: string;
  effectiveFrom: string;
  programmes: { code: string; name: string; department: string | undefined; frequency: string }[];
  publishedBy: string;
  publishedAt: Date;
}

export async function listCatalogues(context: Context): Promise<{ catalogues: ListedCatalogue[] }> {
  const rows = await context.database.withSession(readCatalogues);
  return {
    catalogues: rows.map((row) => ({
      version: row.version,
      catalogue: row.name,
      effectiveFrom: row.effectiveFrom,
      programmes: parseCatalogue(row.sources).programmes.map(({ code, name, department, frequency }) => ({
        ...{ code, name, department, frequency },
      })),
      publishedBy: row.actor,
      publishedAt: row.publishedAt,
    })),
  };
}
