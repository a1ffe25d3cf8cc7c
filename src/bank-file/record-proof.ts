// Check digits and digests of a record that was read, computed again over the same bytes that they were written over.

import { checkDigit, digestHex } from './check-digit.js';
import type { RecordDefinition } from './definition.js';
import { equalBytes } from './field-text.js';

/** What is wrong, and with which field; undefined when everything agrees. `ranges` still hold the padding. */
export type RecordProof = (
  bytes: Buffer,
  ranges: Int32Array,
) => { index: number; problem: string } | undefined;

/** Undefined for a record without check digits and digests. */
export function compileProof(record: RecordDefinition): RecordProof | undefined {
  const checks = record.fields.flatMap(({ name, content }, index) => {
    if (content.kind !== 'checkDigit' && content.kind !== 'digest') return [];
    const of = content.of.map((other) => record.fields.findIndex((field) => field.name === other));
    return [{ index, name, of, content }];
  });
  if (checks.length === 0) return undefined;
  const proved = checks.map(({ of, index }) => new ProvedLast([...of, index]));
  return (bytes, ranges) => {
    for (let check = 0; check < checks.length; check++) {
      if (proved[check]!.stands(bytes, ranges)) continue;
      const { index, name, of, content } = checks[check]!;
      const covered = Buffer.concat(
        of.map((other) => bytes.subarray(ranges[2 * other]!, ranges[2 * other + 1]!)),
      );
      const digits = covered.toString('latin1');
      if (content.kind === 'checkDigit' && !/^[0-9]*$/.test(digits))
        return { index, problem: `"${name}" is over fields that are not all digits` };
      const expected =
        content.kind === 'checkDigit'
          ? checkDigit(content.algorithm, digits)
          : digestHex(content.algorithm, covered);
      const found = bytes.toString('latin1', ranges[2 * index]!, ranges[2 * index + 1]!).trim();
      if (found.toLowerCase() !== expected.toLowerCase())
        return { index, problem: `"${name}" is ${found}, the record gives ${expected}` };
      proved[check]!.keep(bytes, ranges);
    }
    return undefined;
  };
}

/** The fields of the last proof. Rows to one bank repeat its number and check digit, which need no second proof. */
class ProvedLast {
  readonly #fields: readonly number[];
  #bytes: Uint8Array[] = [];

  constructor(fields: readonly number[]) {
    this.#fields = fields;
  }

  stands(bytes: Buffer, ranges: Int32Array): boolean {
    const known = this.#bytes;
    for (let index = 0; index < known.length; index++) {
      const field = this.#fields[index]!;
      if (!equalBytes(known[index]!, bytes, ranges[2 * field]!, ranges[2 * field + 1]!)) return false;
    }
    return known.length > 0;
  }

  keep(bytes: Buffer, ranges: Int32Array): void {
    this.#bytes = this.#fields.map((field) =>
      Uint8Array.from(bytes.subarray(ranges[2 * field]!, ranges[2 * field + 1]!)),
    );
  }
}
