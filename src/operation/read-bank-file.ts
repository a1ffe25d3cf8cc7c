// Opens a payment or return file for a reader of bank formats: as bytes, or the first sheet of a workbook as rows.

import { createReadStream } from 'node:fs';
import type { FileSource } from '../bank-file/layout-reader.js';
import { openSheet } from '../codec/xlsx-source.js';

export async function readBankFile(
  path: string,
  reads: 'bytes' | 'sheet',
  read: (source: FileSource) => Promise<void>,
): Promise<void> {
  if (reads === 'bytes') return await read(createReadStream(path));
  const sheet = await openSheet(path);
  try {
    await read(sheet.rows);
  } finally {
    await sheet.close();
  }
}
