// What a return file changes, case by case: the rows, what an earlier file said, and what comes of it.

import { describe, expect, it } from 'vitest';
import type { ReturnRow } from '../../src/bank-file/compile-return.js';
import { formatReference, parseReference } from '../../src/base/payment-reference.js';
import {
  AnswerRows,
  FAILED,
  OUTCOME_CLASSES,
  PAID,
  PENDING,
  UNRESOLVED,
} from '../../src/reconciliation/answer-rows.js';
import type { Instructed } from '../../src/reconciliation/instructed.js';
import { EXCEPTION_CODES, matchAnswer } from '../../src/reconciliation/match-answer.js';
import { unlistedOutcome } from '../../src/reconciliation/unlisted.js';

/** Three payments of batch 1 (lines 2, 3, 5) and one of batch 2 (line 2); the first two of equal account and amount. */
function instructed(before: readonly number[] = [0, 0, 0, 0]): Instructed {
  return {
    segments: [
      { batch: 1, first: 0, count: 3 },
      { batch: 2, first: 3, count: 1 },
    ],
    lines: Int32Array.of(2, 3, 5, 2),
    amountFen: Float64Array.of(100, 100, 300, 400),
    accounts: ['6217', '6217', '6218', '6219'],
    before: Uint8Array.from(before),
  };
}

type Row = Partial<Pick<ReturnRow, 'reference' | 'sequence' | 'account' | 'amountFen' | 'outcome' | 'code'>>;
const ref = (batch: number, line: number): { reference: string } => ({
  reference: formatReference(batch, line),
});

function match(
  rows: readonly Row[],
  options: {
    before?: number[];
    unlisted?: 'paid' | 'outstanding';
    refused?: boolean;
    movements?: boolean;
  } = {},
) {
  const answer = new AnswerRows();
  answer.file({
    rowsAre: options.movements ? 'movements' : 'results',
    fileReference: 1,
    fileLine: 1,
    refused: options.refused ? { code: 'X', text: 'refused' } : undefined,
    unlisted: options.unlisted ?? 'outstanding',
    status: '',
    fileCount: undefined,
    fileAmountFen: undefined,
  });
  rows.forEach((row, index) => {
    const empty = {
      reference: undefined,
      sequence: -1,
      account: undefined,
      amountFen: -1,
      outcome: 'paid',
      code: '00',
    } as const;
    const { batch: paymentBatch = 0, line: paymentLine = 0 } = parseReference(row.reference ?? '') ?? {};
    answer.row({
      ...empty,
      ...row,
      paymentBatch,
      paymentLine,
      text: '',
      correction: undefined,
      rowNumber: index + 1,
      line: index + 1,
    });
  });
  const none = { count: 0, amountFen: 0n };
  answer.end({
    rows: rows.length,
    paid: none,
    failed: none,
    pending: none,
    unknown: none,
    unlisted: options.unlisted ?? 'outstanding',
  });
  const matched = matchAnswer(
    answer,
    instructed(options.before),
    (batch, line) => batch === 1 && line === 9,
    unlistedOutcome(answer, []),
  );
  return {
    outcomes: [...matched.outcome].map((outcome) => (outcome === 0 ? '' : OUTCOME_CLASSES[outcome - 1])),
    exceptions: matched.exceptions.map(({ row, code }) => `${row} ${code}`),
    repeated: matched.repeated,
  };
}

const CASES: [
  what: string,
  rows: Row[],
  options: Parameters<typeof match>[1],
  outcomes: string[],
  exceptions: string[],
][] = [
  ['a row by its reference', [{ ...ref(1, 3), amountFen: 100 }], {}, ['', 'paid', '', ''], []],
  ['a row by its place in the file', [{ sequence: 4, outcome: 'failed' }], {}, ['', '', '', 'failed'], []],
  [
    'a row by account and amount, where one payment fits',
    [{ account: '6218', amountFen: 300 }],
    {},
    ['', '', 'paid', ''],
    [],
  ],
  [
    'a row by account and amount, where two fit',
    [{ account: '6217', amountFen: 100 }],
    {},
    ['', '', '', ''],
    ['1 PAYMENT_AMBIGUOUS'],
  ],
  [
    'a row that names nothing that was paid',
    [ref(7, 7), { sequence: 5 }, { account: '1', amountFen: 1 }],
    {},
    ['', '', '', ''],
    ['1 PAYMENT_UNKNOWN', '2 PAYMENT_UNKNOWN', '3 PAYMENT_UNKNOWN'],
  ],
  ['a row of another file', [ref(1, 9)], {}, ['', '', '', ''], ['1 PAYMENT_OF_OTHER_FILE']],
  [
    'an amount that is not the payment’s',
    [{ ...ref(1, 3), amountFen: 101 }],
    {},
    ['', 'unresolved', '', ''],
    ['1 AMOUNT_DISAGREES'],
  ],
  [
    'a code that is not in the table',
    [{ ...ref(1, 3), outcome: 'unknown', code: 'ZZ' }],
    {},
    ['', 'unresolved', '', ''],
    ['1 CODE_UNKNOWN'],
  ],
  [
    'two rows that disagree',
    [ref(1, 3), { ...ref(1, 3), outcome: 'failed' }],
    {},
    ['', 'unresolved', '', ''],
    ['2 OUTCOME_DISAGREES'],
  ],
  ['two rows that say the same', [ref(1, 3), ref(1, 3)], {}, ['', 'paid', '', ''], ['2 OUTCOME_REPEATED']],
  ['a row that is not final', [{ ...ref(1, 3), outcome: 'pending' }], {}, ['', 'pending', '', ''], []],
  [
    'a final row after one that was not',
    [ref(1, 3)],
    { before: [0, PENDING, 0, 0] },
    ['', 'paid', '', ''],
    [],
  ],
  [
    'old news after a final row',
    [{ ...ref(1, 3), outcome: 'pending' }],
    { before: [0, PAID, 0, 0] },
    ['', '', '', ''],
    [],
  ],
  [
    'a late return',
    [{ ...ref(1, 3), outcome: 'failed' }],
    { before: [0, PAID, 0, 0] },
    ['', 'failed', '', ''],
    ['1 PAID_THEN_RETURNED'],
  ],
  [
    'a payment that failed and is paid now',
    [ref(1, 3)],
    { before: [0, FAILED, 0, 0] },
    ['', 'unresolved', '', ''],
    ['1 FAILED_THEN_PAID'],
  ],
  ['a person’s question answered', [ref(1, 3)], { before: [0, UNRESOLVED, 0, 0] }, ['', 'paid', '', ''], []],
  [
    'only the failed rows',
    [{ ...ref(1, 3), outcome: 'failed' }],
    { unlisted: 'paid' },
    ['paid', 'failed', 'paid', 'paid'],
    [],
  ],
  [
    'silence about what was decided before',
    [],
    { unlisted: 'paid', before: [FAILED, PAID, 0, 0] },
    ['', '', 'paid', 'paid'],
    [],
  ],
  ['a file refused as a whole', [], { refused: true }, ['failed', 'failed', 'failed', 'failed'], []],
];

describe('a return file', () => {
  for (const [what, rows, options, outcomes, exceptions] of CASES) {
    it(`with ${what} gives ${[...outcomes.filter(Boolean), ...exceptions].join(', ') || 'nothing new'}`, () => {
      expect(match(rows, options)).toMatchObject({ outcomes, exceptions });
    });
  }

  it('that says the same again changes nothing', () => {
    const rows = [ref(1, 2), { ...ref(1, 3), outcome: 'failed' as const }];
    expect(match(rows, { before: [PAID, FAILED, 0, 0] })).toEqual({
      outcomes: ['', '', '', ''],
      exceptions: [],
      repeated: 2,
    });
  });

  it('has every exception in the table above', () => {
    const shown = new Set(
      CASES.flatMap(([, , , , exceptions]) => exceptions.map((text) => text.split(' ')[1])),
    );
    expect(EXCEPTION_CODES.filter((code) => !shown.has(code))).toEqual([]);
  });
});

describe('movements of the account', () => {
  const paid: Row = { ...ref(1, 2), outcome: 'paid' };
  const failed: Row = { ...ref(1, 2), outcome: 'failed', code: 'AC04' };
  it.each<[string, Row[], string, string[]]>([
    ['debited and given back', [paid, failed], 'failed', []],
    ['given back, listed before the debit', [failed, paid], 'failed', []],
    ['debited twice', [paid, paid], 'paid', ['2 OUTCOME_REPEATED']],
    ['debited, and pending', [paid, { ...paid, outcome: 'pending' }], 'unresolved', ['2 OUTCOME_DISAGREES']],
  ])('%s', (_what, rows, outcome, exceptions) => {
    const matched = match(rows, { movements: true });
    expect(matched.outcomes[0]).toBe(outcome);
    expect(matched.exceptions).toEqual(exceptions);
  });

  it('given back in a later statement is a return of what was paid', () => {
    const matched = match([failed], { movements: true, before: [PAID, 0, 0, 0] });
    expect(matched.exceptions).toEqual(['1 PAID_THEN_RETURNED']);
  });

  it('are not results: there two rows that disagree are for a person', () => {
    expect(match([paid, failed]).outcomes[0]).toBe('unresolved');
  });
});
