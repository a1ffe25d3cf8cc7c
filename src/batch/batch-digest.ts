// The digest of a batch: what an approval is bound to. SHA-256 over what every payment of the batch has in common and
// over the payments themselves, in order of line, as binary COPY rows (roster/payment-rows.ts): one changed fen, name,
// account, person or line is another digest. Batch number and time are left out: the same roster against the same base
// has the same digest in any database, with any number of threads.

import { createHash, type Hash } from 'node:crypto';

export interface DigestHead {
  programme: string;
  period: string;
  cycle: string;
  region: number | undefined;
  /** SHA-256 of the catalogue that the batch was checked with: it decides the funding shares. */
  catalogueDigest: string;
  follows: number | undefined;
}

export class BatchDigest {
  readonly #hash: Hash = createHash('sha256');

  constructor(head: DigestHead) {
    const { programme, period, cycle, region, catalogueDigest, follows } = head;
    const parts = [
      'yika batch 1',
      programme,
      period,
      cycle,
      region ?? null,
      catalogueDigest,
      follows ?? null,
    ];
    this.#hash.update(`${JSON.stringify(parts)}\n`);
  }

  /** Bytes of payment rows; where they are cut does not matter. */
  add(rows: Uint8Array): void {
    this.#hash.update(rows);
  }

  finish(): Uint8Array {
    return this.#hash.digest();
  }
}
