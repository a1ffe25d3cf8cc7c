// What a cell says, as text. A text cell is kept to the letter. A number comes out as the spreadsheet shows it, with its
// damage: an ID that was typed as a number has lost its last digits in the file, and nothing here puts them back.

/** Digits that a spreadsheet keeps of a number (Excel specifications and limits: number precision). */
const PRECISION = 15;

const INTEGER = /^-?[0-9]+$/;

/**
 * The text of a numeric cell. An integer is kept as it is written. Otherwise the file holds a double in up to 17 digits,
 * so that 4.35 may stand there as 4.3499999999999996: it is shown in 15 digits, as in the spreadsheet. From 1E+15 on
 * the file's text is kept, exponent and all: it is no number of fen or of months, but an ID or account that was damaged.
 */
export function numberText(raw: string): string {
  const text = raw.trim();
  if (INTEGER.test(text) || text === '') return text;
  const value = Number(text);
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return text;
  const shown = String(Number(value.toPrecision(PRECISION)));
  return shown.includes('e') ? text : shown;
}

const MS_PER_DAY = 86_400_000;
const MS_PER_SECOND = 1000;
/** Day 0 is 1899-12-30 for dates after February 1900, because the system counts a 29 February that was not. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31, the last date a spreadsheet knows. */
const DAYS_MAX = 2_958_465;

/**
 * The text of a numeric cell that is formatted as a date: YYYY-MM-DD, with a time only if it has one. A number that is no
 * date stays the number (ECMA-376 part 1, 18.17.4).
 */
export function dateText(raw: string, isFrom1904: boolean): string {
  const days = Number(raw.trim());
  if (raw.trim() === '' || !(days >= 0 && days <= DAYS_MAX)) return numberText(raw);
  if (!isFrom1904 && days < 61) return numberText(raw);
  const epoch = isFrom1904 ? EPOCH_1904 : EPOCH_1900;
  const ms = epoch + Math.round((days * MS_PER_DAY) / MS_PER_SECOND) * MS_PER_SECOND;
  const iso = new Date(ms).toISOString();
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/** Characters that XML cannot hold stand as _xHHHH_ (ECMA-376 part 1, 22.4.2.4). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
