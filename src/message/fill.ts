// Message templates: `{name}` is filled with a value; a part in square brackets is left out when a value in it is missing.

/** Undefined = there is no such value. */
export type LookUp = (name: string) => string | undefined;

const MISSING = '?';

export function fill(template: string, lookUp: LookUp): string {
  return template
    .split(/(\[[^\]]*\])/)
    .map((part) => (part.startsWith('[') ? optionalPart(part.slice(1, -1), lookUp) : fillPart(part, lookUp)))
    .join('');
}

function optionalPart(part: string, lookUp: LookUp): string {
  const names = [...part.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return names.some((name) => lookUp(name) === undefined) ? '' : fillPart(part, lookUp);
}

function fillPart(part: string, lookUp: LookUp): string {
  return part.replace(/\{(\w+)\}/g, (_whole, name: string) => lookUp(name) ?? MISSING);
}
