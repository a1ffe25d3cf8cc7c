// Lines of a synthetic roster (contract, section 3), good and bad.

import { type AccountWriter, NOBODY, SAMPLE_BANKS } from './bank.js';
import type { ByteSink } from './byte-sink.js';
import type { HeaderLanguage } from './cardholder-row.js';
import { badAmounts, damageId, type WrittenId } from './damage.js';
import type { LineEdit } from './line-kind.js';
import { encodeText, type NameSpelling, type NameWriter, type SampleEncoding } from './name-writer.js';
import type { Person } from './person.js';
import type { SampleProgramme } from './programme.js';
import { LETTER_X } from './resident-number.js';

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
  const { programme, encoding, columns, quoted } = options;
  const amounts = badAmounts(encoding);
  const remark = encodeText('公示无异议', encoding);
  const id: WrittenId = { bytes: new Uint8Array(ID_BYTES_MAX), length: 0 };

  function open(sink: ByteSink): void {
    if (quoted) sink.byte(QUOTE);
  }

  function next(sink: ByteSink): void {
    if (quoted) sink.byte(QUOTE);
    sink.byte(COMMA);
    if (quoted) sink.byte(QUOTE);
  }

  function end(sink: ByteSink): void {
    if (quoted) sink.byte(QUOTE);
    sink.byte(LF);
  }

  function putId(sink: ByteSink, person: Person, edit: LineEdit): void {
    for (let index = 0; index < person.idLength; index++) id.bytes[index] = person.id[index]!;
    id.length = person.idLength;
    // Both spellings of X are met; the base keeps the capital.
    if (id.length === 18 && id.bytes[17] === LETTER_X && (person.chance & 0x30) === 0)
      id.bytes[17] = LETTER_X + 32;
    damageId(id, edit);
    sink.piece(id.bytes, 0, id.length);
  }

  function putName(sink: ByteSink, person: Person, edit: LineEdit): void {
    if (edit === 'nameMissing') return;
    const isTyped = person.chance % TYPED_ONE_IN === 0;
    const spelling: NameSpelling = edit === 'nameOther' ? 'other' : isTyped ? 'typed' : 'base';
    if (edit === 'quoteBroken' && !quoted) sink.byte(QUOTE);
    names.name(sink, person.nameHash, person.nameStyle, spelling);
    if (edit === 'bytesNoText') sink.byte(NO_TEXT);
    // A quote that closes before the field ends: broken, and broken on this line only.
    if (edit === 'quoteBroken') {
      sink.byte(QUOTE);
      sink.byte(120);
    }
  }

  function putAccount(sink: ByteSink, person: Person, edit: LineEdit): void {
    // Whose account would stand beside a payee's number is not settled; such lines leave it to the base.
    if (edit === 'payeeGuardian' || edit === 'payeeOther') return;
    const owner = edit === 'accountOther' ? NOBODY + person.number : person.accountOwner;
    accounts.account(sink, SAMPLE_BANKS[person.bank]!, owner);
  }

  function putAmount(sink: ByteSink, person: Person, edit: LineEdit): void {
    const bad = amounts.get(edit);
    if (bad !== undefined) {
      const text = bad[person.chance % bad.length]!;
      // In a roster whose fields all stand in quotes, this one already does.
      const skip = quoted && text[0] === QUOTE ? 1 : 0;
      sink.piece(text, skip, text.length - skip);
      return;
    }
    if (edit === 'fieldsTooMany') {
      // 1,100.00 without quotes: the thousands separator makes a field of its own.
      sink.byte(49);
      next(sink);
    }
    const fen = edit === 'amountOther' ? programme.wrongFen(person) : programme.amountFen(person);
    if (fen % 100 === 0 && (person.chance & 0xf00) === 0) sink.count(fen / 100);
    else sink.yuan(fen);
  }

  function putQuantity(sink: ByteSink, person: Person): void {
    const quantity = programme.quantity(person);
    const whole = Math.floor(quantity / 10_000);
    const rest = quantity - whole * 10_000;
    sink.count(whole);
    sink.byte(46);
    if (rest % 100 === 0) sink.number(rest / 100, 2);
    else sink.number(rest, 4);
  }

  return {
    header(sink) {
      const line = rosterHeader(options).map((name) => (quoted ? `"${name}"` : name));
      const bytes = encodeText(`${line.join(',')}\n`, encoding);
      sink.piece(bytes, 0, bytes.length);
    },
    row(sink, number, person, edit, payee) {
      open(sink);
      sink.count(number);
      next(sink);
      putId(sink, person, edit);
      next(sink);
      putName(sink, person, edit);
      if (edit === 'fieldsTooFew') return end(sink);
      if (columns.account) {
        next(sink);
        putAccount(sink, person, edit);
      }
      if (programme.hasQuantity) {
        next(sink);
        putQuantity(sink, person);
      }
      next(sink);
      putAmount(sink, person, edit);
      if (columns.payee) {
        next(sink);
        if (payee !== undefined) sink.piece(payee.id, 0, payee.idLength);
      }
      if (columns.remark) {
        next(sink);
        if ((person.chance & 0x7000) === 0) sink.piece(remark, 0, remark.length);
      }
      end(sink);
    },
  };
}
