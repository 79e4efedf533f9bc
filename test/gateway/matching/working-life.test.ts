/** Orders that follow the quote, wait for an auction or a time, or are let go by an algorithm. */
import { describe, expect, it } from 'vitest';
import { brief, buy, type Desk, limit, openDesk, sell } from './desk.js';
import { AAPL, ES, MSFT } from './instruments.js';

const fills = (desk: Desk): string[] => brief(desk.take()).filter((line) => line.startsWith('execDetails'));
const statusOf = (desk: Desk, orderId: number): string | undefined =>
  desk.engine.orders().find((order) => order.orderId === orderId)?.status;
const plain = { options: { echo: 'plain', acknowledge: 'direct' } } as const;

describe('orders that follow the quote', () => {
  it('a relative order sits at the bid plus its offset and moves with it, up to its cap', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, { orderType: 'REL', auxPrice: 0.01, lmtPrice: 250.05 }));
    desk.market.move(AAPL, { bid: 250.03, ask: 250.06, last: 250.04 });
    desk.market.move(AAPL, { bid: 250.06, ask: 250.08, last: 250.07 });
    desk.market.move(AAPL, { last: 250.06, lastSize: 50 });
    expect(fills(desk)).toEqual([]);
    desk.market.move(AAPL, { bid: 250.03, ask: 250.06, last: 250.04, lastSize: 4 });
    expect(fills(desk)).toEqual(['execDetails 1 BOT 4 @ 250.04']);
  });

  it('pegged to market takes the other side at once', () => {
    const desk = openDesk(plain);
    expect(brief(desk.place(1, AAPL, sell(10, { orderType: 'PEG MKT' }))).filter((line) => line.startsWith('exec'))).toEqual([
      'execDetails 1 SLD 10 @ 249.99',
    ]);
  });

  it('a midprice order trades at the middle with part of every new quote, not above its cap', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(80, { orderType: 'MIDPRICE', lmtPrice: 250.1 }));
    desk.market.move(AAPL, { bid: 250, ask: 250.04, bidSize: 500, askSize: 600 });
    expect(fills(desk)).toEqual(['execDetails 1 BOT 50 @ 250.02']);
    desk.market.move(AAPL, { bid: 250.2, ask: 250.24 });
    expect(fills(desk)).toEqual([]);
  });

  it('a benchmark peg moves with its reference', () => {
    const desk = openDesk(plain);
    desk.place(
      1,
      AAPL,
      buy(10, {
        orderType: 'PEG BENCH',
        startingPrice: 249,
        referenceContractId: MSFT.conId,
        stockRefPrice: 408.52,
        referenceChangeAmount: 1,
        peggedChangeAmount: 0.5,
      }),
    );
    desk.market.move(MSFT, { bid: 410.6, ask: 410.7, last: 410.6 });
    desk.market.move(AAPL, { bid: 249.9, ask: 250, last: 249.95 });
    expect(fills(desk)).toEqual(['execDetails 1 BOT 10 @ 250']);
  });

  it('market to limit takes the touch and rests there', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(800, { orderType: 'MTL' }));
    expect(desk.position(AAPL)).toBe('500');
    desk.market.move(AAPL, { bid: 250.1, ask: 250.2 });
    expect(fills(desk)).toEqual([]);
    desk.market.move(AAPL, { bid: 250, ask: 250.01, askSize: 400 });
    expect(desk.position(AAPL)).toBe('800');
  });
});

describe('auctions and times', () => {
  it('market on close fills whole at the close, a limit on close only within its limit', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(5_000, { orderType: 'MOC' }));
    desk.place(2, AAPL, buy(10, limit(249, { orderType: 'LOC' })));
    desk.clock.advanceTo(Date.UTC(2026, 3, 15, 20));
    expect(desk.position(AAPL)).toBe('5000');
    expect([statusOf(desk, 1), statusOf(desk, 2)]).toEqual(['Filled', 'Cancelled']);
  });

  it('an order for the opening waits for it and fills at the opening price', () => {
    const desk = openDesk({ ...plain, at: Date.UTC(2026, 3, 15, 12) });
    desk.place(1, AAPL, buy(10, { tif: 'OPG' }));
    expect(statusOf(desk, 1)).toBe('PreSubmitted');
    desk.market.move(AAPL, { open: 251 });
    desk.clock.advanceTo(Date.UTC(2026, 3, 15, 13, 30));
    expect(fills(desk)).toEqual(['execDetails 1 BOT 10 @ 251']);
  });

  it('DAY ends with the liquid hours, with outsideRth at the end of the extended ones, GTC goes on', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, limit(200)));
    desk.place(2, AAPL, buy(10, limit(200, { outsideRth: true })));
    desk.place(3, AAPL, buy(10, limit(200, { tif: 'GTC' })));
    desk.clock.advanceTo(Date.UTC(2026, 3, 15, 20, 1));
    expect([1, 2, 3].map((id) => statusOf(desk, id))).toEqual(['Cancelled', 'Submitted', 'Submitted']);
    desk.clock.advanceTo(Date.UTC(2026, 3, 16, 0, 1));
    expect([1, 2, 3].map((id) => statusOf(desk, id))).toEqual(['Cancelled', 'Cancelled', 'Submitted']);
  });

  it('good till date ends at its date, good after time begins at its time, minutes run out', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, limit(200, { tif: 'GTD', goodTillDate: '20260415-14:30:00' })));
    desk.place(2, AAPL, buy(10, { goodAfterTime: '20260415 10:20:00 US/Eastern' }));
    desk.place(3, AAPL, buy(10, limit(200, { tif: 'Minutes', duration: 5 })));
    expect(statusOf(desk, 2)).toBe('PreSubmitted');
    desk.clock.advance(21 * 60_000);
    expect([1, 2, 3].map((id) => statusOf(desk, id))).toEqual(['Submitted', 'Filled', 'Cancelled']);
    desk.clock.advance(10 * 60_000);
    expect(statusOf(desk, 1)).toBe('Cancelled');
  });

  it('DTC is switched off at the end of the day, not cancelled, and comes back when sent again', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, limit(200, { tif: 'DTC' })));
    desk.clock.advanceTo(Date.UTC(2026, 3, 15, 20, 1));
    expect(statusOf(desk, 1)).toBe('Inactive');
    desk.clock.advanceTo(Date.UTC(2026, 3, 16, 14));
    desk.market.move(AAPL, { last: 250 });
    desk.place(1, AAPL, buy(10, limit(200, { tif: 'DTC' })));
    expect(statusOf(desk, 1)).toBe('Submitted');
  });

  it('outside liquid hours only orders that may trade there do', () => {
    const desk = openDesk({ ...plain, at: Date.UTC(2026, 3, 15, 12) });
    desk.place(1, AAPL, buy(10, limit(250.01)));
    desk.place(2, AAPL, buy(10, limit(250.01, { outsideRth: true })));
    expect([1, 2].map((id) => statusOf(desk, id))).toEqual(['PreSubmitted', 'Filled']);
    desk.clock.advanceTo(Date.UTC(2026, 3, 15, 13, 30));
    desk.market.move(AAPL, { bid: 249.99, ask: 250.01 });
    expect(statusOf(desk, 1)).toBe('Filled');
  });

  it('a halted instrument takes no new order (154) and fills no resting one', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, limit(249)));
    desk.market.move(AAPL, { bid: 248, ask: 248.5, halted: true });
    expect(statusOf(desk, 1)).toBe('Submitted');
    expect(brief(desk.place(2, AAPL, buy(1)))).toEqual(['error 2 154']);
    desk.market.move(AAPL, { halted: false });
    expect(statusOf(desk, 1)).toBe('Filled');
  });
});

describe('algorithms', () => {
  it('TWAP lets a tenth go at a time, evenly until its end', () => {
    const desk = openDesk(plain);
    desk.place(
      1,
      AAPL,
      buy(100, { algoStrategy: 'Twap', algoParams: [{ tag: 'endTime', value: '20260415 10:10:00 US/Eastern' }] }),
    );
    expect(desk.position(AAPL)).toBe('10');
    desk.clock.advance(4 * 60_000);
    expect(desk.position(AAPL)).toBe('50');
    desk.clock.advance(6 * 60_000);
    expect(desk.position(AAPL)).toBe('100');
  });

  it('percent of volume takes its share of what trades', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(100, { algoStrategy: 'PctVol', algoParams: [{ tag: 'pctVol', value: '0.1' }] }));
    desk.market.move(AAPL, { volume: 300 });
    expect(desk.position(AAPL)).toBe('30');
    desk.market.move(AAPL, { volume: 500 });
    expect(desk.position(AAPL)).toBe('50');
  });

  it('an urgent adaptive order takes at once, a patient one in steps', () => {
    const desk = openDesk(plain);
    const adaptive = (value: string) => ({ algoStrategy: 'Adaptive', algoParams: [{ tag: 'adaptivePriority', value }] });
    desk.place(1, AAPL, buy(100, adaptive('Urgent')));
    expect(statusOf(desk, 1)).toBe('Filled');
    desk.place(2, AAPL, buy(100, adaptive('Patient')));
    expect(desk.position(AAPL)).toBe('125');
    desk.clock.advance(40_000);
    expect(statusOf(desk, 2)).toBe('Filled');
  });

  it('an unknown algorithm is 439, an unknown parameter 443, a stop with one 442', () => {
    const desk = openDesk(plain);
    expect(desk.place(1, AAPL, buy(1, { algoStrategy: 'Magic' }))).toMatchObject([{ errorCode: 439 }]);
    expect(
      desk.place(2, AAPL, buy(1, { algoStrategy: 'Twap', algoParams: [{ tag: 'strategyType', value: 'Marketable' }] })),
    ).toMatchObject([{ errorCode: 443, errorMsg: 'Order processing failed. Unknown algo attribute:strategyType' }]);
    expect(desk.place(3, AAPL, buy(1, { orderType: 'STP', auxPrice: 260, algoStrategy: 'Vwap' }))).toMatchObject([
      { errorCode: 442 },
    ]);
  });

  it('an algorithm at an exchange that orders can be routed to is 442, at the only exchange there is it is taken', () => {
    const desk = openDesk(plain);
    const at = (exchange: string) => ({ ...AAPL, exchange });
    for (const exchange of ['NASDAQ', 'NYSE', 'OVERNIGHT'])
      expect(desk.place(exchange.length, at(exchange), buy(1, limit(200, { algoStrategy: 'Vwap' })))).toMatchObject([
        { errorCode: 442, errorMsg: 'Specified algorithm is not allowed for this order.' },
      ]);
    expect(desk.place(20, at('SMART'), buy(1, limit(200, { algoStrategy: 'Vwap' })))[0]?.kind).toBe('openOrder');
    expect(desk.place(21, ES, buy(1, limit(5000, { algoStrategy: 'Vwap' })))[0]?.kind).toBe('openOrder');
  });

  it('a start after the close ends the order at once, with the reason in the 202', () => {
    const desk = openDesk({ at: Date.UTC(2026, 3, 15, 20, 30), options: { echo: 'plain' } });
    const params = [
      { tag: 'startTime', value: '20260415 16:20:00 US/Eastern' },
      { tag: 'endTime', value: '20260415 16:25:00 US/Eastern' },
    ];
    const said = desk.place(2, AAPL, buy(1, limit(15.53, { algoStrategy: 'Vwap', algoParams: params })));
    expect(brief(said)).toEqual([
      'error 2 2111',
      'error 2 2111',
      'openOrder 2 PreSubmitted',
      'orderStatus 2 PreSubmitted 0/1',
      'error 2 399',
      'openOrder 2 Submitted',
      'orderStatus 2 Submitted 0/1',
      'orderStatus 2 Cancelled 0/1',
      'error 2 202',
    ]);
    expect(said.at(-1)).toMatchObject({ errorMsg: 'Order Canceled - reason:Vwap: start time is after close time' });
    expect(desk.cancel(2)).toMatchObject([
      { errorCode: 10148, errorMsg: 'OrderId 2 that needs to be cancelled cannot be cancelled, state: Cancelled.' },
    ]);
  });
});

describe('futures', () => {
  it('trade in their own steps', () => {
    const desk = openDesk(plain);
    expect(brief(desk.place(1, ES, buy(1, limit(6800.1))))).toEqual(['error 1 110']);
    expect(brief(desk.place(2, ES, buy(1, limit(6800.25)))).filter((line) => line.startsWith('exec'))).toEqual([
      'execDetails 2 BOT 1 @ 6800.25',
    ]);
  });
});
