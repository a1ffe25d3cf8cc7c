// Everything that can be wrong with one line, in order of precedence: a line gets the first that applies, plus every
// warning (contract, section 4).

/** R: rejected. H: held until someone settles it. W: paid, with a warning. */
export type Severity = 'R' | 'H' | 'W';

/** Roster findings; the order of the keys is the order of precedence. */
export const FINDING_CODES = {
  LINE_UNREADABLE: 'R',
  RESIDENT_ID_INVALID: 'R',
  NAME_MISSING: 'R',
  AMOUNT_INVALID: 'R',
  DUPLICATE_IN_ROSTER: 'R',
  CARDHOLDER_UNKNOWN: 'R',
  NAME_MISMATCH: 'R',
  CARDHOLDER_DECEASED: 'R',
  CARD_CANCELLED: 'R',
  ACCOUNT_CLOSED: 'R',
  ACCOUNT_MISMATCH: 'R',
  PAYEE_NOT_ALLOWED: 'R',
  REGION_NOT_COVERED: 'R',
  AGE_NOT_ELIGIBLE: 'R',
  AMOUNT_NOT_STANDARD: 'R',
  ALREADY_PAID: 'R',
  EXCLUDED_BY_PROGRAMME: 'R',
  CARD_LOST: 'H',
  CARD_NOT_ACTIVATED: 'H',
  ACCOUNT_FROZEN: 'H',
  ACCOUNT_DORMANT: 'H',
  ON_HOLD_LIST: 'H',
  NAME_UNENCODABLE: 'H',
  ACCOUNT_SHARED: 'W',
  RESIDENT_ID_UNCHECKED: 'W',
} as const satisfies Record<string, Severity>;

export type FindingCode = keyof typeof FINDING_CODES;

/** Finding codes by number: what crosses threads and stands in the database is the index in this list. */
export const FINDING_CODE_LIST = Object.keys(FINDING_CODES) as FindingCode[];

/** Findings of a cardholder file; LINE_UNREADABLE, RESIDENT_ID_INVALID and NAME_MISSING mean the same as above. */
export const BASE_FINDING_CODES = [
  'LINE_UNREADABLE',
  'RESIDENT_ID_INVALID',
  'NAME_MISSING',
  'REGION_INVALID',
  'CARD_STATE_INVALID',
  'BANK_UNKNOWN',
  'ACCOUNT_INVALID',
  'ACCOUNT_STATE_INVALID',
  'ALIVE_INVALID',
  'DATE_INVALID',
  'CARDHOLDER_CONFLICT',
] as const;

export type BaseFindingCode = (typeof BASE_FINDING_CODES)[number];
