// Each facade once against the simulated gateway, and what a read-only gateway lets through.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../src/client/connect.js';
import { GatewayError, ReadOnlyError } from '../../src/client/wire/errors.js';
import { type SimulatedGateway, simulate } from '../../src/gateway/simulate.js';
import { until } from '../helpers/until.js';

const aapl = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
let gateway: SimulatedGateway;
let ib: Ib;

const clockOf = (of: SimulatedGateway) => ({
  now: () => of.clock.now(),
  after(ms: number, act: () => void) {
    const handle = setTimeout(act, ms);
    return () => clearTimeout(handle);
  },
});

beforeAll(async () => {
  gateway = await simulate({
    accounts: [{ kind: 'individual-margin', holdings: { AAPL: 100 } }, { kind: 'cash' }],
    cadence: { pnl: 1 },
  });
  ib = await connect({ port: gateway.port, timer: clockOf(gateway) });
});

afterAll(async () => {
  ib.close();
  await gateway.close();
});

describe('accounts', () => {
  it('are linked with their kinds', async () => {
    const linked = await ib.accounts.linked();
    expect(linked.map(({ account }) => account)).toEqual(gateway.accounts);
    expect(linked.every(({ isPaper, accountType }) => isPaper && accountType !== undefined)).toBe(true);
  });

  it('have positions, numbers and ledgers; BASE is a total, not a currency', async () => {
    const [account = ''] = gateway.accounts;
    expect((await ib.accounts.positions()).map(({ contract, position }) => [contract.symbol, position.toFixed()])).toContainEqual(
      ['AAPL', '100'],
    );
    const numbers = await ib.accounts.numbers(account);
    expect(numbers.totals.get('NetLiquidation')?.amount?.gt(0)).toBe(true);
    expect([...numbers.ledgers.keys()]).toEqual(['USD']);
    expect(numbers.base.get('CashBalance')?.amount).toBeDefined();
    expect(numbers.asOf).toBeLessThanOrEqual(gateway.clock.now());
  });

  it('are records with market values, one account after the other through the one slot', async () => {
    const [record] = await ib.accounts.holdings({ prices: true });
    expect(record).toMatchObject({ broker: 'ibkr', secType: 'STK', symbol: 'AAPL', currency: 'USD' });
    expect(record?.marketValue?.gt(0)).toBe(true);
    expect((await ib.accounts.holdings({ prices: true })).length).toBe(1);
  });

  it('live: all parts together, fresh, and nothing is left when it is closed', async () => {
    const before = ib.health.liveStreams;
    const live = ib.accounts.live();
    const parts = new Set<string>();
    live.on((part) => parts.add(part));
    await live.complete();
    await until(() => parts.has('pnl'));
    expect(live.accounts.get(gateway.accounts[0] ?? '')?.positions).toHaveLength(1);
    expect(live.totals).toMatchObject({ baseCurrency: 'USD' });
    expect(live.totals.netLiquidation?.gt(1_000_000)).toBe(true);
    expect(live.states.positions.at).toBe('live');
    live.close();
    expect(ib.health.liveStreams).toBe(before);
  });
});

describe('market data', () => {
  it('makes a quote with values, sources and parameters', async () => {
    const quotes = ib.market.quotes(aapl, { genericTicks: [233] });
    await until(() => quotes.view.bid !== undefined && quotes.view.ask !== undefined);
    expect(quotes.view.bid?.source).toBe('live');
    expect(quotes.view.bid?.value).toBeLessThan(quotes.view.ask?.value ?? 0);
    expect(quotes.view.params?.bboExchange).toBeDefined();
    quotes.close();
  });

  it('keeps a book in order', async () => {
    const depth = ib.market.depth({ ...aapl, exchange: 'NASDAQ' }, { rows: 5 });
    await until(() => depth.view.bids.length === 5 && depth.view.asks.length === 5);
    const prices = depth.view.bids.map(({ price }) => price);
    expect(prices).toEqual([...prices].sort((a, b) => b - a));
    expect(depth.view.misfits).toBe(0);
    depth.close();
  });

  it('takes a snapshot', async () => {
    expect((await ib.market.snapshot(aapl)).ask?.value).toBeGreaterThan(0);
  });

  it('says that it is delayed where it is', async () => {
    await using poor = await simulate({ marketData: 'delayed' });
    await using client = await connect({ port: poor.port, timer: clockOf(poor) });
    const refused = client.market.quotes(aapl);
    expect(await refused.ended).toBeInstanceOf(GatewayError);
    client.market.dataType('delayed');
    const quotes = client.market.quotes(aapl);
    await until(() => quotes.view.last !== undefined || quotes.view.bid !== undefined);
    expect((quotes.view.last ?? quotes.view.bid)?.source).toBe('delayed');
    expect(quotes.view.dataType).toBe('delayed');
  });
});

describe('history', () => {
  it('has bars with instants, daily bars with dates, and flags the one that grows', async () => {
    const bars = await ib.history.bars(aapl, { duration: '2 D', size: '1 hour' });
    expect(bars.at(-1)?.isForming).toBe(true);
    expect(bars.slice(0, -1).every(({ isForming }) => !isForming)).toBe(true);
    const [day] = await ib.history.bars(aapl, { duration: '5 D', size: '1 day' });
    expect(day?.date).toMatch(/^\d{8}$/);
    expect(day?.time.toISOString()).toContain('T00:00:00.000Z');
  });

  it('walks ticks by their edge: each second once, in order, within the bounds', async () => {
    const now = gateway.clock.now();
    const [from, to] = [new Date(now - 900_000), new Date(now - 60_000)];
    const times: number[] = [];
    for await (const page of ib.history.ticks(aapl, { from, to, show: 'TRADES' })) times.push(...page.map(({ time }) => time));
    expect(times.length).toBeGreaterThan(1000);
    expect(times.every((time, at) => at === 0 || time >= (times[at - 1] ?? 0))).toBe(true);
    expect([times[0] ?? 0, times.at(-1) ?? 0].every((time) => time >= from.getTime() && time < to.getTime())).toBe(true);
  });

  it('knows how far it reaches, and the sessions in the exchange’s own time', async () => {
    expect((await ib.history.headTimestamp(aapl))?.getTime()).toBeLessThan(gateway.clock.now());
    const { sessions } = await ib.history.schedule(aapl, { duration: '5 D' });
    expect(sessions.at(-1)?.start.toISOString()).toBe('2026-09-02T13:30:00.000Z');
    const histogram = await ib.history.histogram(aapl, { period: '3 days' });
    expect(histogram.every(({ price }, at) => at === 0 || price > (histogram[at - 1]?.price ?? 0))).toBe(true);
  });
});

describe('everything else', () => {
  it('answers: news, scanner, calendar, terminal', async () => {
    const [provider] = await ib.news.providers();
    const { headlines } = await ib.news.historical(265598, { providers: [provider?.code ?? ''], limit: 3 });
    expect(headlines[0]?.text.startsWith('{')).toBe(false);
    const article = await ib.news.article(headlines[0]?.providerCode ?? '', headlines[0]?.articleId ?? '');
    expect(article.text.length).toBeGreaterThan(0);
    const offer = await ib.scanner.parameters();
    expect(offer.scanCodes.map(({ scanCode }) => scanCode)).toContain('TOP_PERC_GAIN');
    const scan = { instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'TOP_PERC_GAIN', numberOfRows: 3 };
    expect((await ib.scanner.run(scan)).map(({ rank }) => rank)).toEqual([0, 1, 2]);
    expect(await ib.calendar.events({ conId: 265598 })).toBeDefined();
    expect(Math.abs((await ib.terminal.time()).getTime() - gateway.clock.now())).toBeLessThan(1000);
    expect((await ib.terminal.config()).api?.settings).toBeDefined();
    await expect(ib.advisor.groups()).rejects.toBeInstanceOf(GatewayError);
    expect(await ib.advisor.softDollarTiers()).toEqual([]);
  });

  it('follows a display group and changes it', async () => {
    const [group = 1] = await ib.terminal.displayGroups();
    await using link = ib.terminal.displayGroup(group);
    await until(() => link.content.latest !== undefined);
    link.show(265598, 'SMART');
    await until(() => link.content.latest?.startsWith('265598') === true);
  });

  it('reads and writes an advisor’s groups', async () => {
    await using advised = await simulate({ accounts: 'advisor' });
    await using client = await connect({ port: advised.port, timer: clockOf(advised) });
    const member = { account: advised.accounts[1] ?? '' };
    await client.advisor.replaceGroups([{ name: 'Half', defaultMethod: 'NetLiq', accounts: [member] }]);
    expect(await client.advisor.groups()).toMatchObject([{ name: 'Half', defaultMethod: 'NetLiq', accounts: [member] }]);
  });
});

describe('a read-only gateway', () => {
  it('is ready and reads, and orders fail here with the remedy', async () => {
    await using shut = await simulate({ readOnly: true });
    await using client = await connect({ port: shut.port, timer: clockOf(shut) });
    expect(await client.accounts.positions()).toEqual([]);
    const order = {
      orderId: client.raw.nextOrderId(),
      contract: aapl,
      order: { action: 'BUY', orderType: 'MKT', totalQuantity: '1' },
    };
    try {
      client.raw.send('placeOrder', order);
    } catch (error) {
      expect(error).toBeInstanceOf(ReadOnlyError); // the start had already shown it
    }
    await until(() => client.health.isReadOnly);
    expect(() => client.raw.send('placeOrder', order)).toThrow(/Read-Only API/);
    expect(await client.accounts.positions()).toEqual([]);
  });
});

describe('health', () => {
  it('keeps the notices that came before anybody could listen, the farms, the host’s offset', () => {
    expect(ib.health.notices.map(({ code }) => code)).toContain(2104);
    expect(ib.health.farms.size).toBeGreaterThan(3);
    expect(ib.health.hostOffset).toBe(-240);
    expect(ib.health.maintenance).toBeUndefined();
    expect(ib.health.isReadOnly).toBe(false);
  });
});
