// Payments as the database keeps them: what it must know stands in columns, the rest in one value (migration 0005 says which bytes). Inside
// the engine a payment is the row of payment-rows.ts, which the digest is taken over; compiled loops go from one to the other.

import { assert } from '../base/assert.js';
import { COPY_HEADER, COPY_TRAILER } from '../encoding/copy-rows.js';
import { copyHeaderEnd } from '../encoding/copy-tuples.js';
import { PendingBytes } from '../encoding/pending-bytes.js';
import { instantiateKernel, type KernelNumber } from '../kernel/kernel.js';
import { takeBytes } from '../kernel/memory.js';

/** Columns of a packed row, in the order in which they are copied in and out. */
export const PACKED_COLUMNS = ['line', 'person', 'amount', 'sequence', 'bank', 'details'] as const;

/** A row is less than a quarter longer unpacked: 13 bytes, of 61 at least. What loops may write behind the last row comes on top. */
const UNPACKED_SHARE = 1.25;
const SLACK_BYTES = 64;

interface PackKernel {
  packPayments(from: number, to: number, out: number): number;
  unpackPayments(from: number, to: number, out: number): number;
  readonly takenTo: KernelNumber;
}

/** A buffer of the shared memory that grows with what is asked of it. */
class Room {
  readonly #memory: WebAssembly.Memory;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  take(bytes: number): Uint8Array {
    const wanted = bytes + SLACK_BYTES;
    if (wanted > this.#bytes.length) this.#bytes = takeBytes(this.#memory, 2 * wanted);
    return this.#bytes;
  }
}

export class PaymentPacker {
  readonly #memory: WebAssembly.Memory;
  readonly #kernel: PackKernel;
  readonly #input: Room;
  readonly #outputs: readonly [Room, Room];
  #turn = 0;

  constructor(kernel: WebAssembly.Module, memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.#kernel = instantiateKernel<PackKernel>(kernel, memory);
    this.#input = new Room(memory);
    this.#outputs = [new Room(memory), new Room(memory)];
  }

  /** Whole payment rows, packed. Good until the call after the next one, so that one answer may be on its way while the next is made. */
  pack(rows: Uint8Array): Uint8Array {
    this.#turn = 1 - this.#turn;
    const out = (this.#outputs[this.#turn] as Room).take(rows.length);
    const from = this.#inMemory(rows);
    const to = this.#kernel.packPayments(from, from + rows.length, out.byteOffset) >>> 0;
    assert(to !== 0, 'these are no payment rows');
    return out.subarray(0, to - out.byteOffset);
  }

  #inMemory(rows: Uint8Array): number {
    if (rows.buffer === this.#memory.buffer) return rows.byteOffset;
    const input = this.#input.take(rows.length);
    input.set(rows);
    return input.byteOffset;
  }
}

/**
 * Payment rows of a binary COPY of packed ones, header and trailer too, in pieces that are good until the next one is asked for. Where a
 * row's details are not what an import wrote, its piece of rows and those behind it are left out.
 */
export async function* unpackPayments(
  copies: AsyncIterable<Uint8Array>,
  kernel: WebAssembly.Module,
  memory: WebAssembly.Memory,
): AsyncGenerator<Uint8Array> {
  const loops = instantiateKernel<PackKernel>(kernel, memory);
  const pending = new PendingBytes(memory);
  const room = new Room(memory);
  let isHeaderRead = false;
  let isWhole = true;
  for await (const piece of copies) {
    // What follows is read all the same, because the session has it on its way.
    if (!isWhole) continue;
    pending.take(piece);
    if (!isHeaderRead) {
      const end = copyHeaderEnd(pending.view, pending.from, pending.to);
      if (end < 0) continue;
      pending.from = end;
      isHeaderRead = true;
      yield COPY_HEADER;
    }
    const at = pending.bytes.byteOffset;
    const out = room.take((pending.to - pending.from) * UNPACKED_SHARE);
    const to = loops.unpackPayments(at + pending.from, at + pending.to, out.byteOffset) >>> 0;
    isWhole = to !== 0;
    if (isWhole) pending.from = (loops.takenTo.value >>> 0) - at;
    if (to > out.byteOffset) yield out.subarray(0, to - out.byteOffset);
  }
  assert(!isWhole || pending.to - pending.from === COPY_TRAILER.length, 'a COPY TO ended inside a row');
  yield COPY_TRAILER;
}
