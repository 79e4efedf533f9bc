// What the command line understands.

import { readFileSync, rmSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { visibleText } from 'ibwire';
import { configured } from '../commands/brokers.js';
import { MARKET_DATA } from '../commands/session.js';
import { checkListening, type ServerOptions, serve, VERSION } from '../http/server.js';
import { toolsOf } from '../mcp/tools.js';
import { gatewayOf, number, words } from './arguments.js';
import { type BusOptions, busOf, withBusOptions } from './bus.js';
import { howToApprove, mcpCommand } from './mcp.js';
import { ended, type OwnOptions, openOwn } from './open-own.js';
import { besideDb, ownerToken, writeOwn } from './owner.js';
import { remoteCommands } from './remote.js';

export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Ends a running desk, instead of a signal of the system. */
  readonly stop?: AbortSignal;
}

export interface ServeOptions extends OwnOptions, BusOptions {
  readonly simulate?: boolean;
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly json?: boolean;
  readonly tlsKey?: string;
  readonly tlsCert?: string;
  readonly trustProxy?: boolean;
  readonly toolsets?: readonly string[];
}

/** Nothing that is written moves a cursor, rings a bell or hides, whoever its text is from; JSON stays the same JSON. */
function legibleIo(io: Io): Io {
  const lines = (text: string): string => text.split('\n').map(visibleText).join('\n');
  return { ...io, out: (text) => io.out(lines(text)), err: (text) => io.err(lines(text)) };
}

export async function runCli(args: readonly string[], terminal: Io): Promise<number> {
  const io = legibleIo(terminal);
  let code = 0;
  const program = new Command('ibwire-desk')
    .description('One process that owns the session with TWS or IB Gateway')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) });
  withBusOptions(program.command('serve', { isDefault: true }))
    .description('starts the desk; without a gateway on the simulated one')
    .option('--simulate', 'start a simulated gateway in this process')
    .option('--gateway <host:port>', 'TWS or IB Gateway to connect to', gatewayOf)
    .addOption(
      new Option('--kind <kind>', 'web: the Web API, whose gateway is at --base').choices(['socket', 'web']).default('socket'),
    )
    .option('--base <url>', 'of the gateway of the Web API; default https://localhost:5000/v1/api')
    .option('--fingerprint <hex>', 'of its certificate, as ibwire-web fingerprint prints it')
    .option('--client-id <id>', 'client id of the session', number(0, 2 ** 31 - 1), 1)
    .addOption(new Option('--market-data <type>', 'quotes to ask for; default live').choices(MARKET_DATA.options))
    .option('--lines <n>', 'market-data lines of the login; default 100', number(1, 10_000))
    .option('--captures <folder>', 'where recordings of the session go; default in the data folder')
    .option('--port <port>', 'port to listen on, 0 for a free one', number(0, 65_535), 7880)
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--allow-host <name...>', 'further host names under which it may be called')
    .option('--db <file|url>', 'SQLite file or PostgreSQL URL')
    .option('--portfolio <file>', 'further sources of the portfolio: files, Flex, SnapTrade, Alpaca')
    .option('--tls-key <file>', 'key for TLS')
    .option('--tls-cert <file>', 'certificate for TLS')
    .option('--trust-proxy', 'a proxy in front does TLS')
    .option('--toolsets <sets>', 'sets of tools of /mcp, with commas; default: default', words)
    .option('--json', 'print {"url","token","mode","accounts"} on one line when ready')
    .action(async (options: ServeOptions) => {
      code = await serveDesk(options, io);
    });
  mcpCommand(program, io, (failed) => {
    code = failed;
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
    ...(options.toolsets === undefined ? {} : { toolsets: options.toolsets }),
    onError: (text) => io.err(text),
  };
  checkListening(listening);
  if (options.toolsets !== undefined) toolsOf(options.toolsets);
  if (options.portfolio !== undefined) await configured(options.portfolio);
  const [desk, db] = await openOwn({ ...options, onBus: busOf(options) });
  try {
    const { token, isNew } = await ownerToken(desk, besideDb(db, 'owner-token'));
    const server = await serve(desk, { ...listening, howToApprove: howToApprove(db) });
    const { current } = desk.connection;
    writeOwn(besideDb(db, 'running'), JSON.stringify({ url: server.url, pid: process.pid }));
    const [mode, accounts] = [current?.mode ?? 'unknown', current?.accounts ?? []];
    if (options.json === true) io.out(JSON.stringify({ url: server.url, token, mode, accounts }));
    else {
      io.out(`desk at ${server.url} (${mode}, ${accounts.join(', ')})`);
      if (desk.bus !== undefined)
        io.out(`on the bus as ${desk.bus.desk}: ${desk.bus.leads ? 'leads' : 'follows until it may lead'}`);
      if (isNew) io.out(`owner's token, shown this once: ${token}\ndashboard, signed in: ${server.url}/#token=${token}`);
      else io.out(`owner's token: in ${besideDb(db, 'owner-token')}\ndashboard: ${server.url}`);
    }
    await ended(io.stop);
    await server.close();
    rmSync(besideDb(db, 'running'), { force: true });
    return 0;
  } finally {
    await desk.close();
  }
}
