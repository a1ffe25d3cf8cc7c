// One row as it was read from a bank file: the same object is filled again for every row.

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
  reference: string | undefined = undefined;
  sequence = -1;
  sequenceInBatch = -1;
  account: string | undefined = undefined;
  amountFen = -1;
  name: string | undefined = undefined;
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

  begin(rowNumber: number, line: number): void {
    this.rowNumber = rowNumber;
    this.line = line;
    this.records = 0;
    this.reference = undefined;
    this.sequence = -1;
    this.sequenceInBatch = -1;
    this.account = undefined;
    this.amountFen = -1;
    this.name = undefined;
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

  /** Begins with what another row has: values that hold for several rows. */
  beginLike(other: ReadRow, rowNumber: number, line: number): void {
    Object.assign(this, other, { rowNumber, line, statusParts: [...other.statusParts], hashes: this.hashes });
    this.correction = other.correction === undefined ? undefined : { ...other.correction };
  }

  /** The status in one text: `DBIT/BOOK`. */
  get wholeStatus(): string {
    if (this.status !== '') return this.status;
    const { statusParts } = this;
    const used = statusParts[2] !== '' ? 3 : statusParts[1] !== '' ? 2 : 1;
    return used === 1 ? statusParts[0] : statusParts.slice(0, used).join('/');
  }

  correct(key: keyof Correction, text: string): void {
    this.correction ??= {};
    this.correction[key] = text;
  }
}
