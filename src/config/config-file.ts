// The configuration file: the same settings as the flags, in YAML, read strictly. Every mistake is CONFIG_INVALID with
// its file, line and column. Values are taken as they are written (`lang: no` is the text "no").

import { basename } from 'node:path';
import { isMap, isScalar, LineCounter, type Pair, parseDocument } from 'yaml';
import { EngineError, type ErrorDetails } from '../base/error.js';
import { z } from '../base/schema.js';
import type { ConfigProblem } from '../message/usage-problem.js';

const schema = z.strictObject({
  database: z.string().optional(),
  data: z.string().optional(),
  actor: z.string().optional(),
  threads: z.string().optional(),
  lang: z.string().optional(),
  formats: z.string().optional(),
  banks: z.unknown().optional(),
});

export type ConfigKey = keyof z.infer<typeof schema>;

export const CONFIG_KEYS = Object.keys(schema.shape) as ConfigKey[];

export interface ConfigFile {
  readonly path: string;
  readonly values: Partial<Readonly<Record<Exclude<ConfigKey, 'banks'>, string>>>;
  /** The file with everything but `banks:` made blank; undefined without that key. */
  readonly banks: string | undefined;
  /** The error to throw for a value that cannot be used; its place is the value's. */
  invalid(key: ConfigKey, problem: ConfigProblem, details?: ErrorDetails): EngineError;
}

export function parseConfigFile(text: string, path: string): ConfigFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, schema: 'failsafe', uniqueKeys: true });
  const fail = (offset: number, problem: ConfigProblem, details: ErrorDetails = {}): EngineError => {
    const { line, col } = lineCounter.linePos(offset);
    const place = { file: basename(path), line: Math.max(line, 1), column: Math.max(col, 1) };
    return new EngineError('CONFIG_INVALID', { ...place, problem, ...details });
  };
  const [broken] = document.errors;
  if (broken?.code === 'DUPLICATE_KEY') {
    throw fail(broken.pos[0], 'keyRepeated', { key: wordAt(text, broken.pos[0]) });
  }
  // The parser's message quotes the line, and the line may hold a password; its code says what kind of mistake it is.
  if (broken !== undefined) throw fail(broken.pos[0], 'yamlInvalid', { text: broken.code });
  const pairs = new Map<string, Pair>();
  if (isMap(document.contents)) for (const pair of document.contents.items) pairs.set(String(pair.key), pair);
  else if (document.contents !== null && !isEmptyScalar(document.contents)) throw fail(0, 'mappingExpected');

  const parsed = schema.safeParse(document.toJS() || {});
  for (const issue of parsed.error?.issues ?? []) {
    const [key] = issue.code === 'unrecognized_keys' ? issue.keys : issue.path.map(String);
    const offset = offsetOf(pairs.get(key ?? ''));
    if (issue.code !== 'unrecognized_keys') throw fail(offset, 'textExpected', { key });
    throw fail(offset, 'keyUnknown', { key, choices: CONFIG_KEYS });
  }
  const { banks: _banks, ...values } = parsed.data ?? {};
  return {
    path,
    values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
    banks: pairs.has('banks') ? onlyBanks(text, pairs.get('banks') as Pair) : undefined,
    invalid: (key, problem, details) => fail(offsetOf(pairs.get(key), 'value'), problem, { key, ...details }),
  };
}

function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && (node.value === null || node.value === '');
}

function offsetOf(pair: Pair | undefined, part: 'key' | 'value' = 'key'): number {
  const node = pair?.[part] as { range?: [number, number, number] | null } | null | undefined;
  return node?.range?.[0] ?? 0;
}

function wordAt(text: string, offset: number): string {
  return /^[\w-]+/.exec(text.slice(offset))?.[0] ?? '';
}

function onlyBanks(text: string, pair: Pair): string {
  const from = offsetOf(pair);
  const value = pair.value as { range?: [number, number, number] | null } | null;
  const to = value?.range?.[2] ?? text.length;
  return text.slice(0, from).replace(/[^\n]/g, ' ') + text.slice(from, to);
}
