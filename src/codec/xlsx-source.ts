// A workbook's first sheet, opened. What reads workbooks takes a process 0.1 s to load and is loaded when one comes.

import { basename } from 'node:path';
import { XlsxPackage } from './xlsx-package.js';
import { readSheetRows, type SheetNotes, type SheetRow } from './xlsx-sheet.js';
import { readSharedStrings } from './xlsx-strings.js';
import { readDateStyles } from './xlsx-styles.js';
import { readWorkbook } from './xlsx-workbook.js';

export interface Sheet {
  /** In ascending order; rows that are missing in the sheet are missing here. */
  rows: AsyncGenerator<SheetRow[]>;
  /** Filled while rows are read; complete at their end. */
  notes: SheetNotes;
  close(): Promise<void>;
}

/** Opens the first sheet of the workbook at `path`. Throws XLSX_INVALID, also while rows are read. */
export async function openSheet(path: string): Promise<Sheet> {
  const file = basename(path);
  const pack = await XlsxPackage.open(path, file);
  try {
    const workbook = await readWorkbook(pack, file);
    const notes: SheetNotes = {
      sheetName: workbook.sheetName,
      otherSheets: workbook.otherSheets,
      hiddenRows: 0,
      firstHiddenRow: undefined,
      formulaCells: 0,
      firstFormulaRow: undefined,
    };
    const rows = readSheetRows(pack, {
      file,
      part: workbook.sheetPart,
      strings: await readSharedStrings(pack, workbook.stringsPart, file),
      dateStyles: await readDateStyles(pack, workbook.stylesPart),
      isFrom1904: workbook.isFrom1904,
      notes,
    });
    const close = async () => {
      await rows.return(undefined);
      pack.close();
    };
    return { rows, notes, close };
  } catch (error) {
    pack.close();
    throw error;
  }
}
