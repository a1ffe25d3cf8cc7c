// From the package to its first sheet: which parts hold the workbook, the sheet, the shared strings and the styles.
// Paths are followed through relationships, because WPS, POI and others do not all name parts as Excel does.

import { posix } from 'node:path';
import { type XlsxPackage, type XmlAttributes, xlsxInvalid } from './xlsx-package.js';

export interface WorkbookParts {
  sheetName: string;
  sheetPart: string;
  stringsPart: string | undefined;
  stylesPart: string | undefined;
  /** Whether dates count from 1904 (ECMA-376 part 1, 18.2.28). */
  isFrom1904: boolean;
  /** Sheets that are not read, hidden ones among them. */
  otherSheets: number;
}

interface Relationship {
  id: string;
  type: string;
  part: string;
}

interface SheetEntry {
  name: string;
  relationship: string;
  isHidden: boolean;
}

/**
 * The first sheet that a person sees on opening the workbook: templates keep the lists of their drop-down cells on
 * hidden sheets, sometimes in front. Only when all are hidden is the first one read.
 */
export async function readWorkbook(pack: XlsxPackage, file: string): Promise<WorkbookParts> {
  const workbookPart = await findWorkbook(pack, file);
  const { root, sheets, isFrom1904 } = await readSheetList(pack, workbookPart);
  if (root !== 'workbook') throw xlsxInvalid(file, 'not-a-workbook');
  const relationships = await readRelationships(pack, workbookPart);
  const worksheets = sheets.flatMap((sheet) => {
    const target = relationships.find(({ id, type }) => id === sheet.relationship && type === 'worksheet');
    return target === undefined ? [] : [{ ...sheet, part: target.part }];
  });
  const chosen = worksheets.find((sheet) => !sheet.isHidden) ?? worksheets[0];
  if (chosen === undefined) throw xlsxInvalid(file, 'no-sheet', workbookPart);
  const partOf = (type: string) => relationships.find((one) => one.type === type)?.part;
  return {
    sheetName: chosen.name,
    sheetPart: chosen.part,
    stringsPart: existing(pack, partOf('sharedStrings')),
    stylesPart: existing(pack, partOf('styles')),
    isFrom1904,
    otherSheets: worksheets.length - 1,
  };
}

async function findWorkbook(pack: XlsxPackage, file: string): Promise<string> {
  if (!pack.has('_rels/.rels')) throw xlsxInvalid(file, 'not-a-workbook');
  const main = (await readRelationships(pack, '')).find(({ type }) => type === 'officeDocument');
  if (main?.part.toLowerCase().endsWith('.bin') === true) throw xlsxInvalid(file, 'binary-workbook');
  if (main === undefined || !pack.has(main.part)) throw xlsxInvalid(file, 'not-a-workbook');
  return main.part;
}

/** The relationships of a part, or of the package for ''; none when it has no relationships part. */
async function readRelationships(pack: XlsxPackage, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part);
  const source = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!pack.has(source)) return [];
  const relationships: Relationship[] = [];
  await readAll(pack, source, (name, attributes) => {
    if (name !== 'Relationship' || attributes.TargetMode === 'External') return;
    const target = attributes.Target ?? '';
    relationships.push({
      id: attributes.Id ?? '',
      type: posix.basename(attributes.Type ?? ''),
      part: target.startsWith('/') ? posix.normalize(target.slice(1)) : posix.join(folder, target),
    });
  });
  return relationships;
}

async function readSheetList(
  pack: XlsxPackage,
  workbookPart: string,
): Promise<{ root: string; sheets: SheetEntry[]; isFrom1904: boolean }> {
  let root = '';
  const sheets: SheetEntry[] = [];
  let isFrom1904 = false;
  await readAll(pack, workbookPart, (name, attributes) => {
    if (root === '') root = name;
    if (name === 'workbookPr') isFrom1904 = isTrue(attributes.date1904);
    if (name !== 'sheet') return;
    sheets.push({
      name: attributes.name ?? '',
      relationship: relationshipId(attributes),
      isHidden: attributes.state === 'hidden' || attributes.state === 'veryHidden',
    });
  });
  return { root, sheets, isFrom1904 };
}

/** `r:id`, whatever prefix the file gives the relationships namespace. */
function relationshipId(attributes: XmlAttributes): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
}

async function readAll(
  pack: XlsxPackage,
  part: string,
  open: (name: string, attributes: XmlAttributes) => void,
): Promise<void> {
  for await (const _ of pack.parse(part, { open, close: () => {} }));
}

function existing(pack: XlsxPackage, part: string | undefined): string | undefined {
  return part !== undefined && pack.has(part) ? part : undefined;
}

/** An XML Schema boolean. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
