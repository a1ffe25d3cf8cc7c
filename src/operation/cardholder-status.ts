import { EngineError } from '../base/error.js';
import { readLatestVersion } from '../store/base-store.js';
import type { Context } from './context.js';
import { today } from './today.js';

export interface StatusAnswer {
  version: number;
  kind: string;
  asOf: string;
  /** Days since the day that the base stands for. */
  ageDays: number;
  cardholders: number;
  file: string;
  lines: number;
  new: number;
  changed: number;
  unchanged: number;
  conflicts: number;
  rejected: number;
  removed: number;
  importedBy: string;
  importedAt: Date;
}

const DAY_MILLISECONDS = 86_400_000;

export async function readStatus(context: Context): Promise<StatusAnswer> {
  const row = await context.database.withSession(readLatestVersion);
  if (!row) throw new EngineError('BASE_EMPTY');
  return {
    version: row.version,
    kind: row.kind,
    asOf: row.asOf,
    ageDays: Math.round((Date.parse(today(context)) - Date.parse(row.asOf)) / DAY_MILLISECONDS),
    cardholders: row.cardholders,
    file: row.fileName,
    lines: row.lines,
    new: row.newCount,
    changed: row.changedCount,
    unchanged: row.unchangedCount,
    conflicts: row.conflictCount,
    rejected: row.rejectedCount,
    removed: row.removedCount,
    importedBy: row.actor,
    importedAt: row.importedAt,
  };
}
