import { describe, expect, it } from 'vitest';
import { serverSettings } from '../../src/embedded/server-settings.js';

const GIB = 1024 ** 3;
const large = { memoryBytes: 24 * GIB, cpus: 8, diskFreeBytes: 500 * GIB, sharedMemoryFreeBytes: 12 * GIB };
const small = { memoryBytes: GIB, cpus: 1, diskFreeBytes: 4 * GIB, sharedMemoryFreeBytes: 64 * 1024 * 1024 };

describe('server settings', () => {
  it('grow with the machine, within bounds', () => {
    expect(serverSettings(large)).toMatchObject({
      shared_buffers: '6144MB',
      maintenance_work_mem: '1024MB',
      work_mem: '192MB',
      max_wal_size: '8192MB',
      max_parallel_workers: '8',
      max_parallel_maintenance_workers: '4',
      dynamic_shared_memory_type: 'posix',
    });
    expect(serverSettings(small)).toMatchObject({
      shared_buffers: '256MB',
      maintenance_work_mem: '64MB',
      work_mem: '16MB',
      max_wal_size: '1024MB',
      max_parallel_workers: '1',
      max_parallel_maintenance_workers: '0',
      dynamic_shared_memory_type: 'mmap',
    });
  });

  it.each([
    [1, '0'],
    [2, '1'],
    [3, '2'],
    [4, '3'],
  ])('give an index build the other processors: %d', (cpus, helpers) => {
    expect(serverSettings({ ...large, cpus })).toMatchObject({ max_parallel_maintenance_workers: helpers });
  });

  it.each([large, small])('never trade durability away', (machine) => {
    expect(serverSettings(machine)).toMatchObject({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
    });
  });
});
