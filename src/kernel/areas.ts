// Areas of the shared memory that travel without a message: a thread writes one, whoever reads it hands it back by a word in it, and
// the thread writes it again.

import { takeBytes } from './memory.js';

const HEAD_BYTES = 64;
const FREE = 0;
const LENT = 1;

export interface Area {
  /** Belongs to whoever took the area until it is handed back. */
  bytes: Uint8Array;
  /** What handBack() needs; may go to another thread. */
  state: Int32Array;
}

/** The areas of one thread. */
export class Areas {
  readonly #memory: WebAssembly.Memory;
  readonly #areas: Area[] = [];

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** An area of at least so many bytes, whatever stands in them. Those that are too small by now are left behind. */
  take(bytes: number): Area {
    for (let at = 0; at < this.#areas.length; at++) {
      const area = this.#areas[at] as Area;
      if (Atomics.load(area.state, 0) !== FREE) continue;
      if (area.bytes.length >= bytes) return lend(area);
      this.#areas.splice(at--, 1);
    }
    const whole = takeBytes(this.#memory, HEAD_BYTES + bytes);
    const area = {
      bytes: whole.subarray(HEAD_BYTES),
      state: new Int32Array(whole.buffer, whole.byteOffset, 1),
    };
    this.#areas.push(area);
    return lend(area);
  }
}

function lend(area: Area): Area {
  Atomics.store(area.state, 0, LENT);
  return area;
}

/** Nobody looks at the area any more. */
export function handBack(state: Int32Array): void {
  Atomics.store(state, 0, FREE);
}
