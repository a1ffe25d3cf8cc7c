// Settings of the embedded server, sized to the machine at each start, so that they follow when the data folder moves.
// Given as command-line flags; the cluster's own postgresql.conf stays as initdb wrote it.

export interface Machine {
  memoryBytes: number;
  cpus: number;
  /** Free space where the cluster lies. */
  diskFreeBytes: number;
  /** Free space in /dev/shm; containers often have 64 MB there. */
  sharedMemoryFreeBytes: number;
}

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** One command needs about 10 sessions; 20 commands at once must start. A slot costs some 20 kB. */
const CONNECTIONS_MAX = 250;

export function serverSettings(machine: Machine): Record<string, string> {
  return { ...EXPOSURE, ...PRIVACY, ...DURABILITY, ...sizes(machine), ...behaviour(machine) };
}

const EXPOSURE = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: '5432',
  max_connections: String(CONNECTIONS_MAX),
};

/**
 * Statements, parameters and error details quote personal data, so the log gets none of them: `log` leaves out ERROR,
 * and terse leaves out DETAIL and CONTEXT.
 */
const PRIVACY = {
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
  log_parameter_max_length: '0',
  log_statement: 'none',
  log_checkpoints: 'off',
};

const DURABILITY = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // No replica and no archive: COPY into a table made in the same transaction then needs no WAL at all.
  wal_level: 'minimal',
  max_wal_senders: '0',
};

function sizes(machine: Machine): Record<string, string> {
  const { memoryBytes, diskFreeBytes } = machine;
  return {
    // A quarter, as PostgreSQL's documentation advises: a table is kept in them while it is less than a quarter of them. 10,000,000
    // payments (1 GB) took 9.0 s to approve with 2 GB, as their pages came from the system's cache again, and 4.6 s with 6 GB.
    shared_buffers: mib(between(128 * MIB, memoryBytes / 4, 8 * GIB)),
    effective_cache_size: mib(between(256 * MIB, memoryBytes / 2, 64 * GIB)),
    work_mem: mib(between(16 * MIB, memoryBytes / 128, 256 * MIB)),
    maintenance_work_mem: mib(between(64 * MIB, memoryBytes / 16, 1 * GIB)),
    wal_buffers: mib(between(4 * MIB, memoryBytes / 256, 64 * MIB)),
    // A month's load stays below this, so that no checkpoint is forced in its middle.
    max_wal_size: mib(between(1 * GIB, diskFreeBytes / 8, 8 * GIB)),
    min_wal_size: mib(between(160 * MIB, diskFreeBytes / 64, 1 * GIB)),
  };
}

function behaviour(machine: Machine): Record<string, string> {
  const parallel = Math.max(1, machine.cpus - 1);
  return {
    checkpoint_timeout: '30min',
    checkpoint_completion_target: '0.9',
    client_connection_check_interval: '2s',
    random_page_cost: '1.1',
    jit: 'off',
    max_worker_processes: String(Math.max(8, machine.cpus)),
    max_parallel_workers: String(machine.cpus),
    max_parallel_workers_per_gather: String(Math.min(4, parallel)),
    // Indexes are built while nothing else is done: on two cores the one of 5,000,000 people took 3.4 s with a helper and 4.8 s
    // without, although it is half as much work again. On a single core a helper only costs.
    max_parallel_maintenance_workers: String(Math.min(4, machine.cpus - 1)),
    autovacuum_naptime: '5min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Parallel queries put whole hash tables into shared memory; a small /dev/shm makes them fail, files do not.
    dynamic_shared_memory_type: machine.sharedMemoryFreeBytes >= GIB ? 'posix' : 'mmap',
  };
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function mib(bytes: number): string {
  return `${Math.floor(bytes / MIB)}MB`;
}
