// A PostgreSQL cluster of this test's own: in a temporary folder, on a socket there and nowhere else, stopped at the end.

import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOME = '/usr/lib/postgresql';

function binaries(): string | undefined {
  if (!existsSync(HOME)) return undefined;
  const newest = readdirSync(HOME).sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : join(HOME, newest, 'bin');
}

const hasPostgres = (): boolean => binaries() !== undefined;

/** Without a server to test on PostgreSQL is left out, except where CI demands it. */
export const stores: readonly ('sqlite' | 'postgres')[] =
  hasPostgres() || process.env['IBWIRE_NEEDS_POSTGRES'] === '1' ? ['sqlite', 'postgres'] : ['sqlite'];

export interface Cluster {
  /** URL of a database of its own. */
  database(name: string): string;
  stop(): void;
}

/** initdb refuses to run as root: then the user `postgres` of the package does it. */
export function startCluster(): Cluster {
  const bin = binaries();
  if (bin === undefined) throw new Error('postgresql-15 is not installed: apt-get install postgresql-15');
  const folder = mkdtempSync(join(tmpdir(), 'ibwire-pg-'));
  const data = join(folder, 'data');
  const isRoot = process.getuid?.() === 0;
  const run = (program: string, ...args: readonly string[]): void => {
    const command = isRoot ? ['runuser', '-u', 'postgres', '--', join(bin, program), ...args] : [join(bin, program), ...args];
    execFileSync(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' });
  };
  if (isRoot) {
    const uid = Number(execFileSync('id', ['-u', 'postgres']).toString());
    const gid = Number(execFileSync('id', ['-g', 'postgres']).toString());
    chownSync(folder, uid, gid);
    chmodSync(folder, 0o711);
  }
  run('initdb', '-D', data, '-U', 'desk', '-A', 'trust', '--no-sync', '-E', 'UTF8');
  const socket = `-c fsync=off -c listen_addresses= -c unix_socket_directories=${folder} -c unix_socket_permissions=0777`;
  run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', socket, 'start');
  return {
    database(name) {
      run('createdb', '-h', folder, '-U', 'desk', name);
      return `postgres://desk@localhost/${name}?host=${encodeURIComponent(folder)}`;
    },
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
