// Templates that change with the row, without making a text for every row: what does not change is rendered once, and
// numbers go straight into the file. Other values take the slow way.

import { EngineError } from '../base/error.js';
import { BATCH_DIGITS, LINE_DIGITS } from '../base/payment-reference.js';
import type { ByteSink } from './byte-sink.js';
import type { FieldDefinition, TemplatePart } from './definition.js';
import type { WriteContext } from './field-program.js';
import type { PaymentRow } from './payment-row.js';
import { joined, type NumberSource, numberOp, type WithOps, withOps } from './row-op.js';
import { type ContentStep, fixedStep, REFERENCE_OPS, rowStep } from './row-value.js';
import { formatTemplate } from './template.js';
import type { TextTable } from './text-rules.js';
import { type ValueName, valueSpec } from './value.js';

type Piece = WithOps & ((row: PaymentRow, sequence: number, inBatch: number, sink: ByteSink) => number);

type NumberOf = (row: PaymentRow, sequence: number, inBatch: number) => number;

const NUMBERS: Readonly<Record<string, readonly [NumberOf, NumberSource]>> = {
  sequence: [(_row, sequence) => sequence, 'sequence'],
  sequenceInBatch: [(_row, _sequence, inBatch) => inBatch, 'inBatch'],
  rosterBatch: [(row) => row.batch, 'batch'],
  rosterLine: [(row) => row.line, 'line'],
};

/** Undefined when the template holds a value that only text can give. */
export function rowTemplateStep(
  field: FieldDefinition,
  parts: readonly TemplatePart[],
  table: TextTable,
  context: WriteContext,
): ContentStep | undefined {
  const pieces: Piece[] = [];
  for (const part of parts) {
    const piece = pieceOf(field, part, table, context);
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  const step: ContentStep = (row, sequence, inBatch, sink) => {
    let characters = 0;
    for (let index = 0; index < pieces.length; index++) {
      const written = pieces[index]!(row, sequence, inBatch, sink);
      if (written < 0) return -1;
      characters += written;
    }
    return characters;
  };
  return withOps(step, joined(pieces.map(({ ops }) => ops)));
}

/** Written into a template as it stands in a field of its own. */
const TEXTS: ReadonlySet<string> = new Set(['account', 'name', 'residentId']);

function pieceOf(
  field: FieldDefinition,
  part: TemplatePart,
  table: TextTable,
  context: WriteContext,
): Piece | undefined {
  const scope = part.kind === 'literal' ? undefined : valueSpec(part.text)?.scope;
  if (scope !== 'row' && scope !== 'outcome') {
    const bytes = new TextEncoder().encode(formatTemplate([part], context.lookup));
    return fixedStep(table, bytes);
  }
  if (part.text === 'reference' && part.width <= BATCH_DIGITS + LINE_DIGITS) return referencePiece;
  if (TEXTS.has(part.text) && part.width === 0)
    return rowStep(part.text as ValueName, field, 0, table, context.outcome, context.ownBank);
  const number = NUMBERS[part.text];
  return number === undefined ? undefined : numberPiece(part, ...number);
}

const referencePiece: Piece = withOps<Piece>((row, _sequence, _inBatch, sink) => {
  sink.digits(row.batch, BATCH_DIGITS);
  sink.digits(row.line, LINE_DIGITS);
  return BATCH_DIGITS + LINE_DIGITS;
}, REFERENCE_OPS);

function numberPiece({ text, width }: TemplatePart, numberOf: NumberOf, of: NumberSource): Piece {
  const ops = [numberOp(of, width, width > 0 ? { most: width } : {})];
  return withOps<Piece>((row, sequence, inBatch, sink) => {
    const start = sink.length;
    sink.digits(numberOf(row, sequence, inBatch), width);
    const digits = sink.length - start;
    // Longer, it could not be told from what follows it.
    if (width > 0 && digits > width)
      throw new EngineError('PAYMENT_FILE_REFUSED', { problem: `${text} has more than ${width} digits` });
    return digits;
  }, ops);
}
