// The conformance suite of the protocol against /mcp of a desk: `npm run -s mcp:conformance`. The suite needs Node 22, which npm brings
// too; both are installed into a folder of their own. It has no way to show a token: a small door in front puts it into each request.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Desk } from '../src/desk.js';
import { VERSION } from '../src/http/server.js';
import { createMcpHttp } from '../src/mcp/http.js';
import { stage } from '../test/stage.js';
import { fixtures } from './mcp-fixtures.js';

const PACKAGES = ['node@22.23.3', '@modelcontextprotocol/conformance@0.2.0-alpha.12'];

/** Scenarios that call no tool, prompt or resource by a name of the suite's own. */
const OURS: Readonly<Record<string, readonly string[]>> = {
  '2026-07-28': [
    ...[
      'server-stateless',
      'tools-list',
      'resources-list',
      'prompts-list',
      'sep-2164-resource-not-found',
      'dns-rebinding-protection',
    ],
    ...['caching', 'http-header-validation', 'input-required-result-unsupported-methods'],
  ],
  '2025-11-25': [...['server-initialize', 'ping', 'tools-list', 'resources-list', 'prompts-list', 'dns-rebinding-protection']],
};

const BOTH = [
  ...[
    'tools-call-simple-text',
    'tools-call-image',
    'tools-call-audio',
    'tools-call-embedded-resource',
    'tools-call-mixed-content',
  ],
  ...['tools-call-error', 'tools-call-with-progress', 'resources-read-text', 'resources-read-binary', 'resources-templates-read'],
  ...['prompts-get-simple', 'prompts-get-with-args', 'prompts-get-embedded-resource', 'prompts-get-with-image'],
];
/** Scenarios that call tools, prompts and resources of the suite's own: those stand beside ours. */
const BESIDE: Readonly<Record<string, readonly string[]>> = { '2026-07-28': ['server-stateless', ...BOTH], '2025-11-25': BOTH };

/** What the suite says where it would have to call a tool of its own that a server of tools for people has not. */
const FOREIGN = 'Not testable: server does not list the diagnostic tool';

interface Ran {
  readonly code: number;
  readonly text: string;
}

function run(command: string, args: readonly string[], cwd: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** Where the suite is installed; `IBWIRE_MCP_SUITE` names a folder that is kept. */
async function suite(): Promise<string> {
  const folder = process.env['IBWIRE_MCP_SUITE'] ?? mkdtempSync(join(tmpdir(), 'ibwire-mcp-suite-'));
  mkdirSync(folder, { recursive: true });
  if (existsSync(join(folder, 'node_modules/@modelcontextprotocol/conformance'))) return folder;
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const { code, text } = await run('npm', ['install', '--no-audit', '--no-fund', ...PACKAGES], folder);
  if (code !== 0) throw new Error(`the suite could not be installed:\n${text}`);
  return folder;
}

/** Hands everything on, with a token. */
async function door(url: string, token: string): Promise<{ readonly url: string; close(): void }> {
  const target = new URL(url);
  const server = createServer((asked, answer) => {
    const { method, headers, url: path } = asked;
    const through = request({
      host: target.hostname,
      port: target.port,
      method,
      path,
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
    through.on('response', (told) => {
      answer.writeHead(told.statusCode ?? 500, told.headers);
      told.pipe(answer);
    });
    through.on('error', () => answer.destroy());
    answer.on('close', () => through.destroy());
    asked.pipe(through);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/mcp`, close: () => void server.close() };
}

/** The same server and carrier, with the suite's own things beside the desk's. */
async function withFixtures(desk: Desk): Promise<{ readonly url: string; close(): Promise<void> }> {
  const mcp = createMcpHttp(desk, { version: VERSION, extend: fixtures, onError: (text) => console.error(text) });
  const caller = { id: 'suite', name: 'suite', scopes: new Set(['read', 'propose'] as const) };
  const server = createServer((asked, answer) => {
    const parts: Buffer[] = [];
    asked.on('data', (part: Buffer) => void parts.push(part));
    asked.on(
      'end',
      () => void mcp.answer(caller, { request: asked, response: answer, body: Buffer.concat(parts).toString(), headers: {} }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      await mcp.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

const folder = await suite();
const kept = process.env['IBWIRE_MCP_SUITE'] !== undefined;
const program = join(folder, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
let failed = 0;

/** `mayLack`: checks that need things of the suite's own may be left open. */
async function play(url: string, all: Readonly<Record<string, readonly string[]>>, mayLack: boolean): Promise<void> {
  for (const [revision, scenarios] of Object.entries(all))
    for (const scenario of scenarios) {
      const args = [program, 'server', '--url', url, '--scenario', scenario, '--spec-version', revision];
      const { code, text } = await run(join(folder, 'node_modules/.bin/node'), args, folder);
      const [, passed = '?', of = '?'] = /Passed: (\d+)\/(\d+)/.exec(text) ?? [];
      const errors = text.match(/^ +Error: .*$/gm) ?? [];
      const foreign = mayLack ? errors.filter((error) => error.includes(FOREIGN)).length : 0;
      const isGood = code === 0 || (foreign > 0 && foreign === errors.length && Number(of) - Number(passed) === foreign);
      const beside = foreign === 0 ? '' : ` (${foreign} need tools of the suite's own)`;
      console.log(`${isGood ? 'ok  ' : 'FAIL'} ${revision} ${scenario} ${passed}/${of}${beside}`);
      if (isGood) continue;
      failed++;
      console.log(text);
    }
}

try {
  await using at = await stage({ simulate: { accounts: [{ kind: 'individual-margin', holdings: { AAPL: 100 } }] } });
  const { token } = await at.desk.tokens.create('suite', ['read', 'propose']);
  const front = await door(at.url, token);
  if (process.argv[2] !== 'beside') await play(front.url, OURS, true);
  front.close();
  const beside = await withFixtures(at.desk);
  await play(beside.url, BESIDE, false);
  await beside.close();
} finally {
  if (!kept) rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
