// What a definition says, after it was read and checked: plain data (it is sent to threads as it is), every default
// filled in. `parse-definition.ts` makes it from YAML, the `compile-*` files turn it into writers and readers.

import type { ValueName } from './value.js';

/** A place in a definition file, 1-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Encoding = 'UTF-8' | 'GBK' | 'GB18030' | 'ASCII' | 'Latin-1';
export type LayoutKind = 'delimited' | 'fixed' | 'xml' | 'json' | 'xlsx';

export const SECTIONS = [
  'fileHeader',
  'batchHeader',
  'detail',
  'batchTrailer',
  'fileTrailer',
  'filler',
] as const;
export type Section = (typeof SECTIONS)[number];

/** Which characters the bank takes, and what becomes of some that it does not take. */
export interface CharacterRules {
  /** The inside of a regular expression's character class; undefined = everything that the encoding has. */
  readonly allow: string | undefined;
  readonly transliterate: readonly (readonly [from: string, to: string])[];
  readonly upperCase: boolean;
}

export interface TemplatePart {
  readonly kind: 'literal' | 'value';
  /** The literal text, or the value's name. */
  readonly text: string;
  /** Zero-padded width of numbers, or the date pattern. */
  readonly width: number;
  readonly pattern: string;
}

export type CheckDigitAlgorithm = 'luhn' | 'nacha' | 'iso7064mod1110' | 'iso7064mod112' | 'mod97';
export type DigestAlgorithm = 'sha256' | 'sm3';

export type FieldContent =
  | { readonly kind: 'constant'; readonly text: string }
  | {
      readonly kind: 'value';
      readonly value: ValueName;
      readonly slice: readonly [from: number, to: number] | undefined;
    }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
  | { readonly kind: 'checkDigit'; readonly algorithm: CheckDigitAlgorithm; readonly of: readonly string[] }
  | { readonly kind: 'digest'; readonly algorithm: DigestAlgorithm; readonly of: readonly string[] }
  | { readonly kind: 'filler' };

export type FieldType =
  | { readonly kind: 'text' }
  | { readonly kind: 'digits' }
  | { readonly kind: 'integer' }
  | {
      readonly kind: 'amount';
      readonly unit: 'yuan' | 'fen';
      /** Digits after the point; for fen written without a point, 2. */
      readonly decimals: number;
      readonly point: boolean;
    }
  | { readonly kind: 'date'; readonly pattern: string };

/**
 * A step of an element path: `Ustrd[2]` is the second sibling of that name; `@Ccy` an attribute. In JSON `head[1]` is the
 * first member of the array `head`, and a step of index 0 a plain member.
 */
export interface PathStep {
  readonly name: string;
  readonly index: number;
}

export interface FieldPath {
  readonly steps: readonly PathStep[];
  readonly attribute: string | undefined;
}

export interface FieldDefinition {
  readonly name: string;
  readonly content: FieldContent;
  readonly type: FieldType;
  /** Fixed width; 0 = as long as it is. */
  readonly width: number;
  /** Declared first position, 1-based; 0 = follows the field before. */
  readonly at: number;
  readonly pad: string;
  readonly justify: 'left' | 'right';
  /** Longest allowed content in `maxUnit`; 0 = unbounded. */
  readonly max: number;
  readonly maxUnit: 'bytes' | 'characters';
  /** Shortest allowed content in `maxUnit`; 0 = any. */
  readonly min: number;
  readonly long: 'refuse' | 'cut';
  readonly required: boolean;
  /** Codes: value → what the bank writes; read the other way round. */
  readonly map: readonly (readonly [from: string, to: string])[];
  readonly otherwise: string | undefined;
  /** Written where the content holds a character that cannot be written; undefined = such a row is refused. */
  readonly instead: readonly TemplatePart[] | undefined;
  /** Digits of the base that an integer is written in, its low-order digits kept; empty = decimal. */
  readonly alphabet: string;
  /** Calendar days that a date is moved by. */
  readonly addDays: number;
  /** False: a constant that is written and not compared when reading. */
  readonly compare: boolean;
  /** Written for rows with these codes only; elsewhere padding. Empty = always. */
  readonly codes: readonly string[];
  /** Characters of each code where the field holds several; 0 = one code. */
  readonly several: number;
  readonly characters: CharacterRules;
  /** XML and JSON: where the field stands below its section's element. */
  readonly path: FieldPath | undefined;
  /** XML and JSON: an empty value writes no element. */
  readonly omitEmpty: boolean;
  /** JSON: a number without quotes. A workbook: a cell that holds a number. */
  readonly bare: boolean;
  /** XML: one direction only; undefined = both. */
  readonly only: 'read' | 'write' | undefined;
  readonly place: Place;
}

export interface RecordDefinition {
  readonly name: string;
  readonly fields: readonly FieldDefinition[];
  /** Reading only: the record may be missing. */
  readonly optional: boolean;
  /** False: a reader takes the record, a writer leaves it out. */
  readonly written: boolean;
  /** Codes of the rows that have this record, among the alternatives beside it; empty = every row. */
  readonly codes: readonly string[];
  readonly separator: string;
  readonly trailing: boolean;
  readonly quote: 'none' | 'needed' | 'always';
  /** Fixed width: the record's length in the layout's unit; 0 for other layouts. */
  readonly length: number;
  readonly place: Place;
}

/** A sum over the digits of a detail field, such as NACHA's entry hash (low-order `digits` digits are kept). */
export interface HashDefinition {
  readonly name: string;
  readonly of: string;
  readonly digits: number;
  readonly place: Place;
}

/** The elements that hold the file, a batch and a row: XML and JSON. In JSON batch and row name arrays. */
export interface TreeDefinition {
  /** XML namespaces. Written: the first. Read: any of them. */
  readonly namespaces: readonly string[];
  readonly file: readonly PathStep[];
  readonly batch: readonly PathStep[];
  readonly detail: readonly PathStep[];
  /** XML, reading: the elements inside the detail that are a row each; empty = the detail itself is the row. */
  readonly rows: readonly PathStep[];
  readonly rootAttributes: readonly (readonly [name: string, value: string])[];
}

export interface ParameterDefinition {
  readonly name: string;
  readonly about: string;
  /** A value of the right shape; nobody's own. */
  readonly example: string;
  readonly required: boolean;
  readonly place: Place;
}

export interface FileLayout {
  readonly file: string;
  readonly title: string;
  readonly source: string;
  readonly status: 'verified' | 'sample';
  readonly kind: LayoutKind;
  readonly encoding: Encoding;
  readonly lineEnd: 'CRLF' | 'LF' | 'CR' | 'none';
  readonly lastLineEnd: boolean;
  readonly unit: 'bytes' | 'characters';
  /** Fixed width: a reader takes records whose trailing blanks were cut. */
  readonly shortLines: boolean;
  /** Fixed width: a reader takes records that stand one after another without line ends. */
  readonly joined: boolean;
  /** Records in a block; the file is filled up to whole blocks with filler records. 0 = no blocks. */
  readonly blockRecords: number;
  /** Longest line in bytes, without its end. */
  readonly lineBytesMax: number;
  readonly tree: TreeDefinition | undefined;
  /** A workbook's sheet; empty for other layouts. */
  readonly sheetName: string;
  readonly hashes: readonly HashDefinition[];
  readonly records: Readonly<Record<Section, readonly RecordDefinition[]>>;
  readonly fileName: readonly TemplatePart[];
  readonly fileNamePlace: Place;
  readonly place: Place;
}

/** What a bank takes at most; undefined = no limit. Amounts in fen, as text so that no precision can be lost. */
export interface FileLimits {
  readonly rowsPerBatch: number | undefined;
  readonly batchesPerFile: number | undefined;
  readonly rowsPerFile: number | undefined;
  readonly amountPerRowFen: bigint | undefined;
  readonly amountPerBatchFen: bigint | undefined;
  readonly amountPerFileFen: bigint | undefined;
  /** Kept by `rowsPerFile`, which it tightens by the longest row. */
  readonly bytesPerFile: number | undefined;
}

export interface PaymentDefinition {
  readonly layout: FileLayout;
  readonly limits: FileLimits;
  readonly parameters: readonly ParameterDefinition[];
  /** The name the bank will give its answer; empty when it is not known. */
  readonly returnFileName: readonly TemplatePart[];
  readonly returnFileNamePlace: Place;
}

export type Outcome = 'paid' | 'failed' | 'pending' | 'unknown';
/** What a status of a whole file or batch says about the rows in it. */
export type WholeMeaning = 'paid' | 'partial' | 'pending' | 'refused';

export interface ResultCode {
  readonly code: string;
  readonly outcome: Outcome;
  readonly text: string;
  readonly place: Place;
}

export interface WholeCode {
  readonly code: string;
  readonly means: WholeMeaning;
  readonly text: string;
  readonly place: Place;
}

export type MatchKey = 'reference' | 'sequence' | 'accountAmount';

export interface ReturnDefinition {
  /** Which of the format's answers it is: empty for return.yaml, `camt054` for return-camt054.yaml. */
  readonly kind: string;
  readonly layout: FileLayout;
  /** Which rows the bank lists; what it does not list is `unlisted`. */
  readonly lists: 'all' | 'failed' | 'notPaid' | 'failedOrCorrected';
  readonly unlisted: 'paid' | 'outstanding';
  /** Results: one row a payment. Movements: what happened on the account, in several rows for one payment. */
  readonly rowsAre: 'results' | 'movements';
  /** Where a row has a status and a code, which of them decides. */
  readonly decides: 'status' | 'code';
  /** How a row finds its payment, in order of trust. */
  readonly matchBy: readonly MatchKey[];
  readonly codes: readonly ResultCode[];
  readonly statuses: readonly ResultCode[];
  readonly wholes: readonly WholeCode[];
}

export interface FormatDefinition {
  readonly name: string;
  readonly payment: PaymentDefinition;
  readonly returns: ReturnDefinition | undefined;
  /** Other files in which the bank may answer, told apart by how they begin. */
  readonly moreReturns: readonly ReturnDefinition[];
}

/** All files in which the bank may answer; empty when the format has no return side. */
export function allReturns({ returns, moreReturns }: FormatDefinition): readonly ReturnDefinition[] {
  return returns === undefined ? [] : [returns, ...moreReturns];
}
