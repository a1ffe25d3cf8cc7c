// A cheap look at the first bytes of a file: can it be one of this layout? Several formats may say yes; reading decides.

import type { FileLayout } from './definition.js';
import { decodeField } from './field-text.js';
import { refuser } from './file-events.js';
import { sniffJson } from './json-file-reader.js';
import { joinedLength } from './line-reader.js';
import { sniffSheet } from './sheet-file-reader.js';
import { compileTextReader } from './text-file-reader.js';

export function compileSniffer(layout: FileLayout): (head: Uint8Array, fileName: string) => boolean {
  if (layout.kind === 'xlsx') return sniffSheet;
  if (layout.kind === 'json') return (head) => sniffJson(layout, head);
  if (layout.tree !== undefined) return (head) => sniffXml(layout, head);
  const reader = compileTextReader(layout, refuser('RETURN_FILE_INVALID', layout.file));
  return (head) => {
    const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
    const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const ender = layout.lineEnd === 'CR' ? 0x0d : 0x0a;
    const length = joinedLength(layout, bytes, bom);
    let end = length > 0 ? bom + length : bytes.indexOf(ender, bom);
    if (end === -1 || end > bytes.length) end = bytes.length;
    if (length === 0 && bytes[end - 1] === 0x0d) end--;
    return reader.canBegin(bytes, bom, end) && decodeField(bytes, bom, end, layout.encoding) !== undefined;
  };
}

/** The root element and the namespace stand in the first bytes of every bank message. */
function sniffXml(layout: FileLayout, head: Uint8Array): boolean {
  const tree = layout.tree!;
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const root = /<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]/.exec(
    text.replace(/<\?[^>]*\?>|<!--[\s\S]*?-->/g, ''),
  );
  if (root?.[1] !== tree.file[0]!.name) return false;
  return (
    tree.namespaces.length === 0 ||
    tree.namespaces.some((namespace) => text.includes(`"${namespace}"`) || text.includes(`'${namespace}'`))
  );
}
