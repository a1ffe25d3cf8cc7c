// Findings as COPY rows. They keep what the department wrote, in full: the list goes back to the department, and held
// lines are settled from it. Nothing here is ever shown or logged unmasked.

import { FINDING_CODE_LIST } from '../base/finding.js';
import { PersonRows } from '../directory/person-rows.js';
import type { LineVerdict, RosterFields } from './roster-line.js';
import { SEVERITIES } from './tally.js';

export const FINDING_COLUMNS = [
  'line',
  'code',
  'severity',
  'detail',
  'person',
  'resident_id',
  'name',
  'account',
  'amount',
  'amount_text',
  'department_line',
] as const;

const NUMBERS_BYTES = 96;

export class FindingRows extends PersonRows {
  /** One row for each finding of the line. `fields` is undefined for a line that could not be split. */
  put(
    line: number,
    verdict: Exclude<LineVerdict, { kind: 'deferred' }>,
    fields: RosterFields | undefined,
  ): void {
    const accepted = verdict.kind === 'accepted';
    const key = accepted ? verdict.payment : verdict.person?.key;
    const amountFen = accepted ? verdict.payment.amountFen : verdict.amountFen;
    const identifier = accepted ? undefined : verdict.person?.identifier;
    for (const finding of verdict.findings) {
      this.reserve(NUMBERS_BYTES);
      this.startRow(FINDING_COLUMNS.length);
      this.int4(line);
      this.int2(FINDING_CODE_LIST.indexOf(finding.code));
      this.int2(SEVERITIES.indexOf(finding.severity));
      this.textOrNull(finding.detail);
      if (key) this.person(key.a, key.b);
      else this.null();
      this.textOrNull(identifier ?? fields?.residentId);
      this.textOrNull(fields?.name);
      this.textOrNull(fields?.account);
      if (amountFen > 0) this.int8Of(amountFen);
      else this.null();
      this.textOrNull(fields?.amount);
      this.textOrNull(fields?.departmentLine);
    }
  }
}
