// Paths into JSON: `request/body/rows` walks from object to object; `head[1]` is the first member of the array `head`.
// A step of index 0 is a plain member of its object.

import type { FieldPath, PathStep } from './definition.js';

const STEP = /^([^/[\]"\\\p{Cc}]+)(?:\[([1-9][0-9]*)\])?$/u;

/** Undefined when the text is no path. */
export function parseJsonSteps(text: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  for (const piece of text.split('/')) {
    const match = STEP.exec(piece);
    if (match === null) return undefined;
    steps.push({ name: match[1]!, index: Number(match[2] ?? 0) });
  }
  return steps;
}

export function parseJsonPath(text: string): FieldPath | undefined {
  const steps = parseJsonSteps(text);
  return steps === undefined ? undefined : { steps, attribute: undefined };
}
