// The words a definition may use for what a field holds. One closed table: where a value comes from, what kind of thing
// it is, and on which side it may stand. The same word serves writing (take the value from the payment) and reading
// (that is where the value is found), so one layout is enough for both directions.

/** `row` changes with every payment, `outcome` with every answer, `batch` with every batch of a file. */
export type ValueScope = 'file' | 'batch' | 'row' | 'outcome';

export type ValueKind = 'text' | 'digits' | 'integer' | 'amount' | 'date';

export interface ValueSpec {
  readonly scope: ValueScope;
  readonly kind: ValueKind;
  /** Known only when all rows are written: may stand in trailers only. */
  readonly atEnd?: true;
  /** Only in return files. */
  readonly returnOnly?: true;
}

export const VALUES = {
  // One payment.
  reference: { scope: 'row', kind: 'digits' },
  sequence: { scope: 'row', kind: 'integer' },
  sequenceInBatch: { scope: 'row', kind: 'integer' },
  recordInBatch: { scope: 'row', kind: 'integer' },
  account: { scope: 'row', kind: 'digits' },
  name: { scope: 'row', kind: 'text' },
  residentId: { scope: 'row', kind: 'text' },
  identityKind: { scope: 'row', kind: 'text' },
  amount: { scope: 'row', kind: 'amount' },
  payeeBank: { scope: 'row', kind: 'digits' },
  region: { scope: 'row', kind: 'digits' },
  rosterBatch: { scope: 'row', kind: 'integer' },
  rosterLine: { scope: 'row', kind: 'integer' },
  // What the bank says of one payment.
  status: { scope: 'outcome', kind: 'text', returnOnly: true },
  'status.1': { scope: 'outcome', kind: 'text', returnOnly: true },
  'status.2': { scope: 'outcome', kind: 'text', returnOnly: true },
  'status.3': { scope: 'outcome', kind: 'text', returnOnly: true },
  code: { scope: 'outcome', kind: 'text', returnOnly: true },
  text: { scope: 'outcome', kind: 'text', returnOnly: true },
  'correction.account': { scope: 'outcome', kind: 'text', returnOnly: true },
  'correction.name': { scope: 'outcome', kind: 'text', returnOnly: true },
  'correction.bank': { scope: 'outcome', kind: 'text', returnOnly: true },
  'correction.residentId': { scope: 'outcome', kind: 'text', returnOnly: true },
  'correction.data': { scope: 'outcome', kind: 'text', returnOnly: true },
  // One batch of a file.
  'batch.number': { scope: 'batch', kind: 'integer' },
  'batch.count': { scope: 'batch', kind: 'integer' },
  'batch.amount': { scope: 'batch', kind: 'amount' },
  'batch.records': { scope: 'batch', kind: 'integer', atEnd: true },
  'batch.detailRecords': { scope: 'batch', kind: 'integer', atEnd: true },
  'batch.listed.count': { scope: 'batch', kind: 'integer', atEnd: true, returnOnly: true },
  'batch.listed.amount': { scope: 'batch', kind: 'amount', atEnd: true, returnOnly: true },
  'batch.status': { scope: 'batch', kind: 'text', returnOnly: true },
  'batch.code': { scope: 'batch', kind: 'text', returnOnly: true },
  'batch.text': { scope: 'batch', kind: 'text', returnOnly: true },
  'batch.details': { scope: 'batch', kind: 'integer', returnOnly: true },
  'batch.tally.status': { scope: 'batch', kind: 'text', returnOnly: true },
  'batch.tally.count': { scope: 'batch', kind: 'integer', returnOnly: true },
  'batch.tally.amount': { scope: 'batch', kind: 'amount', returnOnly: true },
  // The file.
  'file.number': { scope: 'file', kind: 'integer' },
  'file.bank': { scope: 'file', kind: 'digits' },
  'file.date': { scope: 'file', kind: 'date' },
  'file.part': { scope: 'file', kind: 'integer' },
  'file.parts': { scope: 'file', kind: 'integer' },
  'file.isLast': { scope: 'file', kind: 'text' },
  'file.count': { scope: 'file', kind: 'integer' },
  'file.amount': { scope: 'file', kind: 'amount' },
  'file.batches': { scope: 'file', kind: 'integer' },
  'file.programmes': { scope: 'file', kind: 'text' },
  'file.records': { scope: 'file', kind: 'integer', atEnd: true },
  'file.detailRecords': { scope: 'file', kind: 'integer', atEnd: true },
  'file.blocks': { scope: 'file', kind: 'integer', atEnd: true },
  'file.status': { scope: 'file', kind: 'text', returnOnly: true },
  'file.code': { scope: 'file', kind: 'text', returnOnly: true },
  'file.text': { scope: 'file', kind: 'text', returnOnly: true },
  // All files (parts) that pay one release to one bank: a request that is sent in several pieces.
  'parts.number': { scope: 'file', kind: 'integer' },
  'parts.count': { scope: 'file', kind: 'integer' },
  'parts.amount': { scope: 'file', kind: 'amount' },
  'file.tally.status': { scope: 'file', kind: 'text', returnOnly: true },
  'file.tally.count': { scope: 'file', kind: 'integer', returnOnly: true },
  'file.tally.amount': { scope: 'file', kind: 'amount', returnOnly: true },
  // Totals of a return file, by outcome; `listed` is what the file lists, `file` what was instructed.
  'listed.count': { scope: 'file', kind: 'integer', returnOnly: true },
  'listed.amount': { scope: 'file', kind: 'amount', returnOnly: true },
  'paid.count': { scope: 'file', kind: 'integer', returnOnly: true },
  'paid.amount': { scope: 'file', kind: 'amount', returnOnly: true },
  'failed.count': { scope: 'file', kind: 'integer', returnOnly: true },
  'failed.amount': { scope: 'file', kind: 'amount', returnOnly: true },
  'pending.count': { scope: 'file', kind: 'integer', returnOnly: true },
  'pending.amount': { scope: 'file', kind: 'amount', returnOnly: true },
} as const satisfies Record<string, ValueSpec>;

export type PlainValueName = keyof typeof VALUES;

/** A value by name, or one of the three families: the institution's own parameters and the hash totals. */
export type ValueName =
  | PlainValueName
  | `parameter.${string}`
  | `file.hash.${string}`
  | `batch.hash.${string}`;

const PARAMETER: ValueSpec = { scope: 'file', kind: 'text' };
const FILE_HASH: ValueSpec = { scope: 'file', kind: 'integer', atEnd: true };
const BATCH_HASH: ValueSpec = { scope: 'batch', kind: 'integer', atEnd: true };

/** Undefined when no value has this name. */
export function valueSpec(name: string): ValueSpec | undefined {
  if (Object.hasOwn(VALUES, name)) return VALUES[name as PlainValueName];
  if (/^parameter\.[A-Za-z][A-Za-z0-9]*$/.test(name)) return PARAMETER;
  if (/^file\.hash\.[A-Za-z][A-Za-z0-9]*$/.test(name)) return FILE_HASH;
  if (/^batch\.hash\.[A-Za-z][A-Za-z0-9]*$/.test(name)) return BATCH_HASH;
  return undefined;
}

export function isValueName(name: string): name is ValueName {
  return valueSpec(name) !== undefined;
}

/** The key of a parameter or hash value: `parameter.payingAccount` → `payingAccount`. */
export function valueKey(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
