// How synthetic lines go wrong: resident IDs as slips of the hand and spreadsheets leave them, and amounts that are none.

import { formatYuan } from '../money/fen.js';
import { ABOVE_CEILING_FEN, type LineEdit } from './line-kind.js';
import type { SampleEncoding } from './name-writer.js';
import { encodeText } from './name-writer.js';
import { checkByte, LETTER_X, RESIDENT_ID_LENGTH } from './resident-number.js';

/** An ID as it will stand in the line; `bytes` has room for every damage. */
export interface WrittenId {
  bytes: Uint8Array;
  length: number;
}

const ZERO = 48;
const LETTER_O = 79;
const POINT = 46;
const EXPONENT = Uint8Array.of(69, 43, 49, 55);

/** Damages the ID in place; edits that are not about the ID leave it alone. Every result is invalid for certain. */
export function damageId(id: WrittenId, edit: LineEdit): void {
  switch (edit) {
    case 'idCheckCharacter':
      id.bytes[17] = id.bytes[17] === LETTER_X ? ZERO + 5 : ZERO + ((id.bytes[17]! - ZERO + 1) % 10);
      return;
    case 'idSwapped':
      swapNeighbours(id.bytes);
      return;
    case 'idShort':
      id.length = RESIDENT_ID_LENGTH - 1;
      return;
    case 'idFifteen':
      id.bytes.copyWithin(6, 8, 17);
      id.length = 15;
      return;
    case 'idBirthDate':
      id.bytes[10] = ZERO + 1;
      id.bytes[11] = ZERO + 3;
      id.bytes[17] = checkByte(id.bytes);
      return;
    case 'idExponent':
      writeExponent(id);
      return;
    case 'idZeros':
      writeZeros(id.bytes);
      return;
    case 'idLetter':
      id.bytes[14] = LETTER_O;
      return;
  }
}

/** Two different neighbours change places; MOD 11-2 catches every such swap. Sequence digits first, then the others. */
function swapNeighbours(bytes: Uint8Array): void {
  let at = 16;
  while (at > 1 && bytes[at] === bytes[at - 1]) at--;
  const digit = bytes[at]!;
  bytes[at] = bytes[at - 1]!;
  bytes[at - 1] = digit;
}

/** 460105194001012342 as a spreadsheet shows it in a narrow column: 4.60105E+17. */
function writeExponent(id: WrittenId): void {
  id.bytes.copyWithin(2, 1, 6);
  id.bytes[1] = POINT;
  id.bytes.set(EXPONENT, 7);
  id.length = 11;
}

/** A spreadsheet keeps 15 significant digits. Where the zeros would pass the check by luck, the last digit is another. */
function writeZeros(bytes: Uint8Array): void {
  bytes.fill(ZERO, 15, RESIDENT_ID_LENGTH);
  if (checkByte(bytes) === ZERO) bytes[14] = ZERO + ((bytes[14]! - ZERO + 1) % 10);
}

/** Texts that are no amount, by edit. `amountWide` is full-width digits, `amountThousands` stands in quotes. */
export function badAmounts(encoding: SampleEncoding): ReadonlyMap<LineEdit, readonly Uint8Array[]> {
  const texts: [LineEdit, string[]][] = [
    ['amountZero', ['0.00', '0']],
    ['amountNegative', ['-100.00']],
    ['amountDecimals', ['100.005', '100.000']],
    ['amountWords', ['壹佰元整', '1e2', '100元']],
    ['amountWide', ['１００．００']],
    ['amountThousands', ['"1,100.00"']],
    ['amountCeiling', [formatYuan(ABOVE_CEILING_FEN)]],
  ];
  return new Map(texts.map(([edit, forms]) => [edit, forms.map((text) => encodeText(text, encoding))]));
}
