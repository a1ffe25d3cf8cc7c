import type { Messages } from '../messages.js';

export const errors: Messages['errors'] = {
  USAGE_INVALID: '{problem}[; see {help}]',
  CONFIG_INVALID: '{problem}',
  BATCH_UNKNOWN: 'there is no batch[ {batch}]; `yika batch list` shows the batches',
  PAYMENT_FILE_UNKNOWN: 'there is no payment file[ {file}]; `yika file list` shows the files',
  FORMAT_UNKNOWN: 'there is no bank format[ {format}]; `yika format list` shows the formats',
  PROGRAMME_UNKNOWN: 'there is no programme[ {programme}] in any catalogue; `yika catalogue list` shows them',
  CARDHOLDER_NOT_FOUND:
    'nobody in the cardholder base has this identifier[ ({id})]; check it, or import a newer base',
  DATA_FOLDER_UNUSABLE: 'the data folder[ {folder}] cannot be used: {reason}',

  PROGRAMME_NOT_IN_CATALOGUE:
    'the programme[ {programme}] is not in the catalogue in force[ for {period}], so nothing is paid for it; publish a catalogue that has it with `yika catalogue publish`, or correct --programme and --period',
  BASE_EMPTY: 'the cardholder base is empty; import it first with `yika cardholder import FILE`',
  REGION_REFUSED: 'the programme does not pay in region[ {region}]; correct --region or the catalogue',
  CONTROL_TOTAL_MISMATCH:
    'the control totals do not agree[: {what}, expected {expected}, found {actual}]; ask the department which is right, and import the right file with the right totals',
  BATCH_STATE_REFUSED:
    'batch[ {batch}] is {state}, and `{step}` is for batches that are: {allowed}; `yika batch show` says what was done',
  BATCH_EMPTY:
    'batch[ {batch}] has no line that may be paid; look at `yika batch findings`, correct the roster and import it again',
  BATCH_OUTSTANDING:
    'batch[ {batch}] still has payments without an outcome[: {outstanding}]; import the missing return files and reconcile again',
  NOTHING_TO_REISSUE:
    'batch[ {batch}] has no failed payment that was not reissued already; nothing is to be done',
  FOLLOWS_REFUSED: 'batch[ {batch}] cannot be followed: {problem}',
  APPROVER_IS_SUBMITTER:
    'whoever submitted batch[ {batch}] cannot approve it; another person must, under their own name (--actor)',
  DIGEST_CHANGED:
    'the payments of batch[ {batch}] are not those that were submitted; nothing was done. Reject the batch, find out what changed them, and submit again',
  CONFIRMATION_MISSING:
    'nothing was released: releasing money must be confirmed by naming the same batches; add --confirm {batches}',
  PAYMENT_FILE_REFUSED: 'the payment file[ {file}] is refused: {problem}',
  PAYMENT_FILE_CHANGED:
    'the payment file[ {file}] is not as yika wrote it[: {problem}]; do not send it. `yika verify --files` compares all of them',
  BANK_WITHOUT_FORMAT:
    'bank[ {bank}] has no profile with a format; add it to yika.yaml under `banks:` (`yika format list` shows the formats)',
  PAYMENT_UNENCODABLE:
    'a payment[ {reference}] cannot be written in the format of its bank[, field {field}]: {problem}; take the line out, or correct it, and import again',
  PAID_TWICE_REFUSED:
    'the database refused the batch: somebody in it already stands in another live batch of the same programme and period; import the roster again, and the lines in question become findings',
  DATABASE_TOO_NEW: 'this yika cannot work on this database: {reason}',

  FILE_NOT_FOUND: 'there is no file[ {file}]; check the name and the folder',
  FILE_UNREADABLE: 'the file[ {file}] cannot be read: {reason}',
  FILE_EMPTY: 'the file[ {file}] has no lines; check whether it was exported completely',
  ENCODING_INVALID:
    'the file[ {file}] is not text in UTF-8 or GB18030[ but {found}]; save it as CSV in UTF-8 or GB18030, or as XLSX',
  HEADER_INVALID: '[{file}: ]no header row was found: {problem}; the first rows must hold the column names',
  COLUMN_MISSING:
    'required columns are missing: {columns}; add them, or rename the columns[ (each may be called: {names})]',
  COLUMN_REPEATED: 'several columns are read as {column}[: {cells}]; keep one of them',
  XLSX_INVALID: '[{file}: ]the workbook cannot be used: {problem}',
  GZIP_INVALID: '[{file}: ]the gzip file cannot be unpacked: {problem}',
  CATALOGUE_INVALID:
    '{problem}[ (and {more} more)]; nothing was published. Correct the catalogue and publish it again',
  FORMAT_INVALID: '{problem}[ (and {more} more)]; `yika format check` shows them all',
  RETURN_FILE_UNKNOWN:
    'the return file[ {file}] answers no payment file of this installation[, and is no answer of a format in use: {readAs}]; check whether it is a return file, give --bank, or look whether the payment file was written here (`yika file list`)',
  RETURN_FILE_INVALID:
    'the return file[ {file}] cannot be used: {problem}; nothing of it was taken. Ask the bank for a correct file',

  ROSTER_ALREADY_IMPORTED: 'this very file was imported before, as batch[ {batch}]; nothing was done',
  RETURN_ALREADY_IMPORTED: 'this very file was imported before[: {file}]; nothing was done',

  DATABASE_UNAVAILABLE: '{reason}',
  DATABASE_BUSY:
    'the database is held by another command; nothing was done. Try again when the other command has finished',
  EMBEDDED_UNAVAILABLE: 'the embedded database cannot run: {reason}',
  OUTPUT_UNAVAILABLE:
    'the output[ {path}][ {file}] cannot be written[: {reason}][: {problem}]; mend that and run the command again',

  INTERRUPTED: 'interrupted; what was not finished is as if it never began. Run the command again',
  TERMINATED: 'ended from outside; what was not finished is as if it never began. Run the command again',
  INTERNAL:
    'a fault of yika itself[ ({fault})]; nothing was half done. Run the command again with --verbose and report what it says',
};
