// What is wrong with a bank's definition, in plain words; needs no database.

import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { describeProblem, type ProblemCode } from '../bank-file/definition-problem.js';
import { checkFormat as checkDefinition } from '../bank-file/parse-definition.js';
import { EngineError } from '../base/error.js';
import { fileError } from '../codec/file-error.js';

export interface CheckFormatAnswer {
  ok: boolean;
  format: string;
  problems: FormatProblem[];
}

export interface FormatProblem {
  file: string;
  line: number;
  column: number;
  code: ProblemCode;
  /** What is wrong, in English and in Chinese. */
  problem: string;
  problemZh: string;
}

/** `path` is a format's folder, or one of the files in it: a format is checked as a whole. */
export async function checkFormat(input: { path: string }): Promise<CheckFormatAnswer> {
  try {
    const isFolder = (await stat(input.path)).isDirectory();
    const folder = resolve(isFolder ? input.path : dirname(input.path));
    const names = (await readdir(folder)).filter((name) => /\.ya?ml$/i.test(name)).sort();
    if (names.length === 0) throw new EngineError('FILE_EMPTY', { file: basename(folder) });
    const files = await Promise.all(
      names.map(async (name) => ({
        path: `${basename(folder)}/${name}`,
        text: await readFile(join(folder, name), 'utf8'),
      })),
    );
    const problems = checkDefinition({ name: basename(folder), files }).map(
      ({ file, line, column, ...said }) => ({
        ...{ file, line, column, code: said.code },
        problem: said.problem,
        problemZh: describeProblem(said, 'zh'),
      }),
    );
    return { ok: problems.length === 0, format: basename(folder), problems };
  } catch (error) {
    throw error instanceof EngineError ? error : fileError(error, input.path);
  }
}
