// The compiled path of a roster (kernel/assembly/roster.ts) for one thread: tells it what lines are checked against, feeds it a
// chunk, and takes away what it wrote.

import { FINDING_CODE_LIST, type FindingCode } from '../base/finding.js';
import type { EncodingSoFar } from '../encoding/detect.js';
import { decodeGb18030, gbTables } from '../encoding/gb18030.js';
import type { CompiledPath, CompiledStop, RecordChunk } from '../encoding/record-chunk.js';
import { decodeUtf8 } from '../encoding/utf8.js';
import { foldName } from '../identity/person-name.js';
import type { ResidentIdProblem } from '../identity/resident-id.js';
import {
  FIELDS_MAX,
  GROUP_LINES,
  instantiateKernel,
  type KernelBigInt,
  type KernelNumber,
  LINES_SCRATCH_BYTES,
  type LineKernel,
  STOPPED_AT_END,
  STOPPED_AT_LINE,
  STOPPED_FULL,
} from '../kernel/kernel.js';
import { takeBytes, takeLongs, takeWords } from '../kernel/memory.js';
import { type AmountProblem, parseAmount, YUAN_PROBLEMS } from '../money/fen.js';
import { type CheckContext, fieldCountDetail, regionDetail } from './check-line.js';
import type { ChunkRows } from './chunk-rows.js';
import type { RosterColumns } from './roster-line.js';
import type { RosterRules } from './rules.js';
import { SEVERITIES, Tally } from './tally.js';

/** In the order of assembly/roster-base.ts. */
const CODES: readonly FindingCode[] = [
  'RESIDENT_ID_INVALID',
  'NAME_MISSING',
  'AMOUNT_INVALID',
  'DUPLICATE_IN_ROSTER',
  'CARDHOLDER_UNKNOWN',
  'NAME_MISMATCH',
  'CARDHOLDER_DECEASED',
  'CARD_CANCELLED',
  'ACCOUNT_CLOSED',
  'ACCOUNT_MISMATCH',
  'REGION_NOT_COVERED',
  'AGE_NOT_ELIGIBLE',
  'AMOUNT_NOT_STANDARD',
  'CARD_LOST',
  'CARD_NOT_ACTIVATED',
  'ACCOUNT_FROZEN',
  'ACCOUNT_DORMANT',
  'ACCOUNT_SHARED',
  'LINE_UNREADABLE',
  'NAME_UNENCODABLE',
];

/** In that order too: words of identity/resident-id.ts, money/fen.ts and codec/read-records.ts. */
const DETAILS: readonly (
  | ResidentIdProblem
  | AmountProblem
  | 'aboveCeiling'
  | 'not-text'
  | 'text-after-quote'
)[] = [
  'empty',
  'spreadsheetExponent',
  'characters',
  'fifteenDigits',
  'length',
  'birthDate',
  'spreadsheetZeros',
  'checkCharacter',
  'zero',
  'negative',
  'decimals',
  'aboveCeiling',
  'not-text',
  'text-after-quote',
  // Only asked for by name: amountProblemOf.
  ...YUAN_PROBLEMS,
];
/** Behind them, room for one that is written when it is asked for. */
const DETAIL_BYTES = 128;

const BANKS = 1024;
/** Entries of 16 bytes: fen 8, funding rule 4, count 4; assembly/roster.ts. */
const GROUPS = 1024;
const GROUP_PEOPLE_BYTES = 16 * GROUP_LINES;
const REGION_RULES_BYTES = 2 * 1_000_000;
const GB_TABLE_WORDS = 32_768;

/** Names and types of assembly/roster*.ts. Addresses are bytes from the beginning of the memory. */
interface RosterKernel extends LineKernel {
  beginRoster(from: number): void;
  /** See STOPPED_… */
  checkLines(from: number, end: number, line: number): number;
  clearRosterSums(): void;
  emptyRoster(paymentBytes: number, findingBytes: number): void;
  setRosterBase(
    directory: number,
    slots: number,
    seen: number,
    seenHere: number,
    marks: number,
    askedAlways: number,
    regionRules: number,
  ): void;
  setRosterColumns(
    id: number,
    name: number,
    account: number,
    amount: number,
    payee: number,
    department: number,
    quantity: number,
    unread: number,
    unreadCount: number,
  ): void;
  setRosterRoom(
    payments: number,
    paymentsEnd: number,
    findings: number,
    findingsEnd: number,
    table: number,
    tableEnd: number,
  ): void;
  setRosterRules(
    ceilingFen: number,
    periodStartMonth: number,
    paysBase: boolean,
    least: number,
    most: number,
    ageDay: number,
    codes: number,
    details: number,
  ): void;
  setRosterSums(bankCounts: number, bankFen: number, findingCounts: number, groups: number): void;
  setRosterPeople(ids: number): void;
  readonly paymentsAt: KernelNumber;
  readonly findingsAt: KernelNumber;
  readonly tableAt: KernelNumber;
  readonly heldCount: KernelNumber;
  readonly heldFen: KernelBigInt;
  readonly rejectedCount: KernelNumber;
  readonly rejectedFen: KernelBigInt;
}

export class CompiledLines implements CompiledPath {
  readonly #kernel: RosterKernel;
  readonly #memory: WebAssembly.Memory;
  readonly #rows: ChunkRows;
  readonly #stop: CompiledStop = { kind: 'end', from: 0, to: 0, next: 0, line: 0 };
  readonly #bankCounts: Uint32Array;
  readonly #bankFen: BigInt64Array;
  readonly #findingCounts: Uint32Array;
  readonly #groupFen: BigInt64Array;
  readonly #groupWords: Int32Array;
  #input: Uint8Array = new Uint8Array(0);
  #end = 0;
  #encoding: EncodingSoFar = 'ascii';
  #tally: Tally;
  #gbUnits: number | undefined;

  /** `seen` and `seenHere` (one bit a slot) must lie in the directory's memory, as the marks' words do. */
  constructor(
    kernel: WebAssembly.Module,
    context: CheckContext,
    columns: RosterColumns,
    delimiter: number,
    seen: Uint32Array,
    seenHere: Uint32Array,
    rows: ChunkRows,
  ) {
    const { directory, rules, marks } = context;
    const { memory } = directory;
    this.#memory = memory;
    this.#tally = new Tally(rules.funding);
    this.#rows = rows;
    const scratch = takeBytes(memory, LINES_SCRATCH_BYTES);
    const ids = takeBytes(memory, GROUP_PEOPLE_BYTES);
    const details = takeBytes(memory, (DETAILS.length + 1) * DETAIL_BYTES);
    const codes = takeWords(memory, CODES.length);
    const unread = takeWords(memory, FIELDS_MAX);
    const askedAlways = takeBytes(memory, BANKS);
    const least = takeLongs(memory, rules.payable.least.length);
    const most = takeLongs(memory, rules.payable.most.length);
    const groups = takeLongs(memory, GROUPS * 2);
    const regionRules = takeBytes(memory, REGION_RULES_BYTES);
    this.#bankCounts = takeWords(memory, BANKS);
    this.#bankFen = takeLongs(memory, BANKS);
    this.#findingCounts = takeWords(memory, FINDING_CODE_LIST.length * SEVERITIES.length);
    this.#groupFen = groups;
    this.#groupWords = new Int32Array(groups.buffer, groups.byteOffset, GROUPS * 4);

    const asked = details.subarray(DETAILS.length * DETAIL_BYTES);
    DETAILS.forEach((word, index) => {
      putDetail(details.subarray(index * DETAIL_BYTES), word);
    });
    this.#kernel = instantiateKernel<RosterKernel>(kernel, memory, {
      fundingRuleOf: rules.fundingRuleWhereCovered,
      detailOf: (code, fen, value) =>
        putDetail(asked, detailOf(rules, CODES[code] as FindingCode, fen, value)),
      nameProblemOf: (bank, from, to) => {
        const name = foldName(this.#textAt(from, to));
        return putDetail(asked, context.unencodable(bank, name) ?? '');
      },
      amountProblemOf: (from, to) => {
        const amount = parseAmount(this.#textAt(from, to));
        return typeof amount === 'number' ? -1 : DETAILS.indexOf(amount);
      },
    });
    codes.set(CODES.map((code) => FINDING_CODE_LIST.indexOf(code)));
    askedAlways.set(context.askedAlways.subarray(0, BANKS));
    rules.payable.least.forEach((fen, age) => {
      least[age] = BigInt(fen);
    });
    rules.payable.most.forEach((fen, age) => {
      most[age] = BigInt(fen);
    });
    const others = unreadColumns(columns);
    unread.set(others);
    const it = this.#kernel;
    it.setLines(scratch.byteOffset, delimiter, columns.count);
    it.setRosterBase(
      directory.slotsAt,
      directory.slots,
      seen.byteOffset,
      seenHere.byteOffset,
      marks.words?.byteOffset ?? 0,
      askedAlways.byteOffset,
      regionRules.byteOffset,
    );
    it.setRosterColumns(
      columns.residentId,
      columns.name,
      columns.account,
      columns.amount,
      columns.payeeId,
      columns.departmentLine,
      columns.quantity,
      unread.byteOffset,
      others.length,
    );
    it.setRosterRules(
      rules.ceilingFen,
      rules.periodStartMonth,
      rules.payBase,
      least.byteOffset,
      most.byteOffset,
      rules.payable.ageDay,
      codes.byteOffset,
      details.byteOffset,
    );
    it.setRosterSums(
      this.#bankCounts.byteOffset,
      this.#bankFen.byteOffset,
      this.#findingCounts.byteOffset,
      groups.byteOffset,
    );
    it.setRosterPeople(ids.byteOffset);
  }

  /** What follows is lines of this chunk, counted in this tally. */
  begin(chunk: RecordChunk, tally: Tally): void {
    this.#tally = tally;
    const { bytes, encoding } = chunk;
    this.#encoding = encoding;
    // A chunk is longer than others only where one record is.
    if (bytes.length > this.#input.length) this.#input = takeBytes(this.#memory, bytes.length);
    this.#input.set(bytes);
    this.#end = this.#input.byteOffset + bytes.length;
    this.#kernel.setEncoding(encoding === 'gb18030' ? this.#gbTable() : 0);
    this.#kernel.beginRoster(this.#input.byteOffset);
  }

  run(from: number, line: number): CompiledStop {
    const it = this.#kernel;
    const base = this.#input.byteOffset;
    const stop = this.#stop;
    stop.next = from;
    stop.line = line;
    for (;;) {
      this.#rows.makeRoom();
      const { payments, findings, table } = this.#rows;
      it.setRosterRoom(payments.at, payments.end, findings.at, findings.end, table.at, table.end);
      it.emptyRoster(payments.length, findings.length);
      const why = it.checkLines(base + stop.next, this.#end, stop.line);
      payments.length += (it.paymentsAt.value >>> 0) - payments.at;
      findings.length += (it.findingsAt.value >>> 0) - findings.at;
      table.length += (it.tableAt.value >>> 0) - table.at;
      stop.next = (it.stoppedNext.value >>> 0) - base;
      stop.line = it.stoppedLine.value;
      if (why === STOPPED_FULL) {
        this.takeSums();
        continue;
      }
      stop.kind = why === STOPPED_AT_END ? 'end' : why === STOPPED_AT_LINE ? 'line' : 'record';
      stop.from = (it.stoppedFrom.value >>> 0) - base;
      stop.to = (it.stoppedTo.value >>> 0) - base;
      return stop;
    }
  }

  /** Moves the sums since the last time into the tally. */
  takeSums(): void {
    const it = this.#kernel;
    const tally = this.#tally;
    for (let bank = 0; bank < BANKS; bank++) {
      const count = this.#bankCounts[bank] as number;
      if (count > 0) tally.addAccepted(bank, count, this.#bankFen[bank] as bigint);
    }
    for (let group = 0; group < GROUPS; group++) {
      const fen = this.#groupFen[group * 2] as bigint;
      if (fen === 0n) continue;
      tally.addGroup(
        Number(fen),
        this.#groupWords[group * 4 + 2] as number,
        this.#groupWords[group * 4 + 3] as number,
      );
    }
    tally.addRefused('held', it.heldCount.value, it.heldFen.value);
    tally.addRefused('rejected', it.rejectedCount.value, it.rejectedFen.value);
    tally.addFindings(this.#findingCounts);
    this.#bankCounts.fill(0);
    this.#bankFen.fill(0n);
    this.#groupFen.fill(0n);
    this.#findingCounts.fill(0);
    it.clearRosterSums();
  }

  /** Of bytes that were found to be text. */
  #textAt(from: number, to: number): string {
    const bytes = new Uint8Array(this.#memory.buffer, from, to - from);
    return (this.#encoding === 'gb18030' ? decodeGb18030(bytes) : decodeUtf8(bytes)) ?? '';
  }

  #gbTable(): number {
    if (this.#gbUnits === undefined) {
      const words = takeWords(this.#memory, GB_TABLE_WORDS);
      new Uint16Array(words.buffer, words.byteOffset, GB_TABLE_WORDS * 2).set(gbTables().toUnit);
      this.#gbUnits = words.byteOffset;
    }
    return this.#gbUnits;
  }
}

/** What the careful path would say: see check-chunk.ts, and checkProgramme in check-line.ts. Empty when nothing is wrong. */
function detailOf(rules: RosterRules, code: FindingCode, fen: number, value: number): string {
  if (code === 'LINE_UNREADABLE') return fieldCountDetail(fen, value);
  if (code === 'REGION_NOT_COVERED') return regionDetail(value);
  return (
    (code === 'AGE_NOT_ELIGIBLE' ? rules.ageProblem(value) : rules.standardProblem(fen, value, '')) ?? ''
  );
}

/** A length and ASCII, as assembly/roster-base.ts says; -1 for any other text. */
function putDetail(target: Uint8Array, text: string): number {
  if (!/^[ -~]{0,127}$/.test(text)) return -1;
  target[0] = text.length;
  for (let at = 0; at < text.length; at++) target[at + 1] = text.charCodeAt(at);
  return text.length;
}

function unreadColumns(columns: RosterColumns): number[] {
  const { residentId, name, account, amount, payeeId, departmentLine } = columns;
  const read = new Set([residentId, name, account, amount, payeeId, departmentLine]);
  return Array.from({ length: columns.count }, (_, index) => index).filter((index) => !read.has(index));
}
