/** More of recorded transcripts than the order of what is said, which message-order.test.ts lists. */
import { describe, expect, it } from 'vitest';
import { brief, buy, limit, openDesk, sell } from './desk.js';
import { AAPL } from './instruments.js';

describe('recorded situations', () => {
  it('a limit order that rests and is cancelled', () => {
    const desk = openDesk();
    expect(brief(desk.place(1, AAPL, buy(1, limit(10))))).toEqual([
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/1',
      'openOrder 1 Submitted',
      'orderStatus 1 Submitted 0/1',
    ]);
    expect(brief(desk.cancel(1))).toEqual(['orderStatus 1 PendingCancel 0/1', 'orderStatus 1 Cancelled 0/1', 'error 1 202']);
    const error = desk.events.at(-1);
    expect(error).toMatchObject({ kind: 'error', errorMsg: 'Order Canceled - reason:' });
  });

  it('transmit false is silent; the same id with transmit true is placed', () => {
    const desk = openDesk({ options: { acknowledge: 'direct', cancelling: 'direct' } });
    expect(desk.place(293, AAPL, buy(10, limit(13.26, { transmit: false })))).toEqual([]);
    expect(brief(desk.place(293, AAPL, buy(10, limit(13.26, { transmit: true }))))).toEqual([
      'openOrder 293 Submitted',
      'orderStatus 293 Submitted 0/10',
    ]);
    expect(brief(desk.cancel(293))).toEqual(['orderStatus 293 Cancelled 0/10', 'error 293 202']);
  });

  it('client 0 sees the order of another client and cancels it', () => {
    const desk = openDesk({ options: { acknowledge: 'direct', cancelling: 'direct' } });
    desk.place(295, AAPL, buy(10, limit(13.27, { tif: 'GTC' })));
    expect(brief(desk.engine.openOrders(0, 'all'))).toEqual(['openOrder 295 Submitted', 'orderStatus 295 Submitted 0/10']);
    const heard = desk.cancel(295, 0).filter((event) => event.to.at === 'owner' && event.to.clientId === 0);
    expect(brief(heard)).toEqual(['orderStatus 295 Cancelled 0/10', 'error 295 202']);
    expect(heard[0]).toMatchObject({ clientId: 0 });
  });

  it('any other client cannot: 10147', () => {
    const desk = openDesk();
    desk.place(295, AAPL, buy(10, limit(13.27, { tif: 'GTC' })));
    expect(desk.cancel(295, 7)).toMatchObject([
      { errorCode: 10147, errorMsg: 'OrderId 295 that needs to be cancelled is not found.', to: { clientId: 7 } },
    ]);
  });

  it('an unknown order type gets 321 and no status', () => {
    const desk = openDesk();
    expect(desk.place(40, AAPL, buy(1, { orderType: 'FEELINGS', lmtPrice: 10 }))).toMatchObject([
      {
        kind: 'error',
        id: 40,
        errorCode: 321,
        errorMsg: "Error validating request.-'bF' : cause - Invalid order type was entered",
      },
    ]);
  });

  it('a bracket outside hours: the children say child and child,trigger, and 399 comes for each order', () => {
    const desk = openDesk({ at: Date.UTC(2026, 3, 15, 21, 0) });
    expect(desk.place(477, AAPL, buy(1, { transmit: false }))).toEqual([]);
    expect(desk.place(478, AAPL, sell(1, limit(310, { parentId: 477, transmit: false })))).toEqual([]);
    const said = desk.place(479, AAPL, sell(1, { orderType: 'STP', auxPrice: 200, parentId: 477, transmit: true }));
    expect(brief(said)).toEqual([
      'error 477 399',
      'openOrder 477 PreSubmitted',
      'orderStatus 477 PreSubmitted 0/1',
      'openOrder 478 PreSubmitted',
      'orderStatus 478 PreSubmitted 0/1 child',
      'error 478 399',
      'error 479 399',
      'openOrder 479 PreSubmitted',
      'orderStatus 479 PreSubmitted 0/1 child,trigger',
    ]);
    expect(said[0]).toMatchObject({
      errorMsg:
        'Order Message:\nBUY 1 AAPL NASDAQ.NMS\nWarning: Your order will not be placed at the exchange until 2026-04-16 09:30:00 US/Eastern.',
    });
  });

  it('repeats the pair of a resting order twice within seconds, and never after it changed', () => {
    const desk = openDesk();
    desk.place(1, AAPL, buy(1, limit(10)));
    desk.clock.advance(5_000);
    const pair = ['openOrder 1 Submitted', 'orderStatus 1 Submitted 0/1'];
    expect(brief(desk.take())).toEqual([...pair, ...pair]);
    desk.place(2, AAPL, buy(1, limit(10)));
    desk.cancel(2);
    desk.clock.advance(5_000);
    expect(desk.take()).toEqual([]);
  });

  it('says each thing once when the echo is plain', () => {
    const desk = openDesk({ options: { echo: 'plain' } });
    desk.place(1, AAPL, buy(1));
    expect(brief(desk.place(2, AAPL, sell(1)))).toEqual([
      'openOrder 2 PreSubmitted',
      'orderStatus 2 PreSubmitted 0/1',
      'execDetails 2 SLD 1 @ 249.99',
      'openOrder 2 Filled',
      'orderStatus 2 Filled 1/0',
      'commissionReport 1.005348',
    ]);
    desk.clock.advance(10_000);
    expect(desk.take()).toEqual([]);
  });
});
