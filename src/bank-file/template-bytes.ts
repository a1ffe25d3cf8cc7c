// Templates whose parts all have a width, read from bytes without making a text of the whole: a reference or sequence with
// a prefix stands in every row of some formats.

import type { Encoding, TemplatePart } from './definition.js';
import { equalBytes } from './field-text.js';
import { encodeAll } from './text-rules.js';

/** Where a value of the template stands, from its beginning. */
export interface TemplateSpan {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface FixedTemplate {
  readonly spans: readonly TemplateSpan[];
  /** Whether `bytes[from, to)` were made by this template. */
  matches(bytes: Buffer, from: number, to: number): boolean;
}

/** Undefined when a part is as long as it is. */
export function fixedTemplate(parts: readonly TemplatePart[], encoding: Encoding): FixedTemplate | undefined {
  const spans: TemplateSpan[] = [];
  const literals: { readonly from: number; readonly bytes: Uint8Array }[] = [];
  let at = 0;
  for (const part of parts) {
    if (part.kind === 'literal') {
      const bytes = encodeAll(part.text, encoding);
      if (bytes === undefined) return undefined;
      literals.push({ from: at, bytes });
      at += bytes.length;
    } else if (part.width > 0) {
      spans.push({ name: part.text, from: at, to: at + part.width });
      at += part.width;
    } else return undefined;
  }
  const length = at;
  return {
    spans,
    matches(bytes, from, to) {
      if (to - from !== length) return false;
      for (const literal of literals) {
        const start = from + literal.from;
        if (!equalBytes(literal.bytes, bytes, start, start + literal.bytes.length)) return false;
      }
      return spans.every((span) => isDigits(bytes, from + span.from, from + span.to));
    },
  };
}

function isDigits(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  return true;
}
