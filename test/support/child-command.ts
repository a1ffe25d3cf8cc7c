// A stand-in for a yika command in a process of its own, which tests may kill. It opens the database of a data folder, says
// so, and closes it when told. Node runs JavaScript only, so what it needs of src/ is compiled once per test file.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Compiles src/store with what it imports; the answer is the folder, to be removed afterwards. */
export async function compileStore(): Promise<string> {
  const cache = join(ROOT, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'yika-test-'));
  const config = join(folder, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    rootDir: join(ROOT, 'src'),
    outDir: folder,
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  const files = [join(ROOT, 'src/store/connection.ts')];
  await writeFile(
    config,
    JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: files }),
  );
  await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', config]);
  return folder;
}

export async function removeCompiled(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

const PROGRAM = `
const [module, dataFolder, sql] = process.argv.slice(1);
const { openDatabase } = await import(module);
const say = (fields) => process.stdout.write(JSON.stringify(fields) + '\\n');
try {
  const database = await openDatabase({ dataFolder });
  const rows = await database.withSession((session) => session.query(sql));
  say({ state: 'open', rows, host: database.connection().host });
  process.stdin.once('data', async () => {
    await database.close();
    say({ state: 'closed' });
    process.exit(0);
  });
} catch (error) {
  say({ state: 'failed', code: error.code, details: error.details, text: String(error.stack) });
  process.exit(1);
}
`;

export interface Said {
  state: 'open' | 'closed' | 'failed';
  code?: string;
  details?: Record<string, unknown>;
  text?: string;
  rows?: Record<string, unknown>[];
  host?: string;
}

export interface Command {
  pid: number;
  opened: Said;
  close(): Promise<void>;
  kill(): Promise<void>;
}

/** Resolves once the command has its database or has failed. */
export async function startCommand(compiled: string, dataFolder: string, sql = 'select 1'): Promise<Command> {
  const module = pathToFileURL(join(compiled, 'store/connection.js')).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, module, dataFolder, sql], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as Said;
  const opened = await next();
  return {
    pid: child.pid as number,
    opened,
    async close() {
      child.stdin.write('close\n');
      await gone(child);
    },
    async kill() {
      child.kill('SIGKILL');
      await gone(child);
    },
  };
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
