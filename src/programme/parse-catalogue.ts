// Catalogue files (contract, section 6) to a Catalogue. Everything wrong is found in one go and has its place: who writes
// a catalogue should not have to publish it ten times to learn of ten mistakes.

import type { z } from 'zod';
import { EngineError } from '../base/error.js';
import {
  type CatalogueFile,
  type CatalogueText,
  readCatalogueFile,
  type ValuePath,
} from './catalogue-file.js';
import { problemOfIssue } from './catalogue-issue.js';
import {
  type CatalogueProblem,
  type CatalogueProblemCode,
  describeCatalogueProblem,
} from './catalogue-problem.js';
import { fileSchema, programmeSchema } from './catalogue-schema.js';
import { checkProgramme } from './check-programme.js';
import type { Catalogue, Programme } from './programme.js';
import { toProgramme } from './to-programme.js';

/** The catalogue where there is nothing wrong, else every problem, by file, line and column. */
export interface CatalogueInspection {
  readonly catalogue: Catalogue | undefined;
  readonly problems: readonly CatalogueProblem[];
}

/** One file, or the files of a folder. Throws CATALOGUE_INVALID with the first problem and the number of further ones. */
export function parseCatalogue(files: readonly CatalogueText[]): Catalogue {
  const { catalogue, problems } = inspectCatalogue(files);
  const [first, ...further] = problems;
  if (catalogue !== undefined && first === undefined) return catalogue;
  throw new EngineError('CATALOGUE_INVALID', {
    file: first?.file,
    line: first?.line,
    column: first?.column,
    problem: first && describeCatalogueProblem(first, 'en'),
    problemZh: first && describeCatalogueProblem(first, 'zh'),
    more: further.length,
  });
}

/**
 * The order of the files does not matter: they are taken by path. `catalogue` and `effectiveFrom` must stand in one file
 * at least, and every file that says them must say the same.
 */
export function inspectCatalogue(files: readonly CatalogueText[]): CatalogueInspection {
  const reader = new CatalogueReader();
  for (const file of [...files].sort((one, other) => (one.path < other.path ? -1 : 1))) reader.read(file);
  return reader.finish();
}

type Head = 'catalogue' | 'effectiveFrom';

class CatalogueReader {
  readonly #problems: CatalogueProblem[] = [];
  readonly #head = new Map<Head, { value: string; file: string }>();
  readonly #codes = new Map<string, { file: string; line: number }>();
  readonly #programmes: Programme[] = [];
  #firstPath = '';
  #hasProgrammes = false;
  /** Whether every file was understood as far as its keys: only then can something be missing from all of them. */
  #isWhole = true;

  read(text: CatalogueText): void {
    this.#firstPath ||= text.path;
    const file = readCatalogueFile(text);
    if (Array.isArray(file)) {
      this.#isWhole = false;
      for (const { line, column, text: said } of file) {
        this.#problems.push({ file: text.path, line, column, code: 'yamlInvalid', values: { text: said } });
      }
      return;
    }
    const parsed = fileSchema.safeParse(file.value);
    if (!parsed.success) {
      this.#isWhole = false;
      this.#reportIssues(file, [], file.value, parsed.error.issues);
    }
    this.#readHead(file, 'catalogue');
    this.#readHead(file, 'effectiveFrom');
    const programmes = valueAt(file.value, 'programmes');
    if (!Array.isArray(programmes)) return;
    programmes.forEach((value, index) => {
      this.#hasProgrammes = true;
      this.#readProgramme(file, value, index);
    });
  }

  finish(): CatalogueInspection {
    if (this.#isWhole) this.#reportMissing();
    if (this.#problems.length > 0) {
      return { catalogue: undefined, problems: this.#problems.sort(byPlace) };
    }
    const catalogue = {
      name: this.#head.get('catalogue')!.value,
      effectiveFrom: this.#head.get('effectiveFrom')!.value,
      programmes: this.#programmes,
    };
    return { catalogue, problems: [] };
  }

  #reportMissing(): void {
    for (const key of ['catalogue', 'effectiveFrom'] as const) {
      if (!this.#head.has(key)) this.#reportAtStart('headMissing', { key });
    }
    if (!this.#hasProgrammes) this.#reportAtStart('programmesMissing', {});
  }

  #readHead(file: CatalogueFile, key: Head): void {
    const value = valueAt(file.value, key);
    if (value === undefined) return;
    const before = this.#head.get(key);
    if (before === undefined) this.#head.set(key, { value: String(value), file: file.path });
    else if (before.value !== String(value)) {
      this.#report(file, [key], 'headDiffers', { file: before.file, value: before.value });
    }
  }

  #readProgramme(file: CatalogueFile, value: unknown, index: number): void {
    const at = ['programmes', index];
    const parsed = programmeSchema.safeParse(value);
    if (!parsed.success) {
      this.#reportIssues(file, at, value, parsed.error.issues);
      return;
    }
    const written = parsed.data;
    const problems = checkProgramme(written);
    for (const problem of problems) {
      this.#report(file, [...at, ...problem.at], problem.code, problem.values, problem.key);
    }
    const before = this.#codes.get(written.code);
    if (before !== undefined) {
      const values = { code: written.code, file: before.file, line: String(before.line) };
      this.#report(file, [...at, 'code'], 'codeRepeated', values);
      return;
    }
    this.#codes.set(written.code, { file: file.path, line: file.placeOf([...at, 'code']).line });
    if (problems.length === 0) this.#programmes.push(toProgramme(written));
  }

  #reportIssues(
    file: CatalogueFile,
    at: ValuePath,
    value: unknown,
    issues: readonly z.core.$ZodIssue[],
  ): void {
    for (const issue of issues) {
      for (const problem of problemOfIssue(issue, value, (path) => file.sourceOf([...at, ...path]))) {
        this.#report(file, [...at, ...problem.at], problem.code, problem.values, problem.key);
      }
    }
  }

  #report(
    file: CatalogueFile,
    at: ValuePath,
    code: CatalogueProblemCode,
    values: Readonly<Record<string, string>>,
    key = false,
  ): void {
    const { line, column } = key ? file.placeOfKey(at) : file.placeOf(at);
    this.#problems.push({ file: file.path, line, column, code, values });
  }

  #reportAtStart(code: CatalogueProblemCode, values: Readonly<Record<string, string>>): void {
    this.#problems.push({ file: this.#firstPath, line: 1, column: 1, code, values });
  }
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function byPlace(one: CatalogueProblem, other: CatalogueProblem): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}
