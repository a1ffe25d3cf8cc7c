// What synthetic roster lines can be: good, or bad in one of some forty ways. A kind says who the line names (the traits
// of its cohort), how the line is damaged, which finding a correct engine reports, and how often it occurs among the bad.

import type { FindingCode } from '../base/finding.js';
import type { CohortTraits } from './cohort.js';

/** How a line is written otherwise than it should be; see roster-row.ts. */
export type LineEdit =
  | 'none'
  | 'fieldsTooFew'
  | 'fieldsTooMany'
  | 'quoteBroken'
  | 'bytesNoText'
  | 'idCheckCharacter'
  | 'idSwapped'
  | 'idShort'
  | 'idFifteen'
  | 'idBirthDate'
  | 'idExponent'
  | 'idZeros'
  | 'idLetter'
  | 'nameMissing'
  | 'amountZero'
  | 'amountNegative'
  | 'amountDecimals'
  | 'amountWords'
  | 'amountWide'
  | 'amountThousands'
  | 'amountCeiling'
  | 'nameOther'
  | 'accountOther'
  | 'amountOther'
  | 'payeeOther'
  | 'payeeGuardian';

export interface LineKind {
  name: string;
  /** The finding that the line gets; undefined for a line that is accepted without one. */
  finding: FindingCode | undefined;
  /** Of the bad lines, in parts of the sum of all weights. */
  weight: number;
  /** Who the line names. */
  traits: CohortTraits;
  edit: LineEdit;
  /** The line repeats the ID of an earlier good line instead of naming somebody of its own. */
  repeats?: boolean;
  /** What the line adds to the sum of its kind where it is not the programme's amount: nothing if it cannot be read. */
  fen?: number;
}

/** Above the ceiling of every sample programme. */
export const ABOVE_CEILING_FEN = 123_456_700;

function damaged(name: string, finding: FindingCode, weight: number, edit: LineEdit): LineKind {
  return { name, finding, weight, traits: {}, edit };
}

function unreadable(name: string, finding: FindingCode, weight: number, edit: LineEdit): LineKind {
  return { ...damaged(name, finding, weight, edit), fen: 0 };
}

function person(name: string, finding: FindingCode, weight: number, traits: CohortTraits): LineKind {
  return { name, finding, weight, traits, edit: 'none' };
}

export const GOOD: LineKind = { name: 'good', finding: undefined, weight: 0, traits: {}, edit: 'none' };

/** Good lines of people who are easily taken for bad: paid, and a fixed small share of the good. */
export const GOOD_ODD: readonly LineKind[] = [
  { ...GOOD, name: 'permit', weight: 2, traits: { identity: 'permit' } },
  { ...GOOD, name: 'diedWithin', weight: 1, traits: { life: 'diedWithin' } },
];

/** Names that GBK cannot write, at all banks in turn; held at banks that take GBK only, paid at others. */
export const RARE_NAME: LineKind = {
  name: 'rareName',
  finding: undefined,
  weight: 6,
  traits: { names: 'rare', banks: ['104', '301', '402', '308', '103', '102', '105', '403', '314'] },
  edit: 'none',
};

/** In order of precedence of their findings. */
export const BAD_KINDS: readonly LineKind[] = [
  unreadable('fieldsTooFew', 'LINE_UNREADABLE', 4, 'fieldsTooFew'),
  unreadable('fieldsTooMany', 'LINE_UNREADABLE', 4, 'fieldsTooMany'),
  unreadable('quoteBroken', 'LINE_UNREADABLE', 3, 'quoteBroken'),
  unreadable('bytesNoText', 'LINE_UNREADABLE', 3, 'bytesNoText'),
  damaged('idCheckCharacter', 'RESIDENT_ID_INVALID', 16, 'idCheckCharacter'),
  damaged('idSwapped', 'RESIDENT_ID_INVALID', 10, 'idSwapped'),
  damaged('idShort', 'RESIDENT_ID_INVALID', 5, 'idShort'),
  damaged('idFifteen', 'RESIDENT_ID_INVALID', 5, 'idFifteen'),
  damaged('idBirthDate', 'RESIDENT_ID_INVALID', 4, 'idBirthDate'),
  damaged('idExponent', 'RESIDENT_ID_INVALID', 6, 'idExponent'),
  damaged('idZeros', 'RESIDENT_ID_INVALID', 6, 'idZeros'),
  damaged('idLetter', 'RESIDENT_ID_INVALID', 3, 'idLetter'),
  damaged('nameMissing', 'NAME_MISSING', 6, 'nameMissing'),
  unreadable('amountZero', 'AMOUNT_INVALID', 4, 'amountZero'),
  unreadable('amountNegative', 'AMOUNT_INVALID', 3, 'amountNegative'),
  unreadable('amountDecimals', 'AMOUNT_INVALID', 4, 'amountDecimals'),
  unreadable('amountWords', 'AMOUNT_INVALID', 3, 'amountWords'),
  unreadable('amountWide', 'AMOUNT_INVALID', 2, 'amountWide'),
  unreadable('amountThousands', 'AMOUNT_INVALID', 3, 'amountThousands'),
  { ...damaged('amountCeiling', 'AMOUNT_INVALID', 3, 'amountCeiling'), fen: ABOVE_CEILING_FEN },
  { ...damaged('duplicate', 'DUPLICATE_IN_ROSTER', 30, 'none'), repeats: true },
  person('unknown', 'CARDHOLDER_UNKNOWN', 24, { stranger: true }),
  damaged('nameOther', 'NAME_MISMATCH', 24, 'nameOther'),
  person('deceased', 'CARDHOLDER_DECEASED', 16, { life: 'diedBefore', cards: ['active', 'cancelled'] }),
  person('cardCancelled', 'CARD_CANCELLED', 10, { cards: ['cancelled'], accounts: ['closed', 'normal'] }),
  person('accountClosed', 'ACCOUNT_CLOSED', 10, { accounts: ['closed'] }),
  damaged('accountOther', 'ACCOUNT_MISMATCH', 16, 'accountOther'),
  damaged('payeeOther', 'PAYEE_NOT_ALLOWED', 4, 'payeeOther'),
  person('regionElsewhere', 'REGION_NOT_COVERED', 8, { issued: 'elsewhere' }),
  person('ageRefused', 'AGE_NOT_ELIGIBLE', 10, {}),
  damaged('amountOther', 'AMOUNT_NOT_STANDARD', 12, 'amountOther'),
  person('cardLost', 'CARD_LOST', 12, { cards: ['lost'], accounts: ['normal', 'dormant'] }),
  person('cardNotActivated', 'CARD_NOT_ACTIVATED', 10, { cards: ['not_activated'] }),
  person('accountFrozen', 'ACCOUNT_FROZEN', 6, { accounts: ['frozen'] }),
  person('accountDormant', 'ACCOUNT_DORMANT', 14, { accounts: ['dormant'] }),
  person('accountShared', 'ACCOUNT_SHARED', 12, { sharesAccount: true }),
  person('passport', 'RESIDENT_ID_UNCHECKED', 4, { identity: 'passport' }),
  RARE_NAME,
];
