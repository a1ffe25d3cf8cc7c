// Workbooks for tests, made part by part, so that each can be wrong in exactly one way.

import { crc32, deflateRawSync } from 'node:zlib';

export type Parts = Record<string, string | Uint8Array>;

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The parts of a workbook with one sheet whose `<sheetData>` content is given. */
export function workbookParts(sheetData: string, more: { strings?: string; styles?: string } = {}): Parts {
  return {
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relationships({ rId1: ['officeDocument', 'xl/workbook.xml'] }),
    'xl/workbook.xml': workbook([{ name: '花名册', id: 'rId1' }]),
    'xl/_rels/workbook.xml.rels': relationships({
      rId1: ['worksheet', 'worksheets/sheet1.xml'],
      rId2: ['sharedStrings', 'sharedStrings.xml'],
      rId3: ['styles', '/xl/styles.xml'],
    }),
    'xl/worksheets/sheet1.xml': sheet(sheetData),
    ...(more.strings === undefined
      ? {}
      : { 'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${more.strings}</sst>` }),
    ...(more.styles === undefined
      ? {}
      : { 'xl/styles.xml': `<styleSheet xmlns="${MAIN}">${more.styles}</styleSheet>` }),
  };
}

export function sheet(sheetData: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData></worksheet>`;
}

export function workbook(sheets: { name: string; id: string; state?: string }[], properties = ''): string {
  const list = sheets.map(
    ({ name, id, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" ${state === undefined ? '' : `state="${state}"`} r:id="${id}"/>`,
  );
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${properties}<sheets>${list.join('')}</sheets></workbook>`;
}

export function relationships(targets: Record<string, [type: string, target: string]>): string {
  const list = Object.entries(targets).map(
    ([id, [type, target]]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`;
}

/** A row of inline text cells. */
export function textRow(row: number, cells: readonly string[], attributes = ''): string {
  const list = cells.map(
    (cell, index) =>
      `<c r="${String.fromCharCode(65 + index)}${row}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`,
  );
  return `<row r="${row}" ${attributes}>${list.join('')}</row>`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** A zip file of the parts, deflated unless told otherwise. */
export function zipOf(parts: Parts, options: { isStored?: boolean } = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const { local, central } = zipEntry(
      name,
      Buffer.from(content as Uint8Array),
      offset,
      options.isStored ?? false,
    );
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** The fields that the local and the central header share stand in one run of 26 bytes (APPNOTE 4.3.7, 4.3.12). */
function zipEntry(
  name: string,
  content: Buffer,
  offset: number,
  isStored: boolean,
): { local: Buffer; central: Buffer } {
  const packed = isStored ? content : deflateRawSync(content);
  const fileName = Buffer.from(name);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(0x800, 2);
  shared.writeUInt16LE(isStored ? 0 : 8, 4);
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(content.length, 18);
  shared.writeUInt16LE(fileName.length, 22);
  const localSignature = Buffer.from('504b0304', 'hex');
  const centralSignature = Buffer.from('504b01021400', 'hex');
  const centralTail = Buffer.alloc(14);
  centralTail.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([localSignature, shared, fileName, packed]),
    central: Buffer.concat([centralSignature, shared, centralTail, fileName]),
  };
}
