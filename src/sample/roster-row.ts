// Lines of a synthetic roster (contract, section 3), good and bad.

import { type AccountWriter, NOBODY, SAMPLE_BANKS } from './bank.js';
import type { ByteSink } from './byte-sink.js';
import type { HeaderLanguage } from './cardholder-row.js';
import { badAmounts, damageId, type WrittenId } from './damage.js';
import type { LineEdit } from './line-kind.js';
import { encodeText, type NameSpelling, type NameWriter, type SampleEncoding } from './name-writer.js';
import type { Person } from './person.js';
import type { SampleProgramme } from './programme.js';
import { LETTER_X, RESIDENT_ID_LENGTH } from './resident-number.js';

export interface RosterColumns {
  account: boolean;
  payee: boolean;
  remark: boolean;
}

export interface RosterRowOptions {
  programme: SampleProgramme;
  encoding: SampleEncoding;
  headers: HeaderLanguage;
  columns: RosterColumns;
  /** Every field in quotes. */
  quoted: boolean;
}

export interface RosterRowWriter {
  header(sink: ByteSink): void;
  /** `number`: what stands in the column 序号. `payee`: for lines that name one. */
  row(sink: ByteSink, number: number, person: Person, edit: LineEdit, payee: Person | undefined): void;
}

const COMMA = 0x2c;
const QUOTE = 0x22;
const LF = 0x0a;
/** No character in UTF-8 or GB 18030 has this byte. */
const NO_TEXT = 0xff;
/** One name in so many is typed with a space or another middle dot. */
const TYPED_ONE_IN = 256;
const ID_BYTES_MAX = 24;
const POINT = 46;
const DIGIT_ONE = 49;
const LETTER_AFTER_QUOTE = 120;
const REMARK = '公示无异议';

export function rosterHeader(options: Pick<RosterRowOptions, 'programme' | 'headers' | 'columns'>): string[] {
  const { programme, headers, columns } = options;
  const names = (chinese: string, english: string) => (headers === 'zh' ? chinese : english);
  return [
    names('序号', 'line'),
    names('身份证号', 'resident_id'),
    names('姓名', 'name'),
    ...(columns.account ? [names('银行账号', 'account')] : []),
    ...(programme.hasQuantity ? [names('面积', 'quantity')] : []),
    names('发放金额（元）', 'amount'),
    ...(columns.payee ? [names('代领人身份证号', 'payee_id')] : []),
    ...(columns.remark ? [names('备注', 'remark')] : []),
  ];
}

export function rosterRowWriter(
  options: RosterRowOptions,
  names: NameWriter,
  accounts: AccountWriter,
): RosterRowWriter {
  return new RosterRows(options, names, accounts);
}

class RosterRows implements RosterRowWriter {
  readonly #options: RosterRowOptions;
  readonly #names: NameWriter;
  readonly #accounts: AccountWriter;
  readonly #badAmounts: ReadonlyMap<LineEdit, readonly Uint8Array[]>;
  readonly #remark: Uint8Array;
  readonly #id: WrittenId = { bytes: new Uint8Array(ID_BYTES_MAX), length: 0 };

  constructor(options: RosterRowOptions, names: NameWriter, accounts: AccountWriter) {
    this.#options = options;
    this.#names = names;
    this.#accounts = accounts;
    this.#badAmounts = badAmounts(options.encoding);
    this.#remark = encodeText(REMARK, options.encoding);
  }

  header(sink: ByteSink): void {
    const { quoted, encoding } = this.#options;
    const line = rosterHeader(this.#options).map((name) => (quoted ? `"${name}"` : name));
    const bytes = encodeText(`${line.join(',')}\n`, encoding);
    sink.piece(bytes, 0, bytes.length);
  }

  row(sink: ByteSink, number: number, person: Person, edit: LineEdit, payee: Person | undefined): void {
    const { columns, programme } = this.#options;
    this.#quote(sink);
    sink.count(number);
    this.#next(sink);
    this.#putId(sink, person, edit);
    this.#next(sink);
    this.#putName(sink, person, edit);
    if (edit !== 'fieldsTooFew') {
      if (columns.account) this.#putAccount(sink, person, edit);
      if (programme.hasQuantity) this.#putQuantity(sink, person);
      this.#putAmount(sink, person, edit);
      if (columns.payee) this.#putPayee(sink, payee);
      if (columns.remark) this.#putRemark(sink, person);
    }
    this.#quote(sink);
    sink.byte(LF);
  }

  #quote(sink: ByteSink): void {
    if (this.#options.quoted) sink.byte(QUOTE);
  }

  #next(sink: ByteSink): void {
    this.#quote(sink);
    sink.byte(COMMA);
    this.#quote(sink);
  }

  #putId(sink: ByteSink, person: Person, edit: LineEdit): void {
    const id = this.#id;
    for (let index = 0; index < person.idLength; index++) id.bytes[index] = person.id[index]!;
    id.length = person.idLength;
    // Both spellings of X are met; the base keeps the capital.
    const hasX = id.length === RESIDENT_ID_LENGTH && id.bytes[17] === LETTER_X;
    if (hasX && (person.chance & 0x30) === 0) id.bytes[17] = LETTER_X + 32;
    damageId(id, edit);
    sink.piece(id.bytes, 0, id.length);
  }

  #putName(sink: ByteSink, person: Person, edit: LineEdit): void {
    if (edit === 'nameMissing') return;
    const isTyped = person.chance % TYPED_ONE_IN === 0;
    const spelling: NameSpelling = edit === 'nameOther' ? 'other' : isTyped ? 'typed' : 'base';
    const isBroken = edit === 'quoteBroken';
    if (isBroken && !this.#options.quoted) sink.byte(QUOTE);
    this.#names.name(sink, person.nameHash, person.nameStyle, spelling);
    if (edit === 'bytesNoText') sink.byte(NO_TEXT);
    if (!isBroken) return;
    // A quote that closes before the field ends: broken, and broken on this line only.
    sink.byte(QUOTE);
    sink.byte(LETTER_AFTER_QUOTE);
  }

  #putAccount(sink: ByteSink, person: Person, edit: LineEdit): void {
    this.#next(sink);
    // Whose account should stand beside a payee's number is not settled; such lines leave it to the base.
    if (edit === 'payeeGuardian' || edit === 'payeeOther') return;
    const owner = edit === 'accountOther' ? NOBODY + person.number : person.accountOwner;
    this.#accounts.account(sink, SAMPLE_BANKS[person.bank]!, owner);
  }

  #putQuantity(sink: ByteSink, person: Person): void {
    this.#next(sink);
    const quantity = this.#options.programme.quantity(person);
    const whole = Math.floor(quantity / 10_000);
    const rest = quantity - whole * 10_000;
    sink.count(whole);
    sink.byte(POINT);
    if (rest % 100 === 0) sink.number(rest / 100, 2);
    else sink.number(rest, 4);
  }

  #putAmount(sink: ByteSink, person: Person, edit: LineEdit): void {
    this.#next(sink);
    const bad = this.#badAmounts.get(edit);
    if (bad !== undefined) {
      this.#putBadAmount(sink, bad[person.chance % bad.length]!);
      return;
    }
    if (edit === 'fieldsTooMany') {
      // 1,100.00 without quotes: the thousands separator makes a field of its own.
      sink.byte(DIGIT_ONE);
      this.#next(sink);
    }
    const { programme } = this.#options;
    const fen = edit === 'amountOther' ? programme.wrongFen(person) : programme.amountFen(person);
    if (fen % 100 === 0 && (person.chance & 0xf00) === 0) sink.count(fen / 100);
    else sink.yuan(fen);
  }

  /** In a roster whose fields all stand in quotes, a text that brings its own is written without them. */
  #putBadAmount(sink: ByteSink, text: Uint8Array): void {
    const skip = this.#options.quoted && text[0] === QUOTE ? 1 : 0;
    sink.piece(text, skip, text.length - skip);
  }

  #putPayee(sink: ByteSink, payee: Person | undefined): void {
    this.#next(sink);
    if (payee !== undefined) sink.piece(payee.id, 0, payee.idLength);
  }

  #putRemark(sink: ByteSink, person: Person): void {
    this.#next(sink);
    if ((person.chance & 0x7000) === 0) sink.piece(this.#remark, 0, this.#remark.length);
  }
}
