// The careful path: one line's fields against the base and the programme, every check of the contract (section 4) in
// order of precedence. What the fast path accepts must be what this accepts; a property test compares them.

import { FINDING_CODES, type FindingCode } from '../base/finding.js';
import { accountText, accountWords, PLAIN_ACCOUNT_DIGITS } from '../directory/account-words.js';
import type { CardholderView, Directory } from '../directory/directory.js';
import { hashText } from '../directory/name-hash.js';
import { parseAccount } from '../identity/account-number.js';
import { foldName } from '../identity/person-name.js';
import { inspectResidentId } from '../identity/resident-id.js';
import { type AmountProblem, parseAmount } from '../money/fen.js';
import { type Mark, type MarksData, readMark } from './marks.js';
import type { LineFinding, LineVerdict, Person, RosterFields } from './roster-line.js';
import type { RosterRules } from './rules.js';

/** The base's own spelling of a person's name and account, asked of the database for the few who need it. */
export interface BaseSpelling {
  name: string;
  account: string;
}

/** About every name, because the format cannot carry just any Chinese one. */
export const ASKED_ALWAYS = 1;
/** Of unusual names also about common ones with a dot; the compiled path asks about no other common name. */
export const ASKED_DOTTED = 2;

export interface CheckContext {
  rules: RosterRules;
  directory: Directory;
  marks: MarksData;
  /** Why the bank's format cannot carry this name, or undefined. */
  unencodable(bank: number, name: string): string | undefined;
  /** By bank code ASKED_ALWAYS, ASKED_DOTTED or 0: which names the format must be asked about besides the unusual ones. */
  askedAlways: Uint8Array;
  spelling(key: { a: number; b: number }): BaseSpelling | undefined;
}

/** Whom a line's identifier names, or (a text) what is wrong with it. */
export type LineIdentity = Identified | string;

interface Identified {
  person: Person;
  view: CardholderView | undefined;
  birth: { year: number; month: number; day: number } | undefined;
  unchecked: boolean;
}

const CARD_HOLDS: Readonly<Record<string, FindingCode>> = {
  lost: 'CARD_LOST',
  not_activated: 'CARD_NOT_ACTIVATED',
};
const ACCOUNT_HOLDS: Readonly<Record<string, FindingCode>> = {
  frozen: 'ACCOUNT_FROZEN',
  dormant: 'ACCOUNT_DORMANT',
};

/** Slot of the person whom the line's identifier names, or -1: what "an earlier line carries the same ID" is asked of. */
export function slotOfIdentity(identity: LineIdentity): number {
  return typeof identity === 'string' ? -1 : (identity.view?.slot ?? -1);
}

/**
 * Judges one line. `duplicate`: an earlier line of the roster carries the same ID of a person in the base (repeats of
 * IDs that are not in the base are settled when all lines are known).
 */
export function checkLine(
  fields: RosterFields,
  duplicate: boolean,
  context: CheckContext,
  identified: LineIdentity = identifyLine(fields.residentId, context.directory),
): LineVerdict {
  const { rules, directory, marks } = context;
  if (typeof identified === 'string') {
    return reject('RESIDENT_ID_INVALID', identified, orZero(parseAmount(fields.amount)), undefined, []);
  }
  const { person, view } = identified;
  const warnings = personWarnings(identified);
  const amount = parseAmount(fields.amount);
  const amountFen = orZero(amount);
  const refuse = (code: FindingCode, detail?: string): LineVerdict =>
    reject(code, detail, amountFen, person, warnings);

  const payee = identifyPayee(fields, person, directory);
  if (payee && typeof payee === 'string') return refuse('RESIDENT_ID_INVALID', `payee=${payee}`);
  const folded = foldName(fields.name);
  if (folded === '') return refuse('NAME_MISSING');
  if (typeof amount !== 'number') return refuse('AMOUNT_INVALID', amount);
  if (amount > rules.ceilingFen) return refuse('AMOUNT_INVALID', 'aboveCeiling');
  if (duplicate) return refuse('DUPLICATE_IN_ROSTER');
  if (!view) return refuse('CARDHOLDER_UNKNOWN');
  const receiver = payee ? (payee as Identified) : identified;
  if (!receiver.view) return refuse('CARDHOLDER_UNKNOWN', 'payee');
  const hash = hashText(folded);
  if (hash.low !== view.nameLow || hash.high !== view.nameHigh) return refuse('NAME_MISMATCH');
  if (isDeadBefore(view, rules)) return refuse('CARDHOLDER_DECEASED');
  if (isDeadBefore(receiver.view, rules)) return refuse('CARDHOLDER_DECEASED', 'payee');
  if (receiver.view.cardState === 'cancelled') return refuse('CARD_CANCELLED', payee ? 'payee' : undefined);
  if (receiver.view.accountState === 'closed') return refuse('ACCOUNT_CLOSED', payee ? 'payee' : undefined);
  const mismatch = fields.account !== '' && !isAccountOf(fields.account, receiver.view);
  if (mismatch && !rules.payBase) return refuse('ACCOUNT_MISMATCH');
  if (payee && !rules.guardianAllowed) return refuse('PAYEE_NOT_ALLOWED');

  const ineligible = checkProgramme(identified, amount, fields.quantity, rules);
  if (ineligible) return refuse(ineligible.code, ineligible.detail);
  const mark = readMark(marks, view.slot);
  const follows = mark.paidIn !== undefined && mark.paidIn === marks.follows;
  if (mark.paidIn !== undefined && !follows) return refuse('ALREADY_PAID', `batch=${mark.paidIn}`);
  if (mark.excludedBy) {
    return refuse(
      'EXCLUDED_BY_PROGRAMME',
      `programme=${mark.excludedBy.programme},batch=${mark.excludedBy.batch}`,
    );
  }

  if (mismatch) warnings.push({ code: 'ACCOUNT_MISMATCH', severity: 'W', detail: 'baseAccountPaid' });
  const plain = !receiver.view.irregularName && !receiver.view.isLongAccount && !payee;
  const key = receiver.person.key as { a: number; b: number };
  const spelling = plain ? { name: folded, account: accountOf(receiver.view) } : context.spelling(key);
  if (!spelling) return { kind: 'deferred', receiver: key };

  const held = holdOf(receiver.view, mark, payee ? readMark(marks, receiver.view.slot) : undefined);
  const asked =
    receiver.view.unusualName || payee || context.askedAlways[receiver.view.bank] === ASKED_ALWAYS;
  const unencodable = asked ? context.unencodable(receiver.view.bank, spelling.name) : undefined;
  const hold: LineFinding | undefined =
    held ?? (unencodable ? { code: 'NAME_UNENCODABLE', severity: 'H', detail: unencodable } : undefined);
  if (hold) return { kind: 'held', findings: [hold, ...warnings], amountFen: amount, person };
  const own = person.key as { a: number; b: number };
  return {
    kind: 'accepted',
    findings: warnings,
    // Spelled out: a spread here took as long as all other steps of the careful path together (9 µs).
    payment: {
      a: own.a,
      b: own.b,
      sequence: follows ? mark.sequence + 1 : 0,
      followsLine: follows ? mark.line : undefined,
      payee: payee ? key : undefined,
      name: spelling.name,
      bank: receiver.view.bank,
      account: spelling.account,
      amountFen: amount,
      region: view.region,
    },
  };
}

/** The verdict on a line that could not even be split into its fields. */
export function unreadableLine(problem: string): LineVerdict {
  return reject('LINE_UNREADABLE', problem, 0, undefined, []);
}

export function identifyLine(text: string, directory: Directory): LineIdentity {
  const inspected = inspectResidentId(text);
  if (inspected.kind === 'invalid') return inspected.reason;
  const other = inspected.kind === 'other';
  const key = other ? undefined : { a: inspected.first, b: inspected.rest };
  const slot = key ? directory.find(key.a, key.b) : directory.findOther(inspected.canonical);
  return {
    person: { identifier: inspected.canonical, key: slot < 0 ? undefined : (key ?? directory.keyOf(slot)) },
    view: slot < 0 ? undefined : directory.view(slot),
    birth: other ? undefined : inspected.birth,
    unchecked: other,
  };
}

/** Undefined when the person receives the benefit in person; a text names what is wrong with the payee's ID. */
function identifyPayee(
  fields: RosterFields,
  person: Person,
  directory: Directory,
): Identified | string | undefined {
  if (fields.payeeId === '') return undefined;
  const payee = identifyLine(fields.payeeId, directory);
  if (typeof payee !== 'string' && payee.person.identifier === person.identifier) return undefined;
  return payee;
}

function personWarnings(identified: Identified): LineFinding[] {
  const warnings: LineFinding[] = [];
  if (identified.view?.sharedAccount)
    warnings.push({ code: 'ACCOUNT_SHARED', severity: 'W', detail: undefined });
  if (identified.unchecked)
    warnings.push({ code: 'RESIDENT_ID_UNCHECKED', severity: 'W', detail: undefined });
  return warnings;
}

function checkProgramme(
  identified: Identified,
  amountFen: number,
  quantity: string,
  rules: RosterRules,
): { code: FindingCode; detail: string | undefined } | undefined {
  const view = identified.view as CardholderView;
  if (!rules.covers(view.region)) return { code: 'REGION_NOT_COVERED', detail: regionDetail(view.region) };
  const age = identified.birth ? rules.ageOf(identified.birth) : -1;
  const ageProblem = rules.ageProblem(age);
  if (ageProblem) return { code: 'AGE_NOT_ELIGIBLE', detail: ageProblem };
  const standard = rules.standardProblem(amountFen, age, quantity);
  if (standard) return { code: 'AMOUNT_NOT_STANDARD', detail: standard };
  return undefined;
}

/** Detail of a line that has other fields than the header. */
export function fieldCountDetail(count: number, wanted: number): string {
  return `fieldCount=${count}/${wanted}`;
}

/** Detail of REGION_NOT_COVERED. */
export function regionDetail(region: number): string {
  return `region=${region}`;
}

function isDeadBefore(view: CardholderView, rules: RosterRules): boolean {
  return view.deceased && view.deathMonth < rules.periodStartMonth;
}

function isAccountOf(account: string, view: CardholderView): boolean {
  const digits = parseAccount(account);
  if (digits === undefined) return false;
  const isLong = digits.length > PLAIN_ACCOUNT_DIGITS;
  if (isLong !== view.isLongAccount || (!isLong && digits.length !== view.accountLength)) return false;
  const words = accountWords(digits);
  return words.low === view.accountLow && words.high === view.accountHigh;
}

function accountOf({ accountLow, accountHigh, accountLength }: CardholderView): string {
  return accountText(accountLow, accountHigh, accountLength);
}

function holdOf(view: CardholderView, mark: Mark, payeeMark: Mark | undefined): LineFinding | undefined {
  const code = CARD_HOLDS[view.cardState] ?? ACCOUNT_HOLDS[view.accountState];
  if (code) return { code, severity: 'H', detail: undefined };
  if (mark.held || payeeMark?.held) return { code: 'ON_HOLD_LIST', severity: 'H', detail: undefined };
  return undefined;
}

/** An amount that can be read counts towards the roster's totals even when the line is rejected for something else. */
function orZero(amount: number | AmountProblem): number {
  return typeof amount === 'number' ? amount : 0;
}

function reject(
  code: FindingCode,
  detail: string | undefined,
  amountFen: number,
  person: Person | undefined,
  warnings: LineFinding[],
): LineVerdict {
  const finding: LineFinding = { code, severity: FINDING_CODES[code], detail };
  return { kind: 'rejected', findings: [finding, ...warnings], amountFen, person };
}
