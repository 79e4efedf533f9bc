import type { Gap, OrderDraft } from 'ibwire';
import { describe, expect, it } from 'vitest';
import type { OrderNews } from '../src/streams/orders.js';
import { orderTopic } from '../src/streams/orders.js';
import type { TopicHands } from '../src/streams/topic.js';
import { AAPL, timerOf, type WebWorld, webWorld } from './web-world.js';

const order = (orderRef: string, more: Partial<OrderDraft> = {}): OrderDraft =>
  ({ action: 'BUY', orderType: 'LMT', lmtPrice: 100, totalQuantity: '2', tif: 'DAY', orderRef, ...more }) as OrderDraft;

/** An order that somebody else places, at the socket's door. */
const byOthers = ({ gateway, account }: WebWorld, orderId: number, terms: Partial<OrderDraft> = {}): void => {
  gateway.engine.place(7, orderId, { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' }, {
    ...order(`theirs-${orderId}`),
    account,
    transmit: true,
    ...terms,
  } as never);
};

async function followed(world: WebWorld) {
  const live = world.web.orders.live();
  const news: OrderNews[] = [];
  live.on((one) => void news.push(one));
  const gaps: Gap[] = [];
  live.onGap((gap) => gaps.push(gap));
  await world.run(live.complete());
  return { live, news, gaps };
}

describe('orders as they change', () => {
  it('sparse rows are merged by the names that came; whoever placed it', async () => {
    await using world = await webWorld();
    byOthers(world, 1);
    const { live, news } = await followed(world);
    expect(news).toMatchObject([
      { is: 'order', isAnswer: true, before: undefined, order: { orderRef: 'theirs-1', status: 'Submitted', total: '2' } },
    ]);
    byOthers(world, 2);
    await world.until(() => news.length >= 3);
    // First who it is, then what it is.
    expect(news[1]).toMatchObject({ isAnswer: false, order: { orderRef: undefined, status: undefined } });
    expect(news[2]).toMatchObject({ isAnswer: false, order: { orderRef: 'theirs-2', status: 'Submitted' } });
    world.gateway.engine.cancel(7, 2);
    await world.until(() => [...live.view.orders.values()].some(({ status }) => status === 'Cancelled'));
    // The row had the status alone: the rest stands.
    expect(news.at(-1)).toMatchObject({ order: { orderRef: 'theirs-2', status: 'Cancelled', total: '2', lmtPrice: '100' } });
    expect([live.view.orders.size, live.state.at]).toEqual([2, 'live']);
  });

  it('an execution is told once, its commission when it comes, whoever tells of it', async () => {
    await using world = await webWorld();
    const { live, news } = await followed(world);
    byOthers(world, 1, { orderType: 'MKT', lmtPrice: undefined } as never);
    await world.until(() => [...live.view.fills.values()].some(({ commission }) => commission !== undefined));
    const fills = () => news.filter(({ is }) => is === 'fill').length;
    const [told, known] = [fills(), live.view.fills.size];
    expect([told, known > 0]).toEqual([known, true]);
    // Subscribed anew the day is replayed, and the lists are read: nothing of it is new.
    world.door.streams.cut();
    await world.until(() => live.state.at === 'stale');
    await world.until(() => live.state.at === 'live');
    await world.advance(20_000);
    expect([fills(), live.view.fills.size]).toEqual([told, known]);
  });

  it('a stream that says nothing is found by the list, told as a gap, and read more often', async () => {
    await using world = await webWorld();
    world.door.faults.silentOrderStream = true;
    const { live, news, gaps } = await followed(world);
    byOthers(world, 1);
    await world.until(() => news.length > 0, 70_000);
    expect(news).toMatchObject([{ isAnswer: true, order: { orderRef: 'theirs-1' } }]);
    expect(live.state).toMatchObject({ at: 'stale', cause: 'silent' });
    byOthers(world, 2);
    const asked = world.gateway.clock.now();
    await world.until(() => news.length > 1);
    expect(world.gateway.clock.now() - asked).toBeLessThanOrEqual(20_000);
    world.door.faults.silentOrderStream = false;
    byOthers(world, 3);
    await world.until(() => live.state.at === 'live');
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.every(({ cause }) => cause === 'silent')).toBe(true);
  });

  it('a bad row of a frame leaves the others, and a row of nothing is no news', async () => {
    await using world = await webWorld();
    const pushed: OrderNews[] = [];
    const hands = {
      push: (items: readonly OrderNews[]) => void pushed.push(...items),
      live() {},
      complete() {},
      stale() {},
      gap() {},
      fail() {},
    };
    const topic = orderTopic({ ask: {} as never, timer: timerOf(world.gateway) }, hands as TopicHands<OrderNews>);
    const take = (name: string, ...rows: object[]) => topic.take(name, {}, rows as never, 0, false);
    expect(take('sor', { acct: 'DU9000001', conid: 756733, orderId: 656804954 }, { price: '' }, { orderId: -1 })).toMatchObject([
      { is: 'order', order: { orderId: '656804954', status: undefined, filled: undefined } },
    ]);
    expect(take('sor', { orderId: 656804954 })).toEqual([]);
    const fill = {
      execution_id: '00025b49.6a4ffd74.01.01',
      side: 'B',
      size: 1,
      price: '740.90',
      order_id: 345375760,
      position: '48',
    };
    expect(take('str', fill)).toMatchObject([
      { is: 'fill', fill: { execId: fill.execution_id, shares: '1', commission: undefined } },
    ]);
    expect(take('str', fill)).toEqual([]);
    expect(take('str', { ...fill, commission: '1.0' })).toMatchObject([{ is: 'commission', fill: { commission: '1' } }]);
    expect(take('str', fill)).toEqual([]);
  });
});

describe('what was placed', () => {
  it('can be followed to its end, with its fills and their commissions', async () => {
    await using world = await webWorld();
    const { web, run, gateway } = world;
    const trade = await run(web.orders.place(AAPL, order('one', { orderType: 'MKT', lmtPrice: undefined } as never)));
    expect(JSON.parse(JSON.stringify(trade))).toEqual({
      at: 'working',
      orderRef: 'one',
      orderId: trade.permId,
      status: expect.any(String),
    });
    const end = await run(trade.done);
    expect([end.at, end.filled.toFixed(), end.remaining?.toFixed(), end.isReported]).toEqual(['filled', '2', '0', true]);
    expect(end.commissions.get('USD')?.gt(0)).toBe(true);
    expect(end.fills[0]).toMatchObject({
      side: 'BOT',
      orderRef: 'one',
      permId: trade.permId,
      contract: { conId: 265598, symbol: 'AAPL' },
    });
    expect((await run(trade.filled)).at).toBe('filled');
    expect(trade.state.at).toBe('filled');
    expect(gateway.orders).toHaveLength(1);
  });

  it('is changed and taken back by the core’s words', async () => {
    await using world = await webWorld();
    const { web, run, gateway } = world;
    const trade = await run(web.orders.place(AAPL, order('two')));
    expect(await run(trade.accepted)).toMatchObject({ at: 'working' });
    expect(await run(trade.modify({ lmtPrice: 101 }))).toEqual({ at: 'modified' });
    expect(await run(trade.modify({ lmtPrice: 101 }))).toEqual({ at: 'same' });
    expect(gateway.orders[0]?.order.lmtPrice).toBe(101);
    expect(await run(trade.cancel())).toEqual({ at: 'cancelled' });
    expect(await run(trade.done)).toMatchObject({ at: 'cancelled' });
    expect(await run(trade.cancel())).toEqual({ at: 'cancelled' });
  });

  it('that the broker refused is done, rejected', async () => {
    await using world = await webWorld();
    const { web, run, door } = world;
    door.faults.questions = ['o163'];
    const trade = await run(web.orders.place(AAPL, order('no')));
    expect([trade.at, trade.state.at, (await run(trade.done)).at]).toEqual(['declined', 'rejected', 'rejected']);
    await expect(run(trade.accepted)).rejects.toMatchObject({ code: 'NOT_ACCEPTED' });
    await expect(run(trade.filled)).rejects.toMatchObject({ code: 'NOT_FILLED' });
  });
});
