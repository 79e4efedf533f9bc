// A desk on the simulated gateway, and a caller, over real HTTP on a free port.

import type { SimulateOptions } from 'ibwire/gateway';
import { NEEDS, type Need } from '../src/commands/command.js';
import { type Desk, type DeskOptions, openDesk } from '../src/desk.js';
import { type DeskServer, type ServerOptions, serve } from '../src/http/server.js';

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked into by tests
  readonly body: any;
}

export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Told>;

export interface Stage extends AsyncDisposable {
  readonly desk: Desk;
  readonly server: DeskServer;
  readonly url: string;
  readonly owner: Ask;
  /** A caller with some scopes only. */
  as(...scopes: readonly Need[]): Promise<Ask>;
  readonly tokens: { readonly owner: string };
}

export const asker =
  (url: string, token: string | undefined): Ask =>
  async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
  };

export interface StageOptions extends Omit<DeskOptions, 'db' | 'simulate'> {
  readonly db?: string;
  readonly simulate?: SimulateOptions | false;
  readonly server?: Partial<ServerOptions>;
}

export async function stage({ db = ':memory:', simulate = {}, server: more, ...options }: StageOptions = {}): Promise<Stage> {
  const desk = await openDesk({ db, simulate, ...options });
  const server = await serve(desk, {
    port: 0,
    validateAnswers: true,
    rate: { perSecond: 10_000, burst: 10_000 },
    onError: (text) => console.error(text),
    ...more,
  });
  const { token } = await desk.tokens.create('owner', NEEDS);
  return {
    desk,
    server,
    url: server.url,
    owner: asker(server.url, token),
    tokens: { owner: token },
    async as(...scopes) {
      return asker(server.url, (await desk.tokens.create(scopes.join('+'), scopes)).token);
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await desk.close();
    },
  };
}

export const buy = (symbol: string, totalQuantity = '10', order: object = {}): object => ({
  contract: { symbol },
  order: { action: 'BUY', orderType: 'MKT', totalQuantity, ...order },
});
