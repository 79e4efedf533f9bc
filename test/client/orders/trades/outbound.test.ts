// What leaves, what does not, and what is said about it: placing, groups, changing, cancelling, what-if, exercise.

import { describe, expect, it } from 'vitest';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import { oca } from '../../../../src/client/orders/builders/group.js';
import { confirmations } from '../../../../src/client/orders/confirmations.js';
import type { JournalEntry } from '../../../../src/client/orders/journal/entry.js';
import { memorySink } from '../../../../src/client/orders/journal/journal.js';
import { RuleError } from '../../../../src/client/orders/order-errors.js';
import { maxOrdersPerMinute, maxQuantity, noDuplicate } from '../../../../src/rules/guards/caps.js';
import { handTimer } from '../../../helpers/hand-timer.js';
import { quiet } from '../../../helpers/still.js';
import { AAPL, buy, deskWith, placedBy, says, until } from './desk.js';

const working = {
  placeOrder: (request: { orderId?: number | undefined }, peer: Parameters<typeof says>[0]) => {
    const order = says(peer, { orderId: request.orderId ?? 0, permId: String(9000 + (request.orderId ?? 0)) });
    order.open('Submitted');
    order.status('Submitted');
  },
};

describe('what does not leave', () => {
  it('an order that a guard refuses: an error with findings, nothing on the wire, no id used', async () => {
    const sink = memorySink();
    await using desk = await deskWith({ on: working }, { orders: { guards: [maxQuantity(50)], journal: sink } });
    let thrown: unknown;
    try {
      desk.ib.orders.place(AAPL, buy('51'));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(RuleError);
    expect((thrown as RuleError).findings.map(({ code }) => code)).toEqual(['MAX-QUANTITY']);
    const trade = desk.ib.orders.place(AAPL, buy('50'));
    expect(trade.orderId).toBe(1);
    await until(() => trade.state.at === 'working');
    expect(placedBy(desk.gateway)).toHaveLength(1);
    const entries = sink.lines.map((line) => JSON.parse(line) as JournalEntry);
    expect(entries[0]).toMatchObject({ event: 'attempt', passed: false, account: 'DU9000001', action: 'place' });
    expect(entries[1]).toMatchObject({ event: 'attempt', passed: true, orderId: 1, clientId: 1 });
    expect(entries[2]).toMatchObject({ event: 'sent', orderId: 1 });
    expect(entries[3]).toMatchObject({ event: 'status', status: 'Submitted' });
  });

  it('an order of a live account, by its id and not by the port', async () => {
    await using desk = await deskWith({ accounts: 'U9000001', on: working });
    expect(() => desk.ib.orders.place(AAPL, buy())).toThrow(/LIVE-ACCOUNT/);
    await using open = await deskWith({ accounts: 'U9000001', on: working }, { orders: { live: ['U9000001'] } });
    await until(() => true);
    expect(open.ib.orders.place(AAPL, buy()).account).toBe('U9000001');
  });

  it('an order without account where there are several, or of an account that is not the login’s', async () => {
    await using desk = await deskWith({ accounts: 'DU9000001,DU9000002', on: working });
    expect(() => desk.ib.orders.place(AAPL, buy())).toThrow(/ACCOUNT-MISSING/);
    expect(() => desk.ib.orders.place(AAPL, buy(), { account: 'DU9000009' })).toThrow(/ACCOUNT-FOREIGN/);
    expect(desk.ib.orders.place(AAPL, buy(), { account: 'DU9000002' }).account).toBe('DU9000002');
  });

  it('any order of a read-only session, any order while nobody is connected', async () => {
    await using desk = await deskWith({ on: working }, { readOnly: true });
    expect(() => desk.ib.orders.place(AAPL, buy())).toThrow(/not allowed here/);
    expect(() => desk.ib.orders.preview(AAPL, buy())).toThrow(/not allowed here/);
    await using lost = await deskWith({ on: working });
    lost.peer.cut();
    await until(() => lost.ib.state.at !== 'ready');
    expect(() => lost.ib.orders.place(AAPL, buy())).toThrow(/nothing was sent/);
    expect(placedBy(lost.gateway)).toHaveLength(0);
  });

  it('an order whose journal line cannot be kept', async () => {
    const sink = {
      ...memorySink(),
      write: () => {
        throw new Error('disk full');
      },
    };
    await using desk = await deskWith({ on: working }, { orders: { journal: sink } });
    expect(() => desk.ib.orders.place(AAPL, buy())).toThrow(/disk full/);
    await quiet(desk.gateway);
    expect(placedBy(desk.gateway)).toHaveLength(0);
    expect(desk.ib.orders.book.trades).toHaveLength(0);
  });

  it('an order with a field that the server is too old for', async () => {
    await using desk = await deskWith({ serverVersion: 150, on: working });
    expect(() => desk.ib.orders.place(AAPL, { ...buy(), usePriceMgmtAlgo: true, duration: 30 })).toThrow(/150|too old|needs/i);
    expect(desk.ib.orders.book.trades).toHaveLength(0);
  });

  it('the same order twice, and more orders than allowed in a minute', async () => {
    await using desk = await deskWith({ on: working }, { orders: { guards: [noDuplicate(60_000), maxOrdersPerMinute(2)] } });
    desk.ib.orders.place(AAPL, buy('1'));
    expect(() => desk.ib.orders.place(AAPL, buy('1'))).toThrow(/DUPLICATE-ORDER/);
    desk.ib.orders.place(AAPL, buy('2'));
    expect(() => desk.ib.orders.place(AAPL, buy('3'))).toThrow(/ORDER-RATE/);
  });

  it('an order whose confirmation was given for another one; a good one is used up', async () => {
    const confirm = confirmations({ now: () => Date.now(), random: () => 'token-1' });
    await using desk = await deskWith({ on: working }, { orders: { confirm } });
    const wanted = { ...buy('1'), account: 'DU9000001' };
    expect(() => desk.ib.orders.place(AAPL, wanted)).toThrow(/CONFIRMATION-REQUIRED/);
    const { token } = confirm.request({ contract: AAPL, order: wanted });
    expect(() => desk.ib.orders.place(AAPL, buy('2'), { token })).toThrow(/CONFIRMATION-OTHER/);
    desk.ib.orders.place(AAPL, wanted, { token });
    expect(() => desk.ib.orders.place(AAPL, wanted, { token })).toThrow(/CONFIRMATION-UNKNOWN/);
  });

  it('a quantity that is none', async () => {
    await using desk = await deskWith({ on: working });
    expect(() => desk.ib.orders.place(AAPL, buy('0'))).toThrow(/QTY-INVALID/);
    expect(() => desk.ib.orders.place(AAPL, buy('many'))).toThrow(/QTY-INVALID/);
  });
});

describe('admission', () => {
  it('orders beyond the message rate wait in turn; one that is aborted or cancelled meanwhile never leaves', async () => {
    const timer = handTimer();
    await using desk = await deskWith({ on: working }, { timer, limits: { messagesPerSecond: 5 } });
    const abort = new AbortController();
    const trades = Array.from({ length: 12 }, (_, i) =>
      desk.ib.orders.place(AAPL, buy(String(i + 1)), i === 10 ? { signal: abort.signal } : {}),
    );
    const last = trades[11];
    expect(last?.state.at).toBe('waiting');
    expect(await last?.cancel()).toEqual({ at: 'cancelled' });
    abort.abort(new Error('changed my mind'));
    const end = await trades[10]?.done;
    expect(end).toMatchObject({ at: 'rejected', reason: { by: 'client', text: 'changed my mind' } });
    await timer.advance(10_000);
    await quiet(desk.gateway);
    const ids = placedBy(desk.gateway).map(({ orderId }) => orderId);
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('groups', () => {
  const group = bracket(buy('1', 100), { takeProfit: 110, stopLoss: 90 });

  it('a bracket leaves whole, with ids that follow each other, the last one transmitting', async () => {
    await using desk = await deskWith({ nextValidId: 20, on: working });
    const trades = desk.ib.orders.placeGroup(AAPL, group, { account: 'DU9000001' });
    await until(() => placedBy(desk.gateway).length === 3);
    const sent = placedBy(desk.gateway).map(({ orderId, order }) => [orderId, order?.parentId ?? 0, order?.transmit === true]);
    expect(sent).toEqual([
      [20, 0, false],
      [21, 20, false],
      [22, 20, true],
    ]);
    expect(new Set(placedBy(desk.gateway).map(({ order }) => order?.account))).toEqual(new Set(['DU9000001']));
    expect(trades.map(({ parentId }) => parentId)).toEqual([undefined, 20, 20]);
  });

  it('a child that came too soon is sent once more, and only once', async () => {
    let refused = 0;
    await using desk = await deskWith({
      on: {
        placeOrder: (request, peer) => {
          const order = says(peer, { orderId: request.orderId ?? 0, permId: String(request.orderId) });
          if (request.orderId === 2 && refused++ < 1) order.error(10006, 'Missing parent order.');
          else if (request.orderId === 3) order.error(10006, 'Missing parent order.');
          else order.status('PreSubmitted');
        },
      },
    });
    const [parent, profit, loss] = desk.ib.orders.placeGroup(AAPL, group);
    await until(() => profit?.state.at === 'accepted');
    expect((await loss?.done)?.reason?.code).toBe(10006);
    expect(parent?.state.at).toBe('accepted');
    expect(
      placedBy(desk.gateway)
        .map(({ orderId }) => orderId)
        .sort(),
    ).toEqual([1, 2, 2, 3, 3]);
  });

  it('when a member is refused, none of them leaves', async () => {
    await using desk = await deskWith({ on: working }, { orders: { guards: [maxQuantity(5)] } });
    const orders = oca([buy('1'), buy('6', 10)], 'exit-1');
    expect(() => desk.ib.orders.placeGroup(AAPL, orders)).toThrow(/MAX-QUANTITY/);
    expect(desk.ib.raw.nextOrderId()).toBe(1);
    expect(placedBy(desk.gateway)).toHaveLength(0);
  });

  it('judgeGroup says what placeGroup would say, of all members at once, and sends nothing', async () => {
    await using desk = await deskWith({ on: working }, { orders: { guards: [maxQuantity(5)] } });
    const codesOf = async (size: string) =>
      (await desk.ib.orders.judgeGroup(AAPL, oca([buy('1'), buy(size, 10)], 'exit-1'))).map(({ code }) => code);
    expect([await codesOf('6'), await codesOf('5')]).toEqual([['MAX-QUANTITY'], []]);
    expect(desk.ib.raw.nextOrderId()).toBe(1);
    expect(placedBy(desk.gateway)).toHaveLength(0);
  });

  it('when a later member cannot be written, the earlier ones are taken back', async () => {
    await using desk = await deskWith({ serverVersion: 150, on: working });
    const orders = oca([buy('1'), { ...buy('2', 10), duration: 30 }], 'exit-2');
    const trades = desk.ib.orders.placeGroup(AAPL, orders);
    await until(() => desk.gateway.received.some(({ kind }) => kind === 'cancelOrder'));
    expect(placedBy(desk.gateway).map(({ orderId }) => orderId)).toEqual([1]);
    expect((await trades[1]?.done)?.reason?.by).toBe('client');
  });
});

describe('changing', () => {
  const changing = (answer: (price: number, order: ReturnType<typeof says>) => void) => {
    let count = 0;
    return {
      placeOrder: (request: { order?: { lmtPrice?: number | undefined } | undefined }, peer: Parameters<typeof says>[0]) => {
        const order = says(peer);
        if (count++ > 0) answer(request.order?.lmtPrice ?? 0, order);
        else {
          order.open('Submitted');
          order.status('Submitted');
        }
      },
    };
  };

  it('a new price is taken when the gateway reports it', async () => {
    await using desk = await deskWith({
      on: changing((price, order) => {
        order.open('Submitted');
        order.open('Submitted', { lmtPrice: price });
        order.status('Submitted');
      }),
    });
    const trade = desk.ib.orders.place(AAPL, buy('100', 187.5));
    await until(() => trade.state.at === 'working');
    expect(await trade.modify({ lmtPrice: 188 })).toEqual({ at: 'modified' });
    expect(trade.reported?.lmtPrice).toBe(188);
    expect(await trade.modify({ lmtPrice: 188 })).toEqual({ at: 'same' });
    expect(placedBy(desk.gateway).map(({ orderId }) => orderId)).toEqual([1, 1]);
    expect(desk.ib.orders.book.trades).toHaveLength(1);
  });

  it('a refused change leaves the order at work with its old terms', async () => {
    await using desk = await deskWith({
      on: changing((_, order) => {
        order.open('Submitted');
        order.error(462, 'Order modify failed. Cannot change to the new Time in Force.DAY');
      }),
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    expect(await trade.modify({ lmtPrice: 1 })).toMatchObject({ at: 'refused', notice: { code: 462 } });
    expect(trade.state.at).toBe('working');
    expect(trade.draft?.lmtPrice).toBe(187.5);
  });

  it('what may not be changed is refused with cancel and replace as the remedy', async () => {
    await using desk = await deskWith({ on: changing(() => {}) });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    await expect(trade.modify({ outsideRth: true })).rejects.toThrow(/cancel-replace/);
    await expect(trade.modify({ action: 'SELL' })).rejects.toThrow(/MODIFY-FIELD/);
    expect(placedBy(desk.gateway)).toHaveLength(1);
  });

  it('nothing is changed before the order is acknowledged, while the broker is out of reach, or after its end', async () => {
    await using desk = await deskWith({ on: { placeOrder: () => {} } });
    const trade = desk.ib.orders.place(AAPL, buy());
    await expect(trade.modify({ lmtPrice: 1 })).rejects.toMatchObject({ code: 'ORDER_STATE' });
    says(desk.peer).status('Submitted');
    desk.peer.send('error', { reqId: -1, errorCode: 1100, errorString: 'Connectivity between IBKR and TWS has been lost.' });
    await until(() => desk.ib.state.at === 'degraded');
    await expect(trade.modify({ lmtPrice: 1 })).rejects.toThrow(/second order/);
    desk.peer.send('error', { reqId: -1, errorCode: 1102, errorString: 'restored' });
    says(desk.peer).exec('a.1.01', '100');
    await until(() => trade.state.at === 'filled');
    await expect(trade.modify({ lmtPrice: 1 })).rejects.toThrow(/filled/);
    expect(placedBy(desk.gateway)).toHaveLength(1);
  });

  it('a change that is not answered leaves its question open: the gateway is asked', async () => {
    await using desk = await deskWith({ on: changing(() => {}) });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    await expect(trade.modify({ lmtPrice: 1 }, { timeout: 20 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    await until(() => desk.story.some((line) => line.startsWith('reconciled')));
    expect(trade.draft?.lmtPrice).toBe(187.5);
  });
});

describe('cancelling', () => {
  it('an id the gateway does not know is its last word to the call; the book asks', async () => {
    await using desk = await deskWith({
      on: {
        ...working,
        cancelOrder: (_, peer) => says(peer).error(10147, 'OrderId 1 that needs to be cancelled is not found.'),
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    expect(await trade.cancel()).toMatchObject({ at: 'refused', notice: { code: 10147 } });
    await until(() => desk.story.includes('reconciled cancel'));
  });

  it('code 161 is a refusal too, and the order may have been cancelled before', async () => {
    await using desk = await deskWith({
      on: {
        ...working,
        cancelOrder: (_, peer) =>
          says(peer).error(161, 'Cancel attempted when order is not in a cancellable state.  Order permId =9001'),
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    expect(await trade.cancel()).toMatchObject({ at: 'refused', notice: { code: 161 } });
    expect(trade.state.at).not.toBe('cancelling');
  });

  it('waits no longer than asked, and the order may live', async () => {
    await using desk = await deskWith({ on: working });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    await expect(trade.cancel({ timeout: 15 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(trade.end).toBeUndefined();
  });

  it('everything at once: one message, an answer to each', async () => {
    await using desk = await deskWith({
      on: {
        ...working,
        reqGlobalCancel: (_, peer) => {
          for (const orderId of [1, 2]) says(peer, { orderId, permId: String(9000 + orderId) }).status('Cancelled');
          says(peer).error(161, 'Cancel attempted when order is not in a cancellable state.  Order permId =312255395', 460);
        },
      },
    });
    const trades = [desk.ib.orders.place(AAPL, buy('1')), desk.ib.orders.place(AAPL, buy('2'))];
    await until(() => trades.every(({ state }) => state.at === 'working'));
    desk.ib.orders.cancelAll();
    const ends = await Promise.all(trades.map(({ done }) => done));
    expect(ends.map(({ at }) => at)).toEqual(['cancelled', 'cancelled']);
  });

  it('the kill switch stops orders first and cancels what works', async () => {
    await using desk = await deskWith({
      on: { ...working, cancelOrder: (request, peer) => says(peer, { orderId: request.orderId ?? 0 }).status('Cancelled') },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    desk.ib.orders.killSwitch.engage('loss limit');
    expect(() => desk.ib.orders.place(AAPL, buy())).toThrow(/KILL-SWITCH: The kill switch is on: loss limit/);
    expect((await trade.done).at).toBe('cancelled');
    desk.ib.orders.killSwitch.release();
    expect(desk.ib.orders.place(AAPL, buy()).orderId).toBe(2);
  });
});

describe('what-if and exercise', () => {
  it('a preview gives margins and commission as decimals, and no trade', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (request, peer) =>
          peer.send('openOrder', {
            orderId: request.orderId ?? 0,
            contract: AAPL,
            order: { whatIf: true, action: 'BUY', clientId: 1 },
            orderState: {
              status: 'PreSubmitted',
              initMarginBefore: '0',
              initMarginChange: '9372.55',
              initMarginAfter: '9372.55',
              commissionAndFees: 1.0003,
              commissionAndFeesCurrency: 'USD',
              marginCurrency: 'EUR',
            },
          }),
      },
    });
    const preview = await desk.ib.orders.preview(AAPL, buy());
    expect(preview.initMargin.change?.toFixed()).toBe('9372.55');
    expect(preview.maintMargin.change).toBeUndefined();
    expect(preview.commission.amount?.toFixed()).toBe('1.0003');
    expect([preview.marginCurrency, preview.commissionCurrency]).toEqual(['EUR', 'USD']);
    expect(placedBy(desk.gateway)[0]?.order).toMatchObject({ whatIf: true, transmit: true });
    expect(desk.ib.orders.book.trades).toHaveLength(0);
  });

  it('a preview that is refused, not answered, aborted or cut off rejects', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (request, peer) => {
          if (request.orderId === 1) says(peer).error(10255, 'The Display Size order attribute may not be specified.');
        },
      },
    });
    await expect(desk.ib.orders.preview(AAPL, buy())).rejects.toMatchObject({ errorCode: 10255 });
    await expect(desk.ib.orders.preview(AAPL, buy(), { timeout: 10 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const abort = new AbortController();
    const aborted = desk.ib.orders.preview(AAPL, buy(), { signal: abort.signal });
    const cut = desk.ib.orders.preview(AAPL, buy());
    await until(() => placedBy(desk.gateway).length === 4);
    abort.abort(new Error('never mind'));
    await expect(aborted).rejects.toThrow('never mind');
    desk.peer.cut();
    await expect(cut).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('an exercise is a trade with an order id', async () => {
    const option = { conId: 5, symbol: 'AAPL', secType: 'OPT', exchange: 'SMART', currency: 'USD' } as const;
    await using desk = await deskWith({
      nextValidId: 30,
      on: {
        exerciseOptions: (request, peer) => {
          const order = says(peer, { orderId: request.reqId ?? 0 });
          order.error(10349, 'Order TIF was set to DAY based on order preset.');
          order.open('PreSubmitted', { lmtPrice: 0, totalQuantity: '2' });
          order.status('PreSubmitted', '0', '2');
        },
      },
    });
    const trade = desk.ib.orders.exercise(option, { action: 'exercise', quantity: 2 });
    await until(() => trade.state.at === 'accepted');
    expect(trade.orderId).toBe(30);
    const sent = desk.gateway.received.find(({ kind }) => kind === 'exerciseOptions');
    expect(sent).toMatchObject({ reqId: 30, exerciseAction: 1, exerciseQuantity: 2, account: 'DU9000001' });
  });
});

describe('asking', () => {
  it('open orders as trades, executions as fills with commissions, completed orders as they come', async () => {
    await using desk = await deskWith({
      on: {
        reqOpenOrders: (_, peer) => {
          says(peer, { orderId: 3, permId: '93' }).open('Submitted');
          peer.send('openOrderEnd', {});
        },
        reqExecutions: (request, peer) => {
          const other = says(peer, { orderId: 8, clientId: 2, permId: '55' });
          other.exec('x.1.01', '5', 10, request.reqId);
          other.exec('x.1.02', '4', 10, request.reqId);
          other.charge('x.1.02', 0.5);
          peer.send('execDetailsEnd', { reqId: request.reqId });
        },
        reqCompletedOrders: (_, peer) => {
          peer.send('completedOrder', { contract: AAPL, order: { permId: '40' }, orderState: { status: 'Filled' } });
          peer.send('completedOrdersEnd', {});
        },
      },
    });
    const [open] = await desk.ib.orders.open();
    expect(open).toMatchObject({ orderId: 3, isPlaced: false, state: { at: 'working' } });
    const fills = await desk.ib.orders.executions({ symbol: 'AAPL' });
    expect(fills.map(({ execId, shares, commission }) => [execId, shares.toFixed(), commission?.amount.toFixed()])).toEqual([
      ['x.1.02', '4', '0.5'],
    ]);
    expect((await desk.ib.orders.completed())[0]?.order?.permId).toBe('40');
    await expect(desk.ib.orders.open({ which: 'autoBind' })).rejects.toThrow(/client 0/);
  });
});
