// One payment → the bytes of its record or records, step by step. Where the steps can say as data what they do (row-op.ts),
// compiled loops do the same for most rows (write-segments.ts).

import { assert } from '../base/assert.js';
import { EngineError } from '../base/error.js';
import { formatReference } from '../base/payment-reference.js';
import type { ByteSink } from './byte-sink.js';
import type { FileLayout, FileLimits, RecordDefinition } from './definition.js';
import { type DetailSums, ExactSum } from './detail-sums.js';
import { readDigits } from './field-reader.js';
import type { BatchContext } from './file-context.js';
import { addJsonRow } from './json-program.js';
import type { PaymentRow } from './payment-row.js';
import { ProgramBuilder, runProgram, type Step } from './program.js';
import { codeMatcher, writtenGroups } from './record-alternatives.js';
import { addRecord, LINE_ENDS, type RecordMarks, type RowPlace, type Writing } from './record-program.js';
import type { RowOp, RowProgram } from './row-op.js';
import { addSheetRow } from './sheet-program.js';
import { addElements, closeSteps } from './xml-program.js';

export interface DetailWriter {
  /** Call before the first row and at each new batch: some layouts name the batch in every row. */
  beginBatch(batch: BatchContext): void;
  /** Sequences are 1-based. Throws PAYMENT_UNENCODABLE when the row cannot stand in this bank's file. */
  write(row: PaymentRow, sequenceInFile: number, sequenceInBatch: number, sink: ByteSink): void;
  /** Of what this writer wrote so far. */
  readonly sums: DetailSums;
  /** The same since it was asked last. */
  takeSums(): DetailSums;
  /** What rows of the batch are written by without this writer; undefined where they need it. */
  readonly rowProgram: RowProgram | undefined;
}

export interface DetailOptions {
  readonly layout: FileLayout;
  readonly limits: FileLimits | undefined;
  /** Rows of the file: the last one has no line end where the layout says so. */
  readonly count: number;
  /** The last row is known by its sequence (several writers write one file) or by counting. */
  readonly lastBy: 'sequence' | 'counting';
  /** Whether the row being written states its amount; without it every row does. */
  readonly statesAmount?: () => boolean;
  writing(batch: BatchContext | undefined): Writing;
}

export function detailWriter(options: DetailOptions): DetailWriter {
  const { layout, statesAmount } = options;
  const needsBatch = usesBatchValues(layout);
  const amounts = new ExactSum();
  const hashes = layout.hashes.map(() => new ExactSum());
  const amountMax = Number(options.limits?.amountPerRowFen ?? Number.MAX_SAFE_INTEGER);
  const dropped = endsWithDetail(layout) && !layout.lastLineEnd ? LINE_ENDS[layout.lineEnd].length : 0;
  const perBatch = layout.tree !== undefined && layout.tree.batch.length > 0;
  const of = perBatch ? 'inBatch' : 'sequence';
  const place: RowPlace = options.lastBy === 'sequence' ? { number: 0, of } : { number: 0 };
  let program = needsBatch ? undefined : compileDetail(layout, options.writing(undefined), place);
  const perRow = recordsPerRow(layout);
  let count = 0;
  let inBatch = 0;
  let taken = 0;

  const sumsOf = (rows: number): DetailSums => ({
    count: rows,
    amountFen: amounts.total,
    records: rows * perRow,
    hashes: hashes.map((hash) => hash.total),
  });

  return {
    beginBatch(batch) {
      if (needsBatch) program = compileDetail(layout, options.writing(batch), place);
      inBatch = 0;
    },
    write(row, sequenceInFile, sequenceInBatch, sink) {
      assert(program !== undefined, 'this layout names the batch in every row: beginBatch was not called');
      if (!(row.amountFen <= amountMax)) throw tooLarge(row);
      const { steps } = program;
      inBatch++;
      if (options.lastBy === 'sequence') place.number = perBatch ? sequenceInBatch : sequenceInFile;
      else place.number = perBatch ? inBatch : count + 1;
      for (let index = 0; index < steps.length; index++)
        steps[index]!(row, sequenceInFile, sequenceInBatch, sink);
      for (let index = 0; index < hashes.length; index++) hashes[index]!.add(program.hash[index]!(sink));
      if (statesAmount === undefined || statesAmount()) amounts.add(row.amountFen);
      count++;
      const last = options.lastBy === 'sequence' ? sequenceInFile : count;
      if (dropped > 0 && last === options.count) sink.length -= dropped;
    },
    get rowProgram() {
      const { ops, hashes } = program?.said ?? {};
      return ops && hashes && { ops, hashes, amountMax, differsLast: dropped > 0 };
    },
    get sums() {
      return sumsOf(count);
    },
    takeSums() {
      const sums = sumsOf(count - taken);
      taken = count;
      amounts.reset();
      for (const hash of hashes) hash.reset();
      return sums;
    },
  };
}

function tooLarge(row: PaymentRow): EngineError {
  const reference = formatReference(row.batch, row.line);
  return new EngineError('PAYMENT_UNENCODABLE', {
    reference,
    problem: 'the amount is more than the bank takes',
  });
}

export function recordsPerRow(layout: FileLayout): number {
  return layout.tree === undefined ? writtenGroups(layout.records.detail).length : 1;
}

export function endsWithDetail(layout: FileLayout): boolean {
  const { batchTrailer, fileTrailer, filler } = layout.records;
  if (layout.tree !== undefined || layout.kind === 'xlsx') return false;
  return batchTrailer.length + fileTrailer.length + filler.length === 0;
}

function usesBatchValues(layout: FileLayout): boolean {
  return layout.records.detail.some((record) =>
    record.fields.some(({ content }) => {
      if (content.kind === 'value') return content.value.startsWith('batch.');
      return content.kind === 'template' && content.parts.some((part) => part.text.startsWith('batch.'));
    }),
  );
}

interface DetailProgram {
  readonly steps: readonly Step[];
  /** For each hash: the number that its field holds in the record just written. */
  readonly hash: readonly ((sink: ByteSink) => number)[];
  /** The same in operations, where they can say it. */
  readonly said: Pick<RowProgram, 'ops' | 'hashes'> | undefined;
}

function compileDetail(layout: FileLayout, writing: Writing, place: RowPlace): DetailProgram {
  const builder = new ProgramBuilder();
  const hashed = layout.hashes.map(({ of }) => of);
  const marks: RecordMarks[] = [];
  if (layout.kind === 'json') marks.push(addJsonRow(builder, layout, writing, hashed, place));
  else if (layout.kind === 'xlsx') marks.push(addSheetRow(builder, layout, writing, hashed, place));
  else if (layout.tree === undefined) {
    const groups = writtenGroups(layout.records.detail);
    groups.forEach((group, index) => {
      const among = { index, of: groups.length };
      if (group.length > 1) builder.step(alternativeStep(group, writing, among));
      else marks.push(addRecord(builder, group[0]!, writing, hashed, among));
    });
  } else {
    const element = layout.tree.detail.slice(-1);
    marks.push(addElements(builder, layout.records.detail, writing, { self: element[0], open: [], hashed }));
    builder.ascii(closeSteps(element) + LINE_ENDS[layout.lineEnd]);
  }
  const hash = hashed.map((name) => hashReader(name, marks));
  return { steps: builder.build(), hash, said: saidInOps(builder.ops(), hashed, marks) };
}

/** Writes the first of the alternatives whose codes match the row's; at least one must. */
function alternativeStep(
  group: readonly RecordDefinition[],
  writing: Writing,
  place: { index: number; of: number },
): Step {
  const { outcome } = writing;
  const programs = group.map((record) => {
    const builder = new ProgramBuilder();
    addRecord(builder, record, writing, [], place);
    return { matches: codeMatcher(record.codes), steps: builder.build() };
  });
  const byCode = new Map<string, readonly Step[]>();
  return (row, sequence, inBatch, sink) => {
    const known = byCode.get(outcome.code);
    if (known !== undefined) return runProgram(known, row, sequence, inBatch, sink);
    const chosen = programs.find(({ matches }) => matches(outcome.code));
    if (chosen === undefined) {
      throw new EngineError('PAYMENT_FILE_REFUSED', {
        problem: `no record is declared for the code "${outcome.code}"`,
      });
    }
    byCode.set(outcome.code, chosen.steps);
    runProgram(chosen.steps, row, sequence, inBatch, sink);
  };
}

function saidInOps(
  ops: readonly RowOp[] | undefined,
  hashed: readonly string[],
  marks: readonly RecordMarks[],
): DetailProgram['said'] {
  const hashes = hashed.map((name) => fixedHash(name, marks) ?? name);
  // Two fields of that name, one of each record: the steps know which one counts.
  const isClear = (of: number | string): boolean =>
    typeof of === 'number' || ops?.filter((op) => op.op === 'hash' && op.field === of).length === 1;
  return ops && hashes.every(isClear) ? { ops, hashes } : undefined;
}

function holderOf(name: string, marks: readonly RecordMarks[]): RecordMarks {
  const holder = marks.find((candidate) => candidate.indexOf(name) >= 0);
  assert(holder !== undefined, `the hash is over "${name}", which is no detail field`);
  return holder;
}

function fixedHash(name: string, marks: readonly RecordMarks[]): number | undefined {
  const fixed = holderOf(name, marks).fixed(name);
  return fixed && readDigits(fixed, 0, fixed.length);
}

function hashReader(name: string, marks: readonly RecordMarks[]): (sink: ByteSink) => number {
  const holder = holderOf(name, marks);
  const fixed = fixedHash(name, marks);
  if (fixed !== undefined) return () => fixed;
  const at = 2 * holder.indexOf(name);
  return (sink) => readDigits(sink.bytes, holder.marks[at]!, holder.marks[at + 1]!);
}
