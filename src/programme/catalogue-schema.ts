// The shape of catalogue files (contract, section 6). Messages of the schema are codes of catalogue-problem.ts. What
// concerns several values at once is checked in check-programme.ts.

import { z } from '../base/schema.js';
import { parseCalendarDate } from '../identity/calendar-date.js';
import { isRegionCode } from '../identity/region-code.js';
import { parseAmount } from '../money/fen.js';
import { parseRate } from '../money/rate.js';
import { ROUNDING_RULES } from '../money/rounding.js';
import type { CatalogueProblemCode } from './catalogue-problem.js';
import { ACCOUNT_POLICIES, AMOUNT_POLICIES, FREQUENCIES, PAYEES } from './programme.js';

export const ENTITLEMENT_KINDS = ['open', 'fixed', 'banded', 'perUnit'] as const;

const AGE_MAX = 150;

/** Rates and shares of programmes are short; the bound keeps every product and sum well inside what is exact. */
const RATE_LENGTH_MAX = 20;

// Control characters have no place in a name that goes into bank files and reports.
const PLAIN_TEXT = /^(?!\s)[^\p{Cc}\p{Zl}\p{Zp}]{1,100}(?<!\s)$/u;

function textThat(isRight: (text: string) => boolean, problem: CatalogueProblemCode) {
  return z.string().refine(isRight, { error: problem });
}

const text = textThat((value) => PLAIN_TEXT.test(value), 'textInvalid');
const code = textThat((value) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/.test(value), 'codeInvalid');
const region = textThat(isRegionCode, 'regionInvalid');
const amount = textThat(
  (value) => isTrimmed(value) && typeof parseAmount(value) === 'number',
  'amountInvalid',
);
const rate = textThat(isPositiveRate, 'rateInvalid');
const share = textThat(
  (value) => value === 'rest' || (isPositiveRate(value) && parseRate(value)!.lessThanOrEqualTo(1)),
  'shareInvalid',
);
const date = textThat(
  (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && parseCalendarDate(value) !== undefined,
  'dateInvalid',
);
const age = z
  .int({ error: 'ageInvalid' })
  .min(0, { error: 'ageInvalid' })
  .max(AGE_MAX, { error: 'ageInvalid' });
const policy = z.enum(AMOUNT_POLICIES).default('mustEqual');

const fundingSchema = z.array(z.strictObject({ source: text, share })).min(1, { error: 'listEmpty' });

const entitlementSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), policy: z.enum(AMOUNT_POLICIES).default('asRostered') }),
  z.strictObject({ kind: z.literal('fixed'), amount, policy }),
  z.strictObject({
    kind: z.literal('banded'),
    bands: z.array(z.strictObject({ from: age, to: age.optional(), amount })).min(1, { error: 'listEmpty' }),
    policy,
  }),
  z.strictObject({ kind: z.literal('perUnit'), rate, unit: text.optional(), policy }),
]);

export const programmeSchema = z.strictObject({
  code,
  name: text,
  department: text.optional(),
  basis: text.optional(),
  frequency: z.enum(FREQUENCIES),
  regions: z.array(region).min(1, { error: 'listEmpty' }),
  eligibility: z
    .strictObject({ age: z.strictObject({ from: age.optional(), to: age.optional() }).optional() })
    .default({}),
  entitlement: entitlementSchema,
  ceiling: amount.optional(),
  rounding: z.enum(ROUNDING_RULES).default('halfUp'),
  funding: fundingSchema,
  fundingByRegion: z.record(z.string(), fundingSchema).default({}),
  accountPolicy: z.enum(ACCOUNT_POLICIES).default('mustMatch'),
  payee: z.enum(PAYEES).default('self'),
  excludes: z.array(code).default([]),
});

/** Programmes are checked one by one, so that a mistake in one hides nothing of the others. */
export const fileSchema = z.strictObject({
  catalogue: text.optional(),
  effectiveFrom: date.optional(),
  programmes: z.array(z.unknown()).optional(),
});

/** A programme as its file says it, every value of the right form by itself. */
export type WrittenProgramme = z.output<typeof programmeSchema>;
export type WrittenFunding = WrittenProgramme['funding'];

function isPositiveRate(value: string): boolean {
  return value.length <= RATE_LENGTH_MAX && parseRate(value)?.greaterThan(0) === true;
}

function isTrimmed(value: string): boolean {
  return value.trim() === value;
}
