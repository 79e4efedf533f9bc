// A NATS server of Debian's, on a free loopback port with a folder of its own; stopped by the process that was started.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BINARY = '/usr/sbin/nats-server';

/** Without a server the tests on one are left out, except where CI demands them. */
export const hasNats = existsSync(BINARY) || process.env['IBWIRE_NEEDS_NATS'] === '1';

export interface NatsServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Kills it at once. */
  kill(): Promise<void>;
  /** Starts it again on its port and its folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}

/** Until the server says that it is ready. @throws with what it said, when it ends before. */
const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < 100_000) said += text;
      if (said.includes('Server is ready')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`nats-server did not start (exit ${code}):\n${said}`)));
  });

/** `more`: further lines of its configuration. */
export async function startNats(more = '', withoutJetStream = false): Promise<NatsServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'ibwire-nats-'));
  const config = join(folder, 'server.conf');
  const jetStream = withoutJetStream ? '' : `jetstream { store_dir: "${folder}/js" }\n`;
  writeFileSync(config, `host: "127.0.0.1"\nport: ${port}\n${jetStream}${more}\n`);
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(BINARY, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    await ready(child);
  };
  const kill = async (): Promise<void> => {
    const running = child;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url: `nats://localhost:${port}`,
    port,
    get pid() {
      return child?.pid ?? 0;
    },
    kill,
    restart: start,
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
