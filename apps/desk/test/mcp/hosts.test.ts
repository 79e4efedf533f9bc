// What docs/mcp.md tells people to put into their hosts: each command line is started as it stands there, each address is called.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientThen } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioThen } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.js';
import { openStore } from '../../src/store/store.js';
import { stage } from '../stage.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '');
const page = readFileSync(join(root, 'docs/mcp.md'), 'utf8');

interface Started {
  readonly command: string;
  readonly args: readonly string[];
}
interface Called {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text ?? '');

const entries = blocks('json').flatMap((text) => {
  const { mcpServers, servers } = JSON.parse(text) as Record<string, Record<string, Started & Called>>;
  return Object.values(mcpServers ?? servers ?? {});
});
const words = (line: string): Started => {
  const [command = '', ...args] = line.split(' ');
  return { command, args };
};
const started: readonly Started[] = [
  ...entries.filter(({ command }) => command !== undefined),
  ...blocks('toml').map((text) => ({
    command: JSON.parse(/^command = (.*)$/m.exec(text)?.[1] ?? '') as string,
    args: JSON.parse(/^args = (.*)$/m.exec(text)?.[1] ?? '') as string[],
  })),
  ...blocks('sh').flatMap((text) => [...text.matchAll(/^\w+ mcp add ibwire -- (.*)$/gm)].map(([, line = '']) => words(line))),
];
const called = entries.filter(({ url }) => url !== undefined);

let folder = '';
let home: string | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-mcp-'));
  home = process.env['XDG_DATA_HOME'];
  process.env['XDG_DATA_HOME'] = folder;
});
afterAll(() => {
  if (home === undefined) delete process.env['XDG_DATA_HOME'];
  else process.env['XDG_DATA_HOME'] = home;
  rmSync(folder, { recursive: true, force: true });
});

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...process.env, XDG_DATA_HOME: folder }).flatMap(([key, of]) => (of === undefined ? [] : [[key, of]])),
  );

const placed = (args: readonly string[]): string[] => args.map((word) => word.replace('/path/to/ibwire', root));

const BUY = { symbol: 'AAPL', action: 'BUY', orderType: 'MKT', totalQuantity: '1' };

interface Caller {
  callTool(asked: { name: string; arguments: Record<string, unknown> }): Promise<Record<string, unknown>>;
}

const told = async (client: Caller, name: string, args: Record<string, unknown> = {}): Promise<Record<string, unknown>> =>
  (await client.callTool({ name, arguments: args }))['structuredContent'] as Record<string, unknown>;

// Whole processes are started: on a machine with much to do that takes its time.
describe('docs/mcp.md', { timeout: 240_000 }, () => {
  it('names a command line for four kinds of configuration, and an address', () => {
    expect([started.length, called.length]).toEqual([4, 1]);
  });

  for (const [number, { command, args }] of started.entries())
    it(`names a command line that starts a desk for an assistant: ${number + 1} of ${started.length}`, async () => {
      const parameters = { command, args: placed(args), cwd: folder, env: environment(), stderr: 'ignore' } as const;
      const isThen = number % 2 === 1;
      const name = { name: 'a host', version: '1' };
      const client = isThen ? new ClientThen(name) : new Client(name);
      await client.connect((isThen ? new StdioThen(parameters) : new StdioClientTransport(parameters)) as never);
      expect((await client.listTools()).tools.length).toBe(18);
      expect(await told(client as Caller, 'get_connection_status')).toMatchObject({
        session: { mode: 'simulated', connected: true },
      });
      expect((await told(client as Caller, 'place_order', BUY))['draftId']).toEqual(expect.any(String));
      await client.close();
    });

  it('names an address and a header with which a desk that runs answers', async () => {
    await using at = await stage();
    const { token } = await at.desk.tokens.create('assistant', ['read', 'propose']);
    for (const { url, headers } of called) {
      const target = new URL(url);
      target.port = new URL(at.url).port;
      const own = Object.fromEntries(Object.entries(headers).map(([key, of]) => [key, of.replace('ibd_TOKEN', token)]));
      const client = new Client({ name: 'a host', version: '1' });
      await client.connect(new StreamableHTTPClientTransport(target, { requestInit: { headers: own } }));
      expect((await client.listTools()).tools.length).toBe(18);
      await client.close();
    }
  });

  it('names every tool of the default set, and every prompt', async () => {
    await using at = await stage();
    const { token } = await at.desk.tokens.create('assistant', ['read', 'propose']);
    const client = new Client({ name: 'a host', version: '1' });
    const headers = { authorization: `Bearer ${token}` };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${at.url}/mcp`), { requestInit: { headers } }));
    const names = [...(await client.listTools()).tools, ...(await client.listPrompts()).prompts].map(({ name }) => name);
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    await client.close();
  });
});

/** A command line as a shell takes it apart, with quotation marks. */
const shell = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');

describe('a desk that a host has started', { timeout: 240_000 }, () => {
  const program = ['--import', 'tsx', join(root, 'apps/desk/src/cli/main.ts'), 'mcp', '--simulate'];

  it('lets a person approve by the very command that the assistant is told to pass on', async () => {
    const db = join(folder, 'approve it.db');
    const args = [...program, '--db', db];
    const client = new Client({ name: 'a host', version: '1' });
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args, cwd: root, env: environment(), stderr: 'ignore' }),
    );
    const lines: string[] = [];
    const io = { out: (text: string) => void lines.push(text), err: (text: string) => void lines.push(text) };
    const limits = JSON.stringify({ sendAtOnce: { simulated: false, paper: false } });
    expect(await runCli(['call', 'control.setLimits', limits, '--db', db], io), lines.join('\n')).toBe(0);
    const waits = await told(client, 'place_order', BUY);
    expect(waits['status']).toBe('waiting_for_approval');
    const line = /ibwire-desk (.*)$/.exec(String(waits['how']))?.[1] ?? '';
    expect(await runCli(shell(line), io), lines.join('\n')).toBe(0);
    const { order } = (await told(client, 'get_order', { id: waits['draftId'] })) as {
      order: { state: string; approvedBy: string };
    };
    expect(order.approvedBy).toBe('owner');
    expect(['sent', 'working', 'done']).toContain(order.state);
    await client.close();
  });

  it('writes the protocol alone to its output, and ends by itself when the host closes its end', async () => {
    const args = [...program, '--db', join(folder, 'ends.db')];
    const child = spawn(process.execPath, args, { cwd: root, env: environment(), stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => void child.once('exit', resolve));
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => void lines.push(line));
    const said: Promise<string> = new Promise((resolve) => void createInterface({ input: child.stderr }).once('line', resolve));
    expect(await said).toMatch(/^desk at http:\/\/127\.0\.0\.1:\d+ \(simulated\)$/);
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'a host', version: '1' } };
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
    await new Promise<void>((resolve) => void child.stdout.once('data', () => resolve()));
    child.stdin.end();
    expect(await ended).toBe(0);
    expect(lines.map((line) => (JSON.parse(line) as { jsonrpc: string }).jsonrpc)).toEqual(['2.0']);
  });

  it('says what to do where another desk holds the database', async () => {
    const db = join(folder, 'held.db');
    const held = await openStore(db);
    const lines: string[] = [];
    const io = { out: (text: string) => void lines.push(text), err: (text: string) => void lines.push(text) };
    expect(await runCli(['mcp', '--simulate', '--db', db], io)).toBe(1);
    expect(lines.join('\n')).toMatch(
      /another desk runs on .*held\.db.*--db, or give the assistant the desk that runs: its URL with \/mcp/,
    );
    await held.close();
  });

  it('says which sets of tools there are where it is asked for another', async () => {
    const lines: string[] = [];
    const io = { out: (text: string) => void lines.push(text), err: (text: string) => void lines.push(text) };
    expect(await runCli(['mcp', '--simulate', '--toolsets', 'everything'], io)).toBe(1);
    expect(lines.join('\n')).toMatch(/no toolset everything; there are default/);
  });
});
