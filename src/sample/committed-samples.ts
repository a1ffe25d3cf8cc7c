// The files of samples/, made from nothing but this code: the same bytes whenever and wherever they are made.

import { judgedCycle, parsePeriod } from '../programme/period.js';
import { accountWriter, NARROW_BANKS } from './bank.js';
import { ByteSink } from './byte-sink.js';
import { cardholderRowWriter } from './cardholder-row.js';
import { type Cohort, type CohortPlanner, type CohortTraits, cohortPlanner } from './cohort.js';
import { type DeltaCounts, deltaFile } from './committed-delta.js';
import { rosterFile } from './committed-roster-file.js';
import { COMMITTED_PERIOD, COMMITTED_ROSTERS, type LineCount, type RosterSpec } from './committed-rosters.js';
import { rosterAnswer } from './expected-json.js';
import { type NameWriter, nameWriter } from './name-writer.js';
import { blankPerson, type People, peopleOf } from './person.js';
import { keyOf, permutation } from './random.js';
import { traitsOf } from './roster-kinds.js';
import { type PlannedKind, rosterPlan } from './roster-plan.js';
import { addBystanders } from './sample-plan.js';

export const COMMITTED_SEED = 20_261_001;
export const COMMITTED_CARDHOLDERS = 2000;
const NEWCOMERS = 8;
const SINK_BYTES = 1024 * 1024;
const REASONS = ['疑似已享受其他待遇，待核实', '本人申请暂停发放', '住院期间由机构供养，待核实'];

/** A file's path under samples/ and its bytes. */
export type SampleFiles = ReadonlyMap<string, Uint8Array>;

interface Population {
  people: People;
  /** Of every roster file, its kinds with the people they name. */
  rosters: ReadonlyMap<string, readonly PlannedKind[]>;
  newcomers: Cohort;
  periodFirst: number;
}

export function committedSamples(): SampleFiles {
  const population = plan();
  const files = new Map<string, Uint8Array>();
  const answers: Record<string, unknown>[] = [];
  files.set('cardholders/cardholders.csv', cardholderFile(population));
  const delta = deltaFile(COMMITTED_SEED, population);
  files.set('cardholders/delta.csv', delta.bytes);
  for (const spec of COMMITTED_ROSTERS) {
    const kinds = population.rosters.get(spec.file)!;
    const seed = keyOf(COMMITTED_SEED, spec.file);
    const made = rosterFile(spec, rosterPlan(seed, kinds), population.people, COMMITTED_SEED);
    files.set(`rosters/${spec.file}`, made.bytes);
    answers.push({
      ...{ file: spec.file, programme: spec.programme.code, period: COMMITTED_PERIOD },
      ...rosterAnswer(made.expectation),
    });
  }
  files.set('hold-list.csv', holdList(population));
  files.set('expected.json', expectedFile(delta.counts, answers));
  return files;
}

function plan(): Population {
  const cycle = judgedCycle('monthly', parsePeriod(COMMITTED_PERIOD)!);
  const planner = cohortPlanner(COMMITTED_SEED, cycle.endDay);
  const cohorts = new Map<string, Cohort>();
  addPeople(planner, cohorts, false);
  const guardians = planner.add({}, 6, 'adult');
  addBystanders(planner, COMMITTED_CARDHOLDERS - planner.people, 'everyone');
  addPeople(planner, cohorts, true);
  const newcomers = planner.add({ stranger: true }, NEWCOMERS, 'old');
  const rosters = new Map(
    COMMITTED_ROSTERS.map((spec) => [spec.file, plannedKinds(spec, cohorts, guardians)]),
  );
  return {
    people: peopleOf(planner, COMMITTED_SEED, cycle.startDay),
    rosters,
    newcomers,
    periodFirst: cycle.startDay,
  };
}

/** A cohort for every kind of every roster that names people of its own. */
function addPeople(planner: CohortPlanner, cohorts: Map<string, Cohort>, strangers: boolean): void {
  for (const { file, programme, lines } of COMMITTED_ROSTERS) {
    const { startDay } = judgedCycle(programme.frequency, parsePeriod(COMMITTED_PERIOD)!);
    for (const { kind, count, again } of lines) {
      if (again !== undefined || kind.repeats === true) continue;
      const traits: CohortTraits = { ...traitsOf(kind, programme), periodFirst: startDay };
      if ((traits.stranger === true) !== strangers) continue;
      cohorts.set(`${file} ${kind.name}`, planner.add(traits, count, programme.ages));
    }
  }
}

function plannedKinds(
  spec: RosterSpec,
  cohorts: ReadonlyMap<string, Cohort>,
  guardians: Cohort,
): PlannedKind[] {
  const good = cohorts.get(`${spec.file} good`)!;
  const cohortOf = ({ kind, again }: LineCount): Cohort =>
    again === undefined
      ? (cohorts.get(`${spec.file} ${kind.name}`) ?? good)
      : cohorts.get(`${again.file} ${again.kind}`)!;
  return spec.lines.map((line) => {
    const { kind, count, again } = line;
    const planned: PlannedKind = { kind, count, cohort: cohortOf(line), memberOffset: again?.from ?? 0 };
    if (kind.edit === 'payeeOther') return { ...planned, payees: good };
    return kind.edit === 'payeeGuardian' ? { ...planned, payees: guardians } : planned;
  });
}

function cardholderFile({ people, periodFirst }: Population): Uint8Array {
  const names = nameWriter('gb18030');
  const rows = cardholderRowWriter(
    { encoding: 'gb18030', headers: 'zh', updatedBefore: periodFirst },
    names,
    accountWriter(COMMITTED_SEED),
  );
  const order = permutation(COMMITTED_CARDHOLDERS, keyOf(COMMITTED_SEED, 'row order'));
  const sink = new ByteSink(SINK_BYTES);
  const person = blankPerson();
  rows.header(sink);
  for (let row = 0; row < COMMITTED_CARDHOLDERS; row++) {
    people.fillNumber(person, order(row));
    rows.row(sink, person);
  }
  return sink.bytes.slice(0, sink.length);
}

/** Who is held until someone settles it, in all rosters. */
function holdList({ people, rosters }: Population): Uint8Array {
  const names: NameWriter = nameWriter('utf-8');
  const sink = new ByteSink(SINK_BYTES);
  const person = blankPerson();
  const put = (text: string) => {
    const bytes = Buffer.from(text);
    sink.piece(bytes, 0, bytes.length);
  };
  put('resident_id,name,reason\n');
  for (const kinds of rosters.values()) {
    for (const { kind, count, cohort } of kinds) {
      if (kind.finding !== 'ON_HOLD_LIST') continue;
      for (let member = 0; member < count; member++) {
        people.fill(person, cohort, member);
        sink.piece(person.id, 0, person.idLength);
        put(',');
        names.name(sink, person.nameHash, person.nameStyle, 'base');
        put(`,${REASONS[person.number % REASONS.length]}\n`);
      }
    }
  }
  return sink.bytes.slice(0, sink.length);
}

function expectedFile(delta: DeltaCounts, rosters: readonly Record<string, unknown>[]): Uint8Array {
  const base: DeltaCounts = {
    ...{ lines: COMMITTED_CARDHOLDERS, new: COMMITTED_CARDHOLDERS },
    ...{ changed: 0, unchanged: 0, conflicts: 0, rejected: 0 },
  };
  const document = {
    narrowBanks: NARROW_BANKS,
    cardholderImport: { file: 'cardholders.csv', ...base },
    deltaImport: { file: 'delta.csv', ...delta },
    rosterImports: rosters,
  };
  return Buffer.from(`${JSON.stringify(document, undefined, 2)}\n`);
}
