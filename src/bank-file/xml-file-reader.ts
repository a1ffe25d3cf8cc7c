// XML bank files, streamed: a walk over the declared element paths. Elements that the definition does not name are
// skipped. A document type is refused: bank messages have none, and entities are how such files are attacked.

import { TextDecoder } from 'node:util';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Encoding, FieldDefinition, FileLayout, PathStep } from './definition.js';
import { type RowTextReader, readStatic, rowTextReader } from './field-reader.js';
import type { FileEvents, Refuse } from './file-events.js';
import { ReadRow } from './read-row.js';

type Role = 'batch' | 'detail' | undefined;

interface Node {
  readonly children: Map<string, Node>;
  role: Role;
  readonly fields: Binding[];
  readonly attributes: Map<string, Binding>;
  /** How often an element of this name stood under the open parent: `Ustrd[2]`. */
  readonly indexed: boolean;
}

interface Binding {
  readonly field: FieldDefinition;
  readonly index: number;
  readonly read: RowTextReader | undefined;
}

const TEXT_LIMIT = 64 * 1024;

export async function readXmlFile(
  layout: FileLayout,
  source: AsyncIterable<Uint8Array>,
  events: FileEvents,
  refuse: Refuse,
): Promise<void> {
  const parser = new SaxesParser();
  const walker = new XmlWalker(layout, events, refuse, () => [parser.line, parser.column + 1]);
  parser.on('error', (error) => {
    const [line, column] = [parser.line, parser.column + 1];
    refuse(`the XML is broken: ${error.message.replace(/^\d+:\d+: /, '')}`, line, column);
  });
  parser.on('doctype', () => refuse('a document type is not allowed', parser.line));
  parser.on('opentag', (tag) => walker.open(tag));
  parser.on('text', (text) => walker.text(text));
  parser.on('cdata', (text) => walker.text(text));
  parser.on('closetag', () => walker.close());
  const decoder = new TextDecoder(labelOf(layout.encoding), { fatal: true });
  for await (const chunk of source) parser.write(decode(decoder, chunk, layout, refuse, parser.line));
  const rest = decode(decoder, undefined, layout, refuse, parser.line);
  if (rest !== '') parser.write(rest);
  if (!walker.complete) refuse('the file ends before its root element is closed', parser.line);
  parser.close();
}

function labelOf(encoding: Encoding): string {
  if (encoding === 'UTF-8' || encoding === 'ASCII') return 'utf-8';
  return encoding === 'Latin-1' ? 'latin1' : 'gb18030';
}

function decode(
  decoder: TextDecoder,
  chunk: Uint8Array | undefined,
  layout: FileLayout,
  refuse: Refuse,
  line: number,
): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    return refuse(`the file is not text in ${layout.encoding}, in this line or soon after it`, line);
  }
}

class XmlWalker {
  complete = false;
  private readonly layout: FileLayout;
  private readonly events: FileEvents;
  private readonly refuse: Refuse;
  private readonly place: () => [line: number, column: number];
  private readonly root: Node;
  private readonly stack: (Node | undefined)[] = [];
  private readonly counts: (Map<string, number> | undefined)[] = [];
  private readonly row = new ReadRow();
  private content = '';
  private rows = 0;
  private inRow = false;
  private inBatch = false;
  private batchElement = false;

  constructor(layout: FileLayout, events: FileEvents, refuse: Refuse, place: () => [number, number]) {
    this.layout = layout;
    this.events = events;
    this.refuse = refuse;
    this.place = place;
    this.root = buildTree(layout);
    this.batchElement = layout.tree!.batch.length > 0;
  }

  open(tag: SaxesTagPlain): void {
    const name = localName(tag.name);
    if (this.stack.length === 0) this.checkRoot(name, tag);
    const parent = this.stack.length === 0 ? this.root : this.stack[this.stack.length - 1];
    const node = parent === undefined ? undefined : this.find(parent, name);
    this.stack.push(node);
    this.counts.push(undefined);
    this.content = '';
    if (node === undefined) return;
    this.enter(node);
    if (node.attributes.size > 0) this.readAttributes(node, tag);
  }

  private find(parent: Node, name: string): Node | undefined {
    if (!parent.indexed) return parent.children.get(name);
    const counts = (this.counts[this.counts.length - 1] ??= new Map());
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return parent.children.get(count === 1 ? name : `${name}[${count}]`);
  }

  private checkRoot(name: string, tag: SaxesTagPlain): void {
    const tree = this.layout.tree!;
    const expected = tree.file[0]!.name;
    const [line, column] = this.place();
    if (name !== expected) this.refuse(`the root element is ${name}, not ${expected}`, line, column);
    const prefix = tag.name.includes(':') ? tag.name.slice(0, tag.name.indexOf(':')) : '';
    const namespace = tag.attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`] ?? '';
    if (tree.namespaces.length > 0 && !tree.namespaces.includes(namespace)) {
      this.refuse(`the namespace "${namespace}" is not one of this format`, line, column);
    }
  }

  private enter(node: Node): void {
    if (node.role === undefined) return;
    const [line] = this.place();
    if (node.role === 'batch' || !this.inBatch) {
      this.inBatch = true;
      this.events.beginBatch(line);
    }
    if (node.role !== 'detail') return;
    this.inRow = true;
    this.row.begin(++this.rows, line);
  }

  private readAttributes(node: Node, tag: SaxesTagPlain): void {
    for (const [name, binding] of node.attributes) this.bind(binding, tag.attributes[name] ?? '');
  }

  text(text: string): void {
    if (this.stack[this.stack.length - 1] === undefined) return;
    this.content += text;
    if (this.content.length > TEXT_LIMIT) this.refuse('the text of an element is too long', this.place()[0]);
  }

  close(): void {
    const node = this.stack.pop();
    this.counts.pop();
    if (node !== undefined) {
      for (const binding of node.fields) this.bind(binding, this.content.trim());
      if (node.role === 'detail') {
        this.inRow = false;
        this.events.row(this.row);
      } else if (node.role === 'batch') this.endBatch();
    }
    this.content = '';
    if (this.stack.length > 0) return;
    if (this.inBatch && !this.batchElement) this.endBatch();
    this.complete = true;
  }

  private endBatch(): void {
    this.inBatch = false;
    this.events.endBatch(this.place()[0]);
  }

  private bind(binding: Binding, text: string): void {
    const { field, read } = binding;
    const problem = this.inRow ? bindRow(read, text, this.row) : this.bindStatic(field, text);
    if (problem === undefined) return;
    const [line, column] = this.place();
    this.refuse(problem, line, column);
  }

  private bindStatic(field: FieldDefinition, text: string): string | undefined {
    const values = readStatic(field, text);
    if (typeof values === 'string') return values;
    for (const [name, value] of values) this.events.value(name, value, this.place()[0]);
    return undefined;
  }
}

/** Only the first of several elements counts, except texts, which are joined. */
function bindRow(read: RowTextReader | undefined, text: string, row: ReadRow): string | undefined {
  if (read === undefined || text === '') return undefined;
  return read(text, row);
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

function newNode(indexed: boolean): Node {
  return { children: new Map(), role: undefined, fields: [], attributes: new Map(), indexed };
}

function buildTree(layout: FileLayout): Node {
  const tree = layout.tree!;
  const { fileHeader, batchHeader, detail, batchTrailer, fileTrailer } = layout.records;
  const indexed = Object.values(layout.records).some((records) =>
    records.some((record) => record.fields.some((field) => field.path?.steps.some((step) => step.index > 1))),
  );
  const root = newNode(indexed);
  const file = descend(root, tree.file, indexed);
  const batch = descend(file, tree.batch, indexed);
  const row = descend(batch, tree.detail, indexed);
  if (tree.batch.length > 0) batch.role = 'batch';
  row.role = 'detail';
  for (const record of [...fileHeader, ...fileTrailer]) bindFields(file, record.fields, indexed, false);
  for (const record of [...batchHeader, ...batchTrailer]) bindFields(batch, record.fields, indexed, false);
  for (const record of detail) bindFields(row, record.fields, indexed, true);
  return root;
}

function descend(from: Node, steps: readonly PathStep[], indexed: boolean): Node {
  let node = from;
  for (const step of steps) {
    const key = step.index === 1 ? step.name : `${step.name}[${step.index}]`;
    let child = node.children.get(key);
    if (child === undefined) {
      child = newNode(indexed);
      node.children.set(key, child);
    }
    node = child;
  }
  return node;
}

function bindFields(base: Node, fields: readonly FieldDefinition[], indexed: boolean, ofRow: boolean): void {
  fields.forEach((field, index) => {
    const { path, content } = field;
    if (path === undefined || (content.kind !== 'value' && content.kind !== 'template')) return;
    const read = ofRow ? rowTextReader(field) : undefined;
    const node = descend(base, path.steps, indexed);
    if (path.attribute === undefined) node.fields.push({ field, index, read });
    else node.attributes.set(path.attribute, { field, index, read });
  });
}
