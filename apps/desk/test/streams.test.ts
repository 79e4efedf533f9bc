// Streams: numbers, what was missed, gaps, the newest of each quote in batches, and who may read.

import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { buy, type Stage, stage } from './stage.js';

interface Event {
  readonly id: number | undefined;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

interface Reader extends AsyncDisposable {
  readonly status: number;
  /** The next event; undefined when the stream has ended. */
  next(): Promise<Event | undefined>;
}

async function read(at: Stage, topic: string, token: string, lastEventId?: number, after?: number): Promise<Reader> {
  const control = new AbortController();
  const headers = new Headers({ authorization: `Bearer ${token}` });
  if (lastEventId !== undefined) headers.set('last-event-id', String(lastEventId));
  const query = after === undefined ? '' : `?after=${after}`;
  const answer = await fetch(`${at.url}/v1/streams/${topic}${query}`, { headers, signal: control.signal });
  const chunks = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const field = (block: string, name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  return {
    status: answer.status,
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end < 0) {
          const chunk = await chunks?.read();
          if (chunk === undefined || chunk.done) return undefined;
          text += chunk.value;
          continue;
        }
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const data = field(block, 'data');
        if (data === undefined) continue;
        const id = field(block, 'id');
        return { id: id === undefined ? undefined : Number(id), event: field(block, 'event') ?? '', data: JSON.parse(data) };
      }
    },
    async [Symbol.asyncDispose]() {
      control.abort();
    },
  };
}

/** State of the draft that an event tells of. */
const stateOf = (event: Event | undefined): unknown => (event?.data['draft'] as { readonly state: string } | undefined)?.state;

describe('server-sent events', () => {
  it('tell every step of a draft, and after Last-Event-ID what was missed, once', async () => {
    await using at = await stage();
    let last = 0;
    {
      await using stream = await read(at, 'orders', at.tokens.owner);
      const asked = at.owner('POST', '/v1/orders/draft', buy('AAPL'));
      const first = await stream.next();
      expect(first).toMatchObject({ event: 'orders', data: { is: 'draft', draft: { state: 'drafted' } } });
      last = first?.id ?? 0;
      await asked;
    }
    const [draft] = (await at.owner<{ readonly id: string }[]>('GET', '/v1/orders/drafts')).body;
    const id = draft?.id ?? '';
    await at.desk.follower.tradeOf(id)?.done;
    await at.desk.follower.settled(id);
    await using stream = await read(at, 'orders', at.tokens.owner, last);
    const seen: Event[] = [];
    while (stateOf(seen.at(-1)) !== 'done') {
      const one = await stream.next();
      if (one === undefined) throw new Error('ended');
      seen.push(one);
    }
    const ids = seen.map((one) => one.id ?? 0);
    expect(ids.every((one, i) => one > (ids[i - 1] ?? last))).toBe(true);
    expect(seen.slice(0, 2).map(stateOf)).toEqual(['previewed', 'approved']);
    expect(seen.filter(({ data }) => data['is'] === 'fill')[0]?.data['fill']).toMatchObject({ draftId: id, side: 'BOT' });
  });

  it('tell first what came after the number of the status; a reader that comes back by itself goes by its own', async () => {
    await using at = await stage();
    const { lastEvent } = (await at.owner<{ readonly lastEvent: number }>('GET', '/v1/session/status')).body;
    const pushed = ['one', 'two'].map((is) => at.desk.ring.push('orders', { is }).id);
    await using first = await read(at, 'orders', at.tokens.owner, undefined, lastEvent);
    expect([(await first.next())?.data['is'], (await first.next())?.data['is']]).toEqual(['one', 'two']);
    await using again = await read(at, 'orders', at.tokens.owner, pushed[0], lastEvent);
    expect((await again.next())?.data['is']).toBe('two');
    expect((await at.owner('GET', '/v1/streams/orders?after=-1')).status).toBe(400);
  });

  it('say a gap where what was missed is no longer kept, and for a number of another run', async () => {
    await using at = await stage();
    for (let i = 0; i < 13_000; i++) at.desk.ring.push('orders', { is: 'filler', i });
    await using late = await read(at, 'orders', at.tokens.owner, 5);
    expect(await late.next()).toMatchObject({ id: undefined, event: 'gap', data: { after: 5 } });
    expect((await late.next())?.data['is']).toBe('filler');
    await using foreign = await read(at, 'orders', at.tokens.owner, 999_999);
    expect(await foreign.next()).toMatchObject({ event: 'gap', data: { after: 999_999 } });
    await using near = await read(at, 'orders', at.tokens.owner, at.desk.ring.last - 1);
    expect(await near.next()).toMatchObject({ id: at.desk.ring.last, event: 'orders' });
  });

  it('carry quotes with numbers that are the same for every reader', async () => {
    await using at = await stage();
    await using one = await read(at, 'quotes?symbol=AAPL&symbol=MSFT', at.tokens.owner);
    await using two = await read(at, 'quotes?symbol=MSFT', at.tokens.owner);
    const told = await two.next();
    expect(told).toMatchObject({ event: 'quote', data: { contract: { symbol: 'MSFT' } } });
    for (let same = await one.next(); same?.id !== told?.id; same = await one.next()) expect(same).toBeDefined();
  });

  it('are for tokens that may read, and end with their token and with the desk', async () => {
    const at = await stage();
    const proposer = (await at.desk.tokens.create('p', ['propose'])).token;
    for (const topic of ['orders', 'session', 'quotes?symbol=AAPL']) expect((await read(at, topic, proposer)).status).toBe(403);
    expect((await read(at, 'orders', 'ibd_nobody_nobody_nobody')).status).toBe(401);
    const { token, id } = await at.desk.tokens.create('r', ['read']);
    const revoked = await read(at, 'orders', token);
    const stays = await read(at, 'session', at.tokens.owner);
    await at.owner('POST', '/v1/control/revokeToken', { id });
    expect(await revoked.next()).toBeUndefined();
    await at[Symbol.asyncDispose]();
    while ((await stays.next()) !== undefined);
  });
});

interface Socket {
  on(event: 'open' | 'error', listener: () => void): void;
  on(event: 'message', listener: (data: Buffer) => void): void;
  on(event: 'close', listener: (code: number) => void): void;
  on(event: 'unexpected-response', listener: (request: unknown, response: { readonly statusCode: number }) => void): void;
  send(text: string): void;
  close(): void;
}
const { WebSocket } = createRequire(import.meta.url)('ws') as {
  WebSocket: new (url: string, options: { readonly headers: Readonly<Record<string, string>> }) => Socket;
};

type Message = { readonly quotes?: readonly Quote[]; readonly problem?: { readonly status: number } };
type Quote = { readonly contract: { readonly symbol: string; readonly conId: number }; readonly last?: string };

interface Line {
  send(body: unknown): void;
  next(): Promise<Message>;
  readonly closed: Promise<number>;
  close(): void;
}

/** The socket, or the status that it was refused with. */
function open(at: Stage, headers: Readonly<Record<string, string>>): Promise<Line | number> {
  const socket = new WebSocket(`${at.url.replace('http', 'ws')}/v1/quotes/socket`, { headers });
  const waiting: ((message: Message) => void)[] = [];
  const messages: Message[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString('utf8')) as Message;
    const taker = waiting.shift();
    if (taker === undefined) messages.push(message);
    else taker(message);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const line: Line = {
    send: (body) => socket.send(typeof body === 'string' ? body : JSON.stringify(body)),
    next() {
      const message = messages.shift();
      return message === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(message);
    },
    closed,
    close: () => socket.close(),
  };
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
    socket.on('error', () => {});
    socket.on('open', () => resolve(line));
  });
}

async function opened(at: Stage, token: string): Promise<Line> {
  const line = await open(at, { authorization: `Bearer ${token}` });
  if (typeof line === 'number') throw new Error(`refused with ${line}`);
  return line;
}

describe('the WebSocket of quotes', () => {
  it('sends the newest of each instrument in batches, and a problem for what nobody knows', async () => {
    await using at = await stage();
    const line = await opened(at, at.tokens.owner);
    line.send({ subscribe: ['AAPL', 'MSFT', 'NOSUCHTHING', { symbol: '700', market: 'HK' }] });
    const seen = new Set<string>();
    let problem: Message['problem'];
    while (seen.size < 3 || problem === undefined) {
      const message = await line.next();
      problem ??= message.problem;
      const names = (message.quotes ?? []).map(({ contract }) => contract.symbol);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) seen.add(name);
    }
    expect(problem.status).toBe(404);
    // Of two prices within one batch only the newest comes.
    const price = Number((await at.owner('GET', '/v1/quotes/snapshot?symbol=AAPL')).body.last);
    const wanted = String(Math.round(price * 1.02));
    at.desk.gateway?.market.set('AAPL', Math.round(price * 1.01));
    at.desk.gateway?.market.set('AAPL', Number(wanted));
    for (;;) {
      const { quotes = [] } = await line.next();
      if (quotes.some(({ contract, last }) => contract.symbol === 'AAPL' && last === wanted)) break;
    }
    line.close();
    await line.closed;
  });

  it('sends nothing more of what is unsubscribed', async () => {
    await using at = await stage();
    const line = await opened(at, at.tokens.owner);
    line.send({ subscribe: ['AAPL'] });
    const { quotes = [] } = await line.next();
    const conId = quotes[0]?.contract.conId;
    line.send({ unsubscribe: [conId] });
    line.send({ subscribe: ['MSFT'] });
    const untilMsft = async (last?: string): Promise<readonly string[]> => {
      const names: string[] = [];
      for (;;) {
        const { quotes: told = [] } = await line.next();
        names.push(...told.map(({ contract }) => contract.symbol));
        if (told.some((one) => one.contract.symbol === 'MSFT' && (last === undefined || one.last === last))) return names;
      }
    };
    await untilMsft();
    // A price of AAPL would come before the one of MSFT that is set behind it.
    at.desk.gateway?.market.set('AAPL', 300);
    at.desk.gateway?.market.set('MSFT', 500);
    expect(await untilMsft('500')).not.toContain('AAPL');
    line.close();
    await line.closed;
  });

  it.each(['no JSON', '{"subscribe":[]}', '{"subscribe":["AAPL"],"token":"x"}', '[]', '{"unsubscribe":["AAPL"]}'])(
    'answers %s with a problem and goes on',
    async (text) => {
      await using at = await stage();
      const line = await opened(at, at.tokens.owner);
      line.send(text);
      expect((await line.next()).problem?.status).toBe(400);
      line.send({ subscribe: ['AAPL'] });
      expect((await line.next()).quotes).toHaveLength(1);
      line.close();
    },
  );

  it('is refused before the upgrade: no token, no scope, a foreign page; and ends with its token or a message too long', async () => {
    await using at = await stage();
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    expect(await open(at, {})).toBe(401);
    expect(await open(at, bearer((await at.desk.tokens.create('p', ['propose'])).token))).toBe(403);
    expect(await open(at, { ...bearer(at.tokens.owner), origin: 'https://evil.example' })).toBe(403);
    expect(await open(at, { ...bearer(at.tokens.owner), host: 'evil.example' })).toBe(403);
    const { token, id } = await at.desk.tokens.create('r', ['read']);
    const line = await opened(at, token);
    await at.owner('POST', '/v1/control/revokeToken', { id });
    expect(await line.closed).toBe(1008);
    const long = await opened(at, at.tokens.owner);
    long.send(JSON.stringify({ subscribe: ['A'.repeat(100_000)] }));
    expect(await long.closed).toBe(1009);
    expect((await at.owner('GET', '/healthz')).status).toBe(200);
  });
});
