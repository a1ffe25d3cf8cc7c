// Operations that are refused, or that an outside thing made fail. One closed table: the code is what people and
// cron jobs rely on, the text is made at the edge (see message/). A wrong roster line is never an error: it is a finding.

/** Exit codes of the command line, as the contract fixes them. */
export const EXIT = {
  done: 0,
  findings: 1,
  usage: 2,
  refused: 3,
  input: 4,
  unavailable: 5,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const;

/** Every error code with its exit code. Add a row here and its text in both message files; a test compares them. */
export const ERROR_CODES = {
  USAGE_INVALID: EXIT.usage,
  CONFIG_INVALID: EXIT.usage,
  BATCH_UNKNOWN: EXIT.usage,
  PAYMENT_FILE_UNKNOWN: EXIT.usage,
  FORMAT_UNKNOWN: EXIT.usage,
  PROGRAMME_UNKNOWN: EXIT.usage,
  CARDHOLDER_NOT_FOUND: EXIT.usage,
  DATA_FOLDER_UNUSABLE: EXIT.usage,

  PROGRAMME_NOT_IN_CATALOGUE: EXIT.refused,
  BASE_EMPTY: EXIT.refused,
  REGION_REFUSED: EXIT.refused,
  CONTROL_TOTAL_MISMATCH: EXIT.refused,
  BATCH_STATE_REFUSED: EXIT.refused,
  BATCH_EMPTY: EXIT.refused,
  BATCH_OUTSTANDING: EXIT.refused,
  NOTHING_TO_REISSUE: EXIT.refused,
  FOLLOWS_REFUSED: EXIT.refused,
  APPROVER_IS_SUBMITTER: EXIT.refused,
  DIGEST_CHANGED: EXIT.refused,
  CONFIRMATION_MISSING: EXIT.refused,
  PAYMENT_FILE_REFUSED: EXIT.refused,
  PAYMENT_FILE_CHANGED: EXIT.refused,
  BANK_WITHOUT_FORMAT: EXIT.refused,
  PAYMENT_UNENCODABLE: EXIT.refused,
  PAID_TWICE_REFUSED: EXIT.refused,
  DATABASE_TOO_NEW: EXIT.refused,

  FILE_NOT_FOUND: EXIT.input,
  FILE_UNREADABLE: EXIT.input,
  FILE_EMPTY: EXIT.input,
  ENCODING_INVALID: EXIT.input,
  HEADER_INVALID: EXIT.input,
  COLUMN_MISSING: EXIT.input,
  COLUMN_REPEATED: EXIT.input,
  XLSX_INVALID: EXIT.input,
  GZIP_INVALID: EXIT.input,
  CATALOGUE_INVALID: EXIT.input,
  FORMAT_INVALID: EXIT.input,
  RETURN_FILE_UNKNOWN: EXIT.input,
  RETURN_FILE_INVALID: EXIT.input,

  ROSTER_ALREADY_IMPORTED: EXIT.done,
  RETURN_ALREADY_IMPORTED: EXIT.done,

  DATABASE_UNAVAILABLE: EXIT.unavailable,
  DATABASE_BUSY: EXIT.unavailable,
  EMBEDDED_UNAVAILABLE: EXIT.unavailable,
  OUTPUT_UNAVAILABLE: EXIT.unavailable,

  INTERRUPTED: EXIT.interrupted,
  TERMINATED: EXIT.terminated,
  INTERNAL: EXIT.bug,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Values that the message text is made from. Never personal data: no resident ID, name or account. */
export type ErrorDetails = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** A refused operation. `details` fills the message template and stands in the JSON answer beside the code. */
export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options: { cause?: unknown } = {}) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.name = 'EngineError';
    this.code = code;
    this.details = details;
  }

  get exitCode(): number {
    return ERROR_CODES[this.code];
  }
}
