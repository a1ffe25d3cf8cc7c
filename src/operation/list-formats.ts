import type { Context } from './context.js';

export interface ListedFormat {
  name: string;
  layout: string;
  encoding: string;
  hasReturns: boolean;
  banks: string[];
}

export async function listFormats(context: Pick<Context, 'formats'>): Promise<{ formats: ListedFormat[] }> {
  const { formats, profiles } = await context.formats();
  return {
    formats: [...formats.values()]
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map((definition) => ({
        name: definition.name,
        layout: definition.payment.layout.kind,
        encoding: definition.payment.layout.encoding,
        hasReturns: definition.returns !== undefined,
        banks: [...profiles.values()]
          .filter(({ format }) => format === definition.name)
          .map(({ bank }) => bank),
      })),
  };
}
