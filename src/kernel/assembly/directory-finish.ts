// What can be said of a cardholder only when all are in: that somebody else has the same account, and that nothing about the person
// can be a finding.

import { slotCount, slotsAt, slotsTouched } from './directory-slots';
import { homeSlot } from './hash';
import {
  ACCOUNT_LENGTH_MASK,
  ACCOUNT_LENGTH_SHIFT,
  ACCOUNT_STATE_MASK,
  ACCOUNT_STATE_SHIFT,
  CARD_STATE_MASK,
  CARD_STATE_SHIFT,
  CLEAN,
  DECEASED,
  IRREGULAR_NAME,
  LONG_ACCOUNT,
  OTHER_KIND,
  REMOVED,
  SHARED_ACCOUNT,
  SLOT_BYTES,
  UNUSUAL_NAME,
} from './layout';

/** Slots whose places in the table are asked of memory at once: they lie all over it. */
export const GROUP_SLOTS: i32 = 32;
const CARD_ACTIVE: u32 = 0;
const CARD_REPLACED: u32 = 3;
const ACCOUNT_NORMAL: u32 = 0;
const REFUSED: u32 = DECEASED | SHARED_ACCOUNT | REMOVED | IRREGULAR_NAME | LONG_ACCOUNT | UNUSUAL_NAME;
const COMPARED: u32 = (ACCOUNT_LENGTH_MASK << ACCOUNT_LENGTH_SHIFT) | LONG_ACCOUNT;

/**
 * A table of all accounts, as many words as slots, of zeros. In a word: from 1, the first slot that has the account, and in the bits
 * that no slot needs, bits of the account: other accounts differ in them, nearly all, and are not fetched to be compared.
 */
let table: usize = 0;
let slotMask: u32 = 0;
/** Of each slot of the group, its account's place in the table. */
let homes: usize = 0;
let touched: u32 = 0;

/** `homesAt` holds a word for each slot of a group. */
export function setAccountTable(tableAt: usize, homesAt: usize): void {
  table = tableAt;
  homes = homesAt;
  slotMask = 0xffffffff >> clz(slotCount);
}

/** Marks people with one account, and those who have nothing against them; over a range of slots at a time, in order. */
export function markSlots(from: i32, to: i32): void {
  for (let group = from; group < to; group += GROUP_SLOTS) {
    const count = min(GROUP_SLOTS, to - group);
    askForAccounts(group, count);
    for (let nth = 0; nth < count; nth++) {
      const at = slotsAt + SLOT_BYTES * <usize>(group + nth);
      if (load<u32>(at) === 0 || load<u32>(at + 24) & REMOVED) continue;
      const other = sameAccount(group + nth, at, load<u32>(homes + 4 * <usize>nth));
      if (other !== 0) {
        store<u32>(other + 24, (load<u32>(other + 24) | SHARED_ACCOUNT) & ~CLEAN);
        store<u32>(at + 24, load<u32>(at + 24) | SHARED_ACCOUNT);
      } else if (isClean(load<u32>(at), load<u32>(at + 24))) {
        store<u32>(at + 24, load<u32>(at + 24) | CLEAN);
      }
    }
  }
}

/** What was read ahead is used, or the compiler would leave it out. */
export function directoryTouched(): u32 {
  return touched ^ slotsTouched;
}

function askForAccounts(from: i32, count: i32): void {
  for (let nth = 0; nth < count; nth++) {
    const at = slotsAt + SLOT_BYTES * <usize>(from + nth);
    store<i32>(homes + 4 * <usize>nth, homeSlot(load<u32>(at + 16), load<u32>(at + 20), slotCount));
  }
  let sum: u32 = 0;
  for (let nth = 0; nth < count; nth++) sum ^= load<u32>(table + 4 * load<u32>(homes + 4 * <usize>nth));
  touched ^= sum;
}

/** Address of the slot that had the account before, or 0; then it is entered. */
function sameAccount(slot: i32, at: usize, home: u32): usize {
  const print = (load<u32>(at + 16) * 0x9e3779b1) & ~slotMask;
  let probe = home;
  let known = load<u32>(table + 4 * <usize>probe);
  while (known !== 0) {
    if ((known & ~slotMask) === print) {
      const other = slotsAt + SLOT_BYTES * <usize>((known & slotMask) - 1);
      const differs = (load<u32>(other + 24) ^ load<u32>(at + 24)) & COMPARED;
      if (load<u64>(other + 16) === load<u64>(at + 16) && differs === 0) return other;
    }
    probe = probe + 1 === <u32>slotCount ? 0 : probe + 1;
    known = load<u32>(table + 4 * <usize>probe);
  }
  store<u32>(table + 4 * <usize>probe, print | <u32>(slot + 1));
  return 0;
}

function isClean(first: u32, flags: u32): bool {
  if (first === OTHER_KIND || flags & REFUSED) return false;
  const card = (flags >> CARD_STATE_SHIFT) & CARD_STATE_MASK;
  const account = (flags >> ACCOUNT_STATE_SHIFT) & ACCOUNT_STATE_MASK;
  return (card === CARD_ACTIVE || card === CARD_REPLACED) && account === ACCOUNT_NORMAL;
}
