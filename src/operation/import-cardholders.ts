// A cardholder file into the base: every row checked, new and changed rows added as a new version, nothing rewritten.
// All in one transaction: a killed import leaves nothing, and the next one begins anew.

import { EngineError } from '../base/error.js';
import type {
  BaseImage,
  CardholderChunkResult,
  CardholderFieldPlaces,
  CardholderFinding,
} from '../cardholder/check-chunk.js';
import { type CardholderCounts, CardholderMerger } from '../cardholder/merge-chunk.js';
import { ROW_WORDS } from '../cardholder/row-table.js';
import { CARDHOLDER_COLUMNS, type CardholderColumn } from '../codec/columns.js';
import { openTable, type Table } from '../codec/open-table.js';
import { sha256OfFile } from '../codec/sha256-of-file.js';
import { personOfKey } from '../directory/person-key.js';
import { COPY_HEADER, COPY_TRAILER } from '../encoding/copy-rows.js';
import { parseCalendarDate } from '../identity/calendar-date.js';
import { createMemory } from '../kernel/memory.js';
import { SharedBuffers } from '../kernel/shared-buffers.js';
import {
  addOtherIdentifiers,
  attachVersion,
  createVersionTable,
  dropVersionTable,
  insertCardholderFindings,
  insertVersion,
  lockBase,
  readLatestVersion,
  readOtherIdentifiers,
  removePeople,
} from '../store/base-store.js';
import type { CopyIn } from '../store/copy.js';
import { addEvent } from '../store/event-store.js';
import type { Session } from '../store/session.js';
import {
  type CardholderJobData,
  type CardholderTask,
  cardholderJob,
  cardholderResult,
  cardholderSettings,
  cardholderTask,
} from '../worker/cardholder-job.js';
import { kernelModule } from '../worker/kernel-module.js';
import { openThreadPool } from '../worker/thread-pool.js';
import type { Context } from './context.js';
import { loadBaseImage } from './load-directory.js';
import { withLocalFile } from './local-file.js';
import { sizeOf, threadsForBytes } from './threads-for.js';
import { today } from './today.js';
import { writeCardholderFindings } from './write-cardholder-findings.js';

export interface ImportCardholdersInput {
  file: string;
  /** Changes only; people who are not in the file stay as they are. */
  delta: boolean;
  /** The day that the file stands for; today when not given. */
  asOf?: string | undefined;
  /** Where to write the list of rejected and conflicting rows. */
  csv?: string | undefined;
}

export interface ImportCardholdersAnswer extends CardholderCounts {
  version: number;
  removed: number;
  cardholders: number;
  asOf: string;
  findings: Record<string, number>;
  seconds: number;
}

/** Twice that of a roster: what a row takes is so little that handing a chunk around is noticed beside it. */
const CHUNK_BYTES = 1024 * 1024;
/** So many people for each that the file would have, were all of it like its first chunk. */
const EXPECTED_MARGIN = 1.1;
/** Rows of the base take as much room as what they are read from, and of the row table 40 bytes a line. Buffers may grow. */
const ROWS_FOR_BYTES = 1.5;
const TABLE_FOR_BYTES = 0.6;
/** Findings go to the database in groups of this size. */
const FINDINGS_GROUP = 5_000;
/** People taken out of the base in one statement. */
const REMOVED_GROUP = 50_000;

export async function importCardholders(
  context: Context,
  input: ImportCardholdersInput,
): Promise<ImportCardholdersAnswer> {
  return await withLocalFile(context, input.file, (file, name) =>
    importFile(context, { ...input, file }, name),
  );
}

async function importFile(
  context: Context,
  input: ImportCardholdersInput,
  fileName: string,
): Promise<ImportCardholdersAnswer> {
  const started = performance.now();
  const asOf = input.asOf ?? today(context);
  if (!parseCalendarDate(asOf)) throw new EngineError('USAGE_INVALID', { option: '--as-of', value: asOf });
  const table = await openTable(input.file, CARDHOLDER_COLUMNS, { chunkBytes: CHUNK_BYTES });
  const fileDigest = Buffer.from(await sha256OfFile(input.file), 'hex');
  try {
    return await context.database.withSession((session) =>
      session.transaction(async () => {
        await lockBase(session);
        const load = new CardholderLoad(context, session, input, table);
        await load.run();
        const answer = await load.finish(asOf, fileName, fileDigest, started);
        if (input.csv !== undefined) await writeCardholderFindings(input.csv, load.findings);
        return answer;
      }),
    );
  } finally {
    await table.close();
  }
}

class CardholderLoad {
  readonly findings: CardholderFinding[] = [];
  readonly #context: Context;
  readonly #session: Session;
  readonly #input: ImportCardholdersInput;
  readonly #table: Table<CardholderColumn>;
  #version = 0;
  #before = 0;
  #base: BaseImage | undefined;
  #merger: CardholderMerger | undefined;
  #others: [string, number][] = [];
  #rowCount = 0;
  #removed = 0;

  constructor(
    context: Context,
    session: Session,
    input: ImportCardholdersInput,
    table: Table<CardholderColumn>,
  ) {
    this.#context = context;
    this.#session = session;
    this.#input = input;
    this.#table = table;
  }

  async run(): Promise<void> {
    const session = this.#session;
    const latest = await readLatestVersion(session);
    this.#version = (latest?.version ?? 0) + 1;
    this.#before = latest?.cardholders ?? 0;
    this.#base = await loadBaseImage(this.#context, session);
    const serials = await readOtherIdentifiers(session);
    const data = this.#jobData();
    const nextSerial = (serials.at(-1)?.[1] ?? 0) + 1;
    this.#merger = new CardholderMerger(cardholderSettings(data), data.memory, this.#base, nextSerial);
    const copy = await createVersionTable(session, this.#version);
    await this.#copyRows(copy, data);
    await addOtherIdentifiers(session, this.#others);
    if (!this.#input.delta) await this.#removeMissing();
  }

  #jobData(): CardholderJobData {
    const base = this.#base;
    return {
      kernel: kernelModule(),
      memory: base ? base.directory.memory : createMemory(0),
      base: base && {
        fingerprints: base.fingerprints.byteOffset,
        updatedOn: base.updatedOn.byteOffset,
      },
      places: placesOf(this.#table),
      delimiter: this.#table.delimiter,
    };
  }

  async *#tasks(buffers: SharedBuffers): AsyncGenerator<CardholderTask> {
    for await (const chunk of this.#table.chunks(buffers)) {
      const { length } = chunk.bytes;
      yield cardholderTask(chunk, {
        rows: buffers.takeBytes(Math.ceil(length * ROWS_FOR_BYTES)),
        table: buffers.takeBytes(Math.ceil(length * TABLE_FOR_BYTES)),
      });
    }
  }

  async #copyRows(copy: CopyIn, data: CardholderJobData): Promise<void> {
    const size = await sizeOf(this.#input.file);
    const threads = threadsForBytes(size, this.#context);
    const buffers = new SharedBuffers(data.memory);
    const pool = openThreadPool(cardholderJob, data, threads);
    const merger = this.#merger as CardholderMerger;
    this.#context.progress.begin('cardholders');
    try {
      await copy.write(COPY_HEADER);
      for await (const answer of pool.mapInOrder(this.#tasks(buffers))) {
        const result = cardholderResult(data.memory, answer);
        if (result.index === 0 && !this.#base) merger.expect(expectedPeople(result, size));
        const merged = merger.merge(result);
        const done = (): void => {
          for (const room of result.rooms) buffers.give(room);
        };
        if (merged.rows.length === 0) done();
        for (const [index, piece] of merged.rows.entries()) {
          await copy.write(piece, index === merged.rows.length - 1 ? done : undefined);
        }
        for (const finding of merged.findings) this.findings.push(finding);
        for (const other of merged.others) this.#others.push(other);
        buffers.give(result.bytes);
        this.#context.progress.advance(merger.counts.lines);
      }
      await copy.write(COPY_TRAILER);
      this.#rowCount = await copy.finish();
    } catch (error) {
      await copy.abort(error as Error);
      throw error;
    } finally {
      this.#context.progress.end();
      await pool.close();
    }
  }

  async #removeMissing(): Promise<void> {
    const directory = this.#base?.directory;
    if (!directory) return;
    let group: bigint[] = [];
    const flush = async (): Promise<void> => {
      if (group.length > 0) await removePeople(this.#session, this.#version, group);
      this.#removed += group.length;
      group = [];
    };
    for (const slot of (this.#merger as CardholderMerger).missing()) {
      const { a, b } = directory.keyOf(slot);
      if (group.push(personOfKey(a, b)) === REMOVED_GROUP) await flush();
    }
    await flush();
    this.#rowCount += this.#removed;
  }

  async finish(
    asOf: string,
    fileName: string,
    fileDigest: Uint8Array,
    started: number,
  ): Promise<ImportCardholdersAnswer> {
    const session = this.#session;
    const { counts } = this.#merger as CardholderMerger;
    if (counts.lines === 0) throw new EngineError('FILE_EMPTY', { file: fileName });
    if (this.#rowCount > 0) await attachVersion(session, this.#version);
    else await dropVersionTable(session, this.#version);
    const cardholders = this.#before + counts.new - this.#removed;
    const seconds = Math.round(performance.now() - started) / 1000;
    await insertVersion(session, {
      version: this.#version,
      kind: this.#input.delta ? 'delta' : 'snapshot',
      asOf,
      fileName,
      fileDigest,
      counts,
      removed: this.#removed,
      cardholders,
      rowCount: this.#rowCount,
      seconds,
      actor: this.#context.actor,
    });
    for (let at = 0; at < this.findings.length; at += FINDINGS_GROUP) {
      await insertCardholderFindings(session, this.#version, this.findings.slice(at, at + FINDINGS_GROUP));
    }
    const detail = { version: this.#version, ...counts, removed: this.#removed };
    await addEvent(session, { actor: this.#context.actor, action: 'cardholder.import', detail });
    return {
      version: this.#version,
      ...counts,
      removed: this.#removed,
      cardholders,
      asOf,
      findings: countByCode(this.findings),
      seconds,
    };
  }
}

/** For a first import: as many as there are rows in a file of so many bytes that begins like this. */
function expectedPeople({ bytes, table }: CardholderChunkResult, fileBytes = 0): number {
  return Math.ceil(((table.length / ROW_WORDS) * fileBytes * EXPECTED_MARGIN) / bytes.length);
}

function placesOf(table: Table<CardholderColumn>): CardholderFieldPlaces {
  const place = (name: CardholderColumn): number => table.positions.get(name) ?? -1;
  return {
    residentId: place('resident_id'),
    name: place('name'),
    region: place('region'),
    cardNumber: place('card_number'),
    cardState: place('card_state'),
    bank: place('bank'),
    account: place('account'),
    accountState: place('account_state'),
    alive: place('alive'),
    diedOn: place('died_on'),
    updatedOn: place('updated_on'),
    count: table.width,
  };
}

function countByCode(findings: readonly CardholderFinding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
