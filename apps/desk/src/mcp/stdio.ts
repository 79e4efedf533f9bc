// The desk over the standard input and output of its process, for a host that has started it.

import type { Readable, Writable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Desk } from '../desk.js';
import { changedBy, tellChange } from './resources.js';
import { createDeskMcp, type McpOptions, type Principal } from './server.js';

export interface StdioOptions extends McpOptions {
  /** The only account that the assistant sees and names. */
  readonly account?: string;
  readonly input?: Readable;
  readonly output?: Writable;
}

export interface McpStdio {
  /** Settles when the host has closed its end. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** The host that starts the process speaks for its owner: a yes that it brings from a person counts. No tool can give one. */
const hostOf = (account: string | undefined): Principal => ({
  who: {
    id: 'stdio',
    name: 'assistant',
    scopes: new Set(['read', 'propose']),
    accounts: account === undefined ? undefined : new Set([account]),
  },
  mayAsk: true,
});

export function serveMcpStdio(
  desk: Desk,
  { input = process.stdin, output = process.stdout, account, ...options }: StdioOptions,
): McpStdio {
  const make = createDeskMcp(desk, options).factory(() => hostOf(account), 'stdio');
  const servers = new Set<McpServer>();
  const handle = serveStdio(
    async (request) => {
      const server = (await make(request)) as McpServer;
      servers.add(server);
      return server;
    },
    { transport: new StdioServerTransport(input, output) },
  );
  const off = desk.ring.on((event) => {
    for (const uri of changedBy(event)) for (const server of servers) tellChange(server, uri).catch(() => {});
  });
  const ended = new Promise<void>((resolve) => {
    input.once('end', resolve);
    input.once('close', resolve);
    output.once('close', resolve);
    output.once('error', () => resolve());
  });
  return {
    ended,
    async close() {
      off();
      await handle.close();
    },
  };
}
