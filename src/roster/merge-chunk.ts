// Puts the chunks' results in order of line. Threads see people of earlier chunks only once those were merged, so a line
// whose twin stands in a chunk that was checked at the same time is settled here: by line number, never by who was
// faster. Lines that wait for the base's spelling of a name or account are decided here too.

import { assert } from '../base/assert.js';
import { Splicer } from '../base/splicer.js';
import { instantiateKernel } from '../kernel/kernel.js';
import { type ChunkResult, type ChunkSettings, judgeRecord } from './check-chunk.js';
import type { BaseSpelling, CheckContext } from './check-line.js';
import {
  SLOT_DEFERRED,
  SLOT_DUPLICATE,
  SLOT_MASK,
  TABLE_FINDINGS_END,
  TABLE_FROM,
  TABLE_LINE,
  TABLE_PAYMENTS_END,
  TABLE_TO,
  TABLE_WORDS,
} from './chunk-rows.js';
import { FindingRows } from './finding-rows.js';
import { PaymentRows } from './payment-rows.js';
import { type FundingSplit, Tally } from './tally.js';

export interface MergedChunk {
  /** Pieces of COPY rows, in order of line. */
  payments: Uint8Array[];
  findings: Uint8Array[];
}

/** See kernel/assembly/roster-merge.ts. */
interface MergeKernel {
  mergeLines(table: number, first: number, count: number, seen: number): number;
}

/** Key words of a person, as text, to look spellings up by. */
export function spellingKey(key: { a: number; b: number }): string {
  return `${key.a}:${key.b}`;
}

export class ChunkMerger {
  readonly tally: Tally;
  readonly #settings: ChunkSettings;
  readonly #context: CheckContext;
  readonly #kernel: MergeKernel;
  #spellings: ReadonlyMap<string, BaseSpelling> = new Map();
  #next = 0;

  constructor(settings: ChunkSettings, context: Omit<CheckContext, 'spelling'>) {
    this.#settings = settings;
    this.#context = { ...context, spelling: (key) => this.#spellings.get(spellingKey(key)) };
    this.tally = new Tally(context.rules.funding);
    this.#kernel = instantiateKernel<MergeKernel>(settings.kernel, context.directory.memory);
  }

  get funding(): FundingSplit {
    return this.#context.rules.funding;
  }

  /** The people whose spelling must be asked of the database before merge(). */
  deferred(result: ChunkResult): { a: number; b: number }[] {
    if (result.deferred === 0) return [];
    const people: { a: number; b: number }[] = [];
    for (let at = 0; at < result.table.length; at += TABLE_WORDS) {
      const isSure = this.#isDuplicate(result, at);
      if (!((result.table[at] as number) & SLOT_DEFERRED) || isSure) continue;
      const judged = this.#judge(result, at, false);
      if (judged?.verdict.kind === 'deferred') people.push(judged.verdict.receiver);
    }
    return people;
  }

  /** Chunks must come in order of their index. */
  merge(result: ChunkResult, spellings: ReadonlyMap<string, BaseSpelling>): MergedChunk {
    assert(result.index === this.#next, `chunk ${result.index} came where ${this.#next} was due`);
    this.#next++;
    this.#spellings = spellings;
    this.tally.merge(result.tally);
    const payments = new Splicer(result.payments);
    const findings = new Splicer(result.findings);
    const { seen } = this.#settings;
    const lines = result.table.length / TABLE_WORDS;
    for (let nth = 0; ; nth++) {
      nth = this.#kernel.mergeLines(result.table.byteOffset, nth, lines, seen.byteOffset);
      if (nth === lines) break;
      const at = nth * TABLE_WORDS;
      this.#judgeAgain(result, at, this.#isDuplicate(result, at), payments, findings);
      const slot = ((result.table[at] as number) & SLOT_MASK) - 1;
      if (slot >= 0) seen[slot >>> 5] = ((seen[slot >>> 5] as number) | (1 << (slot & 31))) >>> 0;
    }
    return { payments: payments.finish(), findings: findings.finish() };
  }

  /** Whether an earlier chunk has the person of this line and the thread could not know. */
  #isDuplicate(result: ChunkResult, at: number): boolean {
    const word = result.table[at] as number;
    const slot = (word & SLOT_MASK) - 1;
    if (slot < 0 || word & SLOT_DUPLICATE) return false;
    return ((this.#settings.seen[slot >>> 5] as number) & (1 << (slot & 31))) !== 0;
  }

  #judgeAgain(
    result: ChunkResult,
    at: number,
    isDuplicate: boolean,
    payments: Splicer,
    findings: Splicer,
  ): void {
    if (isDuplicate) {
      const before = this.#judge(result, at, false);
      // What the thread counted is taken out again; a deferred line was not counted.
      if (before && !((result.table[at] as number) & SLOT_DEFERRED)) this.tally.add(before.verdict, -1);
    }
    const judged = this.#judge(result, at, isDuplicate);
    assert(judged && judged.verdict.kind !== 'deferred', 'a line was left undecided');
    this.tally.add(judged.verdict);
    const line = result.table[at + TABLE_LINE] as number;
    const paymentRow = new PaymentRows(256);
    if (judged.verdict.kind === 'accepted') {
      paymentRow.put(line, judged.verdict.payment, judged.fields?.departmentLine ?? '');
    }
    const findingRow = new FindingRows(512);
    findingRow.put(line, judged.verdict, judged.fields);
    payments.replace(
      endBefore(result, at, TABLE_PAYMENTS_END),
      result.table[at + TABLE_PAYMENTS_END] as number,
      paymentRow.written(),
    );
    findings.replace(
      endBefore(result, at, TABLE_FINDINGS_END),
      result.table[at + TABLE_FINDINGS_END] as number,
      findingRow.written(),
    );
  }

  #judge(result: ChunkResult, at: number, isDuplicate: boolean) {
    const from = result.table[at + TABLE_FROM] as number;
    const to = result.table[at + TABLE_TO] as number;
    const record = { bytes: result.bytes, from, to, encoding: result.encoding };
    return judgeRecord(record, this.#settings, this.#context, () => isDuplicate);
  }
}

function endBefore(result: ChunkResult, at: number, word: number): number {
  return at === 0 ? 0 : (result.table[at - TABLE_WORDS + word] as number);
}
