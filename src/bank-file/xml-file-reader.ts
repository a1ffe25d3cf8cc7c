// XML bank files, streamed: a walk over the declared element paths. Elements that the definition does not name are
// skipped, checked for being well-formed only.

import type { RowKernel } from './compiled-rows.js';
import { CompiledXmlRows } from './compiled-xml-rows.js';
import type { FieldDefinition, FileLayout } from './definition.js';
import { readStatic } from './field-reader.js';
import { equalBytes } from './field-text.js';
import type { FileEvents, Refuse } from './file-events.js';
import { roomBefore } from './line-reader.js';
import { ReadRow } from './read-row.js';
import type { RowBlock } from './row-block.js';
import { isSpace } from './xml-character.js';
import { XmlContent } from './xml-content.js';
import type { Leaf, Slot } from './xml-row-pattern.js';
import { RowPatterns } from './xml-row-patterns.js';
import { type XmlHandler, XmlTokenizer } from './xml-tokenizer.js';
import { type Binding, buildXmlTree, countAnew, findChild, hasTextsOnly, type XmlNode } from './xml-tree.js';

export async function readXmlFile(
  layout: FileLayout,
  source: AsyncIterable<Uint8Array>,
  events: FileEvents,
  refuse: Refuse,
  compiled?: CompiledXmlRows,
): Promise<void> {
  compiled?.begin();
  const walker = new XmlWalker(layout, events, refuse, compiled);
  for await (const chunk of source) walker.feed(chunk, roomBefore(source));
  walker.tokenizer.finish();
}

/** The compiled path of rows, where their elements are rows by themselves. */
export function compileXmlRows(layout: FileLayout, kernel: RowKernel): CompiledXmlRows | undefined {
  if (layout.tree!.rows.length > 0 || layout.hashes.length > 0) return undefined;
  return new CompiledXmlRows(
    kernel,
    layout.records.detail.flatMap(({ fields }) => fields),
  );
}

const COLON = 0x3a;

class XmlWalker implements XmlHandler {
  readonly tokenizer: XmlTokenizer;
  private readonly layout: FileLayout;
  private readonly events: FileEvents;
  private readonly refuse: Refuse;
  private readonly hasBatches: boolean;
  private root: XmlNode | undefined = undefined;
  /** The nodes that are open. */
  private readonly nodes: XmlNode[] = [];
  /** Elements open that the definition does not name, below the innermost node. */
  private strangers = 0;
  private readonly attribute = new XmlContent();
  private readonly row = new ReadRow();
  /** What holds for all rows of the detail that is open. */
  private readonly shared = new ReadRow();
  private readonly sharesRows: boolean;
  private rows = 0;
  /** What fields are read into; undefined where they are the file's or the batch's. */
  private target: ReadRow | undefined = undefined;
  private inBatch = false;
  /** Rows of the shape that others had are read by its pattern. A unit is what repeats: a detail with its row. */
  private readonly patterns = new RowPatterns();
  private isRepeating = false;
  private inUnit = false;
  /** Where the unit before ended in the tokenizer's buffer; -1 where something else stands between, or a chunk ended. */
  private unitFrom = -1;
  private rowAt = 0;
  private unitRows = 0;
  private readonly leaves: Leaf[] = [];
  private readonly compiled: CompiledXmlRows | undefined;

  constructor(layout: FileLayout, events: FileEvents, refuse: Refuse, compiled: CompiledXmlRows | undefined) {
    this.compiled = compiled;
    compiled?.setPatterns([], layout.encoding);
    this.layout = layout;
    this.events = events;
    this.refuse = refuse;
    this.hasBatches = layout.tree!.batch.length > 0;
    this.sharesRows = layout.tree!.rows.length > 0;
    this.tokenizer = new XmlTokenizer(layout.encoding, this, refuse);
  }

  /** The bytes may be filled again afterwards. */
  feed(chunk: Uint8Array, room: number): void {
    this.unitFrom = -1;
    this.tokenizer.feed(chunk, room);
  }

  open(bytes: Buffer, from: number, to: number): boolean {
    if (this.strangers > 0) {
      this.strangers++;
      return false;
    }
    const parent = this.nodes.length === 0 ? this.begin(bytes, from, to) : this.nodes[this.nodes.length - 1]!;
    if (parent.fields.length > 0) this.fail('an element stands where the text of another is expected');
    const node = findElement(parent, bytes, from, to);
    if (!this.inUnit && !isUnit(node, this.sharesRows)) this.unitFrom = -1;
    if (node === undefined) {
      this.strangers = 1;
      return false;
    }
    countAnew(node);
    this.nodes.push(node);
    if (node.role !== undefined) this.enter(node);
    if (node.attributes.length > 0) this.readAttributes(node);
    return node.fields.length > 0;
  }

  /** The encoding is known now; and so is whether this is such a file at all. */
  private begin(bytes: Buffer, from: number, to: number): XmlNode {
    const start = localStart(bytes, from, to);
    const tree = this.layout.tree!;
    const expected = tree.file[0]!.name;
    const name = bytes.toString('latin1', start, to);
    if (name !== expected) this.fail(`the root element is ${name}, not ${expected}`);
    const prefix = bytes.toString('latin1', from, Math.max(from, start - 1));
    const found = this.tokenizer.findAttribute(
      Buffer.from(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, 'latin1'),
    );
    if (found === -1) this.attribute.clear();
    else this.tokenizer.readAttribute(found, this.attribute);
    const namespace = this.attribute.string(this.tokenizer.encoding);
    if (tree.namespaces.length > 0 && !tree.namespaces.includes(namespace))
      this.fail(`the namespace "${namespace}" is not one of this format`);
    this.root ??= buildXmlTree(this.layout, this.tokenizer.encoding);
    return this.root;
  }

  private enter(node: XmlNode): void {
    const line = this.tokenizer.tagLine;
    if (isUnit(node, this.sharesRows)) this.enterUnit(node);
    if (node.role === 'batch' || !this.inBatch) {
      this.inBatch = true;
      this.compiled?.forget();
      this.events.beginBatch(line);
    }
    if (node.role === 'detail') {
      this.events.detail?.();
      this.shared.begin(0, line);
      this.target = this.shared;
    } else if (node.role === 'row') {
      this.rowAt = this.tokenizer.tagAt;
      this.unitRows++;
      if (this.sharesRows) this.row.beginLike(this.shared, ++this.rows, line);
      else this.row.begin(++this.rows, line);
      this.target = this.row;
    }
  }

  private readAttributes(node: XmlNode): void {
    for (let index = 0; index < node.attributes.length; index++) {
      const { name, binding } = node.attributes[index]!;
      const found = this.tokenizer.findAttribute(name);
      if (found === -1) continue;
      this.tokenizer.readAttribute(found, this.attribute);
      this.bind(binding, this.attribute);
    }
  }

  close(content: XmlContent): void {
    if (this.strangers > 0) {
      this.strangers--;
      return;
    }
    const node = this.nodes.pop()!;
    if (node.fields.length > 0) {
      if (this.isRepeating) this.keepLeaf(node, content);
      content.trim();
      for (let index = 0; index < node.fields.length; index++) this.bind(node.fields[index]!, content);
    }
    if (node.role === 'row') {
      this.target = this.sharesRows ? this.shared : undefined;
      this.events.row(this.row);
    } else if (node.role === 'detail') this.target = undefined;
    else if (node.role === 'batch') this.endBatch();
    if (isUnit(node, this.sharesRows)) this.leaveUnit();
    else if (!this.inUnit) this.unitFrom = -1;
    if (this.nodes.length === 0 && this.inBatch && !this.hasBatches) this.endBatch();
  }

  private enterUnit(node: XmlNode): void {
    this.inUnit = true;
    this.unitRows = 0;
    this.leaves.length = 0;
    this.isRepeating = this.unitFrom >= 0 && hasTextsOnly(node);
  }

  /** A text that was put together of several pieces is nothing that a pattern can tell. */
  private keepLeaf(node: XmlNode, content: XmlContent): void {
    if (content.length === 0) return;
    if (content.text !== undefined) this.isRepeating = false;
    const isBehind = this.sharesRows && this.unitRows > 0 && this.target === this.shared;
    this.leaves.push({ from: content.from, bindings: node.fields, isBehind });
  }

  private leaveUnit(): void {
    this.inUnit = false;
    const { tokenizer, unitFrom: from, rowAt: row } = this;
    const isLearned =
      this.isRepeating &&
      from >= 0 &&
      this.unitRows === 1 &&
      this.patterns.learn({ bytes: tokenizer.buffer, from, to: tokenizer.position, row }, this.leaves);
    if (isLearned) this.compiled?.setPatterns(this.patterns.all, tokenizer.encoding);
    do this.repeatPlain();
    while (this.repeat());
    this.unitFrom = tokenizer.position;
  }

  /** Reads the next units by compiled loops, as far as they are plain. */
  private repeatPlain(): void {
    const { compiled, tokenizer } = this;
    if (compiled === undefined || this.patterns.all.length === 0) return;
    compiled.feeds = 0;
    compiled.lineStart = -1;
    const take = (rows: RowBlock): void => this.events.rows?.(rows);
    const count = compiled.read(tokenizer.buffer, tokenizer.position, take);
    if (count === 0) return;
    compiled.flush(take);
    this.rows += count;
    this.patterns.addMatched(count);
    tokenizer.skipRows(compiled.next, compiled.feeds, compiled.lineStart);
  }

  /** Reads the next unit by a pattern; false where it is none of those, and is read tag by tag. */
  private repeat(): boolean {
    const { tokenizer, patterns, row } = this;
    const pattern = tokenizer.matchRow(patterns);
    if (pattern === undefined) return false;
    row.begin(this.rows + 1, tokenizer.currentLine + pattern.feedsBeforeRow);
    this.shared.begin(0, 0);
    for (let index = 0; index < pattern.slots.length; index++) {
      const slot = pattern.slots[index];
      if (slot === undefined) continue;
      const { ranges } = pattern;
      if (!this.takeSlot(slot, ranges[2 * index]!, ranges[2 * index + 1]!)) return false;
    }
    this.rows++;
    if (this.sharesRows) this.events.detail?.();
    this.events.row(row);
    if (this.compiled?.isNew) this.compiled.learn(this.events.kindOfRow?.() ?? -1);
    tokenizer.skipRow(pattern, patterns.end);
    return true;
  }

  /** What is wrong with a value is told when the unit is read tag by tag. */
  private takeSlot({ bindings, isBehind }: NonNullable<Slot>, start: number, end: number): boolean {
    const bytes = this.tokenizer.buffer;
    let from = start;
    let to = end;
    while (to > from && isSpace(bytes[to - 1])) to--;
    while (from < to && isSpace(bytes[from])) from++;
    if (from === to) return true;
    const target = isBehind ? this.shared : this.row;
    for (let index = 0; index < bindings.length; index++) {
      const { constant, constantBytes, readBytes } = bindings[index]!;
      if (constant === undefined) {
        if (readBytes?.(bytes, from, to, target) !== undefined) return false;
      } else if (!equalBytes(constantBytes, bytes, from, to)) return false;
    }
    return true;
  }

  private endBatch(): void {
    this.inBatch = false;
    this.events.endBatch(this.tokenizer.tagLine);
  }

  private bind(binding: Binding, content: XmlContent): void {
    if (content.length === 0) return;
    if (binding.constant !== undefined) this.compare(binding, content);
    else if (this.target !== undefined) this.bindRow(binding, content, this.target);
    else this.bindStatic(binding.field, content.string(this.tokenizer.encoding));
  }

  private compare({ field, constant, constantBytes }: Binding, content: XmlContent): void {
    const { bytes, from, to, text } = content;
    if (text === undefined && equalBytes(constantBytes, bytes, from, to)) return;
    if (content.string(this.tokenizer.encoding) !== constant) this.fail(`"${field.name}" is not ${constant}`);
  }

  private bindRow(
    { readBytes, readText }: Binding,
    { bytes, from, to, text }: XmlContent,
    row: ReadRow,
  ): void {
    const problem = text === undefined ? readBytes?.(bytes, from, to, row) : readText?.(text, row);
    row.settle();
    if (problem !== undefined) this.fail(problem);
  }

  private bindStatic(field: FieldDefinition, text: string): void {
    const values = readStatic(field, text);
    if (typeof values === 'string') this.fail(values);
    this.compiled?.forget();
    for (const [name, value] of values) this.events.value(name, value, this.tokenizer.tagLine);
  }

  private fail(problem: string): never {
    return this.refuse(problem, this.tokenizer.tagLine, this.tokenizer.tagColumn);
  }
}

function isUnit(node: XmlNode | undefined, sharesRows: boolean): boolean {
  return node?.role === (sharesRows ? 'detail' : 'row');
}

/** A prefix does not count: namespaces are looked at in the root element. */
function findElement(parent: XmlNode, bytes: Uint8Array, from: number, to: number): XmlNode | undefined {
  const found = findChild(parent, bytes, from, to);
  if (found !== undefined) return found;
  const start = localStart(bytes, from, to);
  return start === from ? undefined : findChild(parent, bytes, start, to);
}

/** Where the name begins behind its prefix. */
function localStart(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (bytes[at] === COLON) return at + 1;
  return from;
}
