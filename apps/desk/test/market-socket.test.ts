// What moves, over one WebSocket: the book and the trades of an instrument, lines that are given back, streams that go stale.

import { describe, expect, it } from 'vitest';
import { openSocket } from './socket.js';
import { type Stage, stage } from './stage.js';

interface Level {
  readonly price: string;
  readonly size: string;
  readonly by?: string;
}
interface Message {
  readonly quotes?: readonly {
    readonly contract: { readonly symbol: string; readonly conId: number };
    readonly stale?: { readonly cause: string };
  }[];
  readonly ticks?: number;
  readonly named?: Readonly<Record<string, number>>;
  readonly of?: string | number;
  readonly problem?: { readonly status: number };
  readonly depth?: {
    readonly of: string;
    readonly bids?: readonly Level[];
    readonly asks?: readonly Level[];
    readonly problem?: { readonly detail: string; readonly remedy: string };
  };
  readonly trades?: {
    readonly of: string;
    readonly trades?: readonly { readonly time: number; readonly price: string; readonly size?: string }[];
    readonly problem?: { readonly detail: string };
  };
}

const opened = (at: Stage) => openSocket<Message>(at.url, at.tokens.owner);

/** Used of a budget of the gateway. */
const used = (at: Stage, name: string): number | undefined =>
  at.desk.connection.current?.ib.health.admission?.budgets.find(({ budget }) => budget === name)?.used;

describe('a quote that the login may not see', () => {
  it('is refused by the name it was asked for, however early the gateway ends its stream', async () => {
    await using at = await stage({ simulate: { marketData: 'none' } });
    await using line = await opened(at);
    line.send({ subscribe: ['AAPL', 'MSFT'] });
    const refused = new Set<string | number | undefined>();
    const named: object[] = [];
    await line.until(({ problem, of, named: told }) => {
      if (told !== undefined) named.push(told);
      if (problem !== undefined) refused.add(of);
      return refused.size === 2;
    });
    expect([...refused].sort()).toEqual(['AAPL', 'MSFT']);
    expect(named).toEqual([]);
  });
});

describe('the book of an instrument', () => {
  it('comes whole, best first, of all exchanges; the next one takes its place', async () => {
    await using at = await stage();
    await using line = await opened(at);
    line.send({ depth: 'AAPL' });
    const { depth } = await line.until(({ depth }) => (depth?.bids?.length ?? 0) >= 2 && (depth?.asks?.length ?? 0) >= 2);
    const [bids, asks] = [depth?.bids ?? [], depth?.asks ?? []];
    expect(Number(bids[0]?.price)).toBeGreaterThanOrEqual(Number(bids[1]?.price));
    expect(Number(asks[0]?.price)).toBeLessThanOrEqual(Number(asks[1]?.price));
    expect(bids[0]?.by).toMatch(/\w/);
    expect(used(at, 'depth')).toBe(1);
    line.send({ depth: 'MSFT' });
    await line.until(({ depth }) => depth?.of === 'MSFT' && (depth.bids?.length ?? 0) > 0);
    expect(used(at, 'depth')).toBe(1);
    line.send({ depth: null });
    line.send({ subscribe: ['AAPL'] });
    await line.until(({ quotes }) => quotes !== undefined);
    expect(used(at, 'depth')).toBe(0);
  });

  it('that the login may not see is refused in words with a remedy', async () => {
    await using at = await stage({ simulate: { marketData: 'none' } });
    await using line = await opened(at);
    line.send({ depth: 'AAPL' });
    const { depth } = await line.until(({ depth }) => depth !== undefined);
    expect(depth?.problem?.detail).toMatch(/market data/i);
    expect(depth?.problem?.remedy).toMatch(/which exchanges offer it/);
  });

  it('of an unknown instrument is a problem, and the socket goes on', async () => {
    await using at = await stage();
    await using line = await opened(at);
    line.send({ depth: 'NOSUCHTHING' });
    expect((await line.until(({ depth }) => depth !== undefined)).depth).toMatchObject({
      of: 'NOSUCHTHING',
      problem: { status: 404 },
    });
    line.send({ trades: 'AAPL' });
    await line.until(({ trades }) => (trades?.trades?.length ?? 0) > 0);
  });
});

describe('the trades of an instrument', () => {
  it('begin with those of before and go on; currencies have midpoints; the slot is given back', async () => {
    await using at = await stage();
    await using line = await opened(at);
    line.send({ trades: 'AAPL' });
    const { trades } = await line.until(({ trades }) => (trades?.trades?.length ?? 0) >= 10);
    const times = (trades?.trades ?? []).map(({ time }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(trades?.trades?.every(({ price, size }) => Number(price) > 0 && Number(size) > 0)).toBe(true);
    line.send({ trades: 'EUR.USD' });
    const told = await line.until(({ trades }) => trades?.of === 'EUR.USD' && (trades.trades?.length ?? 0) > 0);
    expect(told.trades?.trades?.[0]?.size).toBeUndefined();
    line.send({ trades: null });
    line.send({ subscribe: ['AAPL'] });
    await line.until(({ quotes }) => quotes !== undefined);
    expect(used(at, 'tickByTick')).toBe(0);
  });
});

describe('lines of quotes', () => {
  it('are given back when their last watcher leaves, and kept where somebody asked besides', async () => {
    await using at = await stage();
    await using line = await opened(at);
    line.send({ subscribe: ['AAPL', 'MSFT'] });
    const ids = new Map<string, number>();
    await line.until(({ quotes }) => {
      for (const { contract } of quotes ?? []) ids.set(contract.symbol, contract.conId);
      return ids.size === 2;
    });
    expect(used(at, 'lines')).toBe(2);
    await at.owner('GET', '/v1/quotes/snapshot?symbol=MSFT');
    line.send({ unsubscribe: [...ids.values()] });
    line.send({ subscribe: ['SPY'] });
    await line.until(({ quotes }) => quotes?.some(({ contract }) => contract.symbol === 'SPY') === true);
    const open = at.desk.connection.lines.open.map(({ contract }) => contract.symbol).sort();
    expect(open).toEqual(['MSFT', 'SPY']);
  });

  it('are told with the names that they were asked by', async () => {
    await using at = await stage();
    await using line = await opened(at);
    line.send({ subscribe: ['EUR.USD', '700.HK'] });
    const named: Record<string, number> = {};
    await line.until((message) => Object.keys(Object.assign(named, message.named)).length === 2);
    line.send({ subscribe: [{ conId: named['700.HK'] }] });
    const again = await line.until((message) => message.named !== undefined);
    expect(again.named).toEqual({ [String(named['700.HK'])]: named['700.HK'] });
    expect(again.quotes?.map(({ contract }) => contract.symbol)).toContain('700');
  });

  it('that the gateway refuses are a problem that names what it is of', async () => {
    await using at = await stage({ simulate: { marketData: 'none' } });
    await using line = await opened(at);
    line.send({ subscribe: ['AAPL'] });
    const { of, problem } = await line.until(({ problem }) => problem !== undefined);
    expect([of, problem?.status]).toEqual(['AAPL', 502]);
  });

  it('beyond what the login has are refused, and a login with more lines has them', async () => {
    await using few = await stage({ lines: 10, simulate: {} });
    await using line = await opened(few);
    const symbols = ['AAPL', 'MSFT', 'SPY', 'NVDA', 'TSLA', 'AMZN', 'META', 'GOOGL', 'QQQ'];
    line.send({ subscribe: symbols });
    const { problem } = await line.until(({ problem }) => problem !== undefined);
    expect(problem?.status).toBe(429);
    expect(few.desk.connection.lines.open).toHaveLength(8);
  });

  it('go stale without a tick when the gateway loses the broker, and come back', async () => {
    await using at = await stage();
    await using line = await opened(at);
    line.send({ subscribe: ['AAPL'] });
    const { ticks } = await line.until(({ ticks }) => (ticks ?? 0) > 0);
    expect(ticks).toBeGreaterThan(0);
    at.desk.gateway?.faults.disconnect();
    await line.until(({ quotes }) => quotes?.[0]?.stale !== undefined);
    at.desk.gateway?.faults.reconnect('kept');
    await line.until(({ quotes }) => quotes !== undefined && quotes[0]?.stale === undefined);
  });
});
