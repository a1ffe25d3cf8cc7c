// The loops that a month's run time is made of, compiled to WebAssembly from assembly/: bytes of a file to checked rows. They
// are the same in every thread from the first line on, where V8 would compile the same JavaScript anew in each.

/** Exported numbers of the loops; 32-bit ones come signed. */
export interface KernelNumber {
  readonly value: number;
}

export interface KernelBigInt {
  readonly value: bigint;
}

/** What all lines of text need: see assembly/lines.ts, line-walk.ts and text.ts. Every other room names its own. */
export interface LineKernel {
  setLines(scratch: number, delimiter: number, fields: number): void;
  /** Address of the table from two-byte codes to UTF-16 units, or 0 for UTF-8. */
  setEncoding(units: number): void;
  readonly stoppedFrom: KernelNumber;
  readonly stoppedTo: KernelNumber;
  readonly stoppedNext: KernelNumber;
  readonly stoppedLine: KernelNumber;
}

export const STOPPED_AT_END = 0;
export const STOPPED_AT_LINE = 1;
export const STOPPED_AT_RECORD = 2;
export const STOPPED_FULL = 3;

/** Lines are cut in groups of so many, of at most so many fields: assembly/lines.ts. */
export const GROUP_LINES = 16;
export const FIELDS_MAX = 64;
/** Bytes of the memory that setLines needs. */
export const LINES_SCRATCH_BYTES = 8 * (GROUP_LINES * FIELDS_MAX + 1) + 8 * (GROUP_LINES + 1);
/** Functions that the loops may call; those that nobody gave throw. */
export interface KernelImports {
  /** Number of the funding rule of a covered region, or -1. */
  fundingRuleOf(region: number): number;
  /**
   * Writes the detail of a finding (number of assembly/roster-base.ts) where it is wanted, and answers with its length: 0 when nothing is
   * wrong, -1 when it has no room. `value`: the region, the age, or how many fields a line must have, and in place of fen how many it has.
   */
  detailOf(code: number, fen: number, value: number): number;
  /** As detailOf, why the bank's format cannot carry the name at these addresses. */
  nameProblemOf(bank: number, from: number, to: number): number;
  /** Number of the detail that says why the text at these addresses is no amount, or -1 when it is one. */
  amountProblemOf(from: number, to: number): number;
  /** Code of the bank that the text at an address names, or -1. */
  readBank(from: number, length: number): number;
}

const NOT_GIVEN: KernelImports = {
  fundingRuleOf() {
    throw new Error('nobody said which funding rules there are');
  },
  detailOf() {
    throw new Error('nobody said what is wrong');
  },
  nameProblemOf() {
    throw new Error('nobody said which names a bank takes');
  },
  amountProblemOf() {
    throw new Error('nobody said how amounts are read');
  },
  readBank() {
    throw new Error('nobody said how banks are named');
  },
};

/** The loops with a state of their own, over memory that they share. `Exports`: what of assembly/index.ts is called. */
export function instantiateKernel<Exports>(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  imports: Partial<KernelImports> = {},
): Exports {
  const given = { ...NOT_GIVEN, ...imports };
  const instance = new WebAssembly.Instance(module, {
    env: { memory },
    'roster-asked': {
      fundingRuleOf: given.fundingRuleOf,
      detailOf: given.detailOf,
      nameProblemOf: given.nameProblemOf,
      amountProblemOf: given.amountProblemOf,
    },
    words: { readBank: given.readBank },
  });
  return instance.exports as unknown as Exports;
}
