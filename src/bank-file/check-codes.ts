// Result codes: each once, and one that says a payment is paid.

import type { Report } from './check-definition.js';
import type { Place, ReturnDefinition } from './definition.js';

export function checkCodes(returns: ReturnDefinition, report: Report): void {
  for (const table of [returns.codes, returns.statuses, returns.wholes]) checkTwice(table, report);
  const outcomes = new Set([...returns.codes, ...returns.statuses].map(({ outcome }) => outcome));
  const { place } = returns.layout;
  if (returns.lists === 'all' && !outcomes.has('paid')) report(place, 'no code says that a payment is paid');
  if (!outcomes.has('failed') && returns.lists !== 'failed')
    report(place, 'no code says that a payment failed');
  const values = JSON.stringify(returns.layout.records);
  const usesWhole = values.includes('"file.status"') || values.includes('"batch.status"');
  if (usesWhole !== returns.wholes.length > 0) {
    report(place, 'a status of the whole file needs codes under "wholes", and the other way round');
  }
  if (values.includes('"value":"status"') && returns.statuses.length === 0)
    report(place, 'the value "status" needs codes under "statuses"');
}

function checkTwice(table: readonly { code: string; place: Place }[], report: Report): void {
  const seen = new Map<string, Place>();
  for (const { code, place } of table) {
    const first = seen.get(code);
    if (first !== undefined) report(place, `the code "${code}" stands in line ${first.line} already`);
    else seen.set(code, place);
  }
}
