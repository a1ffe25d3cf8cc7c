// The way back from day numbers (days since 1970-01-01, see identity/calendar-date.ts) to dates, as YYYYMMDD, in integers
// only: synthetic births and deaths are drawn as day numbers.

const DAYS_PER_ERA = 146_097;
const DAYS_TO_1970 = 719_468;

/** YYYYMMDD of a day number, as one integer. Years begin in March here, so that the leap day is the last of its year. */
export function dateDigits(dayNumberSince1970: number): number {
  const z = dayNumberSince1970 + DAYS_TO_1970;
  const era = Math.floor(z / DAYS_PER_ERA);
  const dayOfEra = z - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + day;
}
