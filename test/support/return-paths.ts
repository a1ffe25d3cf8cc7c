// A return file read by the careful path alone and with compiled loops: what both say must be the same, also of what is wrong.

import { expect } from 'vitest';
import { compileReturnFormat, type ReturnFormat } from '../../src/bank-file/compile-return.js';
import type { FormatDefinition } from '../../src/bank-file/definition.js';
import { EngineError } from '../../src/base/error.js';
import { createMemory, takeBytes } from '../../src/kernel/memory.js';
import { AnswerRows, type AnswerRowsData, visitorOf } from '../../src/reconciliation/answer-rows.js';
import { kernelModule } from '../../src/worker/kernel-module.js';

interface Answered {
  rows?: Partial<AnswerRowsData>;
  error?: { code: string; details: unknown };
}

let kernel: { module: WebAssembly.Module; memory: WebAssembly.Memory } | undefined;
const careful = new WeakMap<FormatDefinition, ReturnFormat>();
const compiled = new WeakMap<FormatDefinition, ReturnFormat>();

function formatOf(
  known: WeakMap<FormatDefinition, ReturnFormat>,
  definition: FormatDefinition,
  withLoops: boolean,
): ReturnFormat {
  kernel ??= { module: kernelModule(), memory: createMemory(0) };
  const format =
    known.get(definition) ??
    compileReturnFormat(definition, definition.returns, withLoops ? kernel : undefined);
  known.set(definition, format);
  return format;
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    const piece = Uint8Array.from(bytes.subarray(at, at + size));
    yield piece;
    piece.fill(0x3f);
  }
}

const ROOM_BEFORE = 300;
const WINDOW_BYTES = 128 * 1024;
let room: Buffer | undefined;

/** As worker/file-window.ts gives a file: in the memory of the loops, with room before each piece. */
function inWindow(bytes: Uint8Array, size: number) {
  if (room === undefined) {
    const taken = takeBytes(kernel!.memory, ROOM_BEFORE + WINDOW_BYTES);
    room = Buffer.from(taken.buffer as unknown as ArrayBuffer, taken.byteOffset, taken.length);
  }
  const whole = room;
  return {
    roomBefore: ROOM_BEFORE,
    async *[Symbol.asyncIterator]() {
      for (let at = 0, length = 0; at < bytes.length; at += length) {
        length = Math.min(size, bytes.length - at, WINDOW_BYTES);
        const piece = whole.subarray(ROOM_BEFORE, ROOM_BEFORE + length);
        piece.set(bytes.subarray(at, at + piece.length));
        yield piece;
      }
    },
  };
}

async function answered(format: ReturnFormat, source: AsyncIterable<Uint8Array>): Promise<Answered> {
  const rows = new AnswerRows();
  try {
    await format.read(source, visitorOf(rows));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { error: { code: error.code, details: error.details } };
  }
  const { header, totals, length, batches, corrections, accounts, saying } = rows;
  const column = <Typed extends Int32Array | Float64Array | Uint8Array>(values: Typed) =>
    Array.from(values.subarray(0, length));
  return {
    rows: {
      ...{ header, totals, length, batches, corrections, accounts, saying },
      ...{ batch: column(rows.batch), line: column(rows.line), sequence: column(rows.sequence) },
      ...{ amountFen: column(rows.amountFen), outcome: column(rows.outcome), says: column(rows.says) },
    } as never,
  };
}

/** Expects both paths to say the same of the file, and answers with it. */
export async function expectOneAnswer(
  definition: FormatDefinition,
  bytes: Uint8Array,
  size = 64 * 1024,
): Promise<Answered> {
  const expected = await answered(formatOf(careful, definition, false), pieces(bytes, size));
  const fast = formatOf(compiled, definition, true);
  expect(await answered(fast, pieces(bytes, size))).toEqual(expected);
  expect(await answered(fast, inWindow(bytes, size))).toEqual(expected);
  return expected;
}
