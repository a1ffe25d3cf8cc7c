// Why a return file begins like no format in use: what each of them says of it, so that a broken beginning is found
// without knowing whose file it was. A file that has the name of one bank's answers is that bank's broken file.

import { basename } from 'node:path';
import type { FormatDefinition } from '../bank-file/definition.js';
import { compileTemplateReader } from '../bank-file/template.js';
import { BufferPool } from '../base/buffer-pool.js';
import { EngineError } from '../base/error.js';
import { type AnswerResult, answerJob } from '../worker/answer-job.js';

export async function explainUnknown(
  path: string,
  definitions: readonly FormatDefinition[],
  formatOfBank: (bank: number) => string | undefined,
): Promise<EngineError> {
  const file = basename(path);
  const reasons: string[] = [];
  for (const definition of definitions) {
    const failure = await failureAs(path, definition);
    if (failure === undefined) continue;
    const { line, column, problem } = failure.details;
    if (isNamedFor(file, definition, formatOfBank)) return new EngineError(failure.code, failure.details);
    reasons.push(`${definition.name} ${[line, column].filter(Boolean).join(':')} ${String(problem)}`);
  }
  return new EngineError('RETURN_FILE_UNKNOWN', { file, readAs: reasons });
}

async function failureAs(path: string, definition: FormatDefinition): Promise<AnswerResult['failure']> {
  const data = { definitions: [definition], kernel: undefined, isOwn: true };
  const read = answerJob.create(data, new BufferPool());
  return (await read({ path, skip: 0, isDigested: false })).failure;
}

/** Names prove nothing of a file that can be read; of one that cannot they say whom to ask. */
function isNamedFor(
  file: string,
  { name, returns }: FormatDefinition,
  formatOfBank: (bank: number) => string | undefined,
): boolean {
  const bank = returns && compileTemplateReader(returns.layout.fileName)(file)?.get('file.bank');
  return bank !== undefined && formatOfBank(Number(bank)) === name;
}
