// One roster line on its way through the checks: what the department wrote, and what became of it.

import type { FindingCode, Severity } from '../base/finding.js';

/** The fields of a line as text, as the department wrote them (surrounding blanks removed). */
export interface RosterFields {
  residentId: string;
  name: string;
  /** Empty when the roster has no such column or the cell is empty; the same holds for the fields below. */
  account: string;
  amount: string;
  quantity: string;
  payeeId: string;
  departmentLine: string;
}

/** Where the columns of a roster stand: index of the field, or -1 when the roster has no such column. */
export interface RosterColumns {
  residentId: number;
  name: number;
  account: number;
  amount: number;
  quantity: number;
  payeeId: number;
  departmentLine: number;
  /** Number of fields of the header, which every line must have. */
  count: number;
}

/** One finding of a line. `detail` is a closed word, or word=value; texts for people are made at the edge. */
export interface LineFinding {
  code: FindingCode;
  severity: Severity;
  detail: string | undefined;
}

/** A payment that a line became. All that release needs stands here: nothing is looked up again later. */
export interface PlannedPayment {
  /** Key words of the person that the benefit is for. */
  a: number;
  b: number;
  sequence: number;
  followsLine: number | undefined;
  /** Key words of who receives it for the person, where that is someone else. */
  payee: { a: number; b: number } | undefined;
  name: string;
  bank: number;
  account: string;
  amountFen: number;
  region: number;
}

export type LineVerdict =
  | { kind: 'accepted'; findings: LineFinding[]; payment: PlannedPayment }
  | { kind: 'held' | 'rejected'; findings: LineFinding[]; amountFen: number; person: Person | undefined }
  /** The name's or account's spelling must be asked of the database before the line can be decided. */
  | { kind: 'deferred'; receiver: { a: number; b: number } };

/** The person of a line whose identifier is valid: the canonical text, and the key words when in the base. */
export interface Person {
  identifier: string;
  key: { a: number; b: number } | undefined;
}
