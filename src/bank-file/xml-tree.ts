// The element paths of a definition as a tree that is walked with the file: names are compared as bytes, and an element
// that is not in the tree is not looked at, nor what stands in it.

import type { Encoding, FieldDefinition, FileLayout, PathStep } from './definition.js';
import {
  isLookedAt,
  type RowFieldReader,
  type RowTextReader,
  rowFieldReader,
  rowTextReader,
} from './field-reader.js';

export interface XmlNode {
  readonly children: ChildGroup[];
  /** A detail holds rows; where no `rows` are declared it is a row itself. */
  role: 'batch' | 'detail' | 'row' | undefined;
  /** What its text holds. */
  readonly fields: Binding[];
  readonly attributes: { readonly name: Uint8Array; readonly binding: Binding }[];
}

/** Children of one name. */
export interface ChildGroup {
  readonly name: Uint8Array;
  /** By index: `Ustrd`, `Ustrd[2]`. Without an index every element of the name is meant. */
  readonly nodes: XmlNode[];
  /** How many were there under the parent that is open; counted where an index is asked for. */
  seen: number;
}

export interface Binding {
  readonly field: FieldDefinition;
  /** Undefined where the file or the batch is told of, not a row. The row may hold the bytes: settle it before they go. */
  readonly readBytes: RowFieldReader | undefined;
  readonly readText: RowTextReader | undefined;
  /** What must stand there. */
  readonly constant: string | undefined;
  readonly constantBytes: Uint8Array;
}

/** The tree of all records, from above the root; file, batch and row elements are in it even when they hold no field. */
export function buildXmlTree(layout: FileLayout, encoding: Encoding): XmlNode {
  const tree = layout.tree!;
  const { fileHeader, batchHeader, detail, batchTrailer, fileTrailer } = layout.records;
  const root = newNode();
  const file = descend(root, tree.file);
  const batch = descend(file, tree.batch);
  const row = descend(batch, tree.detail);
  if (tree.batch.length > 0) batch.role = 'batch';
  if (tree.rows.length > 0) row.role = 'detail';
  descend(row, tree.rows).role = 'row';
  for (const record of [...fileHeader, ...fileTrailer]) bindFields(file, record.fields, undefined);
  for (const record of [...batchHeader, ...batchTrailer]) bindFields(batch, record.fields, undefined);
  for (const record of detail) bindFields(row, record.fields, encoding);
  return root;
}

/** Whether rows of this element can be read by their pattern: every value of theirs is the text of an element. */
export function hasTextsOnly(node: XmlNode): boolean {
  return (
    node.attributes.every(({ binding }) => binding.constant !== undefined) &&
    node.children.every(({ nodes }) => nodes.every(hasTextsOnly))
  );
}

function newNode(): XmlNode {
  return { children: [], role: undefined, fields: [], attributes: [] };
}

function descend(from: XmlNode, steps: readonly PathStep[]): XmlNode {
  let node = from;
  for (const { name, index } of steps) {
    const bytes = Buffer.from(name);
    let group = node.children.find((candidate) => bytes.equals(candidate.name));
    if (group === undefined) {
      group = { name: bytes, nodes: [], seen: 0 };
      node.children.push(group);
    }
    while (group.nodes.length < index) group.nodes.push(newNode());
    node = group.nodes[index - 1]!;
  }
  return node;
}

function bindFields(base: XmlNode, fields: readonly FieldDefinition[], ofRow: Encoding | undefined): void {
  for (const field of fields) {
    const { path, content } = field;
    if (path === undefined || !isLookedAt(field)) continue;
    const constant = content.kind === 'constant' ? content.text : undefined;
    const binding: Binding = {
      field,
      readBytes: ofRow === undefined ? undefined : rowFieldReader(field, ofRow, { stays: true }),
      readText: ofRow === undefined ? undefined : rowTextReader(field),
      constant,
      constantBytes: Buffer.from(constant ?? ''),
    };
    const node = descend(base, path.steps);
    if (path.attribute === undefined) node.fields.push(binding);
    else node.attributes.push({ name: Buffer.from(path.attribute), binding });
  }
}

/** The child that an element `bytes[from, to)` is; undefined when the definition does not name it. */
export function findChild(parent: XmlNode, bytes: Uint8Array, from: number, to: number): XmlNode | undefined {
  const { children } = parent;
  const length = to - from;
  for (let index = 0; index < children.length; index++) {
    const group = children[index]!;
    const { name } = group;
    if (name.length !== length || name[0] !== bytes[from] || name[length - 1] !== bytes[to - 1]) continue;
    let at = 1;
    while (at < length && name[at] === bytes[from + at]) at++;
    if (at < length) continue;
    return group.nodes.length === 1 ? group.nodes[0] : group.nodes[group.seen++];
  }
  return undefined;
}

/** Call when an element begins: its children are counted anew. */
export function countAnew(node: XmlNode): void {
  const { children } = node;
  for (let index = 0; index < children.length; index++) children[index]!.seen = 0;
}
