// Gathers what the checks of a roster need to know: the base, who was paid already, which names a bank cannot take.

import type { Delimiter } from '../codec/record-end.js';
import { takeWords } from '../kernel/memory.js';
import type { Cycle, Period } from '../programme/period.js';
import type { RosterColumns } from '../roster/roster-line.js';
import type { Session } from '../store/session.js';
import { kernelModule } from '../worker/kernel-module.js';
import { banksAskedAlways } from '../worker/name-check.js';
import type { RosterJobData } from '../worker/roster-job.js';
import type { ProgrammeInForce } from './catalogue-in-force.js';
import type { Context } from './context.js';
import type { LoadedBase } from './load-directory.js';
import { markPeople } from './mark-people.js';

/** What is checked, and for which programme and period. */
export interface ChecksSource {
  base: LoadedBase;
  kind: 'roster' | 'supplementary' | 'reissue';
  inForce: ProgrammeInForce;
  period: Period;
  cycle: Cycle;
  region: number | undefined;
  follows: number | undefined;
  columns: RosterColumns;
  delimiter: Delimiter;
}

export async function prepareChecks(
  context: Context,
  session: Session,
  source: ChecksSource,
): Promise<RosterJobData> {
  const { directory } = source.base;
  const { programme, catalogue } = source.inForce;
  const marks = await markPeople(session, directory, catalogue, programme, source.cycle, source.follows);
  const { formats, profiles } = await context.formats();
  const names = [...profiles].flatMap(([bank, profile]) => {
    const definition = formats.paymentSide(profile.format);
    return definition ? [{ bank, definition }] : [];
  });
  return {
    directory: directory.memory,
    kernel: kernelModule(),
    seen: takeWords(directory.memory, Math.ceil(directory.slots / 32)),
    marks,
    programme,
    period: source.period,
    rosterRegion: source.region,
    columns: source.columns,
    delimiter: source.delimiter,
    names,
    askedAlways: banksAskedAlways(names),
    isReissue: source.kind === 'reissue',
  };
}
