// Whether a name or an account can stand in a bank's file: asked at roster import, so that it is a finding on a line
// long before a file is written. It asks the very steps that write the file, so the two can never disagree.

import { EngineError } from '../base/error.js';
import { ByteSink } from './byte-sink.js';
import type { FieldDefinition, FileLayout } from './definition.js';
import { fieldStep } from './field-program.js';
import { NO_ROW, type Step } from './program.js';
import { writeContext } from './record-program.js';
import { emptyOutcome } from './row-value.js';

export interface Fits {
  name(name: string): string | undefined;
  account(account: string): string | undefined;
}

export function compileUnencodable(layout: FileLayout): Fits {
  const nameSteps = stepsOf(layout, 'name');
  const accountSteps = stepsOf(layout, 'account');
  const encoder = new TextEncoder();
  const sink = new ByteSink(1024);
  const attempt = (steps: readonly Step[], text: string): string | undefined => {
    const bytes = encoder.encode(text);
    const row = { ...NO_ROW, bytes, nameTo: bytes.length, accountTo: bytes.length };
    // Nobody looks at where a refusal was thrown, and gathering it took longer than all else that a line needs.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      for (const step of steps) {
        sink.reset();
        step(row, 1, 1, sink);
      }
      return undefined;
    } catch (error) {
      if (error instanceof EngineError && error.code === 'PAYMENT_UNENCODABLE')
        return String(error.details['problem']);
      throw error;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
  return {
    name: (name) => attempt(nameSteps, name),
    account: (account) =>
      /^[0-9]+$/.test(account) ? attempt(accountSteps, account) : 'it is not all digits',
  };
}

/** The steps of every detail field whose value it is. */
function stepsOf(layout: FileLayout, value: 'name' | 'account'): Step[] {
  const holds = ({ content }: FieldDefinition): boolean => {
    if (content.kind === 'value') return content.value === value;
    return content.kind === 'template' && content.parts.some((part) => part.text === value);
  };
  const writing = { layout, lookup: () => undefined, outcome: emptyOutcome() };
  return layout.records.detail.flatMap((record) =>
    record.fields.filter(holds).map((field) => fieldStep(field, writeContext(record, writing, []))),
  );
}
