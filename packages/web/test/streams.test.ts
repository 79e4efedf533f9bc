import type { Gap, QuoteTick, Subscription } from 'ibwire';
import { describe, expect, it } from 'vitest';
import type { WebGateway } from '../src/simulate/web-gateway.js';
import type { OpenStream } from '../src/transport/stream.js';
import { AAPL, webWorld } from './web-world.js';

const gapsOf = <T, V>(stream: Subscription<T, V>): Gap[] => {
  const gaps: Gap[] = [];
  stream.onGap((gap) => gaps.push(gap));
  return gaps;
};
const MINUTE = 60_000;

describe('a stream of quotes', () => {
  it.each([false, true])('tells what changes, as a quote of the core; binary frames: %s', async (binaryFrames) => {
    await using world = await webWorld();
    const { web, door, gateway, until, advance } = world;
    door.faults.binaryFrames = binaryFrames;
    const quotes = web.market.quotes(AAPL);
    expect(quotes.state).toEqual({ at: 'opening' });
    const ticks: QuoteTick[] = [];
    quotes.on((tick) => void ticks.push(tick));
    await until(() => quotes.state.at === 'live' && quotes.view.bid !== undefined);
    expect([quotes.view.dataType, quotes.view.ask?.source, quotes.view.close?.value]).toEqual([
      'live',
      'live',
      gateway.market.quote(265598).close,
    ]);
    const before = ticks.length;
    await advance(30_000);
    expect(ticks.length).toBeGreaterThan(before + 5);
    expect(door.streams.topics).toEqual(['smd+265598']);
    quotes.close();
    await advance(1_000);
    expect(door.streams.topics).toEqual([]);
  });

  it('is shared by those who ask the same, and ends with the last of them', async () => {
    await using world = await webWorld();
    const { web, door, until, advance } = world;
    const [one, two] = [web.market.quotes(AAPL), web.market.quotes(AAPL)];
    await until(() => two.state.at === 'live');
    expect(one.view).toBe(two.view);
    expect(door.streams.topics).toEqual(['smd+265598']);
    one.close();
    await advance(2_000);
    expect([one.state.at, two.state.at, door.streams.topics.length]).toEqual(['closed', 'live', 1]);
    const late = web.market.quotes(AAPL);
    expect(late.state.at).toBe('live');
  });

  it('of what is not known by its number is looked up first; what does not exist ends it', async () => {
    await using world = await webWorld();
    const { web, until, run } = world;
    const quotes = web.market.quotes({ symbol: 'AAPL', secType: 'STK', currency: 'USD' });
    await until(() => quotes.state.at === 'live');
    expect(await run(web.market.quotes({ symbol: 'NOSUCH', secType: 'STK' }).ended)).toMatchObject({ code: 'UNKNOWN_CONTRACT' });
  });

  it('is renewed before it ends by itself: half an hour without a hole', async () => {
    await using world = await webWorld();
    const { web, door, until, advance } = world;
    const quotes = web.market.quotes(AAPL);
    const gaps = gapsOf(quotes);
    await until(() => quotes.state.at === 'live');
    for (let past = 0; past < 30; past += 1) {
      await advance(MINUTE);
      expect([past, door.streams.topics]).toEqual([past, ['smd+265598']]);
    }
    expect(gaps).toEqual([]);
  });

  it('that ended too early is found quiet, asked again, and its hole is told', async () => {
    await using world = await webWorld();
    const { web, door, gateway, until, advance } = world;
    door.faults.quoteStreamEndsAfter = 2 * MINUTE;
    const quotes = web.market.quotes(AAPL);
    const gaps = gapsOf(quotes);
    await until(() => quotes.state.at === 'live');
    const began = gateway.clock.now();
    await advance(5 * MINUTE);
    expect(gaps[0]).toMatchObject({ cause: 'silent' });
    const { from = 0, to = 0 } = gaps[0] ?? {};
    expect([from - began <= 2 * MINUTE, to - from >= MINUTE, to - from <= MINUTE + 5_000]).toEqual([true, true, true]);
    expect(quotes.state.at).toBe('live');
  });

  it('that nobody answers says so, and is asked for again', async () => {
    await using world = await webWorld();
    const { web, until } = world;
    const notices = web.notices();
    const quotes = web.market.quotes({ conId: 999_999 });
    await until(() => quotes.state.at === 'stale', 20_000);
    expect(quotes.state).toMatchObject({ cause: 'silent' });
    expect(notices.latest).toMatchObject({ is: 'error', text: expect.stringContaining('999999') });
  });

  it('a cut is a gap from the last frame to the first after it', async () => {
    await using world = await webWorld();
    const { web, door, gateway, until } = world;
    const quotes = web.market.quotes(AAPL);
    const gaps = gapsOf(quotes);
    await until(() => quotes.state.at === 'live');
    const at = gateway.clock.now();
    door.streams.cut();
    await until(() => quotes.state.at === 'stale');
    expect(quotes.state).toMatchObject({ at: 'stale', cause: 'disconnected' });
    await until(() => quotes.state.at === 'live');
    expect(gaps).toMatchObject([{ cause: 'disconnected' }]);
    expect([gaps[0] !== undefined && gaps[0].from <= at, gaps[0] !== undefined && gaps[0].to > at]).toEqual([true, true]);
    expect(web.state).toEqual({ at: 'ready' });
  });

  it('a socket that stays open and says nothing is given up', async () => {
    await using world = await webWorld();
    const { web, door, until, advance } = world;
    const quotes = web.market.quotes(AAPL);
    const gaps = gapsOf(quotes);
    await until(() => quotes.state.at === 'live');
    door.faults.streamSilent = true;
    await until(() => quotes.state.at === 'stale', 40_000);
    expect(quotes.state).toMatchObject({ cause: 'silent' });
    door.faults.streamSilent = false;
    await until(() => quotes.state.at === 'live');
    expect(gaps).toMatchObject([{ cause: 'silent' }]);
    await advance(1_000);
    expect(door.streams.count).toBe(1);
  });

  it('comes back after the nightly reset, which the stream itself tells', async () => {
    await using world = await webWorld();
    const { web, door, until } = world;
    const quotes = web.market.quotes(AAPL);
    const gaps = gapsOf(quotes);
    await until(() => quotes.state.at === 'live');
    door.reset();
    await until(() => web.state.at !== 'ready', 2_000);
    expect(quotes.state).toMatchObject({ at: 'stale', cause: 'broker' });
    await until(() => web.state.at === 'ready' && quotes.state.at === 'live');
    expect(gaps).toMatchObject([{ cause: 'broker' }]);
    expect(door.streams.topics).toEqual(['smd+265598']);
  });

  it('another login is told and not fought; the stream waits for the session', async () => {
    await using world = await webWorld();
    const { web, door, until, advance } = world;
    const quotes = web.market.quotes(AAPL);
    const gaps = gapsOf(quotes);
    await until(() => quotes.state.at === 'live');
    door.compete(true);
    await until(() => web.state.at === 'competing', 2_000);
    expect(quotes.state).toMatchObject({ at: 'stale', cause: 'competing' });
    const inits = () => door.seen.filter(({ name }) => name === 'POST /iserver/auth/ssodh/init').length;
    const before = inits();
    await advance(5 * MINUTE);
    expect([inits(), quotes.state.at]).toEqual([before, 'stale']);
    door.compete(false);
    web.reopen();
    await until(() => quotes.state.at === 'live');
    expect(gaps).toMatchObject([{ cause: 'competing' }]);
  });

  it('the older course is gone along with: the session is said when it is asked for', async () => {
    await using world = await webWorld();
    const { web, door, until } = world;
    door.faults.streamAsksForSession = true;
    const quotes = web.market.quotes(AAPL);
    await until(() => quotes.state.at === 'live');
  });
});

describe('after each opening', () => {
  it('account comes before orders, orders before data', async () => {
    const said: string[] = [];
    let door: WebGateway | undefined;
    const stream: OpenStream = (to, events) => {
      const socket = (door as WebGateway).stream(to, events);
      const send = (text: string): void => {
        said.push(text);
        socket.send(text);
      };
      return { close: () => socket.close(), send };
    };
    await using world = await webWorld({ stream }, {}, (made) => {
      door = made;
    });
    const { web, until } = world;
    const quotes = web.market.quotes(AAPL);
    web.orders.live();
    web.accounts.pnl(world.account);
    await until(() => quotes.state.at === 'live');
    said.length = 0;
    world.door.streams.cut();
    await until(() => quotes.state.at === 'live' && said.length > 3);
    expect(said.map((text) => text.slice(0, 3)).filter((verb) => verb !== 'tic')).toEqual(['spl', 'sor', 'str', 'smd']);
  });
});

describe('numbers', () => {
  it('profit and loss merges what came; what never came is not told', async () => {
    await using world = await webWorld();
    const { web, account, until } = world;
    const pnl = web.accounts.pnl(account);
    await until(() => pnl.latest !== undefined);
    expect(pnl.latest).toMatchObject({ account, dailyPnL: undefined, realizedPnL: undefined });
    expect(pnl.latest?.unrealizedPnL).toBeDefined();
  });

  it('numbers of an account are read once and followed', async () => {
    await using world = await webWorld();
    const { web, account, run, gateway, until } = world;
    const numbers = web.accounts.liveNumbers(account);
    await run(numbers.complete());
    expect(numbers.view.get(account)?.ledgers.get('EUR')?.get('CashBalance')?.amount?.toFixed()).toBe('2000');
    const before = numbers.view.get(account)?.totals.get('NetLiquidation')?.value;
    gateway.market.set('AAPL', 400);
    await until(() => numbers.view.get(account)?.totals.get('NetLiquidation')?.value !== before, 30_000);
  });
});

describe('notices', () => {
  it('tell what the broker tells people', async () => {
    await using world = await webWorld();
    const { web, door, until } = world;
    const notices = web.notices();
    await until(() => door.streams.count === 1);
    await until(() => {
      door.streams.tell('blt', { id: 5, message: 'closed early' });
      return notices.latest !== undefined;
    });
    expect(notices.latest).toEqual({ is: 'bulletin', id: '5', text: 'closed early' });
  });
});
