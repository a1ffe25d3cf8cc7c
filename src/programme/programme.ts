// A programme 补贴项目: a benefit that may be paid, to whom, how much, how often and from whose funds. Plain data, so that
// it crosses threads and stands in the database as it is; what runs per line is compiled from it.

import type { RoundingRule } from '../money/rounding.js';

export const FREQUENCIES = ['monthly', 'quarterly', 'yearly', 'once'] as const;
/** How often one person may be paid: once in each month, quarter, year, or ever. */
export type Frequency = (typeof FREQUENCIES)[number];

export const AMOUNT_POLICIES = ['mustEqual', 'upTo', 'asRostered'] as const;
/** What the standard means for the amount of a roster line. */
export type AmountPolicy = (typeof AMOUNT_POLICIES)[number];

export const ACCOUNT_POLICIES = ['mustMatch', 'payBase'] as const;
/** A roster's account that is not the base's: refuse the line, or warn and pay into the base's. */
export type AccountPolicy = (typeof ACCOUNT_POLICIES)[number];

export const PAYEES = ['self', 'selfOrGuardian'] as const;
export type Payee = (typeof PAYEES)[number];

/** One amount for an age band; both ages inclusive, whole years. Without `to` the band has no end. */
export interface Band {
  readonly from: number;
  readonly to?: number;
  readonly amountFen: number;
}

export type Entitlement =
  | { readonly kind: 'open'; readonly policy: 'asRostered' }
  | { readonly kind: 'fixed'; readonly amountFen: number; readonly policy: AmountPolicy }
  | { readonly kind: 'banded'; readonly bands: readonly Band[]; readonly policy: AmountPolicy }
  | {
      readonly kind: 'perUnit';
      /** Yuan for one unit, as decimal text. */
      readonly rate: string;
      readonly unit?: string;
      readonly policy: AmountPolicy;
    };

/** Whose money, and how much of each payment: a decimal text; `rest` of the catalogue stands here resolved. */
export interface FundingShare {
  readonly source: string;
  readonly share: string;
}

export interface RegionalFunding {
  readonly region: number;
  readonly shares: readonly FundingShare[];
}

export interface Programme {
  readonly code: string;
  readonly name: string;
  readonly department?: string;
  readonly basis?: string;
  readonly frequency: Frequency;
  /** 6-digit codes; each covers everything below it. */
  readonly regions: readonly number[];
  /** Whole years, both inclusive. */
  readonly ageFrom?: number;
  readonly ageTo?: number;
  readonly entitlement: Entitlement;
  /** The most that one line may say. */
  readonly ceilingFen?: number;
  readonly rounding: RoundingRule;
  readonly funding: readonly FundingShare[];
  readonly fundingByRegion: readonly RegionalFunding[];
  readonly accountPolicy: AccountPolicy;
  readonly payee: Payee;
  /** Codes that are never paid to one person for the same period as this; may name programmes of other catalogues. */
  readonly excludes: readonly string[];
}

/** The published set of programmes 项目目录清单. What is not in the one in force is not paid. */
export interface Catalogue {
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly effectiveFrom: string;
  /** In the order of the files' names and of the lines in them. */
  readonly programmes: readonly Programme[];
}

export function findProgramme(catalogue: Catalogue, code: string): Programme | undefined {
  return catalogue.programmes.find((programme) => programme.code === code);
}
