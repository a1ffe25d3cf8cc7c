// A slow engine for the tests of the sample data: reads the files as they are and applies the contract (section 4) line
// by line, with maps and strings. It knows nothing of how the data were made.

import { readFileSync } from 'node:fs';
import { FINDING_CODES, type FindingCode, type Severity } from '../../src/base/finding.js';
import {
  CARDHOLDER_COLUMNS,
  type CardholderColumn,
  ROSTER_COLUMNS,
  type RosterColumn,
} from '../../src/codec/columns.js';
import type { ColumnSpec } from '../../src/codec/header.js';
import { openTable } from '../../src/codec/open-table.js';
import { RecordCursor } from '../../src/codec/record-cursor.js';
import { splitRecord } from '../../src/codec/split-record.js';
import { isTotalsRow } from '../../src/codec/totals-row.js';
import { decodeGb18030, gbkLength } from '../../src/encoding/gb18030.js';
import { decodeUtf8 } from '../../src/encoding/utf8.js';
import { parseAccount } from '../../src/identity/account-number.js';
import { parseBankCode } from '../../src/identity/bank-code.js';
import { parseCalendarDate } from '../../src/identity/calendar-date.js';
import { foldName } from '../../src/identity/person-name.js';
import { inspectResidentId } from '../../src/identity/resident-id.js';
import { formatYuan, parseAmount } from '../../src/money/fen.js';
import { ageOn } from '../../src/programme/age.js';
import { compileEligibility } from '../../src/programme/eligibility.js';
import { compileEntitlement } from '../../src/programme/entitlement.js';
import { excludedWith } from '../../src/programme/exclusion.js';
import { parseCatalogue } from '../../src/programme/parse-catalogue.js';
import { judgedCycle, parsePeriod } from '../../src/programme/period.js';
import { findProgramme } from '../../src/programme/programme.js';

type Row = Partial<Record<CardholderColumn | RosterColumn, string>>;

export interface Answer {
  lines: number;
  accepted: { count: number; amount: string };
  held: { count: number; amount: string };
  rejected: { count: number; amount: string };
  findings: Record<string, number>;
  banks: Record<string, { count: number; amount: string }>;
}

const WORDS: Record<string, string> = {
  正常: 'active',
  挂失: 'lost',
  注销: 'cancelled',
  补换: 'replaced',
  未激活: 'not_activated',
  normal: 'active',
  dormant: 'not_activated',
  冻结: 'frozen',
  销户: 'closed',
};

const catalogue = parseCatalogue([
  { path: 'catalogue', text: readFileSync('samples/catalogue/hainan-sample.yaml', 'utf8') },
]);

/** Records of a file as rows by column name; undefined for a record that cannot be read. */
export async function readRows(path: string, columns: readonly ColumnSpec[]): Promise<(Row | undefined)[]> {
  const table = await openTable(path, columns);
  const rows: (Row | undefined)[] = [];
  for await (const chunk of table.chunks()) {
    const decode = chunk.encoding === 'gb18030' ? decodeGb18030 : decodeUtf8;
    const cursor = new RecordCursor(chunk, table.delimiter);
    while (cursor.next()) {
      const text = decode(chunk.bytes.subarray(cursor.from, cursor.to));
      const fields = text === undefined ? undefined : splitRecord(text, table.delimiter);
      if (Array.isArray(fields) && isTotalsRow(fields)) continue;
      const isWhole = Array.isArray(fields) && fields.length === table.width;
      rows.push(
        isWhole
          ? Object.fromEntries([...table.positions].map(([name, at]) => [name, fields[at]!]))
          : undefined,
      );
    }
  }
  return rows;
}

export class Referee {
  readonly base = new Map<string, Row>();
  readonly #owners = new Map<string, number>();
  readonly #onHold = new Set<string>();
  /** Programme, cycle and person to the number of the roster that pays. */
  readonly #paid = new Set<string>();
  readonly #narrowBanks: ReadonlySet<string>;

  constructor(narrowBanks: readonly string[]) {
    this.#narrowBanks = new Set(narrowBanks);
  }

  async importBase(path: string): Promise<void> {
    for (const row of await readRows(path, CARDHOLDER_COLUMNS)) {
      const id = canonicalOf(row!.resident_id!);
      if (id === undefined) throw new Error(`not a resident ID in the base: ${row!.resident_id}`);
      if (this.base.has(id)) throw new Error('a person stands in the base twice');
      this.base.set(id, row!);
      const account = parseAccount(row!.account!)!;
      this.#owners.set(account, (this.#owners.get(account) ?? 0) + 1);
    }
  }

  /** Accounts of more than one person. */
  get sharedAccounts(): number {
    return [...this.#owners.values()].filter((owners) => owners > 1).length;
  }

  hold(ids: readonly string[]): void {
    for (const id of ids) this.#onHold.add(id);
  }

  async importRoster(path: string, code: string, periodText: string): Promise<Answer> {
    const sums = { A: [0, 0], H: [0, 0], R: [0, 0] } as Record<'A' | 'H' | 'R', [number, number]>;
    const findings: Record<string, number> = {};
    const banks: Record<string, [number, number]> = {};
    const seen = new Set<string>();
    const judge = this.#judge(code, periodText, seen);
    const rows = await readRows(path, ROSTER_COLUMNS);
    const paid: string[] = [];
    for (const row of rows) {
      const verdict = judge(row);
      const worst = verdict.codes.map((found) => found.severity);
      const end = worst.includes('R') ? 'R' : worst.includes('H') ? 'H' : 'A';
      sums[end][0]++;
      sums[end][1] += verdict.fen;
      for (const found of verdict.codes) findings[found.code] = (findings[found.code] ?? 0) + 1;
      if (end !== 'A') continue;
      const bank = (banks[verdict.bank!] ??= [0, 0]);
      bank[0]++;
      bank[1] += verdict.fen;
      paid.push(verdict.id!);
    }
    for (const id of paid) this.#paid.add(`${code} ${periodText} ${id}`);
    const pair = ([count, fen]: [number, number]) => ({ count, amount: formatYuan(fen) });
    return {
      lines: rows.length,
      accepted: pair(sums.A),
      held: pair(sums.H),
      rejected: pair(sums.R),
      findings,
      banks: Object.fromEntries(Object.entries(banks).map(([bank, sum]) => [bank, pair(sum)])),
    };
  }

  #judge(code: string, periodText: string, seen: Set<string>) {
    const programme = findProgramme(catalogue, code)!;
    const cycle = judgedCycle(programme.frequency, parsePeriod(periodText)!);
    const entitled = compileEntitlement(programme);
    const eligibility = compileEligibility(programme);
    const excluded = excludedWith(catalogue.programmes, code);
    const severity = (found: FindingCode): Severity =>
      found === 'ACCOUNT_MISMATCH' && programme.accountPolicy === 'payBase' ? 'W' : FINDING_CODES[found];
    return (row: Row | undefined) => {
      if (row === undefined) return { codes: [{ code: 'LINE_UNREADABLE', severity: 'R' }], fen: 0 };
      const amount = parseAmount(row.amount!);
      const fen = typeof amount === 'number' ? amount : 0;
      const inspected = inspectResidentId(row.resident_id!);
      const id = inspected.kind === 'invalid' ? undefined : inspected.canonical;
      const person = id === undefined ? undefined : this.base.get(id);
      const payeeId = canonicalOf(row.payee_id ?? '');
      const receiver = payeeId === undefined ? person : this.base.get(payeeId);
      const found = new Set<FindingCode>();
      const check = (applies: boolean, finding: FindingCode) => {
        if (applies) found.add(finding);
      };
      const isRepeated = id !== undefined && seen.has(id);
      if (id !== undefined) seen.add(id);
      const age = inspected.kind === 'resident' ? ageOn(inspected.birth, parseCalendarDate(cycle.end)!) : -1;
      check(id === undefined, 'RESIDENT_ID_INVALID');
      check(foldName(row.name!) === '', 'NAME_MISSING');
      check(typeof amount !== 'number' || amount > programme.ceilingFen!, 'AMOUNT_INVALID');
      check(isRepeated, 'DUPLICATE_IN_ROSTER');
      check(id !== undefined && person === undefined, 'CARDHOLDER_UNKNOWN');
      if (person !== undefined && receiver !== undefined) {
        const account = row.account ?? '';
        const isDead = person.alive === '死亡' || person.alive === 'deceased';
        const diedOn = person.died_on!.replaceAll('-', '');
        const state = (column: 'card_state' | 'account_state') =>
          WORDS[receiver[column]!] ?? receiver[column];
        check(foldName(person.name!) !== foldName(row.name!), 'NAME_MISMATCH');
        check(isDead && diedOn < cycle.start.replaceAll('-', ''), 'CARDHOLDER_DECEASED');
        check(state('card_state') === 'cancelled', 'CARD_CANCELLED');
        check(state('account_state') === 'closed', 'ACCOUNT_CLOSED');
        check(
          account !== '' && parseAccount(account) !== parseAccount(receiver.account!),
          'ACCOUNT_MISMATCH',
        );
        check(receiver !== person && programme.payee === 'self', 'PAYEE_NOT_ALLOWED');
        check(!eligibility.coversRegion(Number(person.region)), 'REGION_NOT_COVERED');
        check(eligibility.ageProblem(age) !== undefined, 'AGE_NOT_ELIGIBLE');
        check(entitled(fen, age, row.quantity) !== true, 'AMOUNT_NOT_STANDARD');
        check(this.#paid.has(`${code} ${periodText} ${id}`), 'ALREADY_PAID');
        check(
          excluded.some((other) => this.#paid.has(`${other} ${periodText} ${id}`)),
          'EXCLUDED_BY_PROGRAMME',
        );
        check(state('card_state') === 'lost', 'CARD_LOST');
        check(state('card_state') === 'not_activated', 'CARD_NOT_ACTIVATED');
        check(state('account_state') === 'frozen', 'ACCOUNT_FROZEN');
        check(state('account_state') === 'not_activated', 'ACCOUNT_DORMANT');
        check(this.#onHold.has(id!), 'ON_HOLD_LIST');
        check(this.#isNarrow(receiver), 'NAME_UNENCODABLE');
        check((this.#owners.get(parseAccount(person.account!)!) ?? 0) > 1, 'ACCOUNT_SHARED');
      }
      check(inspected.kind === 'other', 'RESIDENT_ID_UNCHECKED');
      const all = (Object.keys(FINDING_CODES) as FindingCode[])
        .filter((finding) => found.has(finding))
        .map((finding) => ({ code: finding as string, severity: severity(finding) }));
      // The first that applies, and every warning.
      const first = all.findIndex((each) => each.severity !== 'W');
      const codes = all.filter((each, index) => each.severity === 'W' || index === first);
      const bank = receiver === undefined ? undefined : String(parseBankCode(receiver.bank!));
      return { codes, fen, id, bank };
    };
  }

  #isNarrow(receiver: Row): boolean {
    return (
      this.#narrowBanks.has(String(parseBankCode(receiver.bank!))) && gbkLength(receiver.name!) === undefined
    );
  }
}

function canonicalOf(text: string): string | undefined {
  const inspected = inspectResidentId(text);
  return inspected.kind === 'invalid' ? undefined : inspected.canonical;
}
