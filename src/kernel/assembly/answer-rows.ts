// What a return file changed, as rows of COPY and as sums by class.

import { amountOf, beforeOf, lineOf, outcomeOf, rowNumberOf, saysOf } from './answer-match';
import { putColumns, putInt2, putInt4, putNull } from './copy-rows';

const OUTCOME_COLUMNS: i32 = 5;
/** Of a row of outcome, and what may be written behind it. */
const ROW_BYTES: usize = 48;
const CLASSES: usize = 5;

/** Behind the rows that putOutcomes wrote. */
export let outcomesEnd: usize = 0;

/**
 * Writes rows of `outcome` for payments from `from` to `to` into the room from `at` to `end`; answers with the first payment that had
 * no room left.
 */
export function putOutcomes(from: i32, to: i32, returnFile: i32, at: usize, end: usize): i32 {
  let place = at;
  let index = from;
  for (; index < to && place + ROW_BYTES <= end; index++) {
    const outcome = outcomeOf(index);
    if (outcome === 0) continue;
    const says = saysOf(index);
    place = putColumns(place, OUTCOME_COLUMNS);
    place = putInt4(place, lineOf(index));
    place = putInt4(place, returnFile);
    place = putInt4(place, rowNumberOf(index));
    place = putInt2(place, <i32>outcome);
    place = says < 0 ? putNull(place) : putInt4(place, says);
  }
  outcomesEnd = place;
  return index;
}

/**
 * Adds up the payments from `from` to `to` of which something new is said, 16 bytes (count 8, fen 8) for each class: by what is said
 * now, then by what was said before.
 */
export function sumOutcomes(from: i32, to: i32, sums: usize): void {
  memory.fill(sums, 0, 2 * CLASSES * 16);
  for (let index = from; index < to; index++) {
    const outcome = outcomeOf(index);
    if (outcome === 0) continue;
    const fen = <i64>amountOf(index);
    addTo(sums + 16 * <usize>outcome, fen);
    addTo(sums + 16 * (CLASSES + <usize>beforeOf(index)), fen);
  }
}

function addTo(sum: usize, fen: i64): void {
  store<i64>(sum, load<i64>(sum) + 1);
  store<i64>(sum + 8, load<i64>(sum + 8) + fen);
}
