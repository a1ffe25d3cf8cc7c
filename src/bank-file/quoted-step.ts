// RFC 4180 quotes around what a step wrote; quotes inside it were doubled while it was written.

import type { ByteSink } from './byte-sink.js';
import { gbLength } from './character-length.js';
import type { Encoding } from './definition.js';
import type { Step } from './program.js';
import { joined, withOps } from './row-op.js';

export interface QuoteRules {
  readonly encoding: Encoding;
  readonly separator: string;
  readonly quote: 'none' | 'needed' | 'always';
}

/** `needed` looks whether the content holds the separator or a quote. */
export function quotedStep(step: Step, context: QuoteRules): Step {
  const quote = 0x22;
  const always = context.quote === 'always';
  const separator = context.separator.charCodeAt(0);
  const isGb = context.encoding === 'GBK' || context.encoding === 'GB18030';
  const ops = joined([step.ops, [{ op: 'quote', always, separator, isGb }]]);
  const quoted: Step = (row, sequence, inBatch, sink) => {
    const start = sink.length;
    step(row, sequence, inBatch, sink);
    if (
      !always &&
      !holds(sink, start, separator, context.encoding) &&
      !holds(sink, start, quote, context.encoding)
    ) {
      return;
    }
    const end = sink.length;
    sink.repeat(quote, 2);
    sink.bytes.copyWithin(start + 1, start, end);
    sink.bytes[start] = quote;
    sink.bytes[end + 1] = quote;
  };
  return withOps(quoted, ops);
}

/** Whether an ASCII character stands in what was written; the second byte of a GBK character is not one. */
function holds(sink: ByteSink, start: number, byte: number, encoding: Encoding): boolean {
  const twoByte = encoding === 'GBK' || encoding === 'GB18030';
  for (let at = start; at < sink.length; at++) {
    const value = sink.bytes[at]!;
    if (value === byte) return true;
    if (twoByte) at += gbLength(sink.bytes, at) - 1;
  }
  return false;
}
