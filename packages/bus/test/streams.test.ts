// Streams over a real server: the same items and the same view as at the desk, lines shared and given back, holes told.

import type { Gap, QuoteTick } from 'ibwire';
import { stock } from 'ibwire';
import { describe, expect, it } from 'vitest';
import { hasNats } from '../../../test/helpers/nats.js';
import { stage, until } from './stage.js';

const AAPL = stock('AAPL');

describe.runIf(hasNats)('streams over the bus', () => {
  it('tell a quote as the desk has it, tick by tick and as a view', async () => {
    await using on = await stage();
    const bus = await on.consumer();
    const own = on.ib.market.quotes(AAPL, { genericTicks: [] });
    const told: QuoteTick[] = [];
    const there = bus.market.quotes(AAPL);
    there.on((tick) => told.push(tick));
    await there.complete();
    await until('ticks have come', () => told.filter(({ field }) => field === 'bid').length > 3);
    expect(there.state.at).toBe('live');
    const { bid } = there.view;
    expect(bid?.source).toBe('live');
    expect(bid?.value).toBeGreaterThan(0);
    await until(
      'both have the same bid',
      () => there.view.bid?.time === own.view.bid?.time && there.view.bid?.value === own.view.bid?.value,
    );
    own.close();
  });

  it('share one line for all, and give it back when the last has left', async () => {
    await using on = await stage();
    const [one, two] = [await on.consumer(), await on.consumer()];
    const streams = [one.market.quotes(AAPL), one.market.quotes(AAPL), two.market.quotes(AAPL)];
    for (const stream of streams) await stream.complete();
    expect(on.served.lines).toEqual([{ stream: expect.stringMatching(/^quotes\.\d+$/), consumers: 3 }]);
    streams[0]?.close();
    streams[2]?.close();
    await until('two have left', () => on.served.lines[0]?.consumers === 1);
    streams[1]?.close();
    await until('the line is given back', () => on.served.lines.length === 0);
  });

  it('let depth, five-second bars and trades through', async () => {
    await using on = await stage();
    const bus = await on.consumer();
    const book = bus.market.depth(AAPL, { rows: 3 });
    const trades = bus.market.tickByTick(AAPL, 'AllLast');
    await book.complete();
    await until('the book has both sides', () => book.view.bids.length > 0 && book.view.asks.length > 0);
    await until('a trade came', () => trades.latest !== undefined);
    expect(trades.latest?.type).toBe('AllLast');
    expect(book.view.bids.length).toBeLessThanOrEqual(3);
  });

  it('refuse by name what a stream over the bus does not have', async () => {
    await using on = await stage();
    const bus = await on.consumer();
    const cause = await bus.market.quotes(AAPL, { regulatory: true } as never).ended;
    expect(cause?.message).toContain('regulatory: no such term of quotes over the bus; there is genericTicks');
  });

  it('end with what the gateway refuses', async () => {
    await using on = await stage();
    const bus = await on.consumer();
    const cause = await bus.market.quotes(stock('NOSUCHTHING')).ended;
    expect(cause?.message).toMatch(/NOSUCHTHING|No security definition/);
  });

  it('tell what was missed while the server was away, and come back with the newest state', async () => {
    await using on = await stage();
    const bus = await on.consumer();
    const stream = bus.market.quotes(AAPL);
    const gaps: Gap[] = [];
    let items = 0;
    stream.on(() => items++);
    stream.onGap((gap) => gaps.push(gap));
    await stream.complete();
    await until('ticks come', () => items > 5);
    await on.nats.kill();
    await until('it is known', () => stream.state.at === 'stale');
    expect(stream.state).toMatchObject({ at: 'stale', cause: 'disconnected' });
    await on.nats.restart();
    await until('it is back', () => stream.state.at === 'live', 20_000);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toMatchObject({ cause: 'disconnected' });
    expect((gaps[0] as { readonly missed?: number }).missed).toBeGreaterThan(0);
    const before = items;
    await until('ticks come again', () => items > before + 20);
  });
});

describe.runIf(hasNats)('calls over the bus', () => {
  it('answer as the core does, decimals and dates kept', async () => {
    await using on = await stage();
    const bus = await on.consumer();
    const contract = await bus.contracts.qualify(AAPL);
    expect(contract).toEqual(await on.ib.contracts.qualify(AAPL));
    const request = { duration: '2 D', size: '1 day', show: 'TRADES' } as const;
    expect(await bus.history.bars(contract, request)).toEqual(await on.ib.history.bars(contract, request));
    expect(await bus.accounts.positions('DU9000001')).toEqual(await on.ib.accounts.positions({ account: 'DU9000001' }));
  });

  it('refuse what is no call, and say what the library said', async () => {
    await using on = await stage();
    const bus = await on.consumer();
    await expect(bus.contracts.qualify({ symbol: 'NOSUCHTHING', secType: 'STK' })).rejects.toThrow(
      /NOSUCHTHING|No security definition/,
    );
    await expect(
      (bus.history.bars as (...of: unknown[]) => Promise<unknown>)(AAPL, { duration: '1 D', size: 'no such', show: 'TRADES' }),
    ).rejects.toThrow('no such');
  });

  it('bring answers that are larger than a message may be', async () => {
    await using on = await stage();
    const bus = await on.consumer();
    const bars = await bus.history.bars(AAPL, { duration: '2 W', size: '1 min', show: 'TRADES' });
    expect(bars.length).toBeGreaterThan(3_000);
  });
});

describe.runIf(hasNats)('order events over the bus', () => {
  it('come each once, in order, those too that were told while the server was away', async () => {
    await using on = await stage();
    const bus = await on.consumer();
    const told: number[] = [];
    const events = bus.orders.events('DU9000001');
    events.on(({ number }) => told.push(number as number));
    await events.complete();
    for (let number = 1; number <= 3; number++) on.tell('DU9000001', { is: 'test', number });
    on.tell('DU9000002', { is: 'test', number: 99 });
    await until('three have come', () => told.length === 3);
    await on.nats.kill();
    for (let number = 4; number <= 40; number++) on.tell('DU9000001', { is: 'test', number });
    await on.nats.restart();
    await until('all have come', () => told.length === 40, 20_000);
    expect(told).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
  });
});
