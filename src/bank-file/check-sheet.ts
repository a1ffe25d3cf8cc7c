// Workbook definitions: one kind of row under its titles, and rows above and below that are known by their constants.

import type { Report } from './check-definition.js';
import type { FileLayout } from './definition.js';
import { isTitle } from './sheet-program.js';

export function checkSheet(layout: FileLayout, report: Report): void {
  const { fileHeader, batchHeader, detail, batchTrailer, fileTrailer, filler } = layout.records;
  if (layout.encoding !== 'UTF-8') report(layout.place, 'a workbook is written in UTF-8');
  if (/[[\]:*?/\\]/.test(layout.sheetName)) report(layout.place, 'the name of a sheet cannot hold []:*?/\\');
  for (const record of [...detail.slice(1), ...batchHeader, ...batchTrailer, ...filler]) {
    report(record.place, `a sheet has rows of one kind under its titles, and no place for "${record.name}"`);
  }
  for (const record of [...fileHeader, ...fileTrailer]) {
    if (!record.fields.some(({ content }) => content.kind === 'constant'))
      report(record.place, `"${record.name}" needs a constant, or nobody could know it`);
  }
  for (const field of detail[0]!.fields) {
    if (!isTitle(field.name))
      report(field.place, `"${field.name}" is the title of the column and cannot begin or end with a space`);
  }
  for (const field of Object.values(layout.records)
    .flat()
    .flatMap((record) => record.fields)) {
    const numeric = field.type.kind === 'amount' || field.type.kind === 'integer';
    if (field.bare && !numeric) report(field.place, `"${field.name}" is no number`);
    if (field.content.kind === 'checkDigit' || field.content.kind === 'digest')
      report(field.place, 'check digits and digests are for fixed and delimited records');
  }
}
