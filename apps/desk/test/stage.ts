// A desk on the simulated gateway, and a caller, over real HTTP on a free port.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Timer, wallTimer } from 'ibwire';
import type { SimulateOptions } from 'ibwire/gateway';
import type * as z from 'zod';
import { NEEDS, type Need } from '../src/commands/command.js';
import type { entryOut } from '../src/commands/journal.js';
import { type Desk, type DeskOptions, openDesk } from '../src/desk.js';
import { type DeskServer, type ServerOptions, serve } from '../src/http/server.js';
import type { DraftOut, OutcomeOut, PreviewOut } from '../src/orders/record.js';
import type { ShownFinding } from '../src/problem.js';
import type { QuoteOut } from '../src/session/shown-quote.js';

type Problem = {
  readonly type: string;
  readonly detail: string;
  readonly remedy: string;
  readonly findings: readonly ShownFinding[];
};
type Story = { readonly draft: DraftOut; readonly story: string; readonly entries: readonly z.input<typeof entryOut>[] };
interface Members {
  readonly preview: PreviewOut & { readonly quote: QuoteOut };
  readonly outcome: OutcomeOut;
  readonly id: string;
  readonly token: string;
  readonly needs: string;
}
/** What most tests look at, by the names that drafts, quotes, stories, tokens and problems have: an answer has those of its kind. */
export type Body = DraftOut & QuoteOut & Problem & Story & Members;

export interface Told<B> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: B;
}

/** `B`: what the test takes the answer for. */
export type Ask = <B = Body>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Told<B>>;

export interface Stage extends AsyncDisposable {
  readonly desk: Desk;
  readonly server: DeskServer;
  readonly url: string;
  readonly owner: Ask;
  /** A caller with some scopes only. */
  as(...scopes: readonly Need[]): Promise<Ask>;
  readonly tokens: { readonly owner: string };
  /** Folder of its recordings. */
  readonly captures: string;
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
  const captures = mkdtempSync(join(tmpdir(), 'ibwire-captures-'));
  const desk = await openDesk({ db, simulate, captures, ...options });
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
    captures,
    async as(...scopes) {
      return asker(server.url, (await desk.tokens.create(scopes.join('+'), scopes)).token);
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await desk.close();
      rmSync(captures, { recursive: true, force: true });
    },
  };
}

export const buy = (symbol: string, totalQuantity = '10', order: object = {}): object => ({
  contract: { symbol },
  order: { action: 'BUY', orderType: 'MKT', totalQuantity, ...order },
});

/** 10:00 in New York on a Wednesday: what belongs to a day does not depend on the hour of the test. */
export const TEN = { startAt: Date.parse('2026-09-02T14:00:00Z') };

/** The machine's clock, set to an instant: what depends on the hour of the week is tested at an hour. */
export function startedAt(instant: string): Timer {
  const ahead = Date.parse(instant) - wallTimer.now();
  return { ...wallTimer, now: () => wallTimer.now() + ahead };
}
