// Many payments as one row of a binary COPY, by columns: what the server spends on sending a row and a column is spent on thousands at
// once. store/batch-store.ts asks for them in this form; here they become the rows that they stand for again (payment-rows.ts), byte for
// byte what a COPY of the table gives.
//
// Only payments as a roster's import writes them have room in a block: first payments (sequence 0), lines below 2^27, amounts below
// 2^50 fen, names of at most 127 bytes, accounts and the department's line numbers of at most 62. Where a row has anything else the
// bytes come out different, or fewer: whoever reads payments so must prove their digest, and read them in full where it differs.

import { instantiateKernel } from '../kernel/kernel.js';
import { takeBytes } from '../kernel/memory.js';

/**
 * Columns of a block. Pairs: of each payment the person and a number (from bit 0 line, 27 bank, 37 region, 57 bytes of the department's
 * line number, 63 whether someone else receives it). Numbers: of each from bit 0 the amount, 50 bytes of the account, 56 of the name.
 * Texts: name and account of each. Departments: the department's line numbers. Payees: who receives it, where that is someone else.
 */
export const PAYMENT_BLOCK = { pairs: 0, numbers: 1, texts: 2, departments: 3, payees: 4 };
export const PAYMENT_BLOCK_COLUMNS = 5;

const NUMBER_BYTES = 8;
/** Of a row besides its texts. */
const ROW_BYTES = 96;
/** What may be written behind the last row. */
const SLACK_BYTES = 64;

export type VisitPayment = (line: number, bank: number, amountFen: number, region: number) => void;

interface BlockKernel {
  putPaymentBlock(
    at: number,
    count: number,
    pairs: number,
    numbers: number,
    texts: number,
    textsEnd: number,
    departments: number,
    departmentsEnd: number,
    payees: number,
    payeesEnd: number,
  ): number;
}

export class PaymentBlocks {
  readonly #memory: WebAssembly.Memory;
  readonly #kernel: BlockKernel;
  #rows: Uint8Array = new Uint8Array(0);

  constructor(kernel: WebAssembly.Module, memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.#kernel = instantiateKernel<BlockKernel>(kernel, memory);
  }

  /**
   * The rows of a block whose columns stand in the memory at these addresses, good until the next call; undefined when a row has no room in
   * its form.
   */
  rowsOf(starts: Int32Array, lengths: Int32Array): Uint8Array | undefined {
    const at = (column: number): number => (starts[column] as number) >>> 0;
    const end = (column: number): number => at(column) + (lengths[column] as number);
    const { pairs, numbers, texts, departments, payees } = PAYMENT_BLOCK;
    const count = (lengths[numbers] as number) / NUMBER_BYTES;
    const wanted =
      count * ROW_BYTES + (lengths[texts] as number) + (lengths[departments] as number) + SLACK_BYTES;
    if (wanted > this.#rows.length) this.#rows = takeBytes(this.#memory, 2 * wanted);
    const from = this.#rows.byteOffset;
    const to = this.#kernel.putPaymentBlock(
      from,
      count,
      at(pairs),
      at(numbers),
      at(texts),
      end(texts),
      at(departments),
      end(departments),
      at(payees),
      end(payees),
    );
    return to === 0 ? undefined : this.#rows.subarray(0, (to >>> 0) - from);
  }
  /** Tells the payments of a block, in order. */
  visit(starts: Int32Array, lengths: Int32Array, visit: VisitPayment): void {
    const view = new DataView(this.#memory.buffer);
    let pair = (starts[PAYMENT_BLOCK.pairs] as number) >>> 0;
    let number = (starts[PAYMENT_BLOCK.numbers] as number) >>> 0;
    const end = number + (lengths[PAYMENT_BLOCK.numbers] as number);
    for (; number < end; number += NUMBER_BYTES, pair += 2 * NUMBER_BYTES) {
      const high = view.getInt32(pair + NUMBER_BYTES);
      const low = view.getInt32(pair + NUMBER_BYTES + 4);
      visit(
        low & 0x7ffffff,
        (low >>> 27) | ((high & 0x1f) << 5),
        (view.getInt32(number) & 0x3ffff) * 0x100000000 + view.getUint32(number + 4),
        (high >>> 5) & 0xfffff,
      );
    }
  }
}
