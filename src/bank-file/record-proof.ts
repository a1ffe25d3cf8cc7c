// Check digits and digests of a record that was read, computed again over the same bytes that they were written over.

import { checkDigit, digestHex } from './check-digit.js';
import type { RecordDefinition } from './definition.js';

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
  return (bytes, ranges) => {
    for (const { index, name, of, content } of checks) {
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
    }
    return undefined;
  };
}
