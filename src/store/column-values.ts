// How column values arrive: exactly. int8 is bigint, numeric is text, dates and timestamps without a zone are text
// ('YYYY-MM-DD'), timestamptz is a Date. The driver would make a string of int8, a local Date of a date, floats of a numeric array.

import pg from './driver.js';

const OID = {
  int8: 20,
  int8Array: 1016,
  date: 1082,
  timestamp: 1114,
  dateArray: 1182,
  timestampArray: 1115,
  numericArray: 1231,
  textArray: 1009,
};
const asText = (text: string) => text;
const textArray: (text: string) => (string | null)[] = pg.types.getTypeParser(OID.textArray);

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [OID.int8]: BigInt,
  [OID.int8Array]: (text) => textArray(text).map((item) => (item === null ? null : BigInt(item))),
  [OID.date]: asText,
  [OID.timestamp]: asText,
  [OID.dateArray]: textArray,
  [OID.timestampArray]: textArray,
  // The driver's own choice here is floats.
  [OID.numericArray]: textArray,
};

export function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return (format !== 'binary' && PARSERS[oid]) || pg.types.getTypeParser(oid, format ?? 'text');
}
