// The fields of a layout in the order of the file, each in one line: where it stands, what it holds, how long it may be.

import {
  type FieldContent,
  type FieldDefinition,
  type FieldType,
  type FileLayout,
  SECTIONS,
  type TemplatePart,
} from '../bank-file/definition.js';
import { formatSteps } from '../bank-file/element-path.js';

export interface ShownField {
  section: string;
  record: string;
  field: string;
  /** Positions, the path of an element, or the number of the field or column. */
  place: string;
  /** A value, a constant in quotes, a template. */
  holds: string;
  /** `yuan`, `fen`, the pattern of a date. */
  as: string;
  /** Longest content, where there is one. */
  max?: number;
  unit?: 'bytes' | 'characters';
}

export function shownFields(layout: FileLayout): ShownField[] {
  return SECTIONS.flatMap((section) =>
    layout.records[section].flatMap((record) => {
      let position = 1;
      return record.fields.map((field, index) => {
        const first = position;
        position += field.width;
        return {
          ...{ section, record: record.name, field: field.name },
          place: placeOf(field, layout, first, index + 1),
          holds: holds(field.content),
          as: formOf(field.type),
          ...(field.max === 0 ? {} : { max: field.max, unit: field.maxUnit }),
        };
      });
    }),
  );
}

export function templateText(parts: readonly TemplatePart[]): string {
  return parts
    .map(({ kind, text, width, pattern }) => {
      if (kind === 'literal') return text;
      const format = pattern || (width > 0 ? String(width) : '');
      return format === '' ? `{${text}}` : `{${text}:${format}}`;
    })
    .join('');
}

function placeOf(
  { path, width }: FieldDefinition,
  layout: FileLayout,
  first: number,
  number: number,
): string {
  if (path !== undefined) {
    const steps = layout.kind === 'json' ? jsonSteps(path.steps) : formatSteps(path.steps);
    return path.attribute === undefined ? steps : `${steps}@${path.attribute}`;
  }
  if (layout.kind !== 'fixed') return String(number);
  return width === 1 ? String(first) : `${first}-${first + width - 1}`;
}

function jsonSteps(steps: readonly { readonly name: string; readonly index: number }[]): string {
  return steps.map(({ name, index }) => (index === 0 ? name : `${name}[${index}]`)).join('/');
}

function holds(content: FieldContent): string {
  switch (content.kind) {
    case 'value':
      return content.slice === undefined ? content.value : `${content.value} ${content.slice.join('-')}`;
    case 'constant':
      return JSON.stringify(content.text);
    case 'template':
      return templateText(content.parts);
    case 'checkDigit':
    case 'digest':
      return `${content.algorithm} (${content.of.join(', ')})`;
    case 'filler':
      return '';
  }
}

function formOf(type: FieldType): string {
  if (type.kind === 'date') return type.pattern;
  if (type.kind !== 'amount') return '';
  const { decimals, point } = type;
  if (point) return decimals === 2 ? 'yuan' : `yuan .${decimals}`;
  // Two implied decimals are fen.
  return decimals === 2 ? 'fen' : `yuan V${decimals}`;
}
