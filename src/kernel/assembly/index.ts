// What the compiled loops offer: see kernel/kernel.ts for who calls them.

export { beginRows, checkRows } from './cardholder';
export { setCardholderBase, setCardholderColumns } from './cardholder-file';
export {
  changedRows,
  mergeRows,
  newRows,
  peopleUsed,
  setMerge,
  setPeople,
  touchedPeople,
  unchangedRows,
} from './cardholder-merge';
export { setCardholderPeople, touchedRows } from './cardholder-people';
export { entriesAt, rowsAt, setCardholderRoom } from './cardholder-rows';
export { setCardholderWords } from './cardholder-values';
export { stoppedFrom, stoppedLine, stoppedNext, stoppedTo } from './line-walk';
export { cutLines, endOf, groupCount, setLines, startOf } from './lines';
export { beginRoster, checkLines } from './roster';
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
export { setBanks } from './words';
