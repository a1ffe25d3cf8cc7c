import type { FormatDefinition } from '../bank-file/definition.js';
import { EngineError } from '../base/error.js';
import type { Context } from './context.js';

export interface ShownFormat {
  name: string;
  payment: {
    layout: string;
    encoding: string;
    limits: Record<string, string | number>;
    parameters: string[];
    /** Values of the right shape, by parameter. */
    examples: Record<string, string>;
  };
  returns: {
    layout: string;
    encoding: string;
    lists: string;
    matchBy: readonly string[];
    codes: ShownCode[];
  } | null;
  /** Other files in which the bank may answer: camt053, camt054. */
  otherReturns: string[];
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
    returns: returnsOf(definition),
    otherReturns: definition.moreReturns.map(({ kind }) => kind),
  };
}

function paymentOf({ payment }: FormatDefinition): ShownFormat['payment'] {
  const limits = Object.entries(payment.limits).filter(([, value]) => value !== undefined);
  return {
    layout: payment.layout.kind,
    encoding: payment.layout.encoding,
    limits: Object.fromEntries(
      limits.map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
    ),
    parameters: payment.parameters.map(({ name, required }) => (required ? name : `${name} (optional)`)),
    examples: Object.fromEntries(
      payment.parameters.filter(({ example }) => example !== '').map(({ name, example }) => [name, example]),
    ),
  };
}

function returnsOf({ returns }: FormatDefinition): ShownFormat['returns'] {
  if (!returns) return null;
  const codes = [...returns.statuses, ...returns.codes].map(({ code, outcome, text }) => ({
    code,
    outcome,
    text,
  }));
  const { layout, lists, matchBy } = returns;
  return { layout: layout.kind, encoding: layout.encoding, lists, matchBy, codes };
}
