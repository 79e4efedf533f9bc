/** What is refused in an order itself or in a change of it, with which code and text, and what a refusal leaves as it was. */
import { describe, expect, it } from 'vitest';
import type { SimOrder } from '../../../src/gateway/matching/sim-order.js';
import { brief, buy, type Desk, limit, MARGIN_ACCOUNT, openDesk, sell } from './desk.js';
import { AAPL, ES } from './instruments.js';

const plain = { options: { echo: 'plain', acknowledge: 'direct' } } as const;
const code = (desk: Desk, id: number, order: SimOrder, instrument = AAPL): number | string => {
  const [first, ...rest] = desk.place(id, instrument, order);
  return first?.kind === 'error' && rest.length === 0 ? first.errorCode : brief(first ? [first] : []).join();
};

describe('a new order is refused with one error and no status', () => {
  const cases: readonly [string, number, SimOrder][] = [
    ['a price off the grid', 110, buy(1, limit(10.001))],
    ['a stop price off the grid', 110, buy(1, { orderType: 'STP', auxPrice: 260.005 })],
    ['a limit order without a limit', 107, buy(1, { orderType: 'LMT' })],
    ['a stop without a price', 403, buy(1, { orderType: 'STP' })],
    ['a trail without a distance', 158, buy(1, { orderType: 'TRAIL' })],
    ['a fraction of a share', 10318, buy('0.5')],
    ['no quantity', 434, buy(0)],
    ['an unreadable quantity', 321, buy('many')],
    ['a type this gateway takes nowhere', 387, buy(1, { orderType: 'VOL' })],
    ['MOC with another time in force', 113, buy(1, { orderType: 'MOC', tif: 'GTC' })],
    ['a stop that must fill at once', 111, buy(1, { orderType: 'STP', auxPrice: 260, tif: 'IOC' })],
    ['an unknown time in force', 321, buy(1, { tif: 'SOON' })],
    ['good till date without one', 334, buy(1, limit(10, { tif: 'GTD' }))],
    ['a date gone by', 334, buy(1, limit(10, { tif: 'GTD', goodTillDate: '20200101' }))],
    ['an unreadable start', 337, buy(1, { goodAfterTime: 'tomorrow' })],
    ['iceberg and discretion together', 157, buy(1, limit(10, { displaySize: 1, discretionaryAmt: 0.01 }))],
    ['a display size on a market order', 10255, buy(1, { displaySize: 1 })],
    ['a hidden market order', 152, buy(1, { hidden: true })],
    ['an unknown trigger method', 146, buy(1, { orderType: 'STP', auxPrice: 260, triggerMethod: 5 })],
    ['a condition without its contract', 147, buy(1, { conditions: [{ conditionType: 1, isMore: true, price: 1 }] })],
    ['an adjustment without a trigger', 361, sell(1, { orderType: 'STP', auxPrice: 240, adjustedOrderType: 'STP' })],
    [
      'an adjusted stop without its price',
      362,
      sell(1, { orderType: 'STP', auxPrice: 240, adjustedOrderType: 'STP', triggerPrice: 260 }),
    ],
    ['what-if without transmit', 413, buy(1, { whatIf: true, transmit: false })],
    ['an account that is not ours', 321, buy(1, { account: 'DU9999999' })],
  ];
  it.each(cases)('%s: %i', (_name, expected, order) => {
    const desk = openDesk(plain);
    expect(code(desk, 1, order)).toBe(expected);
    expect(desk.engine.orders()).toEqual([]);
    expect(desk.engine.nextValidId(1)).toBe(1);
  });

  it.each<[string, SimOrder, string, number | 'taken']>([
    ['the middle is found by smart routing alone', buy(1, { orderType: 'MIDPRICE' }), 'NASDAQ', 387],
    ['the middle by smart routing', buy(1, { orderType: 'MIDPRICE' }), 'SMART', 'taken'],
    ['pegs to the best live at the venue of the broker', buy(1, { orderType: 'PEG BEST', lmtPrice: 240 }), 'SMART', 387],
    ['pegs to the best at the venue of the broker', buy(1, { orderType: 'PEG BEST', lmtPrice: 240 }), 'IBKRATS', 'taken'],
    ['pegs to the middle are not sent to an exchange', buy(1, { orderType: 'PEG MID', lmtPrice: 240 }), 'ARCA', 387],
    ['no closing auction where the stock is not listed', buy(1, { orderType: 'MOC' }), 'ARCA', 387],
    ['nor for a limit', buy(1, { orderType: 'LOC', lmtPrice: 240 }), 'IEX', 387],
    ['the closing auction where it is listed', buy(1, { orderType: 'MOC' }), 'NASDAQ', 'taken'],
    ['the same by its former name', buy(1, { orderType: 'MOC' }), 'ISLAND', 'taken'],
    ['no opening auction where it is not listed', buy(1, { orderType: 'LMT', lmtPrice: 240, tif: 'OPG' }), 'ARCA', 387],
    ['no market order in the night', buy(1), 'OVERNIGHT', 387],
    ['no stop in the night', buy(1, { orderType: 'STP', auxPrice: 260 }), 'OVERNIGHT', 387],
    ['no trail in the night', buy(1, { orderType: 'TRAIL', auxPrice: 1 }), 'IBEOS', 387],
    ['a limit in the night', buy(1, limit(240)), 'OVERNIGHT', 'taken'],
  ])('a type that its exchange does not offer: %s', (_name, order, exchange, expected) => {
    const desk = openDesk(plain);
    const { conId, symbol, secType, currency } = AAPL;
    const [first] = desk.place(1, { conId, symbol, secType, currency, exchange }, order);
    expect(first?.kind === 'error' ? first.errorCode : 'taken').toBe(expected);
  });

  it('an unknown contract: 200; an expired one: 392; fields that contradict the conId: 478', () => {
    const desk = openDesk({ ...plain, at: Date.UTC(2026, 5, 22, 15) });
    expect(desk.place(1, { symbol: 'ZZZZNONE', secType: 'STK', exchange: 'SMART' }, buy(1))).toMatchObject([
      { errorCode: 200, errorMsg: 'No security definition has been found for the request' },
    ]);
    expect(code(desk, 2, buy(1), ES)).toBe(392);
    expect(desk.place(3, { conId: AAPL.conId, symbol: 'MSFT', exchange: 'SMART' }, buy(1))).toMatchObject([{ errorCode: 478 }]);
  });

  it('with several accounts and none named: 435', () => {
    const desk = openDesk({ accounts: [MARGIN_ACCOUNT, { ...MARGIN_ACCOUNT, account: 'DU9000002' }] });
    expect(code(desk, 1, buy(1))).toBe(435);
  });

  it('precautions of the terminal: percentage 109, ticks 382, size 383', () => {
    const desk = openDesk({ options: { precautions: { percent: 3, ticks: 100, size: 500 } } });
    expect([code(desk, 1, buy(1, limit(260))), code(desk, 2, buy(1, limit(252))), code(desk, 3, buy(501))]).toEqual([
      109, 382, 383,
    ]);
    expect(brief(desk.place(4, AAPL, buy(500, limit(250)))).length).toBeGreaterThan(1);
  });

  it('everything, in a read-only gateway: 321', () => {
    const desk = openDesk({ options: { readOnly: true } });
    expect(desk.place(1, AAPL, buy(1))).toMatchObject([{ errorCode: 321, errorMsg: expect.stringContaining('Read-Only') }]);
    expect(brief(desk.cancel(1))).toEqual(['error 1 321']);
  });
});

describe('order ids', () => {
  it('must exceed all used before by this client (103); other clients count for themselves', () => {
    const desk = openDesk(plain);
    desk.place(10, AAPL, buy(1));
    expect(code(desk, 9, buy(1))).toBe(103);
    expect(desk.engine.nextValidId(1)).toBe(11);
    expect(desk.engine.nextValidId(2)).toBe(1);
    expect(desk.place(1, AAPL, buy(1), 2).length).toBeGreaterThan(1);
  });

  it('of a filled order cannot be used for a change (104), of a cancelled one neither (103)', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(1));
    desk.place(2, AAPL, buy(1, limit(10)));
    desk.cancel(2);
    desk.take();
    expect([code(desk, 1, buy(2)), code(desk, 2, buy(1, limit(11)))]).toEqual([104, 103]);
  });

  it('of a refused order may be used again', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(1, limit(10.001)));
    expect(brief(desk.place(1, AAPL, buy(1, limit(10.01))))).toContain('orderStatus 1 Submitted 0/1');
  });
});

describe('changing an order', () => {
  it('takes a new price and size, and trades when the new price is there', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(240)));
    expect(brief(desk.place(1, AAPL, buy(50, limit(241))))).toEqual(['openOrder 1 Submitted', 'orderStatus 1 Submitted 0/50']);
    expect(brief(desk.place(1, AAPL, buy(50, limit(250.01)))).at(-2)).toBe('orderStatus 1 Filled 50/0');
    expect(desk.position(AAPL)).toBe('50');
  });

  const refused: readonly [string, number, SimOrder][] = [
    ['another side', 105, sell(100, limit(240))],
    ['a price off the grid', 110, buy(100, limit(240.001))],
    ['another type', 329, buy(100, { orderType: 'STP', auxPrice: 260 })],
    ['a time in force it cannot have', 462, buy(100, limit(240, { tif: 'OPG' }))],
    ['another algorithm', 440, buy(100, limit(240, { algoStrategy: 'Vwap' }))],
    ['more than the account can pay', 201, buy(100_000, limit(240))],
    ['a group that it was not placed in', 10326, buy(100, limit(240, { ocaGroup: 'late' }))],
  ];
  it.each(refused)('%s is refused (%i/%i) and leaves it working as it was', (_name, expected, change) => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(240)));
    const said = desk.place(1, AAPL, change);
    expect(said.filter(({ kind }) => kind === 'error')).toMatchObject([{ errorCode: expected }]);
    expect(desk.engine.openOrders(1, 1)[0]).toMatchObject({
      order: { lmtPrice: 240, totalQuantity: '100', orderType: 'LMT' },
      orderState: { status: 'Submitted' },
    });
  });

  it('after a refusal of the broker (201) the order is reported with its last accepted terms', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(240)));
    const said = desk.place(1, AAPL, buy(100_000, limit(241)));
    expect(brief(said)).toEqual(['error 1 201', 'openOrder 1 Submitted', 'orderStatus 1 Submitted 0/100']);
    expect(said[1]).toMatchObject({ order: { lmtPrice: 240, totalQuantity: '100' } });
  });

  it('names the type that cannot be had', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(240)));
    expect(desk.place(1, AAPL, buy(100, { orderType: 'STP', auxPrice: 260 })).at(-1)).toMatchObject({
      errorMsg: 'Order modify failed. Cannot change to the new order type:STP',
    });
  });

  it('of a group: neither its name nor its type; the name that the gateway gave is no change', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, limit(240, { ocaGroup: 'g', ocaType: 1 })));
    const change = (more: object) => brief(desk.place(1, AAPL, buy(100, limit(241, more))));
    expect(change({ ocaGroup: 'h', ocaType: 1 })).toEqual(['error 1 10326']);
    expect(change({ ocaType: 1 })).toEqual(['error 1 10326']);
    expect(change({ ocaGroup: 'g', ocaType: 2 })).toEqual(['error 1 10327']);
    expect(change({ ocaGroup: 'g' })).toEqual(['error 1 10327']);
    expect(change({ ocaGroup: 'g', ocaType: 1 })).toEqual(['openOrder 1 Submitted', 'orderStatus 1 Submitted 0/100']);
    desk.place(2, AAPL, buy(1, limit(200, { transmit: false })));
    desk.place(3, AAPL, sell(1, limit(310, { parentId: 2 })));
    const echo = desk.engine.openOrders(1, 1).find((event) => event.kind === 'openOrder' && event.orderId === 3);
    const given = echo?.kind === 'openOrder' ? echo.order : undefined;
    const moved = sell(1, limit(320, { parentId: 2, ocaGroup: given?.ocaGroup, ocaType: given?.ocaType }));
    expect(brief(desk.place(3, AAPL, moved))[0]).toBe('openOrder 3 PreSubmitted');
    expect(brief(desk.place(3, AAPL, sell(1, limit(321, { parentId: 2 }))))[0]).toBe('openOrder 3 PreSubmitted');
  });

  it('an amount and a percent to trail by leave the order as it was (320)', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(1, { orderType: 'TRAIL', auxPrice: 2 }));
    const said = desk.place(1, AAPL, buy(1, { orderType: 'TRAIL', auxPrice: 2, trailingPercent: 1 }));
    expect(said).toMatchObject([
      { errorCode: 320, errorMsg: 'Cannot specify Trailing Amount and Trailing Percent at the same time' },
    ]);
    expect(desk.engine.openOrders(1, 1)[0]).toMatchObject({ order: { auxPrice: 2 }, orderState: { status: 'PreSubmitted' } });
    expect(brief(desk.place(2, AAPL, buy(1, { orderType: 'TRAIL LIMIT', auxPrice: 2, trailingPercent: 1 })))).toEqual([
      'error 2 320',
    ]);
  });

  it('a refused time in force repeats the old values before the error, as recorded', () => {
    const desk = openDesk();
    desk.place(490, AAPL, buy(1, limit(15.48, { includeOvernight: true })));
    expect(desk.engine.openOrders(1, 1)[0]).toMatchObject({ order: { tif: 'OVERNIGHT + DAY', outsideRth: true } });
    const said = desk.place(490, AAPL, buy(1, limit(15.48)));
    expect(brief(said)).toEqual(['openOrder 490 Submitted', 'orderStatus 490 Submitted 0/1', 'error 490 462']);
    expect(said.at(-1)).toMatchObject({ errorMsg: 'Order modify failed. Cannot change to the new Time in Force.DAY' });
  });

  it('below what is filled is refused', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(700, limit(250.01)));
    expect(desk.place(1, AAPL, buy(500, limit(250.01)))).toMatchObject([{ errorCode: 105 }]);
  });

  it('IOC after DAY ends what cannot trade at once', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(1, limit(240)));
    expect(brief(desk.place(1, AAPL, buy(1, limit(240, { tif: 'IOC' })))).at(-1)).toBe('orderStatus 1 Cancelled 0/1');
  });

  it('while its cancel is on the way is refused with 2102; a fill may still cross the cancel', () => {
    const desk = openDesk({ options: { ...plain.options, delays: { cancel: 500 } } });
    desk.place(1, AAPL, buy(100, limit(249)));
    expect(brief(desk.cancel(1))).toEqual(['orderStatus 1 PendingCancel 0/100']);
    expect(code(desk, 1, buy(100, limit(250)))).toBe(2102);
    expect(brief(desk.cancel(1))).toEqual(['error 1 161']);
    desk.market.move(AAPL, { bid: 248.9, ask: 249, askSize: 30 });
    expect(brief(desk.take())).toContain('orderStatus 1 PendingCancel 30/70');
    desk.clock.advance(500);
    expect(brief(desk.take())).toEqual(['orderStatus 1 Cancelled 30/70', 'error 1 202']);
    expect(desk.position(AAPL)).toBe('30');
  });
});
