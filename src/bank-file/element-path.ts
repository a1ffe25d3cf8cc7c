// Element paths of XML and JSON definitions: `Amt/InstdAmt@Ccy`, `RmtInf/Ustrd[2]`.

import type { FieldPath, PathStep } from './definition.js';

const STEP = /^([A-Za-z_][A-Za-z0-9_.:-]*)(?:\[([1-9][0-9]*)\])?$/;

/** Undefined when the text is no path. An attribute is not allowed here. */
export function parseSteps(text: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  for (const piece of text.split('/')) {
    const match = STEP.exec(piece);
    if (match === null) return undefined;
    steps.push({ name: match[1]!, index: Number(match[2] ?? 1) });
  }
  return steps;
}

export function parseFieldPath(text: string): FieldPath | undefined {
  const at = text.indexOf('@');
  // `@Seq` is an attribute of the section's own element.
  const steps = at === 0 ? [] : parseSteps(at === -1 ? text : text.slice(0, at));
  if (steps === undefined) return undefined;
  if (at === -1) return { steps, attribute: undefined };
  const attribute = text.slice(at + 1);
  return STEP.test(attribute) && !attribute.includes('[') ? { steps, attribute } : undefined;
}

export function sameStep(left: PathStep | undefined, right: PathStep | undefined): boolean {
  return left !== undefined && right !== undefined && left.name === right.name && left.index === right.index;
}

export function formatSteps(steps: readonly PathStep[]): string {
  return steps.map((step) => (step.index === 1 ? step.name : `${step.name}[${step.index}]`)).join('/');
}
