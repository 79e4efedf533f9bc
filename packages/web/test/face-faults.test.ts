import { type OrderDraft, type Subscription, stock } from 'ibwire';
import { describe, expect, it } from 'vitest';
import type { Web } from '../src/client/face.js';
import type { WebGateway } from '../src/simulate/web-gateway.js';
import { streamAddress } from '../src/streams/address.js';
import type { OpenStream } from '../src/transport/stream.js';
import { AAPL, webWorld } from './web-world.js';

const buy = (orderRef: string): OrderDraft =>
  ({ action: 'BUY', orderType: 'MKT', totalQuantity: '2', tif: 'DAY', orderRef }) as unknown as OrderDraft;

describe('the face against what the gateway does wrong', () => {
  it.each([false, true])(
    'a fill is in the positions at once, though lists are kept for minutes; fresh list away: %s',
    async (isAway) => {
      await using world = await webWorld();
      const { web, door, run } = world;
      const held = async () => (await run(web.accounts.positions())).map(({ position }) => position.toFixed());
      expect(await held()).toEqual(['10']);
      door.faults.stalePortfolio = true;
      await run(web.accounts.positions());
      door.faults.freshPositionsAway = isAway;
      await run((await run(web.orders.place(AAPL, buy('more')))).done);
      expect(await held()).toEqual(['12']);
    },
  );

  it('many bars are paced: none is refused, all come', async () => {
    await using world = await webWorld();
    const { web, door, run } = world;
    const asked = Array.from({ length: 55 }, () => web.history.bars(AAPL, { duration: '1 D', size: '1 hour', timeout: 120_000 }));
    const all = await run(Promise.all(asked));
    expect(all.every((bars) => bars.length === all[0]?.length && bars.length > 0)).toBe(true);
    expect(door.seen.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('a 429 keeps everything back as long as the broker does, and then goes on', async () => {
    await using world = await webWorld();
    const { web, door, run, gateway, advance } = world;
    door.faults.penaltyBox = 600_000;
    for (let turn = 0; turn < 12; turn += 1) door.handle('GET', '/v1/api/portfolio/accounts'); // another tool of the same user name
    expect(door.seen.at(-1)?.status).toBe(429);
    const began = gateway.clock.now();
    await expect(run(web.contracts.qualify(stock('MSFT')))).rejects.toThrow();
    const refused = () => door.seen.filter(({ status }) => status === 429).length;
    const before = refused();
    await advance(590_000 - (gateway.clock.now() - began));
    expect(refused()).toBe(before); // nothing is tried meanwhile
    await advance(30_000);
    expect(await run(web.contracts.qualify(stock('MSFT')))).toMatchObject({ symbol: 'MSFT' });
  });

  it('the session of a night is reset at midnight and opened again', async () => {
    await using world = await webWorld({}, { startAt: Date.parse('2026-09-04T03:50:00Z') });
    const { web, door, until, advance } = world;
    door.faults.resetsAtMidnight = true;
    const inits = () => door.seen.filter(({ name }) => name === 'POST /iserver/auth/ssodh/init').length;
    const before = inits();
    await advance(11 * 60_000);
    await until(() => inits() > before && web.state.at === 'ready');
  });

  it('what hangs on the session settles when it is closed', async () => {
    const world = await webWorld();
    const { web, until, run } = world;
    const quotes = web.market.quotes(AAPL);
    const orders = web.orders.live();
    await until(() => quotes.state.at === 'live');
    web.close();
    expect(await run(quotes.ended)).toMatchObject({ code: 'CLOSED' });
    expect(await run(orders.ended)).toMatchObject({ code: 'CLOSED' });
    await expect(run(web.accounts.positions())).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(run(web.ready())).rejects.toMatchObject({ code: 'CLOSED' });
    expect(await run(web.market.quotes(AAPL).ended)).toMatchObject({ code: 'CLOSED' });
    const before = world.door.seen.length;
    await expect(run(web.read('GET /portfolio/accounts'))).rejects.toThrow();
    expect(world.door.seen.length).toBe(before);
    await world[Symbol.asyncDispose]();
  });

  it('who waits for the session is told when it is closed instead', async () => {
    await using world = await webWorld();
    const { web, door, until, run } = world;
    const quotes = web.market.quotes(AAPL);
    await until(() => quotes.state.at === 'live');
    door.compete(true);
    await until(() => web.state.at === 'competing');
    const waiting = web.ready();
    waiting.catch(() => undefined);
    web.close();
    await expect(run(waiting)).rejects.toMatchObject({ code: 'CLOSED' });
    expect(quotes.state.at).toBe('closed');
  });

  it('the socket of the stream is kept for a minute after the last stream, and closed', async () => {
    await using world = await webWorld();
    const { web, door, until, advance } = world;
    const quotes = web.market.quotes(AAPL);
    await until(() => quotes.state.at === 'live');
    quotes.close();
    await advance(30_000);
    expect(door.streams.count).toBe(1);
    const again = web.market.quotes(AAPL);
    await until(() => again.state.at === 'live', 1_000);
    again.close();
    await advance(70_000);
    expect(door.streams.count).toBe(0);
    const later = web.market.quotes(AAPL);
    await until(() => later.state.at === 'live');
  });
});

describe('a stream that is wanted while the session opens', () => {
  it('is said whatever the step', async () => {
    const wanted: { readonly step: string; readonly state: () => string }[] = [];
    let web: Web | undefined;
    let conId = 265598;
    await using world = await webWorld({
      onState(state) {
        if (web === undefined || state.at !== 'opening') return;
        const quotes = web.market.quotes({ conId });
        conId = 272093; // another for the later steps: the first is shared
        wanted.push({ step: state.step, state: () => quotes.state.at });
      },
    });
    const { door, until } = world;
    ({ web } = world);
    await until(() => web?.state.at === 'ready');
    door.reset();
    await until(() => wanted.length >= 6, 120_000);
    await until(() => web?.state.at === 'ready');
    await until(() => wanted.every(({ state }) => state() === 'live'), 60_000);
    expect(wanted.map(({ step }) => step)).toEqual(['init', 'prove', 'accounts', 'suppress', 'resubscribe', 'reconcile']);
  });

  it('alone, in the last step, is said too', async () => {
    let web: Web | undefined;
    const wanted: Subscription<unknown, unknown>[] = [];
    await using world = await webWorld({
      onState(state) {
        if (web !== undefined && state.at === 'opening' && state.step === 'reconcile')
          wanted.push(web.market.quotes({ conId: 272093 }) as never);
      },
    });
    const { door, until } = world;
    ({ web } = world);
    const first = web.market.quotes(AAPL);
    await until(() => first.state.at === 'live');
    door.reset();
    await until(() => wanted[0]?.state.at === 'live');
  });
});

describe('the address of the stream', () => {
  it('is tried with the other cookie when the first is turned down', async () => {
    const cookies: (string | undefined)[] = [];
    let door: WebGateway | undefined;
    const stream: OpenStream = (to, events) => {
      cookies.push(to.headers['Cookie']);
      if (to.headers['Cookie']?.includes('{') !== true) return (door as WebGateway).stream(to, events);
      queueMicrotask(() => events.closed('Unexpected server response: 401'));
      return { send() {}, close() {} };
    };
    await using world = await webWorld({ stream }, {}, (made) => {
      door = made;
    });
    const notices = world.web.notices();
    const quotes = world.web.market.quotes(AAPL);
    await world.until(() => quotes.state.at === 'live', 20_000);
    expect(cookies).toEqual(['api={"session":"simulated-session"}', 'api=simulated-session']);
    expect(notices.latest).toMatchObject({ is: 'error', text: expect.stringContaining('401') });
  });

  it('carries the session of tickle, or the token in both spellings', async () => {
    const ask = { once: async () => ({ at: 'answer', value: { session: 'abc' }, troubles: [], unknown: [] }) } as never;
    const gateway = { signStream: (session: string) => ({ query: {}, headers: { Cookie: `api=${session}` } }) } as never;
    expect(await streamAddress('https://localhost:5000/v1/api', ask, gateway)).toEqual({
      url: new URL('wss://localhost:5000/v1/api/ws'),
      headers: { Cookie: 'api=abc' },
      session: 'abc',
    });
    const nobody = { once: async () => ({ at: 'answer', value: {}, troubles: [], unknown: [] }) } as never;
    expect(await streamAddress('https://localhost:5000/v1/api', nobody, gateway)).toBeUndefined();
    const token = { signStream: () => ({ query: { sessionToken: 't', bearer_token: 't' }, headers: {} }) } as never;
    const to = await streamAddress('https://api.ibkr.com/v1/api', ask, token);
    expect(String(to?.url)).toBe('wss://api.ibkr.com/v1/api/ws?sessionToken=t&bearer_token=t');
  });
});
