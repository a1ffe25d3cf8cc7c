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
export { setLines } from './lines';
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
