// The checks of a roster without the database: what a second thread gains. In an import the server works on the second core
// meanwhile, so its time says little of the threads.

import { BufferPool } from '../src/base/buffer-pool.js';
import { BatchDigest } from '../src/batch/batch-digest.js';
import { ROSTER_COLUMNS } from '../src/codec/columns.js';
import { openTable } from '../src/codec/open-table.js';
import { handBack } from '../src/kernel/areas.js';
import { programmeInForce } from '../src/operation/catalogue-in-force.js';
import type { Context } from '../src/operation/context.js';
import { columnsOf } from '../src/operation/import-roster.js';
import { loadDirectory } from '../src/operation/load-directory.js';
import { prepareChecks } from '../src/operation/prepare-checks.js';
import { cycleOf, type Period, parsePeriod } from '../src/programme/period.js';
import { ChunkMerger } from '../src/roster/merge-chunk.js';
import { rosterContext, rosterJob } from '../src/worker/roster-job.js';
import { warmThreads } from '../src/worker/thread-pool.js';
import type { Facts } from './job.js';

/** Checks the roster for a month whose payments nobody asks about; what must be known is gathered outside the timer. */
export async function checksAlone(
  context: Context,
  roster: { file: string; programme: string; period: string },
): Promise<() => Promise<Facts>> {
  const buffers = new BufferPool();
  const table = await openTable(roster.file, ROSTER_COLUMNS);
  const period = parsePeriod(roster.period) as Period;
  const threads = warmThreads(rosterJob, context.threads);
  const data = await context.database.withSession(async (session) => {
    const inForce = await programmeInForce(session, roster.programme, roster.period);
    const cycle = cycleOf(inForce.programme.frequency, period);
    const source = { inForce, period, cycle, columns: columnsOf(table), delimiter: table.delimiter };
    const base = await loadDirectory(context, session);
    const rest = { base, kind: 'roster' as const, region: undefined, follows: undefined };
    return await prepareChecks(context, session, { ...source, ...rest });
  });
  const pool = threads.open(data);
  const { settings, context: checks } = rosterContext(data);
  const merger = new ChunkMerger(settings, checks);
  const digest = new BatchDigest({
    ...{ programme: roster.programme, period: roster.period, cycle: roster.period, region: undefined },
    ...{ catalogueDigest: '', follows: undefined },
  });
  return async () => {
    for await (const result of pool.mapInOrder(table.chunks(buffers))) {
      // The sample has no line that waits for the base's own spelling; with one, merge() would throw.
      for (const piece of merger.merge(result, new Map()).payments) digest.add(piece);
      handBack(result.area);
      buffers.give(result.bytes.buffer);
    }
    await pool.close();
    await table.close();
    const { lines, accepted } = merger.tally;
    return { lines, accepted: accepted.count, digest: Buffer.from(digest.finish()).toString('hex') };
  };
}
