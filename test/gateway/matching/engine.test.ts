/** What else the engine does: lists, corrections, exercise, manual orders, delays, addressees, advisor groups. */
import { describe, expect, it } from 'vitest';
import { cashOf } from '../../../src/gateway/accounts/amount.js';
import { cashIn } from '../../../src/gateway/accounts/ledger.js';
import { hears } from '../../../src/gateway/matching/order-events.js';
import { brief, buy, limit, MARGIN_ACCOUNT, openDesk, sell } from './desk.js';
import { AAPL, ACCOUNT, CALL_250, MSFT } from './instruments.js';

const plain = { options: { echo: 'plain', acknowledge: 'direct' } } as const;

describe('lists', () => {
  it('open orders of one client or of all', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(1, limit(10)), 1);
    desk.place(1, AAPL, buy(1, limit(11)), 2);
    expect(brief(desk.engine.openOrders(2, 2))).toEqual(['openOrder 1 Submitted', 'orderStatus 1 Submitted 0/1']);
    expect(desk.engine.openOrders(2, 'all')).toHaveLength(4);
    expect(desk.engine.openOrders(2, 'all').every(({ to }) => to.at === 'owner' && to.clientId === 2)).toBe(true);
  });

  it('completed orders: a filled one shows total 0 and its filled quantity', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(3));
    desk.place(2, AAPL, buy(1, limit(10)));
    desk.cancel(2);
    expect(desk.engine.completedOrders(1, true)).toMatchObject([
      { order: { totalQuantity: '0', filledQuantity: '3' }, orderState: { status: 'Filled', completedStatus: 'Filled Size: 3' } },
      {
        order: { totalQuantity: '1', filledQuantity: '0' },
        orderState: { status: 'Cancelled', completedStatus: 'Cancelled by Trader' },
      },
    ]);
  });

  it('executions by filter, then the commissions of exactly these', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(1), 1);
    desk.clock.advance(60_000);
    desk.place(1, MSFT, buy(1), 97);
    desk.place(2, AAPL, sell(1), 97);
    const list = (filter: object) => brief(desk.engine.executions(1, 5, filter, 'US/Eastern'));
    expect(list({})).toHaveLength(6);
    expect(list({ side: 'SELL' })).toEqual(['execDetails 2 SLD 1 @ 249.99', 'commissionReport 1.005348']);
    expect(list({ symbol: 'MSFT', clientId: 97 })).toHaveLength(2);
    expect(list({ time: '20260415-14:00:30' })).toHaveLength(4);
    expect(list({ acctCode: 'DU9000009' })).toEqual([]);
    expect(list({ specificDates: ['20260414'] })).toEqual([]);
    expect(desk.engine.executions(1, 5, {}, 'US/Eastern')[0]).toMatchObject({ reqId: 5 });
  });
});

describe('corrections', () => {
  it('raise the last part of the id, replace the execution, and give the accounts the difference', () => {
    const desk = openDesk(plain);
    const execution = desk.place(1, AAPL, buy(100)).find((event) => event.kind === 'execDetails');
    const execId = execution?.kind === 'execDetails' ? execution.execution.execId : '';
    const cash = (): bigint => cashIn(desk.accounts.accounts.get(ACCOUNT)?.ledger ?? new Map(), 'USD');
    const before = cash();
    expect(desk.engine.correctExecution(execId, 249.51)).toBe(true);
    expect(desk.take()).toMatchObject([
      { kind: 'execDetails', execution: { execId: execId.replace(/01$/, '02'), price: 249.51 } },
      { kind: 'commissionAndFeesReport' },
    ]);
    expect(cash() - before).toBe(cashOf(50));
    expect(desk.position(AAPL)).toBe('100');
    expect(desk.engine.executions(1, 1, {}, 'US/Eastern')).toHaveLength(2);
    expect(desk.engine.correctExecution(execId, 1)).toBe(false);
  });
});

describe('exercise', () => {
  it('is answered like an order and carried out at the end of the day', () => {
    const desk = openDesk(plain);
    desk.place(1, CALL_250, buy(2));
    desk.market.move(AAPL, { bid: 270, ask: 270.02, last: 270 });
    desk.take();
    const request = {
      contract: { conId: CALL_250.conId },
      exerciseAction: 1,
      exerciseQuantity: 2,
      account: ACCOUNT,
      override: false,
    };
    desk.engine.exercise(1, 2, request);
    const said = desk.take();
    expect(brief(said)).toEqual(['error 2 10349', 'openOrder 2 PreSubmitted', 'orderStatus 2 PreSubmitted 0/2']);
    expect(said[1]).toMatchObject({ order: { action: 'BUY', orderType: 'LMT', lmtPrice: 0 } });
    desk.clock.advanceTo(Date.UTC(2026, 3, 15, 20));
    expect([desk.position(CALL_250), desk.position(AAPL)]).toEqual(['0', '200']);
    expect(desk.engine.nextValidId(1)).toBe(3);
  });

  it('of what is not held, or out of the money without override, is refused', () => {
    const desk = openDesk(plain);
    const request = {
      contract: { conId: CALL_250.conId },
      exerciseAction: 1,
      exerciseQuantity: 1,
      account: ACCOUNT,
      override: false,
    };
    desk.engine.exercise(1, 1, request);
    expect(brief(desk.take())).toEqual(['error 1 322']);
    desk.place(2, CALL_250, buy(1));
    desk.market.move(AAPL, { last: 240 });
    desk.take();
    desk.engine.exercise(1, 3, request);
    expect(brief(desk.take())).toEqual(['error 3 322']);
  });
});

describe('manual orders', () => {
  it('have id 0 and reach client 0, the master and who binds; binding gives them a negative id that cancels', () => {
    const desk = openDesk(plain);
    const permId = desk.engine.placeManual({ conId: AAPL.conId, exchange: 'SMART' }, buy(1, limit(10)));
    expect(permId).toMatch(/^\d+$/);
    expect(desk.take()).toMatchObject([
      { kind: 'openOrder', orderId: 0, to: { at: 'manual' } },
      { kind: 'orderStatus', orderId: 0, permId, clientId: 0 },
    ]);
    desk.engine.bindManualOrders();
    expect(brief(desk.take())).toEqual(['orderBound -2', 'openOrder -2 Submitted', 'orderStatus -2 Submitted 0/1']);
    expect(brief(desk.cancel(-2, 0)).at(-2)).toBe('orderStatus -2 Cancelled 0/1');
  });
});

describe('addressees', () => {
  const client = { clientId: 3, isMaster: false, bindsManualOrders: false };
  const master = { ...client, clientId: 9, isMaster: true };
  it('orders and executions go to the owner and the master, errors to the owner alone, manual ones to client 0', () => {
    const desk = openDesk(plain);
    const said = [...desk.place(1, AAPL, buy(1), 3), ...desk.place(1, AAPL, buy(1, limit(1.001)), 3)];
    expect(brief(said.filter((event) => hears(master, event.to)))).toEqual(brief(said.slice(0, -1)));
    expect(said.every((event) => hears(client, event.to))).toBe(true);
    expect(said.some((event) => hears({ ...client, clientId: 4 }, event.to))).toBe(false);
    expect(hears({ ...client, clientId: 0 }, { at: 'manual' })).toBe(true);
    expect(hears(client, { at: 'manual' })).toBe(false);
  });
});

describe('delays', () => {
  it('let a commission come long after Filled, and an acknowledgement after PreSubmitted', () => {
    const desk = openDesk({ options: { echo: 'plain', delays: { acknowledge: 50, commission: 3_000 } } });
    expect(brief(desk.place(1, AAPL, buy(1)))).toEqual(['openOrder 1 PreSubmitted', 'orderStatus 1 PreSubmitted 0/1']);
    desk.clock.advance(50);
    expect(brief(desk.take()).at(-1)).toBe('orderStatus 1 Filled 1/0');
    desk.clock.advance(3_000);
    expect(brief(desk.take())).toEqual(['commissionReport 1.000003']);
  });
});

describe('what it holds on to', () => {
  it('watches an instrument only while an order, a condition or a combo waits for its moves', () => {
    const desk = openDesk(plain);
    const watched = (): (number | undefined)[] => [AAPL, MSFT].map(({ conId }) => desk.market.watched.get(conId));
    desk.place(1, AAPL, buy(1));
    expect(watched()).toEqual([undefined, undefined]); // filled within the call: it waited for nothing
    desk.place(2, AAPL, buy(1, { conditions: [{ conditionType: 1, conId: MSFT.conId, isMore: true, price: 900 }] }));
    expect(watched()).toEqual([1, 1]);
    desk.cancel(2);
    expect(watched()).toEqual([0, 0]);
  });

  it('forgets the oldest ended orders after 20,000; their ids stay used', () => {
    const desk = openDesk({ options: { echo: 'plain', acknowledge: 'direct', cancelling: 'direct' } });
    for (let id = 1; id <= 25_001; id++) {
      desk.engine.place(1, id, { conId: AAPL.conId, exchange: 'SMART' }, buy(1, limit(10)));
      desk.engine.cancel(1, id);
    }
    expect(desk.engine.orders()).toHaveLength(20_000);
    desk.take();
    expect(brief(desk.place(1, AAPL, buy(1)))).toEqual(['error 1 103']);
    expect(brief(desk.cancel(1))).toEqual(['error 1 10147']);
  });

  it('leaves no timer and no watch behind when it is closed', () => {
    const desk = openDesk();
    desk.place(1, AAPL, buy(1, limit(10)));
    expect(desk.clock.pending).toBeGreaterThan(0);
    desk.engine.close();
    expect([desk.clock.pending, desk.market.watched.get(AAPL.conId)]).toEqual([0, 0]);
  });
});

describe('advisor groups', () => {
  const accounts = [
    { ...MARGIN_ACCOUNT, account: 'DU9000010', kind: 'advisor' as const, cash: {} },
    { ...MARGIN_ACCOUNT, account: 'DU9000011' },
    { ...MARGIN_ACCOUNT, account: 'DU9000012', cash: { USD: cashOf(3_000_000) } },
  ];
  const members = [
    { account: 'DU9000011', amount: 1 },
    { account: 'DU9000012', amount: 2 },
  ];
  const groups = [{ name: 'both', defaultMethod: 'Equal' as const, members }];

  it.each([
    ['Equal', ['50', '50']],
    ['NetLiq', ['25', '75']],
    ['Ratio', ['33', '67']],
  ])('share an order by %s, one execution per account', (faMethod, expected) => {
    const desk = openDesk({ ...plain, accounts, groups });
    const said = desk.place(1, AAPL, buy(100, { faGroup: 'both', faMethod }));
    const shares = said.flatMap((event) => (event.kind === 'execDetails' ? [event.execution.shares] : []));
    expect(shares).toEqual(expected);
    expect([desk.position(AAPL, 'DU9000011'), desk.position(AAPL, 'DU9000012')]).toEqual(expected);
  });

  it('share partial fills so that the parts come out right at the end', () => {
    const desk = openDesk({ ...plain, accounts, groups });
    desk.place(1, AAPL, buy(100, { ...limit(250.01), faGroup: 'both', faMethod: 'Ratio' }));
    const small = openDesk({ ...plain, accounts, groups });
    small.market.move(AAPL, { ask: 250.01, askSize: 7 });
    small.place(1, AAPL, buy(100, { ...limit(250.01), faGroup: 'both', faMethod: 'Ratio' }));
    for (let i = 0; i < 20; i++) small.market.move(AAPL, { ask: 250.01, askSize: 7 + (i % 3) });
    expect([small.position(AAPL, 'DU9000011'), small.position(AAPL, 'DU9000012')]).toEqual(['33', '67']);
    expect(desk.position(AAPL, 'DU9000011')).toBe('33');
  });

  it('amounts that contradict the order are 144, an advisor without an allocation is 436', () => {
    const desk = openDesk({ ...plain, accounts, groups });
    expect(brief(desk.place(1, AAPL, buy(100, { faGroup: 'both', faMethod: 'ContractsOrShares' })))).toEqual(['error 1 144']);
    expect(brief(desk.place(2, AAPL, buy(100)))).toEqual(['error 2 436']);
    expect(brief(desk.place(3, AAPL, buy(3, { faGroup: 'both', faMethod: 'ContractsOrShares' }))).at(-3)).toMatch(/Filled/);
  });
});
