// What the compiled loops offer: see kernel/kernel.ts for who calls them.

export { setLines } from './lines';
export { finishRow, setPaymentRoom, stoppedBank, stoppedRow, stoppedRowEnd, writeRows } from './payment-file';
export { setProgramRoom, setRosterBatch } from './payment-program';
export {
  beginRoster,
  checkLines,
  stoppedFrom,
  stoppedLine,
  stoppedNext,
  stoppedTo,
} from './roster';
export { setRosterBase, setRosterColumns, setRosterRules } from './roster-base';
export { setRosterPeople, touched } from './roster-people';
export { emptyRoster, findingsAt, paymentsAt, setRosterRoom, tableAt } from './roster-rows';
export {
  clearRosterSums,
  heldCount,
  heldFen,
  rejectedCount,
  rejectedFen,
  setRosterSums,
} from './roster-sums';
export { setEncoding } from './text';
