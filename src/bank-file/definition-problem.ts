// What can be wrong with a definition, as codes with a place; the sentences, in both languages, stand in three tables.

import type { Place } from './definition.js';
import { FIELD_PROBLEMS } from './field-problems.js';
import { RECORD_PROBLEMS } from './record-problems.js';
import { SHAPE_PROBLEMS } from './shape-problems.js';

export const DEFINITION_PROBLEMS = { ...SHAPE_PROBLEMS, ...FIELD_PROBLEMS, ...RECORD_PROBLEMS };

export type ProblemCode = keyof typeof DEFINITION_PROBLEMS;
export type ProblemValues = Readonly<Record<string, string | number>>;

/** A problem whose place is known to the caller. */
export interface Unplaced {
  readonly code: ProblemCode;
  readonly values: ProblemValues;
}

/** One mistake in a definition. */
export interface DefinitionProblem extends Place, Unplaced {
  /** The sentence in English. */
  readonly problem: string;
}

/** Adds a problem at a place. */
export type Report = (place: Place, code: ProblemCode, values?: ProblemValues) => void;

export function unplaced(code: ProblemCode, values: ProblemValues = {}): Unplaced {
  return { code, values };
}

export function problemAt(place: Place, code: ProblemCode, values: ProblemValues = {}): DefinitionProblem {
  const { file, line, column } = place;
  return { file, line, column, code, values, problem: describeProblem({ code, values }, 'en') };
}

/** One sentence without its place. */
export function describeProblem({ code, values }: Unplaced, language: 'en' | 'zh'): string {
  const template: string = DEFINITION_PROBLEMS[code][language === 'en' ? 0 : 1];
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(DEFINITION_PROBLEMS, text);
}

const UNITS_ZH = { bytes: '字节', characters: '个字符' } as const;

/** A unit of length in both languages, as values of a problem. */
export function unitValues(unit: 'bytes' | 'characters'): { unit: string; unitZh: string } {
  return { unit, unitZh: UNITS_ZH[unit] };
}
