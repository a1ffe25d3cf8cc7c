// One payment as the file writers see it: a window on bytes that is filled again for every row, so that nothing is
// allocated per payment on the way from the database to the bank's file.

export interface PaymentRow {
  /** The buffer that the text fields lie in, as UTF-8. */
  bytes: Uint8Array;
  nameFrom: number;
  nameTo: number;
  /** ASCII digits. */
  accountFrom: number;
  accountTo: number;
  /** ASCII; 18 characters for residents, free for identifiers of another kind. */
  residentIdFrom: number;
  residentIdTo: number;
  /** Bank code, 102 to 999. */
  bank: number;
  /** Positive, a safe integer. */
  amountFen: number;
  batch: number;
  line: number;
  /** 6-digit GB/T 2260 code. */
  region: number;
}
