// One row as it was read from a bank file: the same object is filled again for every row.

import {
  BATCH_DIGITS,
  formatReference,
  parseReference,
  REFERENCE_DIGITS,
} from '../base/payment-reference.js';
import type { Encoding } from './definition.js';
import { decodeField } from './field-text.js';

export interface Correction {
  account?: string;
  name?: string;
  bank?: string;
  residentId?: string;
  /** The corrected data as the bank wrote it, where its meaning is in the code alone. */
  data?: string;
}

export class ReadRow {
  /** 1-based, in the order of the file. */
  rowNumber = 0;
  /** Line of the (first) record, 1-based. */
  line = 0;
  /** Records that the row is made of. */
  records = 0;
  /** Batch and line of a reference that yika wrote; 0 where the row has none. */
  paymentBatch = 0;
  paymentLine = 0;
  sequence = -1;
  sequenceInBatch = -1;
  amountFen = -1;
  residentId: string | undefined = undefined;
  payeeBank: string | undefined = undefined;
  status = '';
  /** A status that stands in several places: its parts, empty where there is none. */
  statusParts: [string, string, string] = ['', '', ''];
  code = '';
  text = '';
  correction: Correction | undefined = undefined;
  /** The digits of the fields that hash totals are over, in the order of the definition's hashes. */
  readonly hashes: number[] = [];

  // Most rows are matched by their reference, so accounts and names become texts only when someone asks for them.
  private otherReference: string | undefined = undefined;
  private accountText: string | undefined = undefined;
  private nameText: string | undefined = undefined;
  private source: Buffer = Buffer.alloc(0);
  private encoding: Encoding = 'ASCII';
  private accountFrom = 0;
  private accountTo = 0;
  private nameFrom = 0;
  private nameTo = 0;

  begin(rowNumber: number, line: number): void {
    this.rowNumber = rowNumber;
    this.line = line;
    this.records = 0;
    this.paymentBatch = 0;
    this.paymentLine = 0;
    this.otherReference = undefined;
    this.sequence = -1;
    this.sequenceInBatch = -1;
    this.amountFen = -1;
    this.accountTo = 0;
    this.nameTo = 0;
    this.accountText = undefined;
    this.nameText = undefined;
    this.residentId = undefined;
    this.payeeBank = undefined;
    this.status = '';
    this.statusParts[0] = '';
    this.statusParts[1] = '';
    this.statusParts[2] = '';
    this.code = '';
    this.text = '';
    this.correction = undefined;
  }

  /** The reference as text, also one that yika did not write. */
  get reference(): string | undefined {
    return this.paymentBatch === 0
      ? this.otherReference
      : formatReference(this.paymentBatch, this.paymentLine);
  }

  set reference(text: string | undefined) {
    const ours = text === undefined ? undefined : parseReference(text.trim());
    this.paymentBatch = ours?.batch ?? 0;
    this.paymentLine = ours?.line ?? 0;
    this.otherReference = text;
  }

  get account(): string | undefined {
    if (this.accountTo > 0) this.account = this.source.toString('latin1', this.accountFrom, this.accountTo);
    return this.accountText;
  }

  set account(text: string | undefined) {
    this.accountText = text;
    this.accountTo = 0;
  }

  get name(): string | undefined {
    if (this.nameTo > 0) this.name = decodeField(this.source, this.nameFrom, this.nameTo, this.encoding);
    return this.nameText;
  }

  set name(text: string | undefined) {
    this.nameText = text;
    this.nameTo = 0;
  }

  /** Whether the bytes are a reference that yika wrote, and then takes it. */
  holdReference(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from !== REFERENCE_DIGITS) return false;
    let batch = 0;
    let line = 0;
    for (let at = 0; at < REFERENCE_DIGITS; at++) {
      const digit = bytes[from + at]! - 0x30;
      if (digit < 0 || digit > 9) return false;
      if (at < BATCH_DIGITS) batch = batch * 10 + digit;
      else line = line * 10 + digit;
    }
    if (batch === 0) return false;
    this.paymentBatch = batch;
    this.paymentLine = line;
    return true;
  }

  /** An account that stands in ASCII bytes; they must stay as they are while the row is visited. */
  holdAccount(source: Buffer, from: number, to: number): void {
    if (from === to) return;
    this.source = source;
    this.accountFrom = from;
    this.accountTo = to;
  }

  /** The same for a name in bytes that are known to be text. */
  holdName(source: Buffer, from: number, to: number, encoding: Encoding): void {
    this.nameText = '';
    if (from === to) return;
    this.source = source;
    this.nameFrom = from;
    this.nameTo = to;
    this.encoding = encoding;
  }

  /** Makes the texts of what is held. */
  settle(): void {
    void this.account;
    void this.name;
  }

  /** Begins with what another row has: values that hold for several rows. */
  beginLike(other: ReadRow, rowNumber: number, line: number): void {
    other.settle();
    this.begin(rowNumber, line);
    this.paymentBatch = other.paymentBatch;
    this.paymentLine = other.paymentLine;
    this.otherReference = other.otherReference;
    this.sequence = other.sequence;
    this.sequenceInBatch = other.sequenceInBatch;
    this.amountFen = other.amountFen;
    this.accountText = other.accountText;
    this.nameText = other.nameText;
    this.residentId = other.residentId;
    this.payeeBank = other.payeeBank;
    this.status = other.status;
    for (let part = 0; part < this.statusParts.length; part++)
      this.statusParts[part] = other.statusParts[part]!;
    this.code = other.code;
    this.text = other.text;
    this.correction = other.correction === undefined ? undefined : { ...other.correction };
  }

  /** The status in one text: `DBIT/BOOK`. */
  get wholeStatus(): string {
    if (this.status !== '') return this.status;
    const [first, second, third] = this.statusParts;
    if (third !== '') return `${first}/${second}/${third}`;
    return second === '' ? first : `${first}/${second}`;
  }

  correct(key: keyof Correction, text: string): void {
    this.correction ??= {};
    this.correction[key] = text;
  }
}
