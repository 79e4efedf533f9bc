// The desk as a server of tools for an assistant, over the standard input and output of this process.

import { rmSync } from 'node:fs';
import type { Command } from 'commander';
import { type DeskServer, serve, VERSION } from '../http/server.js';
import { toolsOf } from '../mcp/tools.js';
import { InUseError } from '../store/in-use.js';
import { gatewayOf, number, words } from './arguments.js';
import { ended, type OwnOptions, openOwn } from './open-own.js';
import { besideDb, ownerToken, writeOwn } from './owner.js';
import type { Io } from './program.js';

interface McpCliOptions extends OwnOptions {
  readonly simulate?: boolean;
  readonly port: number;
  readonly toolsets: readonly string[];
  readonly account?: string;
}

/** What a person types to approve a draft of this desk. */
export const howToApprove =
  (db: string) =>
  (id: string): string =>
    `A person approves it at the page of the desk (Trading, Waiting for approval), or in a terminal of this machine: ibwire-desk approve ${id} --db ${JSON.stringify(db)}`;

export function mcpCommand(program: Command, io: Io, over: (code: number) => void): void {
  program
    .command('mcp')
    .description('the desk for an assistant, over standard input and output')
    .option('--simulate', 'start a simulated gateway in this process')
    .option('--gateway <host:port>', 'TWS or IB Gateway to connect to', gatewayOf)
    .option('--client-id <id>', 'client id of the session', number(0, 2 ** 31 - 1), 1)
    .option('--account <id>', 'the assistant sees and names this account alone')
    .option('--toolsets <sets>', 'sets of tools, with commas', words, ['default'])
    .option('--port <port>', 'port on which people approve and look, 0 for a free one', number(0, 65_535), 0)
    .option('--db <file|url>', 'SQLite file or PostgreSQL URL')
    .option('--portfolio <file>', 'further sources of the portfolio')
    .action(async (options: McpCliOptions) => {
      over(await serveMcp(options, io));
    });
}

async function serveMcp(options: McpCliOptions, io: Io): Promise<number> {
  if (options.simulate === true && options.gateway !== undefined) throw new Error('--simulate and --gateway exclude each other');
  toolsOf(options.toolsets);
  const [desk, db] = await openOwn(options).catch((error: unknown) => {
    if (!(error instanceof InUseError)) throw error;
    throw new Error(`${error.message}, or give the assistant the desk that runs: its URL with /mcp, and a token (token create)`);
  });
  let server: DeskServer | undefined;
  try {
    await ownerToken(desk, besideDb(db, 'owner-token'));
    const how = howToApprove(db);
    const { toolsets, port, account } = options;
    server = await serve(desk, { port, toolsets, howToApprove: how, onError: (text) => io.err(text) });
    writeOwn(besideDb(db, 'running'), JSON.stringify({ url: server.url, pid: process.pid }));
    const { serveMcpStdio } = await import('../mcp/stdio.js');
    const mcp = serveMcpStdio(desk, { toolsets, how, version: VERSION, ...(account === undefined ? {} : { account }) });
    // The output is the assistant's alone.
    io.err(`desk at ${server.url} (${desk.connection.current?.mode ?? 'unknown'})`);
    await Promise.race([mcp.ended, ended(io.stop)]);
    await mcp.close();
    return 0;
  } finally {
    await server?.close();
    rmSync(besideDb(db, 'running'), { force: true });
    await desk.close();
  }
}
