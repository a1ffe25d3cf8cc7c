// A libpq-style database URL → connection settings. Whatever is wrong with it, neither the URL nor the password is quoted.

import { createRequire } from 'node:module';
import pg from './driver.js';
import type { ConnectionSettings } from './session.js';
import { unavailable } from './sql-error.js';

interface ParsedUrl {
  host?: string | null;
  port?: string | number | null;
  user?: string;
  password?: string;
  database?: string | null;
  ssl?: boolean | string | Record<string, string | boolean>;
}

/** The parser is pg's own dependency, found from there. */
const parse = createRequire(createRequire(import.meta.url).resolve('pg'))('pg-connection-string').parse as (
  url: string,
) => ParsedUrl;

export function parseServerUrl(url: string, applicationName: string): ConnectionSettings {
  if (!/^postgres(ql)?:\/\//.test(url)) throw invalid();
  let parsed: ParsedUrl;
  try {
    parsed = parse(withLibpqModes(url));
  } catch {
    throw invalid();
  }
  const { host, port, user, password, database, ssl } = parsed;
  return {
    kind: 'server',
    // What the URL leaves out comes from PGHOST, PGUSER and the others, as with every libpq program.
    host: host || pg.defaults.host || process.env['PGHOST'] || 'localhost',
    port: Number(port || process.env['PGPORT'] || 5432),
    user: user || process.env['PGUSER'] || process.env['USER'] || '',
    database: database || process.env['PGDATABASE'] || user || '',
    applicationName,
    ...(password && { password }),
    ...(ssl !== undefined && { ssl: ssl as Record<string, string | boolean> }),
  };
}

/** Without this pg reads sslmode=require as verify-full, which libpq does not. */
function withLibpqModes(url: string): string {
  if (!url.includes('sslmode=') || url.includes('uselibpqcompat=')) return url;
  return `${url}&uselibpqcompat=true`;
}

function invalid(): Error {
  return unavailable('url-invalid', { kind: 'server', host: '', port: 0, database: '' });
}
