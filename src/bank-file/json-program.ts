// JSON objects → steps. The objects around the rows stay open over the whole file, as in XML, so writing streams: the
// header ends with the bracket of the array, every row is an object in it, the trailer closes what is open. A row's
// value is always written, an empty one as "".

import { assert } from '../base/assert.js';
import type { FieldDefinition, FileLayout, PathStep, RecordDefinition } from './definition.js';
import { sameStep } from './element-path.js';
import { addField, fieldStep, isRowField, render, type WriteContext } from './field-program.js';
import { ProgramBuilder, renderStatic, type Step } from './program.js';
import {
  LINE_ENDS,
  marksOf,
  type RecordMarks,
  type RowPlace,
  type Writing,
  writeContext,
} from './record-program.js';
import { withOps } from './row-op.js';
import { encodeAll } from './text-rules.js';

interface JsonNode {
  readonly step: PathStep;
  readonly children: JsonNode[];
  content: { readonly field: FieldDefinition; readonly index: number } | undefined;
  /** Left open for what follows; `rows` is the array itself. */
  open: 'no' | 'object' | 'rows';
}

interface Located {
  readonly field: FieldDefinition;
  readonly index: number;
  /** Steps from the object that is being written. */
  readonly steps: readonly PathStep[];
}

/** Everything before the first row of the file, or of a batch. */
export function jsonHeader(
  layout: FileLayout,
  section: 'fileHeader' | 'batchHeader',
  writing: Writing,
): Uint8Array {
  const { batch, detail } = layout.tree!;
  const builder = new ProgramBuilder();
  if (section === 'batchHeader') {
    if (batch.length === 0) return new Uint8Array(0);
    if (Number(writing.lookup('batch.number')) > 1) builder.ascii(`,${LINE_ENDS[layout.lineEnd]}`);
  }
  const openSteps = section === 'fileHeader' && batch.length > 0 ? batch : detail;
  const { fields, context } = located(layout.records[section], writing);
  builder.ascii('{');
  addMembers(builder, openTree(fields, openSteps), context, false);
  builder.ascii(LINE_ENDS[layout.lineEnd]);
  return renderStatic(builder.build());
}

/** What closes a batch's rows, or the file's. */
export function jsonTrailer(
  layout: FileLayout,
  section: 'batchTrailer' | 'fileTrailer',
  writing: Writing,
): Uint8Array {
  const { batch, detail } = layout.tree!;
  const builder = new ProgramBuilder();
  if (section === 'batchTrailer' && batch.length === 0) return new Uint8Array(0);
  const openSteps = section === 'fileTrailer' && batch.length > 0 ? batch : detail;
  const { fields, context } = located(layout.records[section], writing);
  builder.ascii(`${LINE_ENDS[layout.lineEnd]}]`);
  for (let level = openSteps.length - 1; level >= 0; level--) {
    const mine = fields.filter(({ steps }) => sharedSteps(steps, openSteps.slice(0, -1)) === level);
    const below = mine.map((one) => ({ ...one, steps: one.steps.slice(level) }));
    addMembers(builder, buildTree(below), context, true);
    builder.ascii(level > 0 && openSteps[level - 1]!.index > 0 ? '}]' : '}');
  }
  if (section === 'fileTrailer' && layout.lastLineEnd) builder.ascii(LINE_ENDS[layout.lineEnd]);
  return renderStatic(builder.build());
}

/** One row, with what parts it from the row before. */
export function addJsonRow(
  builder: ProgramBuilder,
  layout: FileLayout,
  writing: Writing,
  hashed: readonly string[],
  place: RowPlace,
): RecordMarks {
  const comma = new TextEncoder().encode(`,${LINE_ENDS[layout.lineEnd]}`);
  const { fields, context } = located(layout.records.detail, writing, hashed);
  const part: Step = (_row, _sequence, _inBatch, sink) => {
    if (place.number > 1) sink.append(comma);
  };
  builder.step(withOps(part, place.of && [{ op: 'unlessFirst', of: place.of, bytes: comma }]));
  builder.ascii('{');
  addMembers(builder, buildTree(fields), context, false);
  builder.ascii('}');
  return marksOf(context);
}

function located(
  records: readonly RecordDefinition[],
  writing: Writing,
  hashed: readonly string[] = [],
): { fields: Located[]; context: WriteContext } {
  const fields = records.flatMap((record) => record.fields);
  const context = writeContext({ fields, separator: '', quote: 'none' }, writing, hashed);
  return {
    fields: fields.map((field, index) => ({ field, index, steps: field.path?.steps ?? [] })),
    context,
  };
}

function sharedSteps(steps: readonly PathStep[], open: readonly PathStep[]): number {
  let shared = 0;
  while (shared < open.length && shared < steps.length - 1 && sameStep(steps[shared], open[shared])) shared++;
  return shared;
}

function buildTree(fields: readonly Located[]): JsonNode[] {
  const root: JsonNode[] = [];
  for (const { field, index, steps } of fields) {
    const node = descend(root, steps);
    if (node !== undefined) node.content = { field, index };
  }
  return root;
}

function openTree(fields: readonly Located[], openSteps: readonly PathStep[]): JsonNode[] {
  const root = buildTree(fields);
  let siblings = root;
  openSteps.forEach((step, index) => {
    const node = descend(siblings, [step])!;
    node.open = index === openSteps.length - 1 ? 'rows' : 'object';
    // What stays open must come last in its object.
    siblings.splice(siblings.indexOf(node), 1);
    siblings.push(node);
    siblings = node.children;
  });
  return root;
}

function descend(root: JsonNode[], steps: readonly PathStep[]): JsonNode | undefined {
  let siblings = root;
  let node: JsonNode | undefined;
  for (const step of steps) {
    node = siblings.find((candidate) => sameStep(candidate.step, step));
    if (node === undefined) {
      node = { step, children: [], content: undefined, open: 'no' };
      siblings.push(node);
    }
    siblings = node.children;
  }
  return node;
}

function addMembers(
  builder: ProgramBuilder,
  nodes: readonly JsonNode[],
  context: WriteContext,
  follows: boolean,
): void {
  let written = follows;
  for (const name of memberNames(nodes)) {
    const group = nodes.filter((node) => node.step.name === name && !isEmpty(node, context));
    if (group.length === 0) continue;
    const key = encodeAll(JSON.stringify(name), context.encoding);
    assert(key !== undefined, `the key "${name}" cannot be written in ${context.encoding}`);
    if (written) builder.ascii(',');
    written = true;
    builder.bytes(key);
    builder.ascii(':');
    addGroup(builder, group, context);
  }
}

/** Names in the order of their first node, but the one that stays open last. */
function memberNames(nodes: readonly JsonNode[]): string[] {
  const open = nodes.find((node) => node.open !== 'no')?.step.name;
  const names = [...new Set(nodes.map((node) => node.step.name))];
  return open === undefined ? names : [...names.filter((name) => name !== open), open];
}

/** A plain member, or the members of an array. */
function addGroup(builder: ProgramBuilder, group: readonly JsonNode[], context: WriteContext): void {
  const isArray = group[0]!.step.index > 0;
  if (isArray) builder.ascii('[');
  group.forEach((node, index) => {
    if (index > 0) builder.ascii(',');
    addValue(builder, node, context);
  });
  if (isArray && group.at(-1)!.open === 'no') builder.ascii(']');
}

function addValue(builder: ProgramBuilder, node: JsonNode, context: WriteContext): void {
  if (node.content !== undefined) {
    const { field, index } = node.content;
    const quote = field.bare ? '' : '"';
    builder.ascii(quote);
    addField(builder, field, index, context);
    builder.ascii(quote);
  } else if (node.open === 'rows') builder.ascii('[');
  else {
    builder.ascii('{');
    addMembers(builder, node.children, context, false);
    if (node.open === 'no') builder.ascii('}');
  }
}

function isEmpty(node: JsonNode, context: WriteContext): boolean {
  if (node.open !== 'no') return false;
  if (node.content === undefined) return node.children.every((child) => isEmpty(child, context));
  const { field } = node.content;
  return field.omitEmpty && !isRowField(field) && render(fieldStep(field, context)).length === 0;
}
