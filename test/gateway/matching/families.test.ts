/** Orders that depend on each other or on something else: brackets, groups, conditions, combinations. */
import { describe, expect, it } from 'vitest';
import { brief, buy, type Desk, limit, openDesk, sell } from './desk.js';
import { AAPL, ACCOUNT, CALL_250, CALL_260, MSFT } from './instruments.js';

const statusOf = (desk: Desk, orderId: number): string | undefined =>
  desk.engine.orders().find((order) => order.orderId === orderId)?.status;
const plain = { options: { echo: 'plain', acknowledge: 'direct', cancelling: 'direct' } } as const;

function bracket(desk: Desk, parent = buy(100, limit(250.01, { transmit: false }))): void {
  desk.place(1, AAPL, parent);
  desk.place(2, AAPL, sell(100, limit(252, { parentId: 1, transmit: false })));
  desk.place(3, AAPL, sell(100, { orderType: 'STP', auxPrice: 248, parentId: 1, transmit: true }));
}

describe('brackets', () => {
  it('children work when the parent is filled, in a group named by its permId; the target cancels the stop', () => {
    const desk = openDesk(plain);
    bracket(desk);
    expect([1, 2, 3].map((id) => statusOf(desk, id))).toEqual(['Filled', 'Submitted', 'PreSubmitted']);
    const parentPermId = desk.engine.orders()[0]?.permId;
    expect(desk.engine.openOrders(1, 1)[0]).toMatchObject({ order: { ocaGroup: parentPermId, parentPermId, ocaType: 3 } });
    desk.take();
    desk.market.move(AAPL, { bid: 252.01, ask: 252.03, last: 252.02, bidSize: 60, askSize: 60 });
    expect(brief(desk.take())).toEqual([
      'execDetails 2 SLD 60 @ 252.01',
      'openOrder 2 Submitted',
      'orderStatus 2 Submitted 60/40',
      'commissionReport 1.323364',
      'openOrder 3 PreSubmitted',
      'orderStatus 3 PreSubmitted 0/40 trigger',
      'execDetails 2 SLD 40 @ 252',
      'openOrder 2 Filled',
      'orderStatus 2 Filled 100/0',
      'commissionReport 0.215568',
      'orderStatus 3 Cancelled 0/0',
      'error 3 202',
    ]);
    expect(desk.position(AAPL)).toBe('0');
  });

  it('children of a cancelled parent are cancelled with it', () => {
    const desk = openDesk(plain);
    bracket(desk, buy(100, limit(200, { transmit: false })));
    expect(statusOf(desk, 2)).toBe('PreSubmitted');
    expect(brief(desk.cancel(1))).toEqual(
      [
        'orderStatus 1 Cancelled 0/100',
        'error 1 202',
        'orderStatus 2 Cancelled 0/100 ',
        'error 2 202',
        'orderStatus 3 Cancelled 0/100',
        'error 3 202',
      ].map((line) => line.trimEnd()),
    );
  });

  it('children of a parent that was partly filled and cancelled shrink to that part', () => {
    const desk = openDesk(plain);
    desk.market.move(AAPL, { ask: 250.01, askSize: 30 });
    bracket(desk);
    expect(desk.position(AAPL)).toBe('30');
    desk.cancel(1);
    const [target] = desk.engine.openOrders(1, 1);
    expect(target).toMatchObject({ orderId: 2, order: { totalQuantity: '30' }, orderState: { status: 'Submitted' } });
  });

  it('a parent refused for its price leaves its children without one: 110, then 135', () => {
    const desk = openDesk(plain);
    expect(brief(desk.place(1, AAPL, buy(1, limit(10.001, { transmit: false }))))).toEqual(['error 1 110']);
    expect(desk.place(2, AAPL, sell(1, limit(12, { parentId: 1 })))).toMatchObject([
      { errorCode: 135, errorMsg: "Can't find order with id =1" },
    ]);
    expect(desk.place(3, AAPL, sell(1, limit(12, { parentId: 77 })))).toMatchObject([{ errorCode: 10006 }]);
  });

  it('a trail cannot follow a market order (328); its siblings go on waiting', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(1, { transmit: false }));
    expect(brief(desk.place(2, AAPL, sell(1, { orderType: 'TRAIL', auxPrice: 1, parentId: 1 })))).toEqual(['error 2 328']);
    expect(statusOf(desk, 1)).toBe('ApiPending');
  });

  it('a cancelled child takes its sibling with it, whose end is said first; the parent lives on', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, limit(240, { transmit: false })));
    desk.place(2, AAPL, sell(10, limit(260, { parentId: 1, transmit: false })));
    desk.place(3, AAPL, sell(10, { orderType: 'STP', auxPrice: 230, parentId: 1 }));
    expect(brief(desk.cancel(2))).toEqual([
      'orderStatus 3 Cancelled 0/10',
      'error 3 202',
      'orderStatus 2 Cancelled 0/10',
      'error 2 202',
    ]);
    expect(brief(desk.cancel(3))).toEqual(['error 3 10148']);
    expect(desk.engine.orders().map(({ status }) => status)).toEqual(['Submitted', 'Cancelled', 'Cancelled']);
  });

  it('a cancel of what was never transmitted: 202 that it was discarded and 161, and no status', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, limit(240, { transmit: false })));
    expect(desk.cancel(1)).toMatchObject([
      { kind: 'error', errorCode: 202, errorMsg: 'Order Canceled - reason:Order was discarded.' },
      { kind: 'error', errorCode: 161 },
    ]);
  });

  it('a global cancel discards what was never transmitted, with status and reason, and says 161 for what had ended before', () => {
    const desk = openDesk();
    desk.place(1, AAPL, buy(1, limit(10)));
    desk.cancel(1);
    desk.place(2, AAPL, buy(1, { transmit: false }));
    desk.take();
    desk.engine.globalCancel(1);
    const said = desk.take();
    expect(brief(said)).toEqual(['orderStatus 2 Cancelled 0/1', 'error 2 202', 'error 2 161', 'error 1 161']);
    expect(said[1]).toMatchObject({ errorMsg: 'Order Canceled - reason:Order was discarded.' });
    expect(said[2]).toMatchObject({ errorMsg: expect.stringMatching(/state\. {2}Order permId =\d+$/) });
  });

  it('of a staged bracket the parent alone is told of; its children go without a word', () => {
    const desk = openDesk();
    desk.place(1, AAPL, buy(1, { transmit: false }));
    desk.place(2, AAPL, sell(1, limit(300, { parentId: 1, transmit: false })));
    desk.take();
    desk.engine.globalCancel(1);
    expect(brief(desk.take())).toEqual(['orderStatus 1 Cancelled 0/1', 'error 1 202', 'error 1 161']);
    expect(brief(desk.cancel(2))).toEqual(['error 2 10148']);
  });

  it('staged orders are not listed and are forgotten at a restart', () => {
    const desk = openDesk();
    desk.place(1, AAPL, buy(1, { transmit: false }));
    expect(desk.engine.openOrders(1, 'all')).toEqual([]);
    desk.engine.forgetStaged();
    expect(desk.engine.orders()).toEqual([]);
    expect(desk.engine.nextValidId(1)).toBe(2);
  });
});

describe('one-cancels-all', () => {
  it('type 1: the first fill, even a partial one, cancels the others', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(249, { ocaGroup: 'g', ocaType: 1 })));
    desk.place(2, MSFT, buy(100, limit(400, { ocaGroup: 'g', ocaType: 1 })));
    desk.market.move(AAPL, { bid: 248.9, ask: 249, askSize: 10 });
    expect([1, 2].map((id) => statusOf(desk, id))).toEqual(['Submitted', 'Cancelled']);
  });

  it('type 2: a half filled order leaves half of the other', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(249, { ocaGroup: 'g', ocaType: 2 })));
    desk.place(2, MSFT, buy(40, limit(400, { ocaGroup: 'g', ocaType: 2 })));
    desk.market.move(AAPL, { bid: 248.9, ask: 248.98, askSize: 50 });
    desk.take();
    expect(desk.engine.orders()[1]).toMatchObject({ remaining: 0n });
    const half = openDesk(plain);
    half.place(1, AAPL, buy(100, limit(249, { ocaGroup: 'g', ocaType: 2 })));
    half.place(2, MSFT, buy(41, limit(400, { ocaGroup: 'g', ocaType: 2 })));
    half.market.move(AAPL, { bid: 248.9, ask: 249, askSize: 50 });
    expect(half.engine.orders()[1]).toMatchObject({ remaining: 20n * 100_000_000n });
  });
});

describe('conditions', () => {
  const on = (conditions: object[], extra: object = {}) => ({
    conditions: conditions as never,
    conditionsIgnoreRth: true,
    ...extra,
  });

  it('price: the order waits until the other instrument is there', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(1, on([{ conditionType: 1, conId: MSFT.conId, exchange: 'SMART', isMore: true, price: 410 }])));
    expect(statusOf(desk, 1)).toBe('PreSubmitted');
    desk.market.move(MSFT, { last: 409.99 });
    expect(statusOf(desk, 1)).toBe('PreSubmitted');
    desk.market.move(MSFT, { last: 410 });
    expect(statusOf(desk, 1)).toBe('Filled');
  });

  it('time, volume, percentage change, margin cushion and execution each release their order', () => {
    const desk = openDesk(plain);
    desk.market.move(AAPL, { close: 250 });
    desk.place(1, AAPL, buy(1, on([{ conditionType: 3, isMore: true, time: '20260415 10:05:00 US/Eastern' }])));
    desk.place(2, AAPL, buy(1, on([{ conditionType: 6, conId: AAPL.conId, isMore: true, volume: 1000 }])));
    desk.place(3, AAPL, buy(1, on([{ conditionType: 7, conId: AAPL.conId, isMore: false, changePercent: -2 }])));
    desk.place(4, AAPL, buy(1, on([{ conditionType: 4, isMore: false, percent: 60 }])));
    desk.place(5, AAPL, buy(1, on([{ conditionType: 5, symbol: 'MSFT', secType: 'STK', exchange: 'SMART' }])));
    const filled = (): number[] => [1, 2, 3, 4, 5].filter((id) => statusOf(desk, id) === 'Filled');
    expect(filled()).toEqual([]);
    desk.clock.advance(5 * 60_000);
    expect(filled()).toEqual([1]);
    desk.market.move(AAPL, { volume: 1000 });
    expect(filled()).toEqual([1, 2]);
    desk.market.move(AAPL, { bid: 244.9, ask: 245, last: 245 });
    expect(filled()).toEqual([1, 2, 3]);
    desk.place(6, MSFT, buy(1));
    expect(filled()).toEqual([1, 2, 3, 5]);
    desk.place(7, AAPL, buy(7_000, limit(246)));
    desk.market.move(AAPL, { ask: 245, askSize: 7_000 });
    desk.clock.advance(1_000);
    expect(filled()).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    ['regular hours only', {}, []],
    ['every session', { conditionsIgnoreRth: true }, ['17:00', '21:00']],
    ['the overnight session too', { conditionsIncludeOvernight: true }, ['21:00']],
  ])('are measured in %s', (_name, when, seen) => {
    const sleepless = { ...AAPL, conId: 7, symbol: 'NIGHT', validExchanges: 'SMART,OVERNIGHT' };
    const cancelledAt = ['17:00', '21:00'].filter((time) => {
      const desk = openDesk({ ...plain, extra: [sleepless] });
      desk.market.move(sleepless, { bid: 249.99, ask: 250.01, last: 250 });
      const conditions = [{ conditionType: 3, isMore: true, time: `20260415 ${time}:00 US/Eastern` }];
      desk.place(1, sleepless, buy(1, limit(200, { tif: 'GTC', conditions, conditionsCancelOrder: true, ...when })));
      desk.clock.advance((Number(time.slice(0, 2)) - 10) * 3_600_000 + 60_000);
      return statusOf(desk, 1) === 'Cancelled';
    });
    expect(cancelledAt).toEqual(seen);
  });

  it('and binds tighter than or', () => {
    const desk = openDesk(plain);
    const above = (price: number, and: boolean) => ({
      conditionType: 1,
      conId: MSFT.conId,
      isMore: true,
      price,
      isConjunctionConnection: and,
    });
    desk.place(1, AAPL, buy(1, on([above(500, true), above(1, false), above(409, true)])));
    expect(statusOf(desk, 1)).toBe('PreSubmitted');
    desk.market.move(MSFT, { last: 409 });
    expect(statusOf(desk, 1)).toBe('Filled');
  });

  it('can cancel instead of release', () => {
    const desk = openDesk(plain);
    desk.place(
      1,
      AAPL,
      buy(1, {
        ...limit(200),
        ...on([{ conditionType: 1, conId: MSFT.conId, isMore: true, price: 410 }], { conditionsCancelOrder: true }),
      }),
    );
    expect(statusOf(desk, 1)).toBe('Submitted');
    desk.market.move(MSFT, { last: 410 });
    expect(statusOf(desk, 1)).toBe('Cancelled');
  });

  it('look at the regular session only, unless told to ignore it', () => {
    const desk = openDesk({ ...plain, at: Date.UTC(2026, 3, 15, 12) });
    const condition = { conditionType: 1, conId: AAPL.conId, isMore: true, price: 249 };
    desk.place(1, AAPL, buy(1, { ...limit(251, { outsideRth: true }), conditions: [condition] }));
    desk.place(2, AAPL, buy(1, { ...limit(251, { outsideRth: true }), ...on([condition]) }));
    expect([1, 2].map((id) => statusOf(desk, id))).toEqual(['PreSubmitted', 'Filled']);
  });
});

describe('combinations', () => {
  const spread = {
    symbol: 'AAPL',
    secType: 'BAG',
    currency: 'USD',
    exchange: 'SMART',
    comboLegs: [
      { conId: CALL_250.conId, ratio: 1, action: 'BUY', exchange: 'SMART' },
      { conId: CALL_260.conId, ratio: 1, action: 'SELL', exchange: 'SMART' },
    ],
  };

  it('fill all legs at once at prices that add up to the net price; each leg has its execution and commission', () => {
    const desk = openDesk(plain);
    const said = desk.place(1, spread, buy(2, limit(4.2)));
    expect(brief(said)).toEqual([
      'openOrder 1 Submitted',
      'orderStatus 1 Submitted 0/2',
      'execDetails 1 BOT 2 @ 4.1',
      'execDetails 1 BOT 2 @ 10.1',
      'execDetails 1 SLD 2 @ 6',
      'openOrder 1 Filled',
      'orderStatus 1 Filled 2/0',
      'commissionReport 1.3',
      'commissionReport 1.3',
    ]);
    expect(said[0]).toMatchObject({
      contract: { conId: 28812380, comboLegsDescrip: '7001|1,7002|-1' },
      order: { trailStopPrice: undefined },
    });
    expect([desk.position(CALL_250), desk.position(CALL_260)]).toEqual(['2', '-2']);
  });

  it('wait for their net price and never fill one leg alone', () => {
    const desk = openDesk(plain);
    desk.place(1, spread, buy(60, limit(4.05)));
    expect(statusOf(desk, 1)).toBe('Submitted');
    desk.market.move(CALL_260, { bid: 6.05, ask: 6.15, bidSize: 20 });
    expect([desk.position(CALL_250), desk.position(CALL_260)]).toEqual(['20', '-20']);
    expect(desk.engine.orders()[0]).toMatchObject({ filled: 20n * 100_000_000n });
  });

  it('can be sold for a credit, a negative limit when bought', () => {
    const desk = openDesk(plain);
    expect(brief(desk.place(1, spread, sell(1, limit(3.9)))).at(2)).toBe('execDetails 1 SLD 1 @ 3.9');
    const turned = {
      ...spread,
      comboLegs: spread.comboLegs.map((leg) => ({ ...leg, action: leg.action === 'BUY' ? 'SELL' : 'BUY' })),
    };
    expect(brief(desk.place(2, turned, buy(1, limit(-3.9)))).at(2)).toBe('execDetails 2 BOT 1 @ -3.9');
    expect(desk.position(CALL_250)).toBe('-2');
  });

  it('need their legs: 314 without, 313 for one that is not there', () => {
    const desk = openDesk(plain);
    expect(brief(desk.place(1, { ...spread, comboLegs: [] }, buy(1)))).toEqual(['error 1 314']);
    expect(desk.place(2, { ...spread, comboLegs: [{ conId: 1, ratio: 1, action: 'BUY' }] }, buy(1))).toMatchObject([
      { errorCode: 313, errorMsg: "The combo details for leg '1' are invalid." },
    ]);
  });

  it('list the summary execution without a commission of its own', () => {
    const desk = openDesk(plain);
    desk.place(1, spread, buy(1));
    const listed = desk.engine.executions(1, 9, { acctCode: ACCOUNT }, 'US/Eastern');
    expect(listed.map((event) => event.kind)).toEqual([
      'execDetails',
      'execDetails',
      'execDetails',
      'commissionAndFeesReport',
      'commissionAndFeesReport',
    ]);
  });
});
