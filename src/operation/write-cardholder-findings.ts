// The list of rejected and conflicting rows of a cardholder file, for whoever made the file.

import type { CardholderFinding } from '../cardholder/check-chunk.js';
import { writeCsv } from '../codec/csv-writer.js';
import { writeWhole } from '../exchange/write-whole.js';

const HEADER = ['line', 'code', 'detail', 'resident_id', 'name'];

export async function writeCardholderFindings(
  path: string,
  findings: readonly CardholderFinding[],
): Promise<void> {
  const rows = findings.map((finding) => [
    String(finding.line),
    finding.code,
    finding.detail ?? '',
    finding.residentId ?? '',
    finding.name ?? '',
  ]);
  await writeWhole(path, writeCsv([HEADER, ...rows], { bom: true }));
}
