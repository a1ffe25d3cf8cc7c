// The operations that commands call, loaded when they are: `yika --help` must not wait for Postgres and threads. Adding one is
// one entry.

import type { Language } from '../message/language.js';
import type { Context } from '../operation/context.js';

export const operations = {
  importCardholders: async () => (await import('../operation/import-cardholders.js')).importCardholders,
  readStatus: async () => (await import('../operation/cardholder-status.js')).readStatus,
  showCardholder: async () => (await import('../operation/show-cardholder.js')).showCardholder,
  importHoldList: async () => (await import('../operation/import-hold-list.js')).importHoldList,
  publishCatalogue: async () => (await import('../operation/publish-catalogue.js')).publishCatalogue,
  listCatalogues: async () => (await import('../operation/list-catalogues.js')).listCatalogues,
  showProgramme: async () => (await import('../operation/show-programme.js')).showProgramme,
  importRoster: async () => (await import('../operation/import-roster.js')).importRoster,
  listBatches: async () => (await import('../operation/list-batches.js')).listBatches,
  showBatch: async () => (await import('../operation/show-batch.js')).showBatch,
  listFindings: async () => (await import('../operation/list-findings.js')).listFindings,
  submitBatch: async () => (await import('../operation/submit-batch.js')).submitBatch,
  approveBatch: async () => (await import('../operation/approve-batch.js')).approveBatch,
  rejectBatch: async () => (await import('../operation/reject-batch.js')).rejectBatch,
  cancelBatch: async () => (await import('../operation/cancel-batch.js')).cancelBatch,
  releaseBatches: async () => (await import('../operation/release-batches.js')).releaseBatches,
  reconcileBatch: async () => (await import('../operation/reconcile-batch.js')).reconcileBatch,
  reissueBatch: async () => (await import('../operation/reissue-batch.js')).reissueBatch,
  closeBatch: async () => (await import('../operation/close-batch.js')).closeBatch,
  listFiles: async () => (await import('../operation/list-files.js')).listFiles,
  showFile: async () => (await import('../operation/show-file.js')).showFile,
  markSent: async () => (await import('../operation/mark-sent.js')).markSent,
  resendFile: async () => (await import('../operation/resend-file.js')).resendFile,
  importReturns: async () => (await import('../operation/import-returns.js')).importReturns,
  listFormats: async () => (await import('../operation/list-formats.js')).listFormats,
  verify: () => later<Verify>('verify', 'verify'),
  showFormat: () => later<ShowFormat>('show-format', 'showFormat'),
  checkFormat: () => later<CheckFormat>('check-format', 'checkFormat'),
  sampleReturns: () => later<SampleReturns>('sample-returns', 'sampleReturns'),
  runDemo: () => later<RunDemo>('demo', 'runDemo'),
} as const;

type Verify = (
  context: Context,
  input: { batch?: number | undefined; files: boolean },
) => Promise<{ ok: boolean; checks: readonly object[] }>;
type ShowFormat = (context: Pick<Context, 'formats'>, input: { name: string }) => Promise<object>;
type CheckFormat = (input: { path: string }) => Promise<{ ok: boolean; problems: readonly object[] }>;
type SampleReturns = (
  context: Context,
  input: { batch: number; fail?: number | undefined; seed?: number | undefined; out: string },
) => Promise<object>;
type RunDemo = (input: DemoInput) => Promise<object>;

export interface DemoInput {
  out: string;
  threads: number;
  language: Language;
  migrationsFolder: string;
  formats: Context['formats'];
  progress: Context['progress'];
  log: Context['log'];
  say(step: string, answer?: object): Promise<void>;
}

/** Found by the file's name, so that the command line compiles before the operation is there. */
async function later<Operation>(file: string, name: string): Promise<Operation> {
  const loaded = (await import(`../operation/${file}.js`)) as Record<string, unknown>;
  return loaded[name] as Operation;
}
