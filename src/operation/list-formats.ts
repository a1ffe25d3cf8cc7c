import type { Context } from './context.js';

export interface ListedFormat {
  name: string;
  title: string;
  /** Whether the layout is verified or a sample that must be compared with the bank's own specification. */
  status: string;
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
        title: definition.payment.layout.title,
        status: definition.payment.layout.status,
        layout: definition.payment.layout.kind,
        encoding: definition.payment.layout.encoding,
        hasReturns: definition.returns !== undefined,
        banks: [...profiles.values()]
          .filter(({ format }) => format === definition.name)
          .map(({ bank }) => bank),
      })),
  };
}
