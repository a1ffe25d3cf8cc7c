// What goes round the bytes of a file as a whole. Pieces come in the order of the file, cut anywhere; text
// layouts go out as they are, a workbook is the one sheet of a zip file.

import type { FileLayout } from './definition.js';
import { WorkbookPacker } from './workbook-packer.js';

export interface FilePacker {
  /** The bytes to write now; it may keep some back. */
  pack(bytes: Uint8Array): Uint8Array;
  /** The bytes to write last. */
  end(): Uint8Array;
}

const NOTHING = new Uint8Array(0);
const AS_IT_IS: FilePacker = { pack: (bytes) => bytes, end: () => NOTHING };

export function filePacker(layout: FileLayout): FilePacker {
  return layout.kind === 'xlsx' ? new WorkbookPacker(layout.sheetName) : AS_IT_IS;
}
