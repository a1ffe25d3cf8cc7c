// Rounding a quotient of two integers to an integer, one function a rule. The programme says which rule holds; nothing
// rounds without naming one.

/**
 * Rounds numerator / denominator, both safe integers, numerator >= 0, denominator > 0. The remainder decides and not the
 * quotient as a float: 4503599627370497 / 2 has no room for its half, and % is exact where / is not.
 */
export type RoundQuotient = (numerator: number, denominator: number) => number;

/** Half a fen and more counts as one. */
export function halfUp(numerator: number, denominator: number): number {
  const rest = numerator % denominator;
  const floor = (numerator - rest) / denominator;
  return rest >= denominator - rest ? floor + 1 : floor;
}

/** Exactly half a fen goes to the even neighbour, so that many halves do not add up to one side. */
export function halfEven(numerator: number, denominator: number): number {
  const rest = numerator % denominator;
  const floor = (numerator - rest) / denominator;
  const other = denominator - rest;
  if (rest === other) return floor % 2 === 0 ? floor : floor + 1;
  return rest > other ? floor + 1 : floor;
}

/** What is less than a fen is dropped. */
export function down(numerator: number, denominator: number): number {
  return (numerator - (numerator % denominator)) / denominator;
}

/** What is less than a fen counts as one. */
export function up(numerator: number, denominator: number): number {
  const rest = numerator % denominator;
  const floor = (numerator - rest) / denominator;
  return rest === 0 ? floor : floor + 1;
}

/** The rules by the names that a catalogue uses. */
export const ROUNDING = { halfUp, halfEven, down, up } as const satisfies Record<string, RoundQuotient>;

export type RoundingRule = keyof typeof ROUNDING;

export const ROUNDING_RULES = Object.keys(ROUNDING) as RoundingRule[];
