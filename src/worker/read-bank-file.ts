// Opens a payment or return file for a reader of bank formats: as bytes, or the first sheet of a workbook as rows.

import { createReadStream } from 'node:fs';
import type { FileSource } from '../bank-file/layout-reader.js';

/** Pieces of 64 KiB, which a stream reads unless told, cost a tenth of the time of a return file. */
const READ_BYTES = 1024 * 1024;

export async function readBankFile(
  path: string,
  reads: 'bytes' | 'sheet',
  read: (source: FileSource) => Promise<void>,
): Promise<void> {
  if (reads === 'bytes') return await read(createReadStream(path, { highWaterMark: READ_BYTES }));
  // Loading what reads workbooks takes every thread 0.1 s, and few banks send any.
  const { openSheet } = await import('../codec/xlsx-source.js');
  const sheet = await openSheet(path);
  try {
    await read(sheet.rows);
  } finally {
    await sheet.close();
  }
}
