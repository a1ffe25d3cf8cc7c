// What a payment file is about, beside its rows. The same context gives the same bytes: there is no clock in it.

import { EngineError } from '../base/error.js';
import type { FileLayout, FormatDefinition } from './definition.js';
import type { DetailSums } from './detail-sums.js';
import type { ValueLookup } from './template.js';
import { valueKey } from './value.js';

export interface FileContext {
  /** Number of the payment file, unique for ever; sequence numbers and file references are made from it. */
  readonly fileNumber: number;
  /** Bank code, 3 digits. */
  readonly bank: string;
  /** YYYY-MM-DD. */
  readonly payDate: string;
  /** Part n of the files that pay this release to this bank, 1-based. */
  readonly part: number;
  readonly parts: number;
  /** Rows in this file. */
  readonly count: number;
  readonly amountFen: bigint;
  /** Batches of payments (not of the file) that are paid by it. */
  readonly batches: readonly number[];
  /** Names of the programmes, for the purpose text. */
  readonly programmes: readonly string[];
  /** The institution's own values: paying account, customer number … */
  readonly parameters: Readonly<Record<string, string>>;
  /** Rows and fen (as text, for it is stored as JSON) of all parts; when missing, this file is the only one. */
  readonly allParts?: { readonly count: number; readonly fen: string };
  /** Batches in this file; when missing, counted from the rows and the limit. */
  readonly batchCount?: number;
}

export interface BatchContext {
  /** In the file, 1-based. */
  readonly ordinal: number;
  readonly count: number;
  readonly amountFen: bigint;
}

/** Totals of a return file by outcome; only return writers and readers know them. */
export interface OutcomeTotals {
  readonly paid: { readonly count: number; readonly amountFen: bigint };
  readonly failed: { readonly count: number; readonly amountFen: bigint };
  readonly pending: { readonly count: number; readonly amountFen: bigint };
}

export interface LookupParts {
  readonly context: FileContext;
  readonly batchesInFile: number;
  readonly batch?: BatchContext | undefined;
  /** For `file.records`, `batch.records`, hashes and blocks: known in trailers. */
  readonly atEnd?: ReadonlyMap<string, number | bigint> | undefined;
  readonly more?: ReadonlyMap<string, string | number | bigint> | undefined;
}

/** Values of the file and the batch by name. */
export function fileLookup({ context, batchesInFile, batch, atEnd, more }: LookupParts): ValueLookup {
  const values = new Map<string, string | number | bigint>([
    ['file.number', context.fileNumber],
    ['file.bank', context.bank],
    ['file.date', context.payDate],
    ['file.part', context.part],
    ['file.parts', context.parts],
    ['file.isLast', String(context.part === context.parts)],
    // The parts of one release to one bank are numbered in a row.
    ['parts.number', context.fileNumber - context.part + 1],
    ['parts.count', context.allParts?.count ?? context.count],
    ['parts.amount', context.allParts === undefined ? context.amountFen : BigInt(context.allParts.fen)],
    ['file.count', context.count],
    ['file.amount', context.amountFen],
    ['file.batches', batchesInFile],
    ['file.programmes', context.programmes.join('、')],
    ...(more ?? []),
    // Last: what was counted while writing beats what was announced.
    ...(atEnd ?? []),
  ]);
  if (batch !== undefined) {
    values.set('batch.number', batch.ordinal);
    values.set('batch.count', batch.count);
    values.set('batch.amount', batch.amountFen);
  }
  return (name) => {
    if (name.startsWith('parameter.')) return context.parameters[valueKey(name)];
    return values.get(name);
  };
}

/** The hash totals, cut to their low-order digits, under `file.hash.…` or `batch.hash.…`. */
export function hashValues(
  layout: FileLayout,
  prefix: 'file' | 'batch',
  sums: DetailSums,
): [string, bigint][] {
  return layout.hashes.map((hash, index) => [
    `${prefix}.hash.${hash.name}`,
    (sums.hashes[index] ?? 0n) % 10n ** BigInt(hash.digits),
  ]);
}

/** Names of the parameters that the format needs and the profile does not give. */
export function missingParameters(
  definition: FormatDefinition,
  parameters: Readonly<Record<string, string>>,
): string[] {
  return definition.payment.parameters
    .filter(({ name, required }) => required && (parameters[name] ?? '') === '')
    .map(({ name }) => name);
}

/** Throws CONFIG_INVALID when the bank's profile lacks a parameter. */
export function requireParameters(definition: FormatDefinition, context: FileContext): void {
  const missing = missingParameters(definition, context.parameters).join(', ');
  if (missing === '') return;
  const problem = `the profile of bank ${context.bank} lacks: ${missing}`;
  const problemZh = `银行 ${context.bank} 的配置缺少参数：${missing}`;
  throw new EngineError('CONFIG_INVALID', { format: definition.name, problem, problemZh });
}

/** Throws CONFIG_INVALID when a profile gives what its format does not ask for: a mistyped name would do nothing. */
export function refuseUnknownParameters(
  definition: FormatDefinition,
  bank: string,
  parameters: Readonly<Record<string, string>>,
): void {
  const known = definition.payment.parameters.map(({ name }) => name);
  const unknown = Object.keys(parameters)
    .filter((name) => !known.includes(name))
    .join(', ');
  if (unknown === '') return;
  const problem = `the profile of bank ${bank} gives what its format does not ask for: ${unknown}; it asks for ${known.join(', ')}`;
  const problemZh = `银行 ${bank} 的配置中有其格式没有的参数：${unknown}；可用的参数：${known.join('、')}`;
  throw new EngineError('CONFIG_INVALID', { format: definition.name, problem, problemZh });
}
