// The owner's token: made at the first start, kept in a file that only the owner may read.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { NEEDS } from '../commands/command.js';
import type { Desk } from '../desk.js';
import { newToken } from '../tokens.js';

export function dataFolder(): string {
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'ibwire-desk');
}

/** Simulated and real money never share a file. */
export const defaultDb = (isSimulated: boolean, number = 1): string =>
  join(dataFolder(), isSimulated ? `simulated${number === 1 ? '' : `-${number}`}.db` : 'desk.db');

/** Files beside a database: of a server's in the data folder, by a hash of the URL; so of one that is kept nowhere. */
export function besideDb(db: string, what: string): string {
  if (db === ':memory:') return join(dataFolder(), `memory.${what}`);
  if (!/^postgres(ql)?:\/\//.test(db)) return `${db}.${what}`;
  return join(dataFolder(), `${createHash('sha256').update(db).digest('hex').slice(0, 16)}.${what}`);
}

export function writeOwn(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, text, { mode: 0o600 });
}

/** @throws when others may read the file. */
export function readOwn(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if ((statSync(path).mode & 0o077) !== 0) throw new Error(`${path} may be read by others: chmod 600 it, and revoke its token`);
  return readFileSync(path, 'utf8').trim();
}

export async function ownerToken(desk: Desk, path: string): Promise<{ readonly token: string; readonly isNew: boolean }> {
  const kept = readOwn(path);
  const token = kept ?? newToken();
  if (kept === undefined) writeOwn(path, `${token}\n`);
  // A revoked owner's token stays revoked: its hash is taken.
  await desk.tokens.adopt(token, 'owner', NEEDS);
  return { token, isNew: kept === undefined };
}
