// What the command line understands.

import { readFileSync, rmSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { configured } from '../commands/brokers.js';
import { type Desk, openDesk } from '../desk.js';
import { checkListening, type ServerOptions, serve, VERSION } from '../http/server.js';
import { InUseError } from '../store/in-use.js';
import { besideDb, defaultDb, ownerToken, writeOwn } from './owner.js';
import { remoteCommands } from './remote.js';

export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Ends a running desk, instead of a signal of the system. */
  readonly stop?: AbortSignal;
}

export interface ServeOptions {
  readonly simulate?: boolean;
  readonly gateway?: { readonly host: string; readonly port: number };
  readonly clientId: number;
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly db?: string;
  readonly portfolio?: string;
  readonly json?: boolean;
  readonly tlsKey?: string;
  readonly tlsCert?: string;
  readonly trustProxy?: boolean;
}

const number =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`a number from ${least} to ${most}`);
    return value;
  };

function gatewayOf(text: string): { readonly host: string; readonly port: number } {
  const found = /^(?:(.+):)?(\d{1,5})$/.exec(text);
  if (found?.[2] === undefined) throw new InvalidArgumentError('HOST:PORT or PORT');
  return { host: found[1] ?? '127.0.0.1', port: Number(found[2]) };
}

export async function runCli(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = new Command('ibwire-desk')
    .description('One process that owns the session with TWS or IB Gateway')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) });
  program
    .command('serve', { isDefault: true })
    .description('starts the desk; without a gateway on the simulated one')
    .option('--simulate', 'start a simulated gateway in this process')
    .option('--gateway <host:port>', 'TWS or IB Gateway to connect to', gatewayOf)
    .option('--client-id <id>', 'client id of the session', number(0, 2 ** 31 - 1), 1)
    .option('--port <port>', 'port to listen on, 0 for a free one', number(0, 65_535), 7880)
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--allow-host <name...>', 'further host names under which it may be called')
    .option('--db <file|url>', 'SQLite file or PostgreSQL URL')
    .option('--portfolio <file>', 'further sources of the portfolio: files, Flex, SnapTrade, Alpaca')
    .option('--tls-key <file>', 'key for TLS')
    .option('--tls-cert <file>', 'certificate for TLS')
    .option('--trust-proxy', 'a proxy in front does TLS')
    .option('--json', 'print {"url","token","mode","accounts"} on one line when ready')
    .action(async (options: ServeOptions) => {
      code = await serveDesk(options, io);
    });
  remoteCommands(program, io, (failed) => {
    code = failed;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    io.err(error instanceof Error ? error.message : String(error));
    return 1;
  }
  return code;
}

const MOST_SIMULATED = 16;

/** Simulated desks side by side have files of their own, numbered; a real one is alone on its database. */
async function openOwn({ db, gateway, clientId, portfolio }: ServeOptions): Promise<readonly [desk: Desk, db: string]> {
  if (gateway !== undefined) {
    const own = db ?? defaultDb(false);
    return [await openDesk({ db: own, connect: { ...gateway, clientId }, portfolio }), own];
  }
  for (let number = 1; ; number++) {
    const own = db ?? defaultDb(true, number);
    try {
      return [await openDesk({ db: own, simulate: true, portfolio }), own];
    } catch (error) {
      if (!(error instanceof InUseError) || db !== undefined || number === MOST_SIMULATED) throw error;
    }
  }
}

async function serveDesk(options: ServeOptions, io: Io): Promise<number> {
  if (options.simulate === true && options.gateway !== undefined) throw new Error('--simulate and --gateway exclude each other');
  const { tlsKey, tlsCert } = options;
  if ((tlsKey === undefined) !== (tlsCert === undefined)) throw new Error('TLS needs --tls-key and --tls-cert');
  const listening: ServerOptions = {
    port: options.port,
    host: options.host,
    hosts: options.allowHost ?? [],
    ...(tlsKey === undefined || tlsCert === undefined ? {} : { tls: { key: readFileSync(tlsKey), cert: readFileSync(tlsCert) } }),
    trustProxy: options.trustProxy === true,
    onError: (text) => io.err(text),
  };
  checkListening(listening);
  if (options.portfolio !== undefined) await configured(options.portfolio);
  const [desk, db] = await openOwn(options);
  try {
    const { token, isNew } = await ownerToken(desk, besideDb(db, 'owner-token'));
    const server = await serve(desk, listening);
    const { current } = desk.connection;
    writeOwn(besideDb(db, 'running'), JSON.stringify({ url: server.url, pid: process.pid }));
    const [mode, accounts] = [current?.mode ?? 'unknown', current?.accounts ?? []];
    if (options.json === true) io.out(JSON.stringify({ url: server.url, token, mode, accounts }));
    else {
      io.out(`desk at ${server.url} (${mode}, ${accounts.join(', ')})`);
      if (isNew) io.out(`owner's token, shown this once: ${token}`);
      else io.out(`owner's token: in ${besideDb(db, 'owner-token')}`);
    }
    await ended(io);
    await server.close();
    rmSync(besideDb(db, 'running'), { force: true });
    return 0;
  } finally {
    await desk.close();
  }
}

function ended({ stop }: Io): Promise<void> {
  return new Promise((resolve) => {
    if (stop !== undefined) {
      stop.addEventListener('abort', () => resolve(), { once: true });
      return;
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
