// Workbook definitions: one kind of row under its titles, and rows above and below that are known by their constants.

import type { FileLayout } from './definition.js';
import type { Report } from './definition-problem.js';
import { isTitle } from './sheet-program.js';

export function checkSheet(layout: FileLayout, report: Report): void {
  const { fileHeader, batchHeader, detail, batchTrailer, fileTrailer, filler } = layout.records;
  if (layout.encoding !== 'UTF-8') report(layout.place, 'sheetEncoding');
  if (/[[\]:*?/\\]/.test(layout.sheetName)) report(layout.place, 'sheetName');
  for (const record of [...detail.slice(1), ...batchHeader, ...batchTrailer, ...filler]) {
    report(record.place, 'sheetRecord', { record: record.name });
  }
  for (const record of [...fileHeader, ...fileTrailer]) {
    if (!record.fields.some(({ content }) => content.kind === 'constant'))
      report(record.place, 'sheetConstant', { record: record.name });
  }
  for (const field of detail[0]!.fields) {
    if (!isTitle(field.name)) report(field.place, 'sheetTitle', { field: field.name });
  }
  for (const field of Object.values(layout.records)
    .flat()
    .flatMap((record) => record.fields)) {
    const numeric = field.type.kind === 'amount' || field.type.kind === 'integer';
    if (field.bare && !numeric) report(field.place, 'sheetNumber', { field: field.name });
    if (field.content.kind === 'checkDigit' || field.content.kind === 'digest')
      report(field.place, 'checkElsewhere');
  }
}
