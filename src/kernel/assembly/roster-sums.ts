// Counts and sums of what the compiled path of a roster judged.

const GROUPS: i32 = 1024;
const GROUPS_USED_MAX: i32 = 512;
const GROUP_BYTES: usize = 16;

// Sums of what was judged: counts (4 bytes) by bank, fen (8 bytes) by bank; counts by finding code and severity; lines and fen
// held and rejected; and how many payments had the same amount and funding rule. All fit: 10^11 fen times the lines of a chunk.
let bankCounts: usize = 0;
let bankFen: usize = 0;
let findingCounts: usize = 0;
let groups: usize = 0;
let groupsUsed: i32 = 0;
export let heldCount: i32 = 0;
export let heldFen: i64 = 0;
export let rejectedCount: i32 = 0;
export let rejectedFen: i64 = 0;

/** `groupsAt` holds GROUPS entries of GROUP_BYTES; all of them begin as zeros. */
export function setRosterSums(
  bankCountsAt: usize,
  bankFenAt: usize,
  findingCountsAt: usize,
  groupsAt: usize,
): void {
  bankCounts = bankCountsAt;
  bankFen = bankFenAt;
  findingCounts = findingCountsAt;
  groups = groupsAt;
}

/** The sums were taken away; whoever did cleared the tables too. */
export function clearRosterSums(): void {
  groupsUsed = 0;
  heldCount = 0;
  heldFen = 0;
  rejectedCount = 0;
  rejectedFen = 0;
}

/** Whether the table of amounts must be emptied before anything is added. */
export function areGroupsFull(): bool {
  return groupsUsed >= GROUPS_USED_MAX;
}

export function addHeld(fen: i64): void {
  heldCount++;
  heldFen += fen;
}

export function addRejected(fen: i64): void {
  rejectedCount++;
  rejectedFen += fen;
}

/** `number` and `severity` of roster/tally.ts. */
export function countFinding(number: i32, severity: i32): void {
  const count = findingCounts + 4 * <usize>(number * 3 + severity);
  store<u32>(count, load<u32>(count) + 1);
}

export function addPayment(bank: u32, fen: i64, rule: i32): void {
  const count = bankCounts + 4 * <usize>bank;
  store<u32>(count, load<u32>(count) + 1);
  const sum = bankFen + 8 * <usize>bank;
  store<i64>(sum, load<i64>(sum) + fen);
  // Amount 0 is an empty entry.
  for (let index = (<u32>fen + <u32>rule * 7) % GROUPS; ; index = (index + 1) % GROUPS) {
    const at = groups + GROUP_BYTES * <usize>index;
    const known = load<i64>(at);
    if (known === 0) {
      store<i64>(at, fen);
      store<i32>(at + 8, rule);
      groupsUsed++;
    } else if (known !== fen || load<i32>(at + 8) !== rule) continue;
    store<i32>(at + 12, load<i32>(at + 12) + 1);
    return;
  }
}
