// What a return file changes: each of its rows finds its payment, never by guess; what the bank says is weighed against
// what it said before; what does not fit becomes an exception for a person. Decided here, written by the store.

import type { AnswerLoops } from './answer-loops.js';
import type { AnswerRows } from './answer-rows.js';
import { FAILED, PAID, PENDING, UNRESOLVED } from './answer-rows.js';
import { accountKey, type Instructed, indexByAccount, paymentFinder } from './instructed.js';

export const EXCEPTION_CODES = [
  /** The row names no payment that yika made. */
  'PAYMENT_UNKNOWN',
  /** The payment exists and stands in another payment file. */
  'PAYMENT_OF_OTHER_FILE',
  /** Only the account came back, and several payments fit. */
  'PAYMENT_AMBIGUOUS',
  /** The amount is not the payment's. */
  'AMOUNT_DISAGREES',
  /** Two rows of the file say different things of one payment. */
  'OUTCOME_DISAGREES',
  /** Two rows of the file say the same of one payment. */
  'OUTCOME_REPEATED',
  /** The bank's code is not in the format's table. */
  'CODE_UNKNOWN',
  /** Paid according to an earlier file, returned now (退票): failed from now on. */
  'PAID_THEN_RETURNED',
  /** Failed according to an earlier file, paid now: it may have been reissued, so a person must look. */
  'FAILED_THEN_PAID',
] as const;

export type ExceptionCode = (typeof EXCEPTION_CODES)[number];

export interface MatchedException {
  /** 1-based row of the return file. */
  row: number;
  code: ExceptionCode;
  batch: number | undefined;
  line: number | undefined;
  detail: string | undefined;
}

/** By payment. */
export interface MatchedColumns {
  /** The new outcome, or 0 where nothing changes. */
  outcome: Uint8Array;
  /** Number of the bank's saying, -1 for none; and the row (0 for payments that the file does not list). */
  says: Int32Array;
  row: Int32Array;
}

export interface MatchedAnswer extends MatchedColumns {
  exceptions: MatchedException[];
  /** Rows that say again what an earlier file said. */
  repeated: number;
}

/** What is said of payments that the file does not list: their outcome (0: nothing). */
export interface UnlistedOutcome {
  /** Of all of them; undefined where each is to be asked for. */
  readonly whole: { outcome: number; says: number } | undefined;
  of(index: number): { outcome: number; says: number };
}

/**
 * `isApart`: rows that are matched with another payment file, where one statement answers several. `loops`: they take what is plain,
 * over the columns that they gave.
 */
export function matchAnswer(
  rows: AnswerRows,
  instructed: Instructed,
  isKnownElsewhere: (batch: number, line: number) => boolean,
  unlisted: UnlistedOutcome,
  isApart?: (at: number) => boolean,
  loops?: AnswerLoops,
): MatchedAnswer {
  const count = instructed.lines.length;
  const columns = loops?.matchedColumns(count) ?? matchedColumns(count);
  const matched: MatchedAnswer = { ...columns, exceptions: [], repeated: 0 };
  loops?.setInstructed(instructed);
  loops?.setMatched(matched);
  const find = finder(rows, instructed, isKnownElsewhere);
  const ofAll = isApart === undefined ? loops : undefined;
  for (let at = ofAll?.matchRows(0) ?? 0; at < rows.length; at = ofAll?.matchRows(at + 1) ?? at + 1) {
    if (isApart?.(at)) continue;
    const found = find(at);
    if (typeof found === 'number') takeRow(rows, at, found, instructed, matched);
    else matched.exceptions.push({ row: at + 1, code: found, ...placeOf(rows, at), detail: undefined });
  }
  const next = (index: number): number => loops?.weighPayments(index, unlisted.whole) ?? index;
  for (let index = next(0); index < count; index = next(index + 1))
    weigh(index, instructed, matched, unlisted);
  matched.repeated += loops?.repeated ?? 0;
  return matched;
}

function matchedColumns(count: number): MatchedColumns {
  return {
    outcome: new Uint8Array(count),
    says: new Int32Array(count).fill(-1),
    row: new Int32Array(count),
  };
}

function placeOf(rows: AnswerRows, at: number): Pick<MatchedException, 'batch' | 'line'> {
  const batch = rows.batch[at] as number;
  return batch === 0 ? { batch: undefined, line: undefined } : { batch, line: rows.line[at] as number };
}

/** By reference, then by place in the file, then by account and amount where only one payment fits. */
function finder(
  rows: AnswerRows,
  instructed: Instructed,
  isKnownElsewhere: (batch: number, line: number) => boolean,
): (at: number) => number | ExceptionCode {
  const byAccount = rows.accounts.size > 0 ? indexByAccount(instructed) : new Map<string, number[]>();
  const findPayment = paymentFinder(instructed);
  return (at) => {
    const batch = rows.batch[at] as number;
    if (batch > 0) {
      const line = rows.line[at] as number;
      const index = findPayment(batch, line);
      if (index >= 0) return index;
      return isKnownElsewhere(batch, line) ? 'PAYMENT_OF_OTHER_FILE' : 'PAYMENT_UNKNOWN';
    }
    const sequence = rows.sequence[at] as number;
    if (sequence >= 1) return sequence <= instructed.lines.length ? sequence - 1 : 'PAYMENT_UNKNOWN';
    const account = rows.accounts.get(at);
    if (account === undefined) return 'PAYMENT_UNKNOWN';
    const candidates = byAccount.get(accountKey(account, rows.amountFen[at] as number)) ?? [];
    if (candidates.length > 1) return 'PAYMENT_AMBIGUOUS';
    return candidates[0] ?? 'PAYMENT_UNKNOWN';
  };
}

function takeRow(
  rows: AnswerRows,
  at: number,
  index: number,
  instructed: Instructed,
  matched: MatchedAnswer,
): void {
  const amountFen = rows.amountFen[at] as number;
  let outcome = rows.outcome[at] as number;
  if (amountFen >= 0 && amountFen !== instructed.amountFen[index]) {
    report(at + 1, index, 'AMOUNT_DISAGREES', instructed, matched, `fen=${amountFen}`);
    outcome = UNRESOLVED;
  } else if (outcome === UNRESOLVED) {
    const code = rows.saying[rows.says[at] as number]?.code;
    report(at + 1, index, 'CODE_UNKNOWN', instructed, matched, code);
  }
  const earlier = matched.outcome[index] as number;
  if (earlier !== 0) {
    const isGivenBack = rows.header?.rowsAre === 'movements' && earlier + outcome === PAID + FAILED;
    if (!isGivenBack) {
      const code = earlier === outcome ? 'OUTCOME_REPEATED' : 'OUTCOME_DISAGREES';
      report(at + 1, index, code, instructed, matched, `row=${matched.row[index]}`);
      if (earlier !== outcome) matched.outcome[index] = UNRESOLVED;
      return;
    }
    // Debited and given back in one statement, whichever is listed first: it failed.
    if (outcome === PAID) return;
  }
  matched.outcome[index] = outcome;
  matched.says[index] = rows.says[at] as number;
  matched.row[index] = at + 1;
}

/** What the file says of one payment against what an earlier file said. */
function weigh(
  index: number,
  instructed: Instructed,
  matched: MatchedAnswer,
  unlisted: UnlistedOutcome,
): void {
  const before = instructed.before[index] as number;
  const isListed = matched.outcome[index] !== 0;
  if (!isListed) {
    // Silence never overrides what an earlier file said in so many words.
    if (before === PAID || before === FAILED) return;
    const silent = unlisted.of(index);
    matched.outcome[index] = silent.outcome;
    matched.says[index] = silent.says;
  }
  const now = matched.outcome[index] as number;
  const row = matched.row[index] as number;
  if (now === 0) return;
  const isOlderNews = now === PENDING && (before === PAID || before === FAILED);
  if (now === before || isOlderNews) {
    matched.outcome[index] = 0;
    matched.repeated++;
  } else if (before === PAID && now === FAILED) report(row, index, 'PAID_THEN_RETURNED', instructed, matched);
  else if (before === FAILED && now === PAID) {
    report(row, index, 'FAILED_THEN_PAID', instructed, matched);
    matched.outcome[index] = UNRESOLVED;
  }
}

function report(
  row: number,
  index: number,
  code: ExceptionCode,
  instructed: Instructed,
  matched: MatchedAnswer,
  detail?: string,
): void {
  matched.exceptions.push({ row, code, ...paymentAt(instructed, index), detail });
}

function paymentAt(instructed: Instructed, index: number): { batch: number; line: number } {
  const segment = instructed.segments.find(({ first, count }) => index >= first && index < first + count);
  return { batch: segment?.batch ?? 0, line: instructed.lines[index] as number };
}
