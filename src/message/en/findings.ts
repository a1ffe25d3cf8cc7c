import type { Messages } from '../messages.js';

export const findings: Messages['findings'] = {
  LINE_UNREADABLE: 'the line cannot be read',
  RESIDENT_ID_INVALID: 'the resident ID is not valid',
  NAME_MISSING: 'the name is missing',
  AMOUNT_INVALID: 'the amount is not valid',
  DUPLICATE_IN_ROSTER: 'an earlier line of this roster has the same resident ID',
  CARDHOLDER_UNKNOWN: 'nobody in the cardholder base has this resident ID',
  NAME_MISMATCH: 'the name is not the one in the cardholder base',
  CARDHOLDER_DECEASED: 'the person died before the period begins',
  CARD_CANCELLED: 'the card is cancelled',
  ACCOUNT_CLOSED: 'the account is closed',
  ACCOUNT_MISMATCH: 'the account is not the one in the cardholder base',
  PAYEE_NOT_ALLOWED: 'the programme does not allow another payee',
  REGION_NOT_COVERED: 'the programme does not pay in this region',
  AGE_NOT_ELIGIBLE: 'the programme does not pay at this age',
  AMOUNT_NOT_STANDARD: 'the amount is not what the programme pays',
  ALREADY_PAID: 'the person already stands in another batch of this programme and period',
  EXCLUDED_BY_PROGRAMME: 'the person is paid in this period under a programme that excludes this one',
  CARD_LOST: 'the card is reported lost',
  CARD_NOT_ACTIVATED: 'the card is not activated',
  ACCOUNT_FROZEN: 'the account is frozen',
  ACCOUNT_DORMANT: 'the account is dormant',
  ON_HOLD_LIST: 'the person is on the hold list',
  NAME_UNENCODABLE: "the bank's format cannot carry the name",
  ACCOUNT_SHARED: 'another cardholder has the same account',
  RESIDENT_ID_UNCHECKED: 'an identifier of another kind; it has no check character',
  REGION_INVALID: 'the region is not a 6-digit code',
  CARD_STATE_INVALID: 'the card state is not a known one',
  BANK_UNKNOWN: 'the bank is not known',
  ACCOUNT_INVALID: 'the account is not 6 to 32 digits',
  ACCOUNT_STATE_INVALID: 'the account state is not a known one',
  ALIVE_INVALID: 'the column alive holds no known word',
  DATE_INVALID: 'a date is not valid',
  CARDHOLDER_CONFLICT: 'the row contradicts another one of the same person',
};

export const severities: Messages['severities'] = { R: 'rejected', H: 'held', W: 'warning' };

export const states: Messages['states'] = {
  checked: 'checked',
  submitted: 'submitted',
  approved: 'approved',
  released: 'released',
  sent: 'sent',
  reconciled: 'reconciled',
  closed: 'closed',
  cancelled: 'cancelled',
};

export const exceptions: Messages['exceptions'] = {
  PAYMENT_UNKNOWN: 'the row answers no payment of the file',
  PAYMENT_OF_OTHER_FILE: 'the row answers a payment of another file',
  PAYMENT_AMBIGUOUS: 'two payments share the account and amount; a person must decide',
  AMOUNT_DISAGREES: 'the bank names another amount than was instructed',
  CODE_UNKNOWN: 'the result code of the bank is not known; the payment is unresolved',
  OUTCOME_REPEATED: 'the row repeats an outcome',
  OUTCOME_DISAGREES: 'two outcomes of one payment disagree; ask the bank',
  PAID_THEN_RETURNED: 'paid according to an earlier file, returned now: it counts as failed',
  FAILED_THEN_PAID:
    'failed according to an earlier file, paid now: it may have been reissued; a person must look',
};
