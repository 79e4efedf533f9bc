// Streams as server-sent events: numbered, with what was missed after `Last-Event-ID` or `after`, and a word where that is no more kept.

import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Caller } from '../commands/command.js';
import { lineOf } from '../commands/quotes.js';
import { contractShape } from '../commands/schemas.js';
import type { Desk } from '../desk.js';
import type { RingEvent } from '../ring.js';
import { checkScope } from './access.js';
import { createQuoteFeed } from './quote-feed.js';
import { parsed } from './routes.js';

const HEARTBEAT_MS = 15_000;
/** A reader that leaves this much unread is let go: it comes back with its number. */
const MOST_UNSENT = 1024 * 1024;

const symbols = z.strictObject({
  symbol: z.union([z.string().transform((one) => [one]), z.array(z.string())]).refine((all) => all.length <= 80),
  market: contractShape.market,
});
const since = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});

/** Drafts, orders and fills are told to those who may see their account. */
function maySee({ accounts }: Caller, { data }: RingEvent): boolean {
  if (accounts === undefined) return true;
  type OfAccount = { readonly account: string } | undefined;
  const { draft, fill, order } = data as Readonly<Record<'draft' | 'fill' | 'order', OfAccount>>;
  const account = (draft ?? fill ?? order)?.account;
  return account === undefined || accounts.has(account);
}

export interface Streams {
  end(): void;
}

export function streamRoutes(app: FastifyInstance, desk: Desk): Streams {
  const open = new Set<ServerResponse>();

  const stream = (
    request: FastifyRequest,
    raw: ServerResponse,
    headers: object,
    topics: ReadonlySet<string>,
    ended: () => void,
    after?: string,
  ): void => {
    raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const write = (text: string): void => {
      if (raw.writableLength > MOST_UNSENT) raw.destroy();
      else raw.write(text);
    };
    const send = ({ id, topic, data }: RingEvent): void =>
      write(`id: ${id}\nevent: ${topic.split(':', 1)[0]}\ndata: ${JSON.stringify(data)}\n\n`);
    // Whoever comes back by itself says how far it has come; the address is of its first coming.
    const last = request.headers['last-event-id'] ?? after;
    const from = typeof last === 'string' && /^\d{1,15}$/.test(last) ? Number(last) : undefined;
    write(`: connected\nretry: 2000\n\n`);
    if (from !== undefined) {
      const { events, missed } = desk.ring.after(from, topics);
      if (missed) write(`event: gap\ndata: ${JSON.stringify({ after: from, why: 'no longer kept' })}\n\n`);
      for (const event of events) if (maySee(request.caller, event)) send(event);
    }
    const off = desk.ring.on((event) => {
      if (topics.has(event.topic) && maySee(request.caller, event)) send(event);
    });
    let stop = (): void => {};
    const beat = (): void => {
      write(': still here\n\n');
      stop = desk.timer.after(HEARTBEAT_MS, beat);
    };
    stop = desk.timer.after(HEARTBEAT_MS, beat);
    open.add(raw);
    const offRevoked = desk.tokens.onRevoked((id) => {
      if (id === request.caller.id) raw.end();
    });
    raw.once('close', () => {
      off();
      offRevoked();
      stop();
      open.delete(raw);
      ended();
    });
  };

  for (const topic of ['orders', 'session'] as const)
    app.get(`/v1/streams/${topic}`, (request, reply) => {
      checkScope(request.caller, 'read');
      const { after } = parsed(since, request.query);
      reply.hijack();
      stream(request, reply.raw, reply.getHeaders(), new Set([topic]), () => {}, after);
    });

  /** Quotes go into the ring once, however many watch: numbers are the same for all. */
  const publishers = new Map<number, { count: number; close(): void }>();
  app.get('/v1/streams/quotes', async (request, reply) => {
    checkScope(request.caller, 'read');
    const { symbol, market } = parsed(symbols, request.query);
    const lines = await Promise.all(
      symbol.map((one) => lineOf(desk, { symbol: one, ...(market === undefined ? {} : { market }) })),
    );
    const ids = [...new Set(lines.map(({ contract }) => contract.conId))];
    for (const line of lines) {
      const { conId } = line.contract;
      if (publishers.has(conId)) continue;
      const feed = createQuoteFeed(desk.timer, (quotes) => {
        for (const quote of quotes) desk.ring.push(`quote:${conId}`, quote);
        return true;
      });
      feed.watch(line);
      publishers.set(conId, { count: 0, close: () => feed.close() });
    }
    for (const conId of ids) {
      const publisher = publishers.get(conId);
      if (publisher !== undefined) publisher.count++;
    }
    reply.hijack();
    stream(request, reply.raw, reply.getHeaders(), new Set(ids.map((conId) => `quote:${conId}`)), () => {
      for (const conId of ids) {
        const publisher = publishers.get(conId);
        if (publisher === undefined || --publisher.count > 0) continue;
        publisher.close();
        publishers.delete(conId);
      }
    });
  });

  return {
    end() {
      for (const raw of open) raw.end();
      for (const { close } of publishers.values()) close();
      publishers.clear();
    },
  };
}
