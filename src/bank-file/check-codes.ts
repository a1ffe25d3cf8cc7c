// Result codes: each once, one that says a payment is paid, and room for each in the field that brings it.

import { checkCodeRoom } from './check-code-room.js';
import type { Place, ReturnDefinition } from './definition.js';
import type { Report } from './definition-problem.js';

export function checkCodes(returns: ReturnDefinition, report: Report): void {
  const { codes, statuses, wholes, lists, layout } = returns;
  for (const table of [codes, statuses, wholes]) checkTwice(table, report);
  const outcomes = new Set([...codes, ...statuses].map(({ outcome }) => outcome));
  const { place } = layout;
  if (lists === 'all' && !outcomes.has('paid')) report(place, 'paidMissing');
  if (!outcomes.has('failed') && lists !== 'failed') report(place, 'failedMissing');
  const held = valuesOf(returns);
  const usesWhole = held.has('file.status') || held.has('batch.status');
  if (usesWhole && wholes.length === 0) report(place, 'wholesMissing');
  if (!usesWhole && wholes.length > 0) report(wholes[0]!.place, 'wholesUnused');
  const usesStatus = [...held].some((value) => /^status(\.|$)/.test(value));
  if (usesStatus && statuses.length === 0) report(place, 'statusesMissing');
  if (!usesStatus && statuses.length > 0) report(statuses[0]!.place, 'statusesUnused');
  checkCodeRoom(returns, report);
}

function valuesOf({ layout }: ReturnDefinition): Set<string> {
  const fields = Object.values(layout.records)
    .flat()
    .flatMap(({ fields }) => fields);
  return new Set(fields.map(({ content }) => (content.kind === 'value' ? content.value : '')));
}

function checkTwice(table: readonly { code: string; place: Place }[], report: Report): void {
  const seen = new Map<string, Place>();
  for (const { code, place } of table) {
    const first = seen.get(code);
    if (first === undefined) seen.set(code, place);
    else report(place, 'codeTwice', { code, line: first.line, file: first.file });
  }
}
