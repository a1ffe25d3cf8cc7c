// The compiled loops against the steps: random payments, as the database copies them out, through both, in every format and in
// definitions that use what no shipped format does. Areas and inputs are short, so that everything is cut somewhere.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSink } from '../../src/bank-file/byte-sink.js';
import { compilePaymentFormat } from '../../src/bank-file/compile-payment.js';
import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { addSums, type DetailSums, NO_SUMS } from '../../src/bank-file/detail-sums.js';
import type { PaymentRow } from '../../src/bank-file/payment-row.js';
import { planFile } from '../../src/bank-file/plan-file.js';
import { type BankPlan, type FileSegment, SegmentWriter } from '../../src/bank-file/write-segments.js';
import { EngineError } from '../../src/base/error.js';
import { keyOfPerson } from '../../src/directory/person-key.js';
import { COPY_TRAILER } from '../../src/encoding/copy-rows.js';
import { checkCharacter } from '../../src/identity/resident-id.js';
import { PaymentRows } from '../../src/roster/payment-rows.js';
import { kernelModule } from '../../src/worker/kernel-module.js';
import { batchContext, contextFor, FORMAT_NAMES, loadFormat, rowsOf } from './formats.js';
import { FOR_STEPS_ONLY, OWN_DEFINITIONS } from './own-definitions.js';

const BANK = 104;
const OTHER_BANK = 301;
const OTHERS: [string, number][] = [
  ['USA123456789012', 1],
  ['E12345678', 2],
  ['M0000001', 3],
];

interface AnyPayment {
  name: string;
  account: string;
  residentId: string;
  amountFen: number;
  region: number;
  bank: number;
  payee: string | undefined;
  followsLine: number | undefined;
  departmentLine: string;
}

const character = fc
  .oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fa5 }) },
    { weight: 2, arbitrary: fc.constantFrom(0x6771, 0x4e28, 0x9c7b, 0xb7, 0x3007, 0x2022) },
    { weight: 1, arbitrary: fc.integer({ min: 0x3400, max: 0x4db5 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0x20000, max: 0x2a6df }) },
    { weight: 3, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(0x7c, 0x26, 0x3c, 0x22, 0x5c, 0x20ac, 0xe863, 0xfffd, 0xe9, 0xff),
    },
  )
  .map((point) => String.fromCodePoint(point));
const text = (most: number): fc.Arbitrary<string> =>
  fc.array(character, { minLength: 0, maxLength: most }).map((all) => all.join(''));
const hanzi = fc
  .array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 2, maxLength: 4 })
  .map((units) => String.fromCharCode(...units));
const name = fc.oneof(
  { weight: 4, arbitrary: hanzi },
  { weight: 2, arbitrary: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .,'&()"/-]{0,60}$/) },
  { weight: 2, arbitrary: text(40) },
);
const resident = fc
  .tuple(fc.stringMatching(/^[1-9][0-9]{5}$/), fc.stringMatching(/^[0-9]{11}$/))
  .map(([region, rest]) => region + rest + checkCharacter(region + rest));
const residentId = fc.oneof(
  { weight: 8, arbitrary: resident },
  { weight: 1, arbitrary: fc.constantFrom(...OTHERS.map(([identifier]) => identifier)) },
  {
    weight: 1,
    arbitrary: resident.map((id) => withCheck(`8${'123'[Number(id[16]) % 3]}${id.slice(2, 17)}`)),
  },
  { weight: 1, arbitrary: resident.map((id) => withCheck(`9${id.slice(1, 17)}`)) },
);

function withCheck(first17: string): string {
  return first17 + checkCharacter(first17);
}

/** Lengths and amounts that the format takes, most of the time. */
function paymentFor(definition: FormatDefinition): fc.Arbitrary<AnyPayment> {
  const format = compilePaymentFormat(definition);
  const most = Number(format.limits.amountPerRowFen ?? Number.MAX_SAFE_INTEGER);
  const lengths = Array.from({ length: 27 }, (_, index) => index + 6);
  const taken = lengths.filter((length) => format.unacceptableAccount('9'.repeat(length)) === undefined);
  const edges = [1, 99, 100, 99_999_999, 100_000_000, 2 ** 40, 2 ** 40 + 1, most, Number.MAX_SAFE_INTEGER];
  return fc.record({
    name: fc.oneof(
      { weight: 9, arbitrary: name.filter((one) => format.unencodable(one) === undefined) },
      name,
    ),
    account: fc
      .oneof({ weight: 19, arbitrary: fc.constantFrom(...taken) }, fc.constantFrom(...lengths))
      .chain((length) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))),
    residentId,
    amountFen: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: Math.min(most, 10_000_000) }) },
      fc.constantFrom(...edges.filter((fen) => Number.isSafeInteger(fen) && fen <= most)),
    ),
    region: fc.constantFrom(460105, 110000, 659010),
    bank: fc.oneof({ weight: 4, arbitrary: fc.constant(BANK) }, fc.constant(OTHER_BANK)),
    payee: fc.option(residentId, { nil: undefined, freq: 6 }),
    followsLine: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined, freq: 4 }),
    departmentLine: fc.oneof(fc.constant(''), fc.stringMatching(/^[0-9A-Z]{1,12}$/)),
  });
}

/** Several rosters' payments: rows as the database copies them out, and as the steps take them. */
interface Roster {
  batch: number;
  payments: readonly AnyPayment[];
}

function copied({ payments }: Roster): Uint8Array {
  const rows = new PaymentRows(1024);
  payments.forEach((payment, index) => {
    const { payee } = payment;
    rows.put(
      index + 2,
      {
        ...{
          ...payment,
          ...keyOf(payee === undefined ? payment.residentId : residentOf('19900101')),
          sequence: 0,
        },
        payee: payee === undefined ? undefined : keyOf(payee),
      },
      payment.departmentLine,
    );
  });
  return Buffer.concat([rows.written(), COPY_TRAILER]);
}

function residentOf(birth: string): string {
  return withCheck(`110101${birth}123`);
}

function keyOf(identifier: string): { a: number; b: number } {
  const serial = OTHERS.find(([other]) => other === identifier)?.[1];
  return keyOfPerson(serial === undefined ? BigInt(identifier.slice(0, 17)) : BigInt(-serial));
}

/** The steps' rows of one bank. */
function rowsFor(bank: number, rosters: readonly Roster[]): PaymentRow[] {
  return rosters.flatMap(({ batch, payments }) =>
    rowsOf(
      payments.map((payment) => ({ ...payment, residentId: payment.payee ?? payment.residentId })),
      batch,
    ).filter((row) => row.bank === bank),
  );
}

interface Pieces {
  bytes: Uint8Array;
  sums: DetailSums;
}

/** The files of a bank, from the rows of each batch as somebody wrote them. */
function filesOf({ definition, files }: BankPlan, rowsIn: (file: number, batch: number) => Pieces): Buffer[] {
  const format = compilePaymentFormat(definition);
  return files.map(({ planned, context, batchAmounts }, file) => {
    const packer = format.createPacker();
    const pieces: Uint8Array[] = [];
    const put = (bytes: Uint8Array): void => void pieces.push(Uint8Array.from(packer.pack(bytes)));
    put(format.fileHeader(context));
    let sums = NO_SUMS;
    planned.batches.forEach(({ ordinal, count }, index) => {
      const batch = { ordinal, count, amountFen: batchAmounts[index] as bigint };
      put(format.batchHeader(context, batch));
      const rows = rowsIn(file, index);
      put(rows.bytes);
      put(format.batchTrailer(context, batch, rows.sums));
      sums = addSums(sums, rows.sums);
    });
    put(format.fileTrailer(context, sums));
    return Buffer.concat([...pieces, packer.end()]);
  });
}

function bySteps(plan: BankPlan, rows: readonly PaymentRow[]): Buffer[] {
  const format = compilePaymentFormat(plan.definition);
  return filesOf(plan, (file, index) => {
    const { planned, context, batchAmounts } = plan.files[file]!;
    const { ordinal, first, count } = planned.batches[index]!;
    const writer = format.createDetailWriter(context);
    const sink = new ByteSink(1024);
    writer.beginBatch({ ordinal, count, amountFen: batchAmounts[index]! });
    for (let at = 0; at < count; at++)
      writer.write(rows[first + at]!, first - planned.first + at + 1, at + 1, sink);
    return { bytes: sink.take(), sums: writer.sums };
  });
}

interface Cut {
  readonly piece: number;
  readonly inputBytes: number;
  readonly outBytes: number;
}

function byLoops(plans: readonly BankPlan[], rosters: readonly Roster[], cut: Cut): Map<number, Buffer[]> {
  const writer = new SegmentWriter(plans, OTHERS, kernelModule(), cut);
  const segments: FileSegment[] = [];
  const keep = (some: Iterable<FileSegment>): void => {
    for (const one of some) {
      const [bytes, content] = [Uint8Array.from(one.bytes), Uint8Array.from(one.content)];
      segments.push({ ...one, bytes, content });
    }
  };
  for (const roster of rosters) {
    const rows = copied(roster);
    writer.begin(roster.batch);
    for (let at = 0; at < rows.length; at += cut.piece) keep(writer.write(rows.subarray(at, at + cut.piece)));
    keep(writer.end());
  }
  for (const { bank } of plans) {
    const mine = segments.filter((segment) => segment.bank === bank);
    expectContents(mine, rowsFor(bank, rosters));
  }
  return new Map(
    plans.map((plan) => [
      plan.bank,
      filesOf(plan, (file, index) => {
        const mine = segments.filter(
          (one) => one.bank === plan.bank && one.file === file && one.fileBatch === index,
        );
        const bytes = Buffer.concat(mine.map((one) => one.bytes));
        return { bytes, sums: mine.reduce((sum, one) => addSums(sum, one.sums), NO_SUMS) };
      }),
    ]),
  );
}

/** Line and amount of every row, and what the segments say of them. */
function expectContents(segments: readonly FileSegment[], rows: readonly PaymentRow[]): void {
  const content = Buffer.concat(segments.map((segment) => segment.content));
  expect(content.length).toBe(12 * rows.length);
  rows.forEach((row, index) => {
    expect(content.readInt32BE(12 * index)).toBe(row.line);
    expect(content.readBigInt64BE(12 * index + 4)).toBe(BigInt(row.amountFen));
  });
  let at = 0;
  for (const { batch, firstLine, lastLine, sums } of segments) {
    const mine = rows.slice(at, at + sums.count);
    expect(mine.map((row) => row.batch)).toEqual(mine.map(() => batch));
    expect([firstLine, lastLine]).toEqual([mine[0]?.line, mine.at(-1)?.line]);
    at += sums.count;
  }
}

function planOf(definition: FormatDefinition, bank: number, rows: readonly PaymentRow[]): BankPlan {
  const { limits } = compilePaymentFormat(definition);
  const files = planFile(limits, rows.length, (index) => rows[index]!.amountFen).map((planned) => ({
    planned,
    context: { ...contextFor(definition, planned, rows), bank: String(bank) },
    batchAmounts: planned.batches.map((batch) => batchContext(batch, rows).amountFen),
  }));
  return { bank, definition, files };
}

/** What an attempt came to: its result, or the error as a person reads it. */
function attempt<Result>(write: () => Result): Result | { code: string; details: unknown } {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { code: error.code, details: error.details };
  }
}

function expectSame(definition: FormatDefinition, rosters: readonly Roster[], cut: Cut): void {
  const banks = [BANK, OTHER_BANK].map((bank) => ({ bank, rows: rowsFor(bank, rosters) }));
  const plans = banks
    .filter(({ rows }) => rows.length > 0)
    .map(({ bank, rows }) => planOf(definition, bank, rows));
  const expected = plans.map((plan) => attempt(() => bySteps(plan, rowsFor(plan.bank, rosters))));
  const found = attempt(() => byLoops(plans, rosters, cut));
  // Whichever refused row comes first is named.
  if (expected.some((one) => 'code' in one)) expect(expected).toContainEqual(found);
  else expect(plans.map(({ bank }) => (found as Map<number, Buffer[]>).get(bank))).toEqual(expected);
}

const cuts = fc.record({
  piece: fc.constantFrom(1, 7, 100, 5000),
  inputBytes: fc.constantFrom(64, 300, 4096),
  outBytes: fc.constantFrom(16, 600, 3000, 65_536),
});

describe.each([...FORMAT_NAMES.map((format) => [format, loadFormat(format)] as const), ...OWN_DEFINITIONS])(
  '%s',
  (_name, definition) => {
    const payments = fc.array(paymentFor(definition), { minLength: 1, maxLength: 14 });
    const rosters = fc
      .tuple(payments, fc.option(payments, { nil: [] }))
      .map((each) => each.map((some, index) => ({ batch: 7 + index, payments: some })));

    it('writes the same files by the loops as by the steps, and the same errors', () => {
      fc.assert(
        fc.property(rosters, cuts, (list, cut) => expectSame(definition, list, cut)),
        { numRuns: 10 },
      );
    });

    it('has operations for the loops, where they can say all of it', () => {
      const writer = compilePaymentFormat(definition).createDetailWriter({
        ...contextFor(definition, planFile({} as never, 1)[0]!, rowsOf([])),
        bank: String(BANK),
      });
      writer.beginBatch({ ordinal: 1, count: 1, amountFen: 1n });
      expect(writer.rowProgram === undefined).toBe(definition === FOR_STEPS_ONLY);
    });
  },
);

describe('payments that are not those of the plan', () => {
  const definition = loadFormat('delimited-sample');
  const payment: AnyPayment = {
    ...{ name: '王小明', account: '6214831150131511', residentId: residentOf('19460101'), amountFen: 100 },
    ...{ region: 460105, bank: BANK, payee: undefined, followsLine: undefined, departmentLine: '' },
  };
  const planned = [{ batch: 7, payments: [payment] }];
  const plans = [planOf(definition, BANK, rowsFor(BANK, planned))];
  const cut = { piece: 50, inputBytes: 4096, outBytes: 4096 };
  const changed = { code: 'DIGEST_CHANGED', details: { batch: 7 } };

  it.each([
    ['one more', [payment, payment]],
    ['another bank', [{ ...payment, bank: OTHER_BANK }]],
  ])('are refused: %s', (_what, payments) => {
    expect(attempt(() => byLoops(plans, [{ batch: 7, payments }], cut))).toEqual(changed);
  });

  it('are refused when the COPY ends inside a row', () => {
    const writer = new SegmentWriter(plans, OTHERS, kernelModule(), cut);
    const rows = copied(planned[0]!);
    writer.begin(7);
    expect([...writer.write(rows.subarray(0, rows.length - 3))]).toEqual([]);
    expect(() => [...writer.end()]).toThrow('ended inside a row');
  });
});
