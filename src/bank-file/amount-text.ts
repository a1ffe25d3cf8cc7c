// Amounts as banks write them: yuan with a point, yuan with implied decimals, or fen. Only integers of fen go in and
// come out.

import type { ByteSink } from './byte-sink.js';
import type { FieldType } from './definition.js';

export type AmountType = Extract<FieldType, { kind: 'amount' }>;

const ZERO = 0x30;
const POINT = 0x2e;

/** The text of an amount of fen, without padding. */
export function formatAmount(type: AmountType, fen: bigint): string {
  if (type.unit === 'fen') return String(fen);
  const whole = String(fen / 100n);
  const part = String(fen % 100n).padStart(2, '0') + '0'.repeat(type.decimals - 2);
  return type.point ? `${whole}.${part}` : `${whole}${part}`;
}

/** Whether the text is the number of fen. */
export function isWhole(type: AmountType): boolean {
  return type.unit === 'fen' || (!type.point && type.decimals === 2);
}

/** Least digits before the decimals where the whole is padded with zeros to `width`. */
export function wholeWidth(type: AmountType, width: number): number {
  return Math.max(1, width - type.decimals - (type.point ? 1 : 0));
}

/** Compiles the writer of one amount; `width` > 0 pads with zeros on the left to that many bytes. */
export function amountWriter(type: AmountType, width: number): (fen: number, sink: ByteSink) => void {
  if (isWhole(type)) return (fen, sink) => sink.digits(fen, width);
  const extra = type.decimals - 2;
  const least = wholeWidth(type, width);
  const { point } = type;
  return (fen, sink) => {
    const whole = Math.floor(fen / 100);
    const part = fen - whole * 100;
    sink.digits(whole, least);
    sink.ensure(8);
    const { bytes } = sink;
    if (point) bytes[sink.length++] = POINT;
    const tens = (part / 10) | 0;
    bytes[sink.length++] = ZERO + tens;
    bytes[sink.length++] = ZERO + (part - tens * 10);
    for (let index = 0; index < extra; index++) bytes[sink.length++] = ZERO;
  };
}

/**
 * Reads `bytes[from, to)` as fen; -1 when it is no amount, or more than a safe integer. Padding was taken off before.
 * A bank that leaves out the decimals or one of them (`100`, `100.5`) means the same amount.
 */
export function readAmount(type: AmountType, bytes: Uint8Array, from: number, to: number): number {
  if (from >= to) return -1;
  const implied = type.unit === 'fen' ? 2 : type.point ? -1 : type.decimals;
  let value = 0;
  let decimals = -1;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (decimals >= 2) {
        if (digit !== 0) return -1;
        decimals++;
        continue;
      }
      value = value * 10 + digit;
      if (decimals >= 0) decimals++;
    } else if (bytes[at] === POINT && decimals < 0 && implied < 0 && at > from && at + 1 < to) decimals = 0;
    else return -1;
  }
  if (value > Number.MAX_SAFE_INTEGER) return -1;
  if (implied >= 0) return implied === 2 ? value : dropDecimals(value, implied - 2);
  const missing = decimals < 0 ? 2 : Math.max(0, 2 - decimals);
  const fen = missing === 0 ? value : value * 10 ** missing;
  return fen > Number.MAX_SAFE_INTEGER ? -1 : fen;
}

/** The same from text that was taken apart elsewhere (XML, JSON). */
export function readAmountText(type: AmountType, text: string): number {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = Math.min(text.charCodeAt(index), 0xff);
  return readAmount(type, bytes, 0, bytes.length);
}

/** Implied decimals beyond the fen must be zeros. */
function dropDecimals(value: number, count: number): number {
  const divisor = 10 ** count;
  return value % divisor === 0 ? value / divisor : -1;
}

/** The same from text: for totals, which may be larger than a safe integer. Undefined when it is no amount. */
export function parseAmount(type: AmountType, text: string): bigint | undefined {
  const match = /^([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) return undefined;
  const part = match[2];
  if (type.unit === 'fen') return part === undefined ? BigInt(text) : undefined;
  if (!type.point) {
    const divisor = 10n ** BigInt(type.decimals - 2);
    const value = BigInt(match[1]!);
    return part === undefined && value % divisor === 0n ? value / divisor : undefined;
  }
  if (part !== undefined && /[1-9]/.test(part.slice(2))) return undefined;
  return BigInt(match[1]! + (part ?? '').slice(0, 2).padEnd(2, '0'));
}
