// Message templates: `{name}` is filled with a value; a part in square brackets is left out when a value in it is missing.

/** Undefined = there is no such value. */
export type ValueOf = (name: string) => string | undefined;

const MISSING = '?';

export function fill(template: string, valueOf: ValueOf): string {
  return template
    .split(/(\[[^\]]*\])/)
    .map((part) =>
      part.startsWith('[') ? optionalPart(part.slice(1, -1), valueOf) : fillPart(part, valueOf),
    )
    .join('');
}

function optionalPart(part: string, valueOf: ValueOf): string {
  const names = [...part.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return names.some((name) => valueOf(name) === undefined) ? '' : fillPart(part, valueOf);
}

function fillPart(part: string, valueOf: ValueOf): string {
  return part.replace(/\{(\w+)\}/g, (_whole, name: string) => valueOf(name) ?? MISSING);
}
