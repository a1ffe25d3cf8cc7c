import type { FormatDefinition, ReturnDefinition } from '../bank-file/definition.js';
import { EngineError } from '../base/error.js';
import { formatYuan } from '../money/fen.js';
import type { Context } from './context.js';
import { type ShownField, shownFields, templateText } from './shown-fields.js';

export interface ShownFormat {
  name: string;
  payment: ShownLayout & {
    /** What the bank is expected to call its answer; empty when it is not known. */
    returnFileName: string;
    limits: Record<string, string | number>;
    parameters: { name: string; about: string; required: boolean; example: string }[];
    fields: ShownField[];
  };
  returns: ShownReturn | null;
  /** Other files in which the bank may answer: camt053, camt054. */
  otherReturns: string[];
}

interface ShownLayout {
  title: string;
  status: string;
  source: string;
  layout: string;
  encoding: string;
  fileName: string;
}

interface ShownReturn extends ShownLayout {
  lists: string;
  unlisted: string;
  matchBy: readonly string[];
  fields: ShownField[];
  codes: ShownCode[];
  /** Codes of the whole file. */
  wholes: { code: string; means: string; text: string }[];
}

interface ShownCode {
  code: string;
  outcome: string;
  text: string;
}

export async function showFormat(
  context: Pick<Context, 'formats'>,
  input: { name: string },
): Promise<ShownFormat> {
  const { formats } = await context.formats();
  const definition = formats.get(input.name);
  if (!definition) throw new EngineError('FORMAT_UNKNOWN', { format: input.name });
  return {
    name: definition.name,
    payment: paymentOf(definition),
    returns: definition.returns === undefined ? null : returnsOf(definition.returns),
    otherReturns: definition.moreReturns.map(({ kind }) => kind),
  };
}

function layoutOf({ layout }: FormatDefinition['payment'] | ReturnDefinition): ShownLayout {
  const { title, status, source, kind, encoding, fileName } = layout;
  return { title, status, source: source.trim(), layout: kind, encoding, fileName: templateText(fileName) };
}

function paymentOf({ payment }: FormatDefinition): ShownFormat['payment'] {
  const limits = Object.entries(payment.limits).filter(([, value]) => value !== undefined);
  return {
    ...layoutOf(payment),
    returnFileName: templateText(payment.returnFileName),
    limits: Object.fromEntries(
      limits.map(([name, value]) =>
        typeof value === 'bigint' ? [name.replace(/Fen$/, ''), formatYuan(value)] : [name, value],
      ),
    ),
    parameters: payment.parameters.map(({ name, about, required, example }) => ({
      ...{ name, about, required, example },
    })),
    fields: shownFields(payment.layout),
  };
}

function returnsOf(returns: ReturnDefinition): ShownReturn {
  const { lists, unlisted, matchBy, statuses, codes, wholes } = returns;
  return {
    ...layoutOf(returns),
    ...{ lists, unlisted, matchBy },
    fields: shownFields(returns.layout),
    codes: [...statuses, ...codes].map(({ code, outcome, text }) => ({ code, outcome, text })),
    wholes: wholes.map(({ code, means, text }) => ({ code, means, text })),
  };
}
