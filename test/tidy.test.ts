// What holds for the whole of the source: dependencies one way, outside packages each in one room, no left-overs, and no
// code without a test and a text.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../src/base/error.js';
import { BASE_FINDING_CODES, FINDING_CODE_LIST } from '../src/base/finding.js';
import { PACKAGE_ROOT } from '../src/config/package-root.js';
import { EXCEPTION_CODES } from '../src/reconciliation/match-answer.js';

function filesUnder(folder: string): string[] {
  return readdirSync(join(PACKAGE_ROOT, folder)).flatMap((name) => {
    const path = join(folder, name);
    return statSync(join(PACKAGE_ROOT, path)).isDirectory() ? filesUnder(path) : [path];
  });
}

const text = (path: string): string => readFileSync(join(PACKAGE_ROOT, path), 'utf8');
const SOURCES = filesUnder('src').filter((path) => path.endsWith('.ts'));

const ADAPTERS = ['codec', 'worker', 'store', 'embedded', 'exchange'];
const DOMAIN = ['directory', 'programme', 'cardholder', 'roster', 'batch', 'bank-file', 'reconciliation'];
const CORE = ['base', 'kernel', 'encoding', 'money', 'identity'];
/** Folder → folders of src that its files may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  kernel: [],
  encoding: ['base', 'kernel'],
  money: ['base'],
  identity: ['base'],
  directory: [...CORE],
  programme: [...CORE],
  cardholder: [...CORE, 'directory', 'programme'],
  roster: [...CORE, 'directory', 'programme'],
  batch: [...CORE],
  'bank-file': [...CORE, 'directory'],
  reconciliation: [...CORE, 'bank-file'],
  sample: [...CORE, 'programme', 'codec'],
  codec: [...CORE],
  worker: [...CORE, ...DOMAIN, 'codec'],
  embedded: ['base'],
  store: [...CORE, ...DOMAIN, 'embedded'],
  exchange: [...CORE, 'directory'],
  operation: [...CORE, ...DOMAIN, ...ADAPTERS, 'sample'],
  message: [...CORE, ...DOMAIN, 'codec', 'embedded', 'store'],
  config: [...CORE, 'bank-file', 'message', 'operation'],
  telemetry: ['base', 'operation'],
  cli: [...CORE, 'message', 'config', 'telemetry', 'operation', 'sample', 'store', 'roster', 'programme'],
};
/** Outside packages and the folders that may know them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  pg: ['store'],
  'pg-copy-streams': ['store'],
  piscina: ['worker'],
  commander: ['cli'],
  pino: ['telemetry'],
  'cli-progress': ['telemetry'],
  'decimal.js': ['money'],
  saxes: ['codec', 'bank-file'],
  yauzl: ['codec'],
  yaml: ['programme', 'bank-file', 'config'],
  zod: ['base'],
  'fast-csv': [],
};
const PURE = [...CORE, ...DOMAIN];
const IMPURE = /^node:(fs|fs\/promises|os|child_process|worker_threads|net|path|process|timers.*)$/;

interface Import {
  file: string;
  folder: string;
  target: string;
  isType: boolean;
}

const IMPORTS: Import[] = SOURCES.flatMap((file) => {
  const folder = file.split('/')[1] as string;
  const found = [
    ...text(file).matchAll(/(?:import|export)\s+(type\s+)?[^'"();]*?from\s+'([^']+)'|import\('([^']+)'\)/g),
  ];
  return found.map(([, type, from, dynamic]) => ({
    file,
    folder,
    target: (from ?? dynamic) as string,
    isType: type !== undefined,
  }));
});

describe('the source', () => {
  it('imports only in the direction that ARCHITECTURE.md draws', () => {
    const wrong = IMPORTS.filter(({ file, folder, target }) => {
      if (!target.startsWith('.') || file === 'src/index.ts') return false;
      const path = relative(PACKAGE_ROOT, join(PACKAGE_ROOT, file, '..', target));
      const other = path.split('/')[1] as string;
      return other !== folder && !(MAY_IMPORT[folder] ?? []).includes(other);
    });
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('knows each outside package in its own room', () => {
    const wrong = IMPORTS.filter(({ folder, target, isType }) => {
      const rooms = PACKAGES[target];
      return !isType && rooms !== undefined && !rooms.includes(folder);
    });
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
    const known = IMPORTS.map(({ target }) => target).filter((target) => !/^(\.|node:)/.test(target));
    expect([...new Set(known)].filter((target) => PACKAGES[target] === undefined)).toEqual([]);
  });

  it('keeps the domain free of files, clocks and processes', () => {
    const wrong = IMPORTS.filter(({ folder, target }) => PURE.includes(folder) && IMPURE.test(target)).map(
      ({ file }) => file,
    );
    const clocks = SOURCES.filter((file) => PURE.includes(file.split('/')[1] as string)).filter((file) =>
      /Date\.now\(|new Date\(\)|performance\.now|process\.|Math\.random/.test(text(file)),
    );
    expect([...wrong, ...clocks]).toEqual([]);
  });

  it('has no left-overs', () => {
    const mine = [
      ...SOURCES,
      ...filesUnder('test').filter((path) => path.endsWith('.ts') && path !== 'test/tidy.test.ts'),
    ];
    const left = mine.filter((file) =>
      /\bTODO\b|\bFIXME\b|console\.log\(|\b(it|describe|test)\.(only|skip|todo)\(/.test(text(file)),
    );
    expect(left).toEqual([]);
  });

  it('has no file over 400 lines', () => {
    const long = SOURCES.filter((file) => text(file).split('\n').length > 400);
    // The fast path of the roster is one loop over integers; its reasons stand at its top.
    expect(long.filter((file) => file !== 'src/roster/check-chunk.ts')).toEqual([]);
  });
});

describe('every code', () => {
  const tests = filesUnder('test').filter((path) => path.endsWith('.ts') && path !== 'test/tidy.test.ts');
  const tested = tests.map(text).join('\n');
  const untested = (codes: readonly string[]): string[] =>
    codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(tested));

  it('of a finding has a test', () => {
    expect(untested(FINDING_CODE_LIST)).toEqual([]);
    expect(untested(BASE_FINDING_CODES)).toEqual([]);
    expect(untested(EXCEPTION_CODES)).toEqual([]);
  });

  it('of an error has a test and is raised somewhere', () => {
    expect(untested(Object.keys(ERROR_CODES))).toEqual([]);
    const source = SOURCES.filter((file) => file !== 'src/base/error.ts' && !file.startsWith('src/message/'))
      .map(text)
      .join('\n');
    const raised = Object.keys(ERROR_CODES).filter((code) => !source.includes(`'${code}'`));
    expect(raised).toEqual([]);
  });
});
