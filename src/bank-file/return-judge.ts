// What a return file says → outcomes: the bank's codes at every level, what silence means, and whether its totals agree.

import type { Outcome, ReturnDefinition, WholeCode } from './definition.js';
import type { StaticValue } from './field-reader.js';
import type { FileEvents, Refuse } from './file-events.js';
import { type CodeTables, inherited } from './outcome-code.js';
import { OwnTotals } from './own-totals.js';
import { ReadRow } from './read-row.js';
import { DeclaredValues, HashTally, Tally } from './read-totals.js';
import type { BankSays, ReturnRow, ReturnVisitor, RowKind } from './return-visitor.js';
import type { RowBlock } from './row-block.js';
import { StatusTallies } from './status-tallies.js';

/**
 * The row at hand, filled again for each; texts that hardly anyone asks for are made when someone does. A class: as an object
 * with getters behind a spread it was kept as a dictionary, and every access was a look-up by name.
 */
class JudgedRow implements ReturnRow {
  source = new ReadRow();
  rowNumber = 0;
  line = 0;
  paymentBatch = 0;
  paymentLine = 0;
  sequence = -1;
  amountFen = -1;
  outcome: Outcome = 'unknown';
  code = '';
  text = '';
  correction: ReturnRow['correction'] = undefined;

  get reference(): string | undefined {
    return this.source.reference;
  }

  get account(): string | undefined {
    return this.source.account;
  }
}

export class ReturnJudge implements FileEvents {
  private readonly definition: ReturnDefinition;
  private readonly codes: CodeTables;
  private readonly oneBatch: boolean;
  private readonly visit: ReturnVisitor;
  private readonly file: DeclaredValues;
  private readonly batch: DeclaredValues;
  private readonly hashes: HashTally;
  private readonly tallies = {
    paid: new Tally(),
    failed: new Tally(),
    pending: new Tally(),
    unknown: new Tally(),
  };
  private readonly listed = new Tally();
  private readonly own: OwnTotals;
  /** Paid rows that are listed for their correction only. */
  private corrected = 0;
  private readonly fileTallies: StatusTallies;
  private readonly batchTallies: StatusTallies;
  /** Payments are counted as not paid and not listed. */
  private isOpen = false;
  private details = 0;
  private fileWhole: WholeCode | undefined;
  private batchWhole: WholeCode | undefined;
  private fileTold = false;
  private toldTooEarly = false;
  private batchTold = false;
  private inBatch = false;
  /** Status of the first batch, and whether another one of a file that has one batch says something else. */
  private firstStatus: string | undefined;
  private isSplit = false;
  private readonly out = new JudgedRow();
  /** What rows of this batch say, by number; -1 where the last row was not told on. */
  private readonly kinds: (RowKind & { status: string })[] = [];
  private isTold = false;
  /** Undefined where whoever listens wants every row by itself. */
  readonly rows: FileEvents['rows'];

  constructor(
    definition: ReturnDefinition,
    codes: CodeTables,
    oneBatch: boolean,
    refuse: Refuse,
    visit: ReturnVisitor,
  ) {
    this.definition = definition;
    this.codes = codes;
    this.oneBatch = oneBatch;
    this.visit = visit;
    this.file = new DeclaredValues(refuse, definition.layout);
    this.batch = new DeclaredValues(refuse, definition.layout);
    this.hashes = new HashTally(definition.layout);
    this.own = new OwnTotals(definition.layout);
    this.fileTallies = new StatusTallies(refuse);
    this.batchTallies = new StatusTallies(refuse);
    this.rows = visit.rows && ((rows) => this.takeRows(rows));
  }

  value(name: string, value: string | number | bigint, line: number): void {
    this.kinds.length = 0;
    if (this.fileTold && /^file\.(status|code|text)$/.test(name)) this.toldTooEarly = true;
    if (name.startsWith('file.tally.')) this.fileTallies.declare(name.slice(11), value, line);
    else if (name.startsWith('batch.tally.')) this.batchTallies.declare(name.slice(12), value, line);
    else (name.startsWith('batch.') ? this.batch : this.file).add(name, value, line);
  }

  detail(): void {
    this.details++;
  }

  beginBatch(): void {
    if (!this.oneBatch) this.tellFile();
    this.batch.clear();
    this.own.beginBatch();
    this.batchTold = false;
    this.inBatch = true;
    this.batchTallies.clear();
    this.details = 0;
    this.kinds.length = 0;
  }

  row(row: ReadRow): void {
    if (!this.batchTold) this.tellBatch();
    // An account has other movements than ours: theirs is another reference.
    this.isTold = this.definition.rowsAre !== 'movements' || row.paymentBatch !== 0;
    if (!this.isTold) return;
    const { out } = this;
    out.rowNumber = row.rowNumber;
    out.line = row.line;
    out.source = row;
    out.paymentBatch = row.paymentBatch;
    out.paymentLine = row.paymentLine;
    out.sequence = row.sequence;
    out.amountFen = row.amountFen;
    out.correction = row.correction;
    this.decide(row);
    this.listed.add(row.amountFen);
    this.tallies[out.outcome].add(row.amountFen);
    this.hashes.add(row);
    this.own.row(row);
    if (out.outcome === 'paid' && row.correction !== undefined) this.corrected++;
    this.count(row);
    this.visit.row(out);
  }

  kindOfRow(): number {
    if (!this.isTold) return -1;
    const { outcome, code, text, source } = this.out;
    return this.kinds.push({ outcome, code, text, status: source.wholeStatus }) - 1;
  }

  private takeRows(rows: RowBlock): void {
    const { kinds } = this;
    for (const [kind, { outcome, status }] of kinds.entries()) {
      const sum = {
        count: rows.rowsOfKind[kind]!,
        withoutAmount: rows.bareOfKind[kind]!,
        amountFen: rows.fenOfKind[kind]!,
      };
      if (sum.count === 0) continue;
      this.listed.addAll(sum);
      this.tallies[outcome].addAll(sum);
      this.own.rows(sum, sum.count * rows.recordsPerRow);
      if (!this.isUncounted) this.countAs(status, (tallies, of) => tallies.addAll(of, sum));
    }
    this.visit.rows?.({ ...rows, kinds });
  }

  private count(row: ReadRow): void {
    if (this.isUncounted) return;
    this.countAs(row.wholeStatus, (tallies, status) => tallies.add(status, row.amountFen));
  }

  private get isUncounted(): boolean {
    return this.fileTallies.isEmpty && this.batchTallies.isEmpty;
  }

  private countAs(own: string, add: (tallies: StatusTallies, status: string) => void): void {
    const status = own || this.batch.text('batch.status') || this.file.text('file.status');
    add(this.fileTallies, status);
    add(this.batchTallies, status);
  }

  /** The row's own status decides, then its code, then what stands above it: the lowest level wins. */
  private decide(row: ReadRow): void {
    const { out, codes } = this;
    const code = codes.deciding(row.code);
    const reason = code === '' ? undefined : codes.code(code);
    const all = code === row.code ? '' : ` (${row.code})`;
    const own = row.wholeStatus;
    if (own !== '') {
      const status = codes.status(own);
      out.outcome = this.decideBoth(
        status?.outcome,
        code === '' ? undefined : (reason?.outcome ?? 'unknown'),
      );
      out.code = code === '' ? own : code;
      out.text = row.text || (reason?.text ?? status?.text ?? '');
    } else if (code !== '') {
      out.outcome = reason?.outcome ?? 'unknown';
      out.code = code;
      out.text = (row.text || (reason?.text ?? '')) + all;
    } else {
      const whole = this.batchWhole ?? this.fileWhole;
      out.outcome =
        whole === undefined && this.definition.lists === 'failed' ? 'failed' : inherited(whole?.means);
      out.code = whole?.code ?? '';
      out.text = row.text || (whole?.text ?? '');
    }
  }

  /** Where the code decides, a status that says something else makes the row one for a person. */
  private decideBoth(status: Outcome | undefined, code: Outcome | undefined): Outcome {
    if (this.definition.decides === 'status' || code === undefined) return status ?? 'unknown';
    return status === undefined || status === code ? code : 'unknown';
  }

  endBatch(): void {
    if (!this.batchTold) this.tellBatch();
    if (this.oneBatch) this.compareStatuses();
    this.own.endBatch(this.batch);
    this.batch.require('batch.details', BigInt(this.details));
    const count = this.oneBatch ? (this.batch.get('batch.count') ?? this.file.get('file.count')) : undefined;
    if (this.leavesOpen(this.batchTallies, count)) this.isOpen = true;
    this.batchTallies.clear();
    this.inBatch = false;
  }

  /** Banks that give each status a block of its own: none of them speaks for the payments that none of them lists. */
  private compareStatuses(): void {
    const status = this.batch.text('batch.status');
    this.firstStatus ??= status;
    if (status !== this.firstStatus) this.isSplit = true;
  }

  private leavesOpen(tallies: StatusTallies, count: StaticValue | undefined): boolean {
    const outcomeOf = (status: string): Outcome => this.codes.status(status)?.outcome ?? 'unknown';
    return tallies.leavesOpen(outcomeOf, count === undefined ? undefined : BigInt(count));
  }

  /** Tells the header before the first row; a file of one batch speaks with one voice. */
  private tellBatch(): void {
    this.batchTold = true;
    this.batchWhole = this.codes.whole(this.batch.text('batch.status'));
    this.tellFile();
    if (this.oneBatch || !this.inBatch || !this.declaresBatches()) return;
    const status = this.batch.text('batch.status') || this.file.text('file.status');
    const whole = this.batchWhole ?? this.fileWhole;
    const ordinal = this.batch.get('batch.number');
    this.visit.batch?.({
      ordinal: ordinal === undefined ? undefined : Number(ordinal),
      status,
      refused: this.refusal(whole, status, this.batch.text('batch.code'), this.batch.text('batch.text')),
      unlisted: this.unlisted(status, whole),
    });
  }

  private declaresBatches(): boolean {
    return this.batch.get('batch.number') !== undefined || this.batch.get('batch.status') !== undefined;
  }

  private tellFile(): void {
    if (this.fileTold) return;
    this.fileTold = true;
    this.fileWhole = this.codes.whole(this.file.text('file.status'));
    const { file, batch } = this;
    const lower = this.oneBatch && batch.text('batch.status') !== '';
    const status = lower ? batch.text('batch.status') : file.text('file.status');
    const whole = lower ? this.batchWhole : this.fileWhole;
    const code = batch.text('batch.code') || file.text('file.code');
    const text = batch.text('batch.text') || file.text('file.text');
    const number = file.get('file.number');
    const count = file.get('file.count');
    const amount = file.get('file.amount');
    this.visit.file({
      rowsAre: this.definition.rowsAre,
      fileReference: number === undefined ? undefined : Number(number),
      fileLine: file.line('file.number'),
      refused: this.refusal(whole, status, code, text),
      unlisted: this.unlisted(status, whole),
      status,
      fileCount: count === undefined ? undefined : Number(count),
      fileAmountFen: amount === undefined ? undefined : BigInt(amount),
    });
  }

  private refusal(
    whole: WholeCode | undefined,
    status: string,
    code: string,
    text: string,
  ): BankSays | undefined {
    if (whole?.means !== 'refused' || this.isSplit) return undefined;
    const reason = code === '' ? undefined : this.codes.code(code);
    return { code: code || status, text: text || (reason?.text ?? whole.text) };
  }

  /** A status that says nothing, or that is not known, leaves what is not listed outstanding. */
  private unlisted(status: string, whole: WholeCode | undefined): 'paid' | 'outstanding' {
    if (this.isSplit) return 'outstanding';
    if (whole === undefined)
      return status === '' && this.definition.wholes.length === 0 ? this.definition.unlisted : 'outstanding';
    if (whole.means === 'paid') return 'paid';
    return whole.means === 'partial' ? this.definition.unlisted : 'outstanding';
  }

  finish(): void {
    if (!this.batchTold) this.tellBatch();
    // The order of a JSON object is nobody's promise: a status that stands after the rows is told again. So is that of a
    // file whose blocks do not agree.
    if (this.toldTooEarly || this.isSplit) {
      this.fileTold = false;
      this.tellFile();
    }
    const { tallies, listed, file } = this;
    const unknown = BigInt(tallies.unknown.count);
    file.require('listed.count', BigInt(listed.count));
    file.require('listed.amount', listed.amountFen);
    for (const outcome of ['paid', 'failed', 'pending'] as const) {
      // The bank counts rows with a code that we do not know under one of its headings.
      const { count, amountFen } = tallies[outcome];
      const [least, most] = this.bounds(outcome, count, amountFen);
      file.require(`${outcome}.count`, least[0], most[0] + unknown);
      file.require(`${outcome}.amount`, least[1], most[1] + tallies.unknown.amountFen);
    }
    this.hashes.compare('file', file);
    this.own.finish(file);
    if (this.leavesOpen(this.fileTallies, file.get('file.count'))) this.isOpen = true;
    this.visit.end({ rows: listed.count, ...tallies, unlisted: this.finalUnlisted() });
  }

  /** Where paid rows are not listed, their total can only be compared with the payment file's, which is not here. */
  private bounds(outcome: Outcome, count: number, fen: bigint): [[bigint, bigint], [bigint, bigint]] {
    const listedOnly = this.definition.lists === 'all' || outcome === 'failed';
    const exact: [bigint, bigint] = [BigInt(count), fen];
    return listedOnly
      ? [exact, exact]
      : [
          [0n, 0n],
          [1n << 80n, 1n << 80n],
        ];
  }

  /** A file that lists paid rows lists everything: what it leaves out is then not paid but outstanding. */
  private finalUnlisted(): 'paid' | 'outstanding' {
    const status = this.batch.text('batch.status') || this.file.text('file.status');
    const whole = this.batchWhole ?? this.fileWhole;
    const { paid, unknown } = this.tallies;
    if (this.isOpen || this.isSplit) return 'outstanding';
    if (whole?.means === 'paid') return 'paid';
    const expected = this.definition.lists === 'failedOrCorrected' ? this.corrected : 0;
    if (paid.count > expected || unknown.count > 0) return 'outstanding';
    // "Partly" without a single row says nothing about any of them, unless the bank never lists paid ones.
    if (this.listed.count === 0 && this.definition.lists === 'all') return 'outstanding';
    return this.unlisted(status, whole);
  }
}
