// Where the figures come from: without it they mean nothing.

import { cpus, loadavg, totalmem } from 'node:os';
import type { Cluster } from './cluster.js';

export interface Environment {
  /** YYYY-MM-DD. */
  date: string;
  cpu: string;
  cores: number;
  memoryGigabytes: number;
  node: string;
  platform: string;
  postgres: Record<string, string>;
  /** Processes that ran or waited, over a minute: before the first round and after the last. Above the cores, others disturbed. */
  load: readonly number[];
}

export function loadNow(): number {
  return loadavg()[0] ?? 0;
}

export async function environmentOf(cluster: Cluster): Promise<Environment> {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    postgres: await cluster.settings(),
    load: [loadNow()],
  };
}
