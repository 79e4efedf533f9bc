// What the book does after trouble: it asks, compares, and tells the difference once.

import { describe, expect, it } from 'vitest';
import { defaultReconcileTimes } from '../../../../src/client/orders/recover/reconcile.js';
import type { ReconcileReport } from '../../../../src/client/orders/recover/reconcile-report.js';
import type { ConnectOptions } from '../../../../src/client/session/connect-options.js';
import type { Script } from '../../../helpers/scripted-gateway.js';
import { AAPL, buy, type Desk, deskByHand, deskWith, placedBy, quietGateway, says, until } from './desk.js';

/** Lists that are answered are waited for, however slow the machine is. */
function patientDesk(script: Script, options: Partial<ConnectOptions> = {}): Promise<Desk> {
  return deskWith(script, { ...options, orders: { reconcile: defaultReconcileTimes, ...options.orders } });
}

function reports(desk: Desk): readonly ReconcileReport[] {
  return desk.heard.flatMap((event) => (event.is === 'reconciled' ? [event.report] : []));
}

async function reconciled(desk: Desk, count = 1): Promise<ReconcileReport> {
  await until(() => reports(desk).length >= count, 'reconciling');
  return reports(desk)[count - 1] as ReconcileReport;
}

/** Works on the first connection; `second` answers on later ones. */
function twice(second: NonNullable<Script['on']>, script: Script = {}): Script {
  return {
    ...script,
    on: {
      placeOrder: (request, peer) => says(peer, { orderId: request.orderId ?? 0 }).status('Submitted'),
      ...script.on,
      reqAllOpenOrders: (request, peer) => (second.reqAllOpenOrders ?? quietGateway.reqAllOpenOrders)?.(request, peer),
      reqExecutions: (request, peer) => (second.reqExecutions ?? quietGateway.reqExecutions)?.(request, peer),
      reqCompletedOrders: (request, peer) => (second.reqCompletedOrders ?? quietGateway.reqCompletedOrders)?.(request, peer),
    },
  };
}

describe('after the connection was lost', () => {
  it('an order that works on is unclear until it is listed again', async () => {
    await using desk = await patientDesk(
      twice({
        reqAllOpenOrders: (_, peer) => {
          says(peer).open('Submitted');
          says(peer).status('Submitted');
          peer.send('openOrderEnd', {});
        },
      }),
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    desk.peer.cut();
    await until(() => trade.state.at === 'unclear');
    expect(trade.isWorking).toBeUndefined();
    const report = await reconciled(desk);
    expect(trade.state.at).toBe('working');
    expect(report).toMatchObject({ cause: 'connected', epoch: 2, missedFills: [], ended: [], vanished: [], unanswered: [] });
    expect(placedBy(desk.gateway)).toHaveLength(1);
  });

  it('a fill from a minute before midnight is found by a gateway whose executions begin at midnight', async () => {
    await using desk = await patientDesk(
      twice({
        reqExecutions: (request, peer) => {
          if ((request.filter?.lastNDays ?? 1) > 1) says(peer).exec('a.1.01', '100', 10, request.reqId);
          peer.send('execDetailsEnd', { reqId: request.reqId });
        },
      }),
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    desk.peer.cut();
    const report = await reconciled(desk);
    expect([report.missedFills.length, report.vanished, trade.state.at]).toEqual([1, [], 'filled']);
  });

  it('fills that were missed are told once, with their commissions, and the order is done', async () => {
    await using desk = await patientDesk(
      twice({
        reqExecutions: (request, peer) => {
          says(peer).exec('a.1.01', '60', 10, request.reqId);
          says(peer).exec('b.1.01', '40', 10, request.reqId);
          says(peer).charge('a.1.01', 1);
          says(peer).charge('b.1.01', 1);
          peer.send('execDetailsEnd', { reqId: request.reqId });
        },
      }),
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    says(desk.peer).exec('a.1.01', '60', 10);
    await until(() => trade.fills.length === 1);
    desk.peer.cut();
    const report = await reconciled(desk);
    expect(report.missedFills.map(({ fill }) => fill.execId)).toEqual(['b.1.01']);
    expect(report.ended).toEqual([trade]);
    const end = await trade.done;
    expect(end.at).toBe('filled');
    expect(end.commissions.get('USD')?.toFixed()).toBe('2');
  });

  it('an order cancelled meanwhile is found among the completed ones', async () => {
    await using desk = await patientDesk(
      twice({
        reqCompletedOrders: (_, peer) => {
          peer.send('completedOrder', {
            contract: AAPL,
            order: { permId: '9001', action: 'BUY', totalQuantity: '100', filledQuantity: '0' },
            orderState: { status: 'Cancelled', completedStatus: 'Cancelled by Trader' },
          });
          peer.send('completedOrdersEnd', {});
        },
      }),
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    desk.peer.cut();
    const report = await reconciled(desk);
    expect(report.ended).toEqual([trade]);
    const end = await trade.done;
    expect(end).toMatchObject({ at: 'cancelled', reason: { by: 'user', text: 'Cancelled by Trader' } });
  });

  it('an order nobody lists has vanished: no end without proof', async () => {
    await using desk = await patientDesk(twice({}));
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    desk.peer.cut();
    const report = await reconciled(desk);
    expect(report.vanished).toEqual([trade]);
    expect(trade.state).toEqual({ at: 'unclear', why: 'vanished' });
    expect(trade.end).toBeUndefined();
    says(desk.peer).status('Submitted');
    await until(() => trade.state.at === 'working');
  });

  it('an order written into a broken connection, with an id the gateway gives out again, never arrived', async () => {
    await using desk = await patientDesk(twice({}, { nextValidId: 5, on: { placeOrder: () => {} } }));
    const unseen = desk.ib.orders.place(AAPL, buy());
    const reservedOnly = desk.ib.raw.nextOrderId();
    expect([unseen.orderId, reservedOnly]).toEqual([5, 6]);
    await until(() => placedBy(desk.gateway).length === 1);
    desk.peer.cut();
    const report = await reconciled(desk);
    expect(report.neverArrived).toEqual([unseen]);
    expect(await unseen.done).toMatchObject({ at: 'rejected', reason: { by: 'client' } });
    const next = desk.ib.orders.place(AAPL, buy());
    expect(next.orderId).toBe(7);
  });

  it('the same order, but listed after all, lives', async () => {
    await using desk = await patientDesk(
      twice(
        {
          reqAllOpenOrders: (_, peer) => {
            says(peer, { orderId: 5 }).open('Submitted');
            peer.send('openOrderEnd', {});
          },
        },
        { nextValidId: 5, on: { placeOrder: () => {} } },
      ),
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => placedBy(desk.gateway).length === 1);
    desk.peer.cut();
    const report = await reconciled(desk);
    expect(report.neverArrived).toEqual([]);
    expect(trade.state.at).toBe('working');
  });

  it('executions without an end marker do not hold it up beyond the deadline', async () => {
    await using desk = await deskWith(
      twice({
        reqAllOpenOrders: (_, peer) => {
          says(peer).open('Submitted');
          peer.send('openOrderEnd', {});
        },
        reqExecutions: (request, peer) => says(peer).exec('a.1.01', '10', 10, request.reqId),
      }),
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    desk.peer.cut();
    const report = await reconciled(desk);
    expect(report.unanswered).toEqual(['executions']);
    expect(report.missedFills).toHaveLength(1);
    expect(trade.filledQuantity.toFixed()).toBe('10');
    expect(trade.state.at).toBe('working');
  });

  it('a gateway that does not answer leaves the order unclear', async () => {
    await using desk = await deskWith(twice({ reqAllOpenOrders: () => {} }));
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    desk.peer.cut();
    const report = await reconciled(desk);
    expect(report.unanswered).toEqual(['openOrders']);
    expect(trade.state).toEqual({ at: 'unclear', why: 'disconnected' });
  });

  it('orders of other clients and of TWS are found, each once', async () => {
    await using desk = await patientDesk(
      twice({
        reqAllOpenOrders: (_, peer) => {
          says(peer, { orderId: 1, clientId: 4, permId: '70' }).open('Submitted');
          says(peer, { orderId: 0, clientId: 0, permId: '71' }).open('PreSubmitted');
          says(peer, { orderId: 0, clientId: 0, permId: '72' }).open('PreSubmitted');
          peer.send('openOrderEnd', {});
        },
      }),
    );
    const report = await desk.ib.orders.book.reconcile();
    expect(report.found.map(({ clientId, orderId, permId }) => [clientId, orderId, permId])).toEqual([
      [4, 1, '70'],
      [0, 0, '71'],
      [0, 0, '72'],
    ]);
    expect((await desk.ib.orders.book.reconcile()).found).toEqual([]);
    const [foreign] = report.found;
    await expect(foreign?.cancel()).rejects.toMatchObject({ code: 'ORDER_STATE' });
    expect(desk.gateway.received.some(({ kind }) => kind === 'cancelOrder')).toBe(false);
  });

  it('an order typed into TWS takes the id it is bound to', async () => {
    await using desk = await patientDesk({}, { clientId: 0 });
    says(desk.peer, { orderId: 0, clientId: 0, permId: '71' }).open('Submitted');
    await until(() => desk.ib.orders.book.get('71') !== undefined);
    desk.peer.send('orderBound', { permId: '71', clientId: 0, orderId: -5 });
    await until(() => desk.ib.orders.book.get(-5) !== undefined);
    expect(desk.ib.orders.book.get(-5)).toBe(desk.ib.orders.book.get('71'));
  });

  it('waiting calls end with the connection, done does not', async () => {
    await using desk = await patientDesk(
      twice({
        reqAllOpenOrders: (_, peer) => {
          says(peer).open('Submitted');
          peer.send('openOrderEnd', {});
        },
      }),
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    const cancelling = trade.cancel();
    await until(() => desk.gateway.received.some(({ kind }) => kind === 'cancelOrder'));
    desk.peer.cut();
    await expect(cancelling).rejects.toMatchObject({ code: 'CLOSED' });
    await reconciled(desk);
    says(desk.peer).exec('a.1.01', '100', 10);
    expect((await trade.done).at).toBe('filled');
  });

  it('done rejects when the session is closed', async () => {
    await using desk = await patientDesk(twice({}));
    const trade = desk.ib.orders.place(AAPL, buy());
    desk.ib.close();
    await expect(trade.done).rejects.toMatchObject({ code: 'CLOSED' });
    expect(() => desk.ib.orders.place(AAPL, buy())).toThrow(/closed/);
  });
});

describe('without a new connection', () => {
  it.each([
    [1101, 'dataLost'],
    [1102, 'restored'],
  ])('code %i makes it ask', async (code, cause) => {
    await using desk = await patientDesk(
      twice({
        reqExecutions: (request, peer) => {
          says(peer).exec('a.1.01', '100', 10, request.reqId);
          peer.send('execDetailsEnd', { reqId: request.reqId });
        },
      }),
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    desk.peer.send('error', { reqId: -1, errorCode: 1100, errorString: 'Connectivity between IBKR and TWS has been lost.' });
    desk.peer.send('error', { reqId: -1, errorCode: code, errorString: 'Connectivity restored' });
    const report = await reconciled(desk);
    expect(report.cause).toBe(cause);
    expect(report.missedFills).toHaveLength(1);
    expect(trade.state.at).toBe('filled');
  });

  it('a live status after the end is asked about: a stale one changes nothing', async () => {
    await using byHand = await deskByHand({
      on: {
        placeOrder: (_, peer) => {
          says(peer).status('Submitted');
          says(peer).status('Cancelled');
          says(peer).error(202, 'Order Canceled - reason:');
          says(peer).status('Submitted');
        },
      },
    });
    const { desk, pass } = byHand;
    const trade = desk.ib.orders.place(AAPL, buy());
    await pass(2_000);
    expect(trade.end?.at).toBe('cancelled');
    expect(reports(desk)).toHaveLength(1);
    await pass(20_000);
    expect(trade.state.at).toBe('cancelled');
    expect(reports(desk)).toHaveLength(1);
  });

  it('but an order that is listed after its end lives, and that is announced', async () => {
    await using desk = await patientDesk({
      on: {
        placeOrder: (_, peer) => {
          says(peer).status('Submitted');
          says(peer).status('Cancelled');
          says(peer).error(202, 'Order Canceled - reason:');
          says(peer).status('Submitted');
        },
        reqAllOpenOrders: (_, peer) => {
          says(peer).open('Submitted');
          peer.send('openOrderEnd', {});
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    const report = await reconciled(desk);
    expect(report.reopened).toEqual([trade]);
    expect(desk.story).toContain('reopened');
    expect(trade.state.at).toBe('working');
  });

  it('a list that was written before the order ended does not bring it back, though it is compared afterwards', async () => {
    await using desk = await patientDesk({
      on: {
        placeOrder: (_, peer) => says(peer).status('Submitted'),
        reqAllOpenOrders: (_, peer) => {
          says(peer).open('Submitted');
          peer.send('openOrderEnd', {});
          says(peer).status('Cancelled');
          says(peer).error(202, 'Order Canceled - reason:');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    const { ended, reopened } = await desk.ib.orders.book.reconcile();
    expect([ended, reopened, trade.state]).toEqual([[trade], [], { at: 'cancelled' }]);
    await expect(trade.modify({ lmtPrice: 187 })).rejects.toThrow('the order is cancelled');
    expect(placedBy(desk.gateway)).toHaveLength(1);
  });

  it('a child may pass through Cancelled before it is accepted', async () => {
    await using hand = await deskByHand({
      on: {
        placeOrder: (_, peer) => {
          says(peer).status('Cancelled');
          says(peer).status('PreSubmitted');
        },
      },
    });
    const trade = hand.desk.ib.orders.place(AAPL, { ...buy(), parentId: 3 });
    await hand.pass(2_000);
    expect(trade.state.at).toBe('accepted');
    expect(trade.end).toBeUndefined();
  });
});
