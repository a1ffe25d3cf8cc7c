// JSON bank files, streamed: a walk over the declared paths that holds one row at a time. Members that the definition
// does not name are skipped; one that it names may stand once in its object.

import type { FieldDefinition, FileLayout, PathStep } from './definition.js';
import {
  isLookedAt,
  type RowFieldReader,
  type RowTextReader,
  readDigits,
  readStatic,
  rowFieldReader,
  rowTextReader,
} from './field-reader.js';
import { decodeField, equalBytes } from './field-text.js';
import type { FileEvents, Refuse } from './file-events.js';
import { type JsonHandler, JsonTokens, unescapeJson } from './json-tokens.js';
import { ReadRow } from './read-row.js';
import { encodeAll } from './text-rules.js';

interface Node {
  readonly members: { readonly name: string; readonly bytes: Uint8Array; readonly node: Node }[];
  /** Members of an array by place, and the node of every member of an array of rows or batches. */
  readonly places: Node[];
  each: Node | undefined;
  role: 'batch' | 'row' | undefined;
  field: Binding | undefined;
}

interface Binding {
  readonly field: FieldDefinition;
  readonly ofRow: boolean;
  readonly read: RowFieldReader | undefined;
  readonly readText: RowTextReader | undefined;
  /** Number of the hash total that is over this field, or -1. */
  readonly hash: number;
}

interface Frame {
  readonly node: Node | undefined;
  readonly isArray: boolean;
  /** Members so far, for arrays; for objects which one is expected next, and bits of those that stood there. */
  count: number;
  seen: number;
}

export async function readJsonFile(
  layout: FileLayout,
  source: AsyncIterable<Uint8Array>,
  events: FileEvents,
  refuse: Refuse,
): Promise<void> {
  const walker = new JsonWalker(layout, events, refuse);
  const tokens = new JsonTokens(layout.encoding, walker, refuse);
  walker.tokens = tokens;
  for await (const chunk of source) tokens.feed(chunk);
  tokens.end();
  walker.finish();
}

class JsonWalker implements JsonHandler {
  tokens!: JsonTokens;
  private readonly layout: FileLayout;
  private readonly events: FileEvents;
  private readonly refuse: Refuse;
  private readonly root: Node;
  private readonly rowsNode: Node;
  private readonly frames: Frame[] = [];
  private readonly row = new ReadRow();
  private member: Node | undefined;
  private rows = 0;
  private inBatch = false;
  private hasRows = false;

  constructor(layout: FileLayout, events: FileEvents, refuse: Refuse) {
    this.layout = layout;
    this.events = events;
    this.refuse = refuse;
    const { root, rows } = buildTree(layout);
    this.root = root;
    this.rowsNode = rows;
  }

  finish(): void {
    if (this.inBatch) this.endBatch();
    const { detail } = this.layout.tree!;
    if (this.hasRows || this.layout.records.detail[0]!.optional) return;
    this.refuse(`there is no "${detail.map(({ name }) => name).join('/')}"`, this.tokens.line);
  }

  /** The node of the value that begins here. */
  private target(): Node | undefined {
    const frame = this.frames.at(-1);
    if (frame === undefined) return this.root;
    if (!frame.isArray) return this.member;
    frame.count++;
    return frame.node?.each ?? frame.node?.places[frame.count - 1];
  }

  openObject(): void {
    const node = this.target();
    this.frames.push({ node, isArray: false, count: 0, seen: 0 });
    if (node?.role === undefined) return;
    const { line } = this.tokens;
    if (node.role === 'batch' || !this.inBatch) {
      this.inBatch = true;
      this.events.beginBatch(line);
    }
    if (node.role !== 'row') return;
    this.row.begin(++this.rows, line);
  }

  closeObject(): void {
    const node = this.frames.pop()!.node;
    if (node?.role === 'row') this.events.row(this.row);
    else if (node?.role === 'batch') this.endBatch();
  }

  openArray(): void {
    const node = this.target();
    if (node !== undefined && node === this.rowsNode) this.hasRows = true;
    this.frames.push({ node, isArray: true, count: 0, seen: 0 });
  }

  closeArray(): void {
    this.frames.pop();
  }

  private endBatch(): void {
    this.inBatch = false;
    this.events.endBatch(this.tokens.line);
  }

  key(bytes: Buffer, from: number, to: number, isEscaped: boolean): void {
    const frame = this.frames.at(-1)!;
    const members = frame.node?.members;
    this.member = undefined;
    if (members === undefined) return;
    const name = isEscaped ? this.text(bytes, from, to) : undefined;
    // Members mostly come in one order: the next one is asked first.
    const { length } = members;
    for (let tried = 0, index = frame.count; tried < length; tried++, index++) {
      if (index >= length) index = 0;
      const member = members[index]!;
      if (name === undefined ? !equalBytes(member.bytes, bytes, from, to) : member.name !== name) continue;
      // Beyond 31 members of one object, repeats are not looked for.
      const bit = index < 31 ? 1 << index : 0;
      if ((frame.seen & bit) !== 0) this.fail(`"${member.name}" stands there twice`);
      frame.seen |= bit;
      frame.count = index + 1;
      this.member = member.node;
      return;
    }
  }

  string(bytes: Buffer, from: number, to: number, isEscaped: boolean): void {
    const binding = this.target()?.field;
    if (binding === undefined) return;
    if (isEscaped || !binding.ofRow || binding.read === undefined)
      this.bindText(binding, this.text(bytes, from, to));
    else this.bindBytes(binding, bytes, from, to);
  }

  literal(bytes: Buffer, from: number, to: number): void {
    const binding = this.target()?.field;
    if (binding === undefined) return;
    const text = bytes.toString('latin1', from, to);
    this.bindText(binding, text === 'null' ? '' : text);
  }

  private text(bytes: Buffer, from: number, to: number): string {
    const text = decodeField(bytes, from, to, this.layout.encoding);
    return text === undefined
      ? this.fail(`a string is not text in ${this.layout.encoding}`)
      : unescapeJson(text);
  }

  private bindBytes({ read, hash }: Binding, bytes: Buffer, from: number, to: number): void {
    let [start, end] = [from, to];
    while (end > start && bytes[end - 1] === 0x20) end--;
    while (start < end && bytes[start] === 0x20) start++;
    const problem = read!(bytes, start, end, this.row);
    if (problem !== undefined) this.fail(problem);
    if (hash >= 0) this.row.hashes[hash] = readDigits(bytes, start, end);
  }

  private bindText({ field, ofRow, readText }: Binding, given: string): void {
    const text = given.trim();
    const { content } = field;
    if (content.kind === 'constant') {
      if (text !== content.text.trim()) this.fail(`"${field.name}" is not ${content.text}`);
    } else if (ofRow) {
      const problem = text === '' ? undefined : readText?.(text, this.row);
      if (problem !== undefined) this.fail(problem);
    } else {
      const values = readStatic(field, text);
      if (typeof values === 'string') this.fail(values);
      for (const [name, value] of values) this.events.value(name, value, this.tokens.line);
    }
  }

  private fail(problem: string): never {
    return this.refuse(problem, this.tokens.line, this.tokens.column);
  }
}

function newNode(): Node {
  return { members: [], places: [], each: undefined, role: undefined, field: undefined };
}

function buildTree(layout: FileLayout): { root: Node; rows: Node } {
  const { batch, detail } = layout.tree!;
  const { fileHeader, batchHeader, detail: rowRecords, batchTrailer, fileTrailer } = layout.records;
  const root = newNode();
  let base = root;
  if (batch.length > 0) {
    base = newNode();
    base.role = 'batch';
    descend(root, batch, layout).each = base;
  }
  const rows = descend(base, detail, layout);
  const row = newNode();
  row.role = 'row';
  rows.each = row;
  const bind = (from: Node, fields: readonly FieldDefinition[], ofRow: boolean): void => {
    for (const field of fields) {
      if (field.path === undefined || !isLookedAt(field)) continue;
      const read = ofRow ? rowFieldReader(field, layout.encoding) : undefined;
      const readText = ofRow ? rowTextReader(field) : undefined;
      const hash = ofRow ? layout.hashes.findIndex(({ of }) => of === field.name) : -1;
      descend(from, field.path.steps, layout).field = { field, ofRow, read, readText, hash };
    }
  };
  for (const record of [...fileHeader, ...fileTrailer]) bind(root, record.fields, false);
  for (const record of [...batchHeader, ...batchTrailer]) bind(base, record.fields, false);
  for (const record of rowRecords) bind(row, record.fields, true);
  return { root, rows };
}

function descend(from: Node, steps: readonly PathStep[], layout: FileLayout): Node {
  let node = from;
  for (const { name, index } of steps) {
    let member = node.members.find((candidate) => candidate.name === name);
    if (member === undefined) {
      member = { name, bytes: encodeAll(name, layout.encoding)!, node: newNode() };
      node.members.push(member);
    }
    node = member.node;
    if (index > 0) node = node.places[index - 1] ??= newNode();
  }
  return node;
}

/** Whether the first bytes can be such a file: an object in which the path to the rows begins early. */
export function sniffJson(layout: FileLayout, head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  if (!/^(?:\xef\xbb\xbf)?\s*\{/.test(text)) return false;
  const { batch, detail } = layout.tree!;
  const names = (batch.length > 0 ? batch : detail).map(({ name }) => name);
  if (layout.records.detail[0]!.optional) names.pop();
  return names.every((name) =>
    text.includes(`"${Buffer.from(encodeAll(name, layout.encoding)!).toString('latin1')}"`),
  );
}
