// What a person would do next. Commands in full, ready to be typed; what they must fill in is in capitals.

const APPROVE = '--actor ANOTHER_PERSON';

/** By the state that a batch is in now. */
export function nextForBatch(batch: number, state: string): string[] {
  switch (state) {
    case 'checked':
      return [`yika batch submit ${batch}`];
    case 'submitted':
      return [`yika batch approve ${batch} ${APPROVE}`];
    case 'approved':
      return [`yika batch release ${batch} --confirm ${batch}`];
    case 'released':
    case 'sent':
      return ['yika return import FILE…', `yika batch reconcile ${batch}`];
    case 'reconciled':
      return [`yika batch close ${batch}`];
    case 'closed':
      return [`yika verify ${batch}`];
    default:
      return [];
  }
}

export function seeFindings(batch: number): string {
  return `yika batch findings ${batch} --csv findings-${batch}.csv`;
}
