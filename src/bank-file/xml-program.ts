// XML elements → steps. The file's elements stay open over the whole file and a batch's over its rows, so writing
// streams. Elements that would be empty are not written: their tags are taken back when nothing stands between them.

import type { FieldDefinition, FileLayout, PathStep, RecordDefinition } from './definition.js';
import { formatSteps, sameStep } from './element-path.js';
import { addField, fieldStep, isRowField, render, type WriteContext } from './field-program.js';
import type { ProgramBuilder, Step } from './program.js';
import { LINE_ENDS, marksOf, type RecordMarks, type Writing, writeContext } from './record-program.js';
import { withOps } from './row-op.js';

interface XmlNode {
  readonly step: PathStep;
  readonly attributes: IndexedField[];
  readonly children: XmlNode[];
  content: IndexedField | undefined;
}

interface IndexedField {
  readonly field: FieldDefinition;
  readonly index: number;
}

const ENCODING_NAMES = {
  'UTF-8': 'UTF-8',
  GBK: 'GBK',
  GB18030: 'GB18030',
  ASCII: 'US-ASCII',
  'Latin-1': 'ISO-8859-1',
};

export interface SectionElements {
  /** The section's own element, opened here and closed by the caller. */
  readonly self: PathStep | undefined;
  /** Elements below it that stay open for what follows; what else stands in them is written first. */
  readonly open: readonly PathStep[];
  readonly hashed?: readonly string[];
}

/** Adds the elements of all fields of a section. */
export function addElements(
  builder: ProgramBuilder,
  records: readonly RecordDefinition[],
  writing: Writing,
  { self, open, hashed }: SectionElements,
): RecordMarks {
  const fields = records.flatMap((record) => record.fields);
  const context = writeContext({ fields, separator: '', quote: 'none' }, writing, hashed ?? []);
  const node = buildTree(self ?? NOTHING, fields);
  if (self !== undefined) addOpenTag(builder, node, context);
  addOpened(builder, node, open, context);
  return marksOf(context);
}

const NOTHING: PathStep = { name: '', index: 1 };

function addOpened(
  builder: ProgramBuilder,
  node: XmlNode,
  [next, ...rest]: readonly PathStep[],
  context: WriteContext,
): void {
  for (const child of node.children) if (!sameStep(child.step, next)) addNode(builder, child, context);
  if (next === undefined) return;
  const opened = node.children.find(({ step }) => sameStep(step, next)) ?? emptyNode(next);
  addOpenTag(builder, opened, context);
  addOpened(builder, opened, rest, context);
}

function emptyNode(step: PathStep): XmlNode {
  return { step, attributes: [], children: [], content: undefined };
}

function buildTree(self: PathStep, fields: readonly FieldDefinition[]): XmlNode {
  const root = emptyNode(self);
  fields.forEach((field, index) => {
    if (field.path === undefined || field.only === 'read') return;
    let node = root;
    for (const step of field.path.steps) {
      let child = node.children.find((candidate) => sameStep(candidate.step, step));
      if (child === undefined) {
        child = emptyNode(step);
        node.children.push(child);
      }
      node = child;
    }
    if (field.path.attribute === undefined) node.content = { field, index };
    else node.attributes.push({ field, index });
  });
  return root;
}

function addNode(builder: ProgramBuilder, node: XmlNode, context: WriteContext): void {
  if (isCertain(node, context)) {
    addOpenTag(builder, node, context);
    addInside(builder, node, context);
    builder.ascii(`</${node.step.name}>`);
    return;
  }
  if (isStaticallyEmpty(node, context)) return;
  addUncertain(builder, node, context);
}

/** Row content decides whether the element is there: write it, and take it back when nothing came between the tags. */
function addUncertain(builder: ProgramBuilder, node: XmlNode, context: WriteContext): void {
  let before = 0;
  let opened = 0;
  const place = builder.element();
  const begin: Step = (_row, _sequence, _inBatch, sink) => void (before = sink.length);
  builder.step(withOps(begin, [{ op: 'beginElement', place }]));
  addOpenTag(builder, node, context);
  const open: Step = (_row, _sequence, _inBatch, sink) => void (opened = sink.length);
  builder.step(withOps(open, [{ op: 'openedElement', place }]));
  addInside(builder, node, context);
  const close = new TextEncoder().encode(`</${node.step.name}>`);
  const end: Step = (_row, _sequence, _inBatch, sink) => {
    if (sink.length > opened) sink.append(close);
    else sink.length = before;
  };
  builder.step(withOps(end, [{ op: 'endElement', place, close }]));
}

function addOpenTag(builder: ProgramBuilder, node: XmlNode, context: WriteContext): void {
  builder.ascii(`<${node.step.name}`);
  for (const { field, index } of node.attributes) {
    builder.ascii(` ${field.path!.attribute}="`);
    addField(builder, field, index, context);
    builder.ascii('"');
  }
  builder.ascii('>');
}

function addInside(builder: ProgramBuilder, node: XmlNode, context: WriteContext): void {
  if (node.content !== undefined) addField(builder, node.content.field, node.content.index, context);
  for (const child of node.children) addNode(builder, child, context);
}

/** Values that every row has. */
const NEVER_EMPTY = new Set([
  'reference',
  'sequence',
  'sequenceInBatch',
  'account',
  'name',
  'amount',
  'payeeBank',
]);

/** Whether the element is written for every row. */
function isCertain(node: XmlNode, context: WriteContext): boolean {
  const { content } = node;
  if (content !== undefined) {
    if (!content.field.omitEmpty) return true;
    if (isRowField(content.field)) {
      const source = content.field.content;
      if (source.kind !== 'value' || source.slice !== undefined) return source.kind !== 'value';
      return NEVER_EMPTY.has(source.value) && content.field.map.length === 0;
    }
    return staticLength(content.field, context) > 0;
  }
  // An element that holds attributes only is there for them.
  if (node.children.length === 0) return node.attributes.length > 0;
  return node.children.some((child) => isCertain(child, context));
}

function isStaticallyEmpty(node: XmlNode, context: WriteContext): boolean {
  if (node.content !== undefined && isRowField(node.content.field)) return false;
  return node.children.every((child) => !isCertain(child, context) && isStaticallyEmpty(child, context));
}

function staticLength(field: FieldDefinition, context: WriteContext): number {
  return render(fieldStep(field, context)).length;
}

/** `<?xml …?>`, the root with its namespace, and the other elements that hold the file. */
export function openFile(layout: FileLayout): string {
  const tree = layout.tree!;
  const [root, ...rest] = tree.file;
  const namespace = tree.namespaces[0];
  const attributes = [
    ...(namespace === undefined ? [] : [['xmlns', namespace] as const]),
    ...tree.rootAttributes,
  ];
  const written = attributes.map(
    ([name, value]) => ` ${name}="${value.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"`,
  );
  const declaration = `<?xml version="1.0" encoding="${ENCODING_NAMES[layout.encoding]}"?>${LINE_ENDS[layout.lineEnd]}`;
  return `${declaration}<${root!.name}${written.join('')}>${openSteps(rest)}`;
}

export function openSteps(steps: readonly PathStep[]): string {
  return steps.map((step) => `<${step.name}>`).join('');
}

export function closeSteps(steps: readonly PathStep[]): string {
  return [...steps]
    .reverse()
    .map((step) => `</${step.name}>`)
    .join('');
}

/** For messages: the path of the element that holds a row. */
export function detailPath(layout: FileLayout): string {
  const tree = layout.tree!;
  return formatSteps([...tree.file, ...tree.batch, ...tree.detail]);
}
