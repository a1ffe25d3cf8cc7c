// The shape of a language: one text for every code and word. A code without its text does not compile.
//
// Error texts are templates (fill.ts) over the details of the error; `{problem}` and `{reason}` are first looked up in
// `errorWords`, whose texts may use the details too. Every error text says what happened and what to do.

import type { ErrorCode } from '../base/error.js';
import type { BaseFindingCode, FindingCode, Severity } from '../base/finding.js';
import type { BatchState } from '../batch/lifecycle.js';
import type { ReadProblem } from '../codec/read-records.js';
import type { XlsxProblem } from '../codec/xlsx-package.js';
import type { ResidentIdProblem } from '../identity/resident-id.js';
import type { AmountProblem } from '../money/fen.js';
import type { AgeProblem } from '../programme/eligibility.js';
import type { DueProblem, EntitlementProblem } from '../programme/entitlement.js';
import type { ExceptionCode } from '../reconciliation/match-answer.js';
import type { UnavailableReason } from '../store/sql-error.js';
import type { ConfigProblem, UsageProblem } from './usage-problem.js';

type Texts<Word extends string> = Readonly<Record<Word, string>>;

/** Words of `details.problem` or `details.reason`, by error code; USAGE_INVALID also takes the reasons of a resident ID. */
export interface ErrorWords {
  readonly USAGE_INVALID: Texts<UsageProblem>;
  readonly CONFIG_INVALID: Texts<ConfigProblem>;
  readonly XLSX_INVALID: Texts<XlsxProblem>;
  readonly GZIP_INVALID: Texts<'ends-too-early' | 'damaged'>;
  readonly HEADER_INVALID: Texts<'no readable row'>;
  readonly FILE_UNREADABLE: Texts<'EACCES' | 'EPERM' | 'EISDIR' | 'EIO' | 'unknown'>;
  readonly OUTPUT_UNAVAILABLE: Texts<'exists' | 'ENOSPC' | 'EDQUOT' | 'EROFS' | 'EACCES' | 'EPERM' | 'EIO'>;
  readonly PAYMENT_FILE_REFUSED: Texts<'alreadySent' | 'answered' | 'notSent' | 'nameInvalid'>;
  readonly PAYMENT_FILE_CHANGED: Texts<'changed' | 'missing' | 'formatChanged'>;
  readonly RETURN_FILE_INVALID: Texts<'otherFile' | 'otherTotals'>;
  readonly FOLLOWS_REFUSED: Texts<'otherProgrammeOrPeriod' | 'notReleased'>;
  readonly DATABASE_UNAVAILABLE: Texts<UnavailableReason>;
  readonly DATABASE_TOO_NEW: Texts<'newer' | 'differs'>;
  readonly EMBEDDED_UNAVAILABLE: Texts<
    'platform' | 'package-missing' | 'links' | 'not-executable' | 'initdb-failed' | 'start-failed' | 'root'
  >;
  readonly DATA_FOLDER_UNUSABLE: Texts<
    'access' | 'owner' | 'major-version' | 'path-too-long' | 'socket-folder' | 'in-use-elsewhere'
  >;
}

/** What stands behind a finding in `detail`: a word, or `word=value`. */
export interface DetailWords {
  readonly residentId: Texts<ResidentIdProblem>;
  readonly amount: Texts<AmountProblem | 'aboveCeiling'>;
  readonly line: Texts<ReadProblem | 'fieldCount'>;
  readonly age: Texts<AgeProblem>;
  readonly standard: Texts<DueProblem | EntitlementProblem['reason']>;
  readonly conflict: Texts<'earlierRowDiffers' | 'olderThanBase'>;
  /** `{value}` is what follows the equals sign. */
  readonly named: Texts<
    | 'batch'
    | 'programme'
    | 'region'
    | 'payee'
    | 'payeeProblem'
    | 'baseAccountPaid'
    | 'died_on'
    | 'updated_on'
    | 'characterRefused'
    | 'tooLong'
    | 'empty'
    | 'notDigits'
    | 'noCode'
  >;
}

export interface Messages {
  /** What readers and writers of bank files say is wrong, from English. */
  fileProblem(sentence: string): string;
  readonly errors: Texts<ErrorCode>;
  readonly errorWords: ErrorWords;
  readonly findings: Texts<FindingCode | BaseFindingCode>;
  /** Exceptions of reconciliation. */
  readonly exceptions: Texts<ExceptionCode>;
  readonly severities: Texts<Severity>;
  readonly details: DetailWords;
  readonly states: Texts<BatchState>;
  /** `details.what` of CONTROL_TOTAL_MISMATCH. */
  readonly totals: Texts<'lines' | 'total'>;
  /** Between the parts of a list, and around what is added to a sentence. */
  readonly marks: {
    readonly comma: string;
    readonly open: string;
    readonly close: string;
    readonly colon: string;
  };
}
