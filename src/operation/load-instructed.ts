// The payments of a payment file and what banks said of them before, ready for matching.

import { assert } from '../base/assert.js';
import { CopyTuples } from '../encoding/copy-tuples.js';
import { type Instructed, indexOfPayment, instructedColumns } from '../reconciliation/instructed.js';
import { copyAccountsOut, copyOutcomesOut } from '../store/outcome-store.js';
import {
  CONTENT_ROW_BYTES,
  type PaymentFileRow,
  readContents,
  type SegmentRow,
} from '../store/payment-file-store.js';
import type { Session } from '../store/session.js';

/** What is wanted besides lines and amounts; what was said before costs a reading of all that was said of the batch. */
interface Wanted {
  accounts?: boolean;
  outcomes?: boolean;
}

export async function loadInstructed(
  session: Session,
  file: PaymentFileRow,
  segments: readonly SegmentRow[],
  wanted: Wanted = {},
  columns = instructedColumns(file.count),
): Promise<Instructed> {
  const instructed: Instructed = {
    segments: segments.map(({ batch, firstSequence, count }) => ({ batch, first: firstSequence - 1, count })),
    accounts: undefined,
    ...columns,
  };
  const contents = await readContents(session, file.number);
  for (const segment of segments) {
    takeContent(instructed, segment, contents.get(segment.batch) ?? new Uint8Array(0));
    // Nothing was said yet of the payments of a file that no bank has answered.
    if (wanted.outcomes && file.state === 'answered') await loadBefore(session, segment, instructed);
  }
  if (wanted.accounts) instructed.accounts = await readAccounts(session, file.bank, segments);
  return instructed;
}

function takeContent(instructed: Instructed, segment: SegmentRow, content: Uint8Array): void {
  assert(
    content.length === segment.count * CONTENT_ROW_BYTES,
    'a file has other content than its segments say',
  );
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  let index = segment.firstSequence - 1;
  for (let at = 0; at < content.length; at += CONTENT_ROW_BYTES) {
    instructed.lines[index] = view.getInt32(at);
    instructed.amountFen[index] = view.getInt32(at + 4) * 0x100000000 + view.getUint32(at + 8);
    index++;
  }
}

async function readAccounts(
  session: Session,
  bank: number,
  segments: readonly SegmentRow[],
): Promise<string[]> {
  const accounts: string[] = [];
  const decoder = new TextDecoder();
  for (const segment of segments) {
    const tuples = new CopyTuples(1);
    for await (const piece of copyAccountsOut(session, { ...segment, bank })) {
      tuples.feed(piece, (bytes) => {
        const from = tuples.starts[0] as number;
        accounts.push(decoder.decode(bytes.subarray(from, from + (tuples.lengths[0] as number))));
      });
    }
    tuples.finish();
  }
  return accounts;
}

async function loadBefore(session: Session, segment: SegmentRow, instructed: Instructed): Promise<void> {
  const tuples = new CopyTuples(2);
  for await (const piece of copyOutcomesOut(session, segment)) {
    tuples.feed(piece, (_bytes, view) => {
      const line = view.getInt32(tuples.starts[0] as number);
      const index = indexOfPayment(instructed, segment.batch, line);
      if (index >= 0) instructed.before[index] = view.getInt16(tuples.starts[1] as number);
    });
  }
  tuples.finish();
}
