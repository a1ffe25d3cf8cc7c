import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { FINDING_CODES } from '../../src/base/finding.js';
import { CARDHOLDER_COLUMNS } from '../../src/codec/columns.js';
import { openTable } from '../../src/codec/open-table.js';
import { parseAccount } from '../../src/identity/account-number.js';
import { parseBankCode } from '../../src/identity/bank-code.js';
import { inspectResidentId } from '../../src/identity/resident-id.js';
import { NARROW_BANKS } from '../../src/sample/bank.js';
import { COMMITTED_ROSTERS, type RosterForm } from '../../src/sample/committed-rosters.js';
import { committedSamples, type SampleFiles } from '../../src/sample/committed-samples.js';
import { type Answer, Referee, readRows } from './referee.js';

const ROSTERS = 'samples/rosters';
const BASE = 'samples/cardholders/cardholders.csv';
const DELTA = 'samples/cardholders/delta.csv';

interface Expected {
  cardholderImport: { lines: number };
  deltaImport: Record<string, number | string>;
  rosterImports: (Answer & { file: string; programme: string; period: string; findingAmounts: unknown })[];
}

const expected = JSON.parse(readFileSync('samples/expected.json', 'utf8')) as Expected;

describe('committed samples', () => {
  let files: SampleFiles;
  beforeAll(() => {
    files = committedSamples();
  });

  it('are what the code makes, byte for byte', () => {
    for (const [path, bytes] of files) {
      const committed = readFileSync(`samples/${path}`);
      expect(committed.equals(bytes), `samples/${path} (run node dist/sample/write-samples.js)`).toBe(true);
    }
  });

  it('stay small', () => {
    const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
    expect(bytes).toBeLessThan(400_000);
  });

  it('imported in order, give what expected.json says', async () => {
    const referee = new Referee(NARROW_BANKS);
    await referee.importBase(BASE);
    expect(referee.base.size).toBe(expected.cardholderImport.lines);
    const held = readFileSync('samples/hold-list.csv', 'utf8').trimEnd().split('\n').slice(1);
    referee.hold(held.map((line) => line.split(',')[0]!));
    for (const { file, programme, period, findingAmounts, ...rest } of expected.rosterImports) {
      const answer = await referee.importRoster(`${ROSTERS}/${file}`, programme, period);
      expect({ file, ...answer }).toEqual({ file, ...rest });
      expect(findingAmounts).toBeTypeOf('object');
    }
  });

  it.each<[RosterForm, string[]]>([
    ['gb18030', []],
    ['csv-bom', []],
    // A sheet has cells: no line has too many fields, half a quote or broken bytes.
    ['xlsx', ['LINE_UNREADABLE']],
    ['gz', []],
  ])('show every finding in the form %s', (form, except) => {
    const names = COMMITTED_ROSTERS.filter((roster) => roster.form === form).map((roster) => roster.file);
    const shown = new Set(
      expected.rosterImports
        .filter(({ file }) => names.includes(file))
        .flatMap(({ findings }) => Object.keys(findings)),
    );
    const missing = Object.keys(FINDING_CODES).filter((code) => !shown.has(code));
    expect(missing).toEqual(except);
  });

  it('delta.csv has as many rows of every kind as expected.json says', async () => {
    const base = new Map((await readRows(BASE, CARDHOLDER_COLUMNS)).map((row) => [row?.resident_id, row]));
    const taken = new Map<string, string>();
    const counts = { lines: 0, new: 0, changed: 0, unchanged: 0, conflicts: 0, rejected: 0 };
    for (const row of await readRows(DELTA, CARDHOLDER_COLUMNS)) {
      const id = row?.resident_id ?? '';
      const text = JSON.stringify(row);
      const known = base.get(id);
      const isSound =
        inspectResidentId(id).kind !== 'invalid' &&
        row?.name !== '' &&
        ['正常', '挂失', '注销', '补换', '未激活'].includes(row?.card_state ?? '') &&
        parseBankCode(row?.bank ?? '') !== undefined &&
        parseAccount(row?.account ?? '') !== undefined;
      counts.lines++;
      if (!isSound) counts.rejected++;
      else if (taken.has(id)) counts.conflicts++;
      else if (known === undefined) counts.new++;
      else if (JSON.stringify(known) === text) counts.unchanged++;
      else counts.changed++;
      if (isSound) taken.set(id, text);
    }
    const { file: _file, ...answer } = expected.deltaImport;
    expect(counts).toEqual(answer);
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
  });

  it('the workbook has a title, a hidden row and a totals row', async () => {
    const { rosterImports } = expected;
    const spec = COMMITTED_ROSTERS.find(({ form }) => form === 'xlsx')!;
    const table = await openTable(`${ROSTERS}/${spec.file}`, []);
    await table.close();
    const roster = await openTable(`${ROSTERS}/${spec.file}`, [
      { name: 'resident_id', required: true, synonyms: ['身份证号'] },
    ]);
    let text = '';
    for await (const chunk of roster.chunks()) text += Buffer.from(chunk.bytes).toString('utf8');
    expect(roster.headerLine).toBe(2);
    expect(roster.notes?.hiddenRows).toBe(1);
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^合计,/);
    expect(text.trimEnd().split('\n').length - 1).toBe(
      rosterImports.find(({ file }) => file === spec.file)!.lines,
    );
  });
});
