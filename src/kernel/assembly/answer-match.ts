// What a return file changes, as reconciliation/match-answer.ts decides it: the rows that name a payment and contradict nothing. Each
// other row is left to that.

// Numbers of reconciliation/answer-rows.ts.
const PAID: u32 = 1;
const FAILED: u32 = 2;
const PENDING: u32 = 3;
const UNRESOLVED: u32 = 4;

const SEGMENT_BYTES: usize = 12;

// Columns of the rows.
let rowBatches: usize = 0;
let rowLines: usize = 0;
let rowAmounts: usize = 0;
let rowOutcomes: usize = 0;
let rowSays: usize = 0;
let rows: i32 = 0;

// The payments of the file, and its segments: batch, index of the first payment, count.
let segments: usize = 0;
let segmentCount: i32 = 0;
let lines: usize = 0;
let amounts: usize = 0;
let before: usize = 0;
let payments: i32 = 0;

// What is said of each of them.
let outcomes: usize = 0;
let says: usize = 0;
let rowNumbers: usize = 0;

/** Payments of which the file says again what an earlier one said, since the last setMatched. */
export let repeatedCount: i32 = 0;

// Where the payment after the one that was found last stands: most banks answer in the order of the file.
let nextIndex: i32 = 0;
let nextEnd: i32 = 0;
let nextBatch: i32 = 0;

export function setAnswerRows(
  batchesAt: usize,
  linesAt: usize,
  amountsAt: usize,
  outcomesAt: usize,
  saysAt: usize,
  count: i32,
): void {
  rowBatches = batchesAt;
  rowLines = linesAt;
  rowAmounts = amountsAt;
  rowOutcomes = outcomesAt;
  rowSays = saysAt;
  rows = count;
}

export function setInstructed(
  segmentsAt: usize,
  countOfSegments: i32,
  linesAt: usize,
  amountsAt: usize,
  beforeAt: usize,
  count: i32,
): void {
  segments = segmentsAt;
  segmentCount = countOfSegments;
  lines = linesAt;
  amounts = amountsAt;
  before = beforeAt;
  payments = count;
  nextEnd = 0;
  nextIndex = 0;
}

export function setMatched(outcomesAt: usize, saysAt: usize, rowNumbersAt: usize): void {
  outcomes = outcomesAt;
  says = saysAt;
  rowNumbers = rowNumbersAt;
  repeatedCount = 0;
}

export function lineOf(index: i32): i32 {
  return load<i32>(lines + 4 * <usize>index);
}

export function amountOf(index: i32): f64 {
  return load<f64>(amounts + 8 * <usize>index);
}

export function outcomeOf(index: i32): u32 {
  return load<u8>(outcomes + <usize>index);
}

export function beforeOf(index: i32): u32 {
  return load<u8>(before + <usize>index);
}

export function saysOf(index: i32): i32 {
  return load<i32>(says + 4 * <usize>index);
}

export function rowNumberOf(index: i32): i32 {
  return load<i32>(rowNumbers + 4 * <usize>index);
}

/** Index of a payment of this file, or -1. Lines ascend within a segment. */
function findPayment(batch: i32, line: i32): i32 {
  if (nextIndex < nextEnd && nextBatch === batch && lineOf(nextIndex) === line) return nextIndex++;
  for (let nth = 0; nth < segmentCount; nth++) {
    const segment = segments + SEGMENT_BYTES * <usize>nth;
    if (load<i32>(segment) !== batch) continue;
    const first = load<i32>(segment + 4);
    const end = first + load<i32>(segment + 8);
    let low = first;
    let high = end - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = lineOf(middle);
      if (found === line) {
        nextBatch = batch;
        nextIndex = middle + 1;
        nextEnd = end;
        return middle;
      }
      if (found < line) low = middle + 1;
      else high = middle - 1;
    }
  }
  return -1;
}

/** The first row from `from` on that names a payment which is not of this file; the number of rows when there is none. */
export function findStranger(from: i32): i32 {
  for (let at = from; at < rows; at++) {
    const batch = load<i32>(rowBatches + 4 * <usize>at);
    if (batch !== 0 && findPayment(batch, load<i32>(rowLines + 4 * <usize>at)) < 0) return at;
  }
  return rows;
}

/** Takes rows from `from` on; answers with the first one that is not plain, or the number of rows. */
export function matchRows(from: i32): i32 {
  for (let at = from; at < rows; at++) {
    const word: usize = 4 * <usize>at;
    const batch = load<i32>(rowBatches + word);
    if (batch <= 0) return at;
    const index = findPayment(batch, load<i32>(rowLines + word));
    if (index < 0 || outcomeOf(index) !== 0) return at;
    const amount = load<f64>(rowAmounts + 2 * word);
    if (amount >= 0 && amount !== amountOf(index)) return at;
    const outcome: u32 = load<u8>(rowOutcomes + <usize>at);
    if (outcome === UNRESOLVED) return at;
    store<u8>(outcomes + <usize>index, <u8>outcome);
    store<i32>(says + 4 * <usize>index, load<i32>(rowSays + word));
    store<i32>(rowNumbers + 4 * <usize>index, at + 1);
  }
  return rows;
}

/**
 * Weighs what is said of payments from `from` on against what was said before; answers with the first one that needs more than that,
 * or the number of payments. `silence`: the outcome of payments that are not listed, -1 where each is to be asked for.
 */
export function weighPayments(from: i32, silence: i32, silenceSays: i32): i32 {
  for (let index = from; index < payments; index++) {
    const was = beforeOf(index);
    let now = outcomeOf(index);
    if (now === 0) {
      if (was === PAID || was === FAILED || silence === 0) continue;
      if (silence < 0) return index;
      now = <u32>silence;
    }
    const isFinal = was === PAID || was === FAILED;
    if (isFinal && now !== was && (now === PAID || now === FAILED)) return index;
    if (now === was || (now === PENDING && isFinal)) {
      store<u8>(outcomes + <usize>index, 0);
      repeatedCount++;
    } else if (outcomeOf(index) === 0) {
      store<u8>(outcomes + <usize>index, <u8>now);
      store<i32>(says + 4 * <usize>index, silenceSays);
    }
  }
  return payments;
}
