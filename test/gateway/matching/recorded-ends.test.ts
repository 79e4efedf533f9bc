/** Ends and silences that recorded gateways show and that no client expects. */
import { describe, expect, it } from 'vitest';
import type { PlaceTerms } from '../../../src/gateway/matching/place.js';
import { brief, buy, limit, openDesk, sell } from './desk.js';
import { AAPL, CALL_250, EURUSD, MSFT, OPEN_TIME } from './instruments.js';

const HOUR = 3_600_000;
const AFTER_CLOSE = Date.UTC(2026, 3, 15, 21);
const plain = { options: { echo: 'plain', acknowledge: 'direct', cancelling: 'direct' } } as const;

describe('good till a time before the next opening', () => {
  it.each([
    ['GTD', '20260415 18:30:00 US/Eastern'],
    ['GTD', '20260416 09:30:00 US/Eastern'],
    ['GTD', '20260416-05:00:00'],
    ['GTT', '20260415 19:00:00 US/Eastern'],
  ])('%s %s is taken, becomes Inactive, is rejected with 201 and is said Inactive once more', (tif, goodTillDate) => {
    const desk = openDesk({ at: AFTER_CLOSE });
    const said = desk.place(1, AAPL, buy(1, limit(240, { tif, goodTillDate })));
    expect(brief(said)).toEqual([
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/1',
      'openOrder 1 Inactive',
      'orderStatus 1 Inactive 0/1',
      'error 1 201',
      'openOrder 1 Inactive',
      'orderStatus 1 Inactive 0/1',
    ]);
    expect(said[4]).toMatchObject({ errorMsg: 'Order rejected - reason:Order will be expired before market opens.' });
    expect(desk.cancel(1)).toMatchObject([
      { errorCode: 10148, errorMsg: 'OrderId 1 that needs to be cancelled cannot be cancelled, state: Cancelled.' },
    ]);
    desk.clock.advance(24 * HOUR);
    expect(desk.take()).toEqual([]);
  });

  it.each([
    ['a second after the opening', { goodTillDate: '20260416 09:30:01 US/Eastern' }],
    [
      'before the opening, where it may trade outside the hours',
      { goodTillDate: '20260415 18:30:00 US/Eastern', outsideRth: true },
    ],
    ['a date alone: its whole day', { goodTillDate: '20260416' }],
  ])('lives when it ends %s', (_when, more) => {
    const desk = openDesk({ ...plain, at: AFTER_CLOSE });
    const said = brief(desk.place(2, AAPL, buy(1, limit(240, { tif: 'GTD', ...more }))));
    expect(said.at(-1)).not.toContain('Inactive');
    expect(desk.engine.openOrders(1, 1)).not.toEqual([]);
  });

  it('a time that is over is still refused with 334', () => {
    const desk = openDesk({ at: AFTER_CLOSE });
    const over = buy(1, limit(240, { tif: 'GTD', goodTillDate: '20260415 12:00:00 US/Eastern' }));
    expect(brief(desk.place(1, AAPL, over))).toEqual(['error 1 334']);
  });
});

describe('market on close', () => {
  it('is taken without a word: its first report comes after 31 s, and it is in the open orders before', () => {
    const desk = openDesk(plain);
    expect(desk.place(1, AAPL, buy(10, { orderType: 'MOC' }))).toEqual([]);
    expect(brief(desk.engine.openOrders(1, 1))).toEqual(['openOrder 1 PreSubmitted', 'orderStatus 1 PreSubmitted 0/10']);
    desk.clock.advance(30_999);
    expect(desk.take()).toEqual([]);
    desk.clock.advance(1);
    expect(brief(desk.take())).toEqual(['openOrder 1 PreSubmitted', 'orderStatus 1 PreSubmitted 0/10']);
  });

  it('speaks earlier when something happens', () => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, { orderType: 'MOC' }));
    expect(brief(desk.cancel(1))).toEqual(['orderStatus 1 Cancelled 0/10', 'error 1 202']);
    desk.clock.advance(60_000);
    expect(desk.take()).toEqual([]);
  });

  it('a limit on close reports at once', () => {
    const desk = openDesk(plain);
    expect(brief(desk.place(1, AAPL, buy(10, limit(240, { orderType: 'LOC' }))))[0]).toBe('openOrder 1 PreSubmitted');
  });
});

describe('hedge children', () => {
  const family = (hedge: object, contract = AAPL, parent: object = {}) => {
    const desk = openDesk(plain);
    desk.place(1, AAPL, buy(10, limit(240, { transmit: false, ...parent })));
    const said = desk.place(2, contract, { ...sell(0, limit(300)), totalQuantity: '', parentId: 1, ...hedge });
    return { desk, said };
  };

  it.each([
    ['beta 1 on itself', { hedgeType: 'B', hedgeParam: '1' }, AAPL, '10'],
    ['beta 1.5 on another stock', { hedgeType: 'B', hedgeParam: '1.5' }, MSFT, '9'],
    ['a pair at 0.35', { hedgeType: 'P', hedgeParam: '0.35' }, MSFT, '3'],
    ['a pair that is less than one share', { hedgeType: 'P', hedgeParam: '0.05' }, MSFT, '0'],
    ['the parent’s money in its own currency', { hedgeType: 'F', lmtPrice: 2 }, EURUSD, '2143'],
  ])('%s', (_what, hedge, contract, totalQuantity) => {
    const { said } = family(hedge, contract);
    const echo = said.filter((event) => event.kind === 'openOrder').find(({ orderId }) => orderId === 2);
    expect(echo).toMatchObject({ order: { totalQuantity, lmtPrice: contract.minTick }, orderState: { status: 'PreSubmitted' } });
  });

  it.each([
    [10007, { hedgeType: 'X' }, MSFT],
    [10008, { hedgeType: 'B', hedgeParam: '' }, MSFT],
    [10008, { hedgeType: 'B', hedgeParam: '-1' }, MSFT],
    [10009, { hedgeType: 'P', hedgeParam: 'half' }, MSFT],
    [10010, { hedgeType: 'D' }, AAPL],
    [10063, { hedgeType: 'F' }, MSFT],
    [10006, { hedgeType: 'P', hedgeParam: '1', parentId: 0 }, MSFT],
    [10006, { hedgeType: 'P', hedgeParam: '1', parentId: 7 }, MSFT],
  ])('%i for %j, and nothing else comes', (code, hedge, contract) => {
    expect(brief(family(hedge, contract).said)).toEqual([`error 2 ${code}`]);
  });

  it('one with nothing to hedge ends when its parent is filled', () => {
    const { desk } = family({ hedgeType: 'P', hedgeParam: '0.05' }, MSFT, { lmtPrice: 251 });
    expect(brief(desk.events).slice(-2)).toEqual(['orderStatus 2 Cancelled 0/0', 'error 2 202']);
  });

  it('one that sells works at the smallest price there is, whatever was sent', () => {
    const { desk } = family({ hedgeType: 'P', hedgeParam: '0.5' }, MSFT, { lmtPrice: 251 });
    expect(brief(desk.events)).toContain('execDetails 2 SLD 5 @ 408.5');
  });
});

describe('ids of earlier sessions', () => {
  it('at or below the highest one are duplicates, counted for each client id', () => {
    const desk = openDesk({ options: { ...plain.options, usedOrderIds: { 1: 500 } } });
    expect(brief(desk.place(1, AAPL, buy(1)))).toEqual(['error 1 103']);
    expect(brief(desk.place(500, AAPL, buy(1)))).toEqual(['error 500 103']);
    expect(brief(desk.place(501, AAPL, buy(1)))[0]).toBe('openOrder 501 Submitted');
    expect(brief(desk.place(1, AAPL, buy(1), 2))[0]).toBe('openOrder 1 Submitted');
    expect([desk.engine.nextValidId(1), desk.engine.nextValidId(2)]).toEqual([502, 2]);
  });
});

describe('attached orders', () => {
  const place = (attached: PlaceTerms['attached']) => {
    const desk = openDesk(plain);
    const contract = { conId: AAPL.conId, exchange: 'SMART' };
    desk.engine.place(1, 1, contract, buy(1, limit(240)), { attached });
    return { desk, said: desk.take() };
  };

  it.each([
    [{ slOrderId: 2, slOrderType: 'STP' }],
    [{ slOrderId: 2 }],
    [{ slOrderType: 'PRESET' }],
    [{ ptOrderId: 3, ptOrderType: 'LMT' }],
    [{ slOrderId: 2, slOrderType: 'PRESET', ptOrderId: 3 }],
  ])('%j: 320, and the parent is never made', (attached) => {
    const { desk, said } = place(attached);
    expect(said).toMatchObject([{ errorCode: 320, errorMsg: 'Invalid value for Stop Loss order-id or order-type' }]);
    expect(desk.engine.openOrders(1, 1)).toEqual([]);
  });

  it.each([
    [{ slOrderId: 2, slOrderType: 'PRESET' }],
    [{ slOrderId: 2, slOrderType: 'PRESET', ptOrderId: 3, ptOrderType: 'PRESET' }],
  ])('%j: without a preset the parent is discarded too (10355)', (attached) => {
    const { desk, said } = place(attached);
    expect(brief(said)).toEqual(['error 1 10355']);
    expect(desk.engine.orders()).toEqual([]);
  });

  it('an empty record is none', () => {
    expect(brief(place({ slOrderType: '', ptOrderType: '' }).said)[0]).toBe('openOrder 1 Submitted');
  });
});

it('a hedge against an option is as large as its delta says', () => {
  const desk = openDesk({ ...plain, at: OPEN_TIME });
  desk.place(1, CALL_250, buy(2, limit(9, { transmit: false })));
  const hedge = { ...sell(0), totalQuantity: '', parentId: 1, hedgeType: 'D' };
  // This desk knows no deltas: what cannot be computed is refused, not guessed.
  expect(brief(desk.place(2, AAPL, hedge))).toEqual(['error 2 10010']);
});
