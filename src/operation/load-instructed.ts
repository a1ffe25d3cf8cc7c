// The payments of a payment file and what banks said of them before, ready for matching.

import { CopyTuples } from '../encoding/copy-tuples.js';
import { FAILED, PAID, PENDING, UNRESOLVED } from '../reconciliation/answer-rows.js';
import { type Instructed, indexOfPayment } from '../reconciliation/instructed.js';
import { copyInstructedOut, copyOutcomesOut } from '../store/outcome-store.js';
import type { PaymentFileRow, SegmentRow } from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';

/** The classes by the length of their names, which differ. */
const CLASS_BY_LENGTH: Readonly<Record<number, number>> = { 4: PAID, 6: FAILED, 7: PENDING, 10: UNRESOLVED };

export async function loadInstructed(
  session: Session,
  file: PaymentFileRow,
  segments: readonly SegmentRow[],
  withAccounts: boolean,
): Promise<Instructed> {
  const instructed: Instructed = {
    segments: segments.map(({ batch, firstSequence, count }) => ({ batch, first: firstSequence - 1, count })),
    lines: new Int32Array(file.count),
    amountFen: new Float64Array(file.count),
    accounts: undefined,
    before: new Uint8Array(file.count),
  };
  const accounts: string[] = [];
  const decoder = new TextDecoder();
  for (const segment of segments) {
    let at = segment.firstSequence - 1;
    const tuples = new CopyTuples(3);
    for await (const piece of copyInstructedOut(session, { ...segment, bank: file.bank })) {
      tuples.feed(piece, (bytes, view) => {
        const amount = tuples.starts[1] as number;
        instructed.lines[at] = view.getInt32(tuples.starts[0] as number);
        instructed.amountFen[at] = view.getInt32(amount) * 0x100000000 + view.getUint32(amount + 4);
        if (withAccounts) {
          const from = tuples.starts[2] as number;
          accounts[at] = decoder.decode(bytes.subarray(from, from + (tuples.lengths[2] as number)));
        }
        at++;
      });
    }
    tuples.finish();
    // Nothing was said yet of the payments of a file that no bank has answered.
    if (file.state === 'answered') await loadBefore(session, segment, instructed);
  }
  if (withAccounts) instructed.accounts = accounts;
  return instructed;
}

async function loadBefore(session: Session, segment: SegmentRow, instructed: Instructed): Promise<void> {
  const tuples = new CopyTuples(2);
  for await (const piece of copyOutcomesOut(session, segment)) {
    tuples.feed(piece, (_bytes, view) => {
      const line = view.getInt32(tuples.starts[0] as number);
      const index = indexOfPayment(instructed, segment.batch, line);
      if (index >= 0) instructed.before[index] = CLASS_BY_LENGTH[tuples.lengths[1] as number] ?? 0;
    });
  }
  tuples.finish();
}
