// Hosts as they are: real clients of both lines of packages and both revisions, over pipes and over HTTP.

import { PassThrough } from 'node:stream';
import { Client as ClientNow, StreamableHTTPClientTransport as HttpNow } from '@modelcontextprotocol/client';
import { Client as ClientThen } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpThen } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { VERSION } from '../../src/http/server.js';
import type { StdioOptions } from '../../src/mcp/stdio.js';
import { serveMcpStdio } from '../../src/mcp/stdio.js';
import type { Stage } from '../stage.js';

/** Which client, and which revision it speaks. */
export const CLIENTS = ['2.x, 2026-07-28', '2.x, 2025-11-25', '1.x'] as const;
export type ClientKind = (typeof CLIENTS)[number];
export type Carrier = 'pipes' | 'HTTP';

export interface Told {
  readonly isError: boolean;
  readonly text: string;
  readonly data: Record<string, unknown>;
}

export interface ToolShown {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: object;
  readonly outputSchema?: object | undefined;
  readonly annotations?: object | undefined;
}

export interface Host extends AsyncDisposable {
  readonly client: ClientNow | ClientThen;
  tools(): Promise<readonly ToolShown[]>;
  call(name: string, args?: Record<string, unknown>, signal?: AbortSignal): Promise<Told>;
}

export interface Question {
  readonly message: string;
}
export type Answer = { readonly action: 'accept' | 'decline' | 'cancel'; readonly content?: Record<string, string> };
/** What the host does when it is asked to show a form; undefined: it cannot. */
export type OnAsk = ((question: Question) => Promise<Answer>) | undefined;

/** JSON lines through two pipes, as over standard input and output. */
class Pipes {
  onmessage?: (message: never) => void;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  readonly toServer = new PassThrough();
  readonly fromServer = new PassThrough();
  private rest = '';

  start(): Promise<void> {
    this.fromServer.on('data', (chunk: Buffer) => {
      const lines = (this.rest + chunk.toString()).split('\n');
      this.rest = lines.pop() ?? '';
      for (const line of lines) this.onmessage?.(JSON.parse(line) as never);
    });
    this.fromServer.once('end', () => this.onclose?.());
    return Promise.resolve();
  }

  send(message: unknown): Promise<void> {
    this.toServer.write(`${JSON.stringify(message)}\n`);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.toServer.end();
    this.onclose?.();
    return Promise.resolve();
  }
}

const NAME = { name: 'a host', version: '1.0.0' };

function clientOf(kind: ClientKind, onAsk: OnAsk): ClientNow | ClientThen {
  const capabilities = onAsk === undefined ? {} : { elicitation: {} };
  if (kind === '1.x') {
    const client = new ClientThen(NAME, { capabilities });
    if (onAsk !== undefined)
      client.setRequestHandler(ElicitRequestSchema, async ({ params }) => onAsk({ message: params.message }));
    return client;
  }
  const mode = kind === '2.x, 2026-07-28' ? { versionNegotiation: { mode: { pin: '2026-07-28' } } } : {};
  const client = new ClientNow(NAME, { capabilities, ...mode });
  if (onAsk !== undefined)
    client.setRequestHandler('elicitation/create', async ({ params }) => onAsk({ message: params.message }));
  return client;
}

export interface HostOptions {
  readonly kind: ClientKind;
  readonly carrier: Carrier;
  readonly onAsk?: OnAsk;
  /** Of the token over HTTP; default all that an assistant may have. */
  readonly token?: string;
  readonly stdio?: Partial<StdioOptions>;
}

export async function host(at: Stage, { kind, carrier, onAsk, token, stdio }: HostOptions): Promise<Host> {
  const client = clientOf(kind, onAsk);
  let end = async (): Promise<void> => {};
  if (carrier === 'pipes') {
    const pipes = new Pipes();
    const served = serveMcpStdio(at.desk, { version: VERSION, input: pipes.toServer, output: pipes.fromServer, ...stdio });
    end = () => served.close();
    await client.connect(pipes as never);
  } else {
    const url = new URL(`${at.url}/mcp`);
    const scopes = ['read', 'propose', 'approve'] as const;
    const bearer = token ?? (await at.desk.tokens.create('assistant', scopes)).token;
    const requestInit = { headers: { authorization: `Bearer ${bearer}` } };
    const transport = kind === '1.x' ? new HttpThen(url, { requestInit }) : new HttpNow(url, { requestInit });
    await client.connect(transport as never);
  }
  return {
    client,
    tools: async () => (await client.listTools()).tools,
    async call(name, args = {}, signal) {
      const asked = { name, arguments: args };
      const options = { timeout: 120_000, ...(signal === undefined ? {} : { signal }) };
      const told =
        client instanceof ClientThen ? await client.callTool(asked, undefined, options) : await client.callTool(asked, options);
      const [first] = told['content'] as { readonly text?: string }[];
      const text = first?.text ?? '';
      const isError = told['isError'] === true;
      const data = (told['structuredContent'] ?? parsed(text)) as Record<string, unknown>;
      return { isError, text, data };
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await end();
    },
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}
