// What the compiled loops offer: see kernel/kernel.ts for who calls them.

export {
  findStranger,
  matchRows,
  repeatedCount,
  setAnswerRows,
  setInstructed,
  setMatched,
  weighPayments,
} from './answer-match';
export { outcomesEnd, putOutcomes, sumOutcomes } from './answer-rows';
export { setDelimitedLines, setFixedLines } from './bank-line';
export {
  emptyBankRows,
  readRows,
  rowCount,
  setBankRoom,
  setBankRows,
  stoppedNext as bankStoppedNext,
} from './bank-rows';
export { forgetSayings, learnSaid, setSayings } from './bank-sayings';
export { readXmlRows, setXmlPatterns, xmlFeeds, xmlLineStart, xmlStoppedNext } from './bank-xml';
export { beginCardholders, checkRows } from './cardholder';
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
export { directoryTouched, markSlots, setAccountTable } from './directory-finish';
export { beginRows, putLeftRow, putRows, rowFrom, rowMiddle, rowsPut, rowTo } from './directory-rows';
export { people, setDirectorySlots } from './directory-slots';
export { stoppedFrom, stoppedLine, stoppedNext, stoppedTo } from './line-walk';
export { cutLines, endOf, groupCount, setLines, startOf } from './lines';
export { putPaymentBlock } from './payment-blocks';
export { packPayments, takenTo, unpackPayments } from './payment-details';
export { finishRow, setPaymentRoom, stoppedBank, stoppedRow, stoppedRowEnd, writeRows } from './payment-file';
export { setProgramRoom, setRosterBatch } from './payment-program';
export { beginRoster, checkLines } from './roster';
export { setRosterBase, setRosterColumns, setRosterRules } from './roster-base';
export { forgetLines, mergeLines } from './roster-merge';
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
