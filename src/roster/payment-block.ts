// Many payments as one row of a binary COPY, by columns: what the server spends on sending a row and a column is spent on thousands at
// once. store/batch-store.ts asks for them in this form; here they become the rows that they stand for again (payment-rows.ts), byte for
// byte those that were packed. What somebody has changed into something that no import writes becomes other rows, or none: whoever
// reads payments so must prove their digest.

import { instantiateKernel } from '../kernel/kernel.js';
import { takeBytes } from '../kernel/memory.js';

/**
 * Columns of a block. Pairs: of each payment the person and a number (from bit 0 line, 31 bank, 41 sequence). Values: of each the amount
 * and the details (migration 0005).
 */
export const PAYMENT_BLOCK = { pairs: 0, values: 1 };
export const PAYMENT_BLOCK_COLUMNS = 2;

const PAIR_BYTES = 16;
const AMOUNT_BYTES = 8;
/** Of a row besides its texts. */
const ROW_BYTES = 96;
/** What may be written behind the last row. */
const SLACK_BYTES = 64;
/** See migration 0005 for the bytes of the details. */
const DETAILS_HEAD_BYTES = 11;
const BYTES_BY_FLAGS = [0, 8, 4, 12] as const;

export type VisitPayment = (line: number, bank: number, amountFen: number, region: number) => void;

interface BlockKernel {
  putPaymentBlock(at: number, pairs: number, pairsEnd: number, values: number, valuesEnd: number): number;
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
   * The rows of a block whose columns stand in the memory at these addresses, good until the next call; undefined when the columns do not
   * fit together.
   */
  rowsOf(starts: Int32Array, lengths: Int32Array): Uint8Array | undefined {
    const at = (column: number): number => (starts[column] as number) >>> 0;
    const end = (column: number): number => at(column) + (lengths[column] as number);
    const { pairs, values } = PAYMENT_BLOCK;
    const wanted =
      ((lengths[pairs] as number) / PAIR_BYTES) * ROW_BYTES + (lengths[values] as number) + SLACK_BYTES;
    if (wanted > this.#rows.length) this.#rows = takeBytes(this.#memory, Math.ceil(2 * wanted));
    const from = this.#rows.byteOffset;
    const to = this.#kernel.putPaymentBlock(from, at(pairs), end(pairs), at(values), end(values)) >>> 0;
    return to === 0 ? undefined : this.#rows.subarray(0, to - from);
  }

  /** Tells the payments of a block that has rows, in order. */
  visit(starts: Int32Array, lengths: Int32Array, visit: VisitPayment): void {
    const view = new DataView(this.#memory.buffer);
    let value = (starts[PAYMENT_BLOCK.values] as number) >>> 0;
    let pair = (starts[PAYMENT_BLOCK.pairs] as number) >>> 0;
    const end = pair + (lengths[PAYMENT_BLOCK.pairs] as number);
    for (; pair < end; pair += PAIR_BYTES) {
      const high = view.getInt32(pair + 8);
      const low = view.getInt32(pair + 12);
      const head = view.getInt32(value + AMOUNT_BYTES);
      visit(
        low & 0x7fffffff,
        (low >>> 31) | ((high & 0x1ff) << 1),
        view.getInt32(value) * 0x100000000 + view.getUint32(value + 4),
        head & 0xffffff,
      );
      const details = value + AMOUNT_BYTES;
      value =
        details +
        DETAILS_HEAD_BYTES +
        (BYTES_BY_FLAGS[(head >>> 24) & 3] as number) +
        view.getUint8(details + 4) +
        (view.getUint32(details + 4) & 0xffffff) +
        (view.getUint32(details + 7) & 0xffffff);
    }
  }
}
