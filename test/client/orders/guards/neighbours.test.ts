// Guards on what orders mean: equal orders, worst prices, legs, units, known details, groups.
import { describe, expect, it } from 'vitest';
import { stock } from '../../../../src/client/contracts/builders.js';
import { limit, market, stop } from '../../../../src/client/orders/builders/basic.js';
import { confirmations, type Attempt as Written } from '../../../../src/client/orders/confirmations.js';
import {
  maxNotional,
  maxOpenOrders,
  maxQuantity,
  noDuplicate,
  priceCollar,
  uniqueOrderRef,
} from '../../../../src/rules/guards/caps.js';
import type { Guard } from '../../../../src/rules/guards/guard.js';
import { allowOnly, deny } from '../../../../src/rules/guards/permission.js';
import { type Attempt, ask, type Facts } from '../../../helpers/guard-facts.js';

const NOW = 1_800_000_000_000;
const aapl = stock('AAPL', { conId: 265598 });
const facts: Facts = { now: NOW, lastPrice: { price: 100, at: NOW - 1_000 }, sent: [], open: [] };
const codes = (guard: Guard, of: Attempt, seen: Facts = facts): readonly string[] => ask(guard, of, seen).map(({ code }) => code);
const buy = limit('BUY', 1, 100);

describe('equal orders are equal', () => {
  const first: Attempt = { contract: aapl, order: buy };
  const repeats = (second: Attempt): readonly string[] =>
    codes(noDuplicate(1_000), second, { ...facts, sent: [{ at: NOW - 10, attempt: first }] });
  it.each<[string, Attempt]>([
    ['a quantity of 1.0 is one of 1', { contract: aapl, order: { ...buy, totalQuantity: '1.0' } }],
    ['DAY is what is meant by no time in force', { contract: aapl, order: { ...buy, tif: 'DAY' } }],
    ['outsideRth false is what is meant by none', { contract: aapl, order: { ...buy, outsideRth: false } }],
    ['a trigger method of 0 is the default', { contract: aapl, order: { ...limit('BUY', 1, 100, { triggerMethod: 0 }) } }],
    ['the same contract by its name', { contract: stock('AAPL'), order: buy }],
    [
      'the same contract by its conId alone, details known',
      {
        contract: { conId: 265598 },
        known: { conId: 265598, symbol: 'AAPL', secType: 'STK', currency: 'USD' },
        order: buy,
      },
    ],
    ['another name of a conId that is known', { contract: { ...aapl, symbol: 'MSFT' }, order: buy }],
  ])('%s', (_, second) => expect(repeats(second)).toEqual(['DUPLICATE-ORDER']));
  it.each<[string, Attempt]>([
    ['a quantity of 10 is not one of 1', { contract: aapl, order: { ...buy, totalQuantity: '10' } }],
    ['GTC is not DAY', { contract: aapl, order: { ...buy, tif: 'GTC' } }],
    ['another conId is another contract', { contract: { ...aapl, conId: 1 }, order: buy }],
    ['another venue is another order', { contract: { ...aapl, exchange: 'NYSE' }, order: buy }],
    ['an option of the same symbol is another contract', { contract: { symbol: 'AAPL', secType: 'OPT' }, order: buy }],
  ])('%s', (_, second) => expect(repeats(second)).toEqual([]));
});

describe('caps take the worst price', () => {
  it('discretion of half the price counts in the collar and in the value', () => {
    const order = { ...buy, discretionaryAmt: 50 };
    expect(codes(priceCollar({ percent: 5 }), { contract: aapl, order })).toEqual(['PRICE-COLLAR']);
    expect(codes(maxNotional(149, 'USD'), { contract: aapl, order })).toEqual(['MAX-NOTIONAL']);
    expect(codes(maxNotional(150, 'USD'), { contract: aapl, order })).toEqual([]);
  });
  it('a stop that turns into one far away counts in the collar, and so does a trail stop', () => {
    const order = { ...stop('BUY', 1, 102), adjustedOrderType: 'STP' as const, adjustedStopPrice: 150 };
    expect(codes(priceCollar({ percent: 5 }), { contract: aapl, order })).toEqual(['PRICE-COLLAR']);
    expect(codes(priceCollar({ percent: 5 }), { contract: aapl, order: { ...order, adjustedStopPrice: 103 } })).toEqual([]);
    const trail = { action: 'BUY', orderType: 'TRAIL', totalQuantity: '1', trailStopPrice: 150 };
    expect(codes(priceCollar({ percent: 5 }), { contract: aapl, order: trail })).toEqual(['PRICE-COLLAR']);
  });
  it('a market order is worth the market, not the false limit beside it', () => {
    const order = { ...market('BUY', 1), lmtPrice: 1 };
    expect(codes(maxNotional(99, 'USD'), { contract: aapl, order })).toEqual(['MAX-NOTIONAL']);
    expect(codes(maxNotional(100, 'USD'), { contract: aapl, order: { ...order, lmtPrice: 1e6 } })).toEqual([]);
    expect(codes(maxNotional(1e9, 'USD'), { contract: aapl, order }, { now: NOW })).toEqual(['NOTIONAL-UNKNOWN']);
  });
  it('a pegged buy is not bounded by the limit beside it while no price is known', () => {
    const order = { action: 'BUY', orderType: 'REL', totalQuantity: '1', lmtPrice: 1 };
    expect(codes(maxNotional(1e9, 'USD'), { contract: aapl, order }, { now: NOW })).toEqual(['NOTIONAL-UNKNOWN']);
  });
  it('100 shares at 4,294 pence are 4,294 pounds', () => {
    const contract = { symbol: 'VOD', secType: 'STK', currency: 'GBP' };
    const attempt: Attempt = { contract, known: { ...contract, priceMagnifier: 100 }, order: limit('BUY', 100, 4294) };
    const seen = { ...facts, lastPrice: { price: 4294, at: NOW }, rate: 8 };
    expect(codes(maxNotional(40_000, 'USD'), attempt, seen)).toEqual([]);
    expect(codes(maxNotional(34_351, 'USD'), attempt, seen)).toEqual(['MAX-NOTIONAL']);
  });
  it('one cotton future at 75 cents for 50,000 pounds is 37,500', () => {
    const contract = { symbol: 'CT', secType: 'FUT', currency: 'USD', multiplier: '50000' };
    const attempt: Attempt = { contract, known: { ...contract, priceMagnifier: 100 }, order: limit('BUY', 1, 75) };
    expect(codes(maxNotional(40_000, 'USD'), attempt, { now: NOW })).toEqual([]);
    expect(codes(maxNotional(37_499, 'USD'), attempt, { now: NOW })).toEqual(['MAX-NOTIONAL']);
  });
  it('a multiplier of 1 does not make 5 contracts cheap when their details say 100', () => {
    const known = { conId: 7, secType: 'OPT', currency: 'USD', multiplier: '100' };
    const attempt: Attempt = { contract: { ...known, multiplier: '1' }, known, order: limit('BUY', 5, 100) };
    expect(codes(maxNotional(1_000, 'USD'), attempt)).toEqual(['MAX-NOTIONAL']);
  });
  it('a size beside a cash amount counts as the larger of both', () => {
    const order = { ...market('BUY', 1), cashQty: 1_000_000 };
    expect(codes(maxNotional(500_000, 'USD'), { contract: aapl, order })).toEqual(['MAX-NOTIONAL']);
    expect(codes(maxQuantity(100), { contract: aapl, order })).toEqual(['MAX-QUANTITY']);
    expect(codes(maxNotional(500, 'USD'), { contract: aapl, order: { ...market('BUY', 10), cashQty: 1 } })).toEqual([
      'MAX-NOTIONAL',
    ]);
  });
});

describe('combinations', () => {
  const contract = {
    symbol: 'AAPL',
    secType: 'BAG',
    currency: 'USD',
    multiplier: '1',
    comboLegs: [
      { conId: 1, ratio: 1000, action: 'BUY' },
      { conId: 2, ratio: 700, action: 'SELL' },
    ],
  };
  const order = limit('BUY', 1, 0.05);
  const leg = (price: number | undefined, ratio: number, conId: number) => ({
    ratio,
    contract: { conId, symbol: 'AAPL', secType: 'OPT', currency: 'USD', multiplier: '100' },
    lastPrice: price === undefined ? undefined : { price, at: NOW },
  });
  it('a net price of 0.05 with ratios of 1000 to 700 is worth its legs', () => {
    const legs = [leg(2, 1000, 1), leg(3, 700, 2)];
    expect(codes(maxNotional(1_000, 'USD'), { contract, order }, { ...facts, legs })).toEqual(['MAX-NOTIONAL']);
    expect(codes(maxNotional(410_000, 'USD'), { contract, order }, { ...facts, legs })).toEqual([]);
  });
  it('a leg without a price, details or the currency leaves the value unknown', () => {
    for (const legs of [
      undefined,
      [],
      [leg(2, 1000, 1), leg(undefined, 700, 2)],
      [{ ratio: 1, contract: undefined, lastPrice: undefined }],
    ])
      expect(codes(maxNotional(1e9, 'USD'), { contract, order }, { ...facts, ...(legs && { legs }) })).toEqual([
        'NOTIONAL-UNKNOWN',
      ]);
  });
  it('a denied contract is denied as a leg too, and an unknown leg cannot be told apart', () => {
    const legs = [leg(2, 1000, 1), leg(3, 700, 2)];
    expect(codes(deny([{ conId: 2 }]), { contract: { ...contract, symbol: 'IBKR' }, order }, { ...facts, legs })).toContain(
      'RESTRICTED',
    );
    const dark = [{ ratio: 1, contract: undefined, lastPrice: undefined }];
    expect(codes(deny([{ symbol: 'TSLA' }]), { contract, order }, { ...facts, legs: dark })).toEqual(['DENY-UNKNOWN']);
  });
});

describe('known details decide lists', () => {
  const known = { conId: 265598, symbol: 'AAPL', secType: 'STK', currency: 'USD' };
  const disguised: Attempt = { contract: { ...aapl, symbol: 'MSFT' }, known, order: buy };
  it('AAPL that calls itself MSFT is denied as AAPL, and not allowed as MSFT', () => {
    expect(codes(deny([{ symbol: 'AAPL' }]), disguised)).toEqual(['RESTRICTED']);
    expect(codes(allowOnly([{ symbol: 'MSFT' }]), disguised)).toEqual(['NOT-ALLOWED']);
    expect(codes(allowOnly([{ symbol: 'AAPL' }]), disguised)).toEqual([]);
  });
});

describe('open orders and references', () => {
  const open = [{ action: 'BUY', orderType: 'LMT', orderRef: 'entry' }];
  it('the cap on open orders counts those that work, and no change', () => {
    expect(codes(maxOpenOrders(1), { contract: aapl, order: buy }, { ...facts, open })).toEqual(['MAX-OPEN-ORDERS']);
    expect(codes(maxOpenOrders(2), { contract: aapl, order: buy }, { ...facts, open })).toEqual([]);
    expect(codes(maxOpenOrders(1), { contract: aapl, order: buy, orderId: 5 }, { ...facts, open })).toEqual([]);
    expect(codes(maxOpenOrders(9), { contract: aapl, order: buy }, { now: NOW })).toEqual(['OPEN-ORDERS-UNKNOWN']);
  });
  it('a reference is used once: of working orders and of orders sent before', () => {
    const of = (orderRef: string): Attempt => ({ contract: aapl, order: { ...buy, orderRef } });
    expect(codes(uniqueOrderRef(), of('entry'), { ...facts, open })).toEqual(['ORDER-REF-USED']);
    expect(codes(uniqueOrderRef(), of('sent'), { ...facts, sent: [{ at: NOW, attempt: of('sent') }] })).toEqual([
      'ORDER-REF-USED',
    ]);
    expect(codes(uniqueOrderRef(), of('new'), { ...facts, open })).toEqual([]);
    expect(codes(uniqueOrderRef(), { contract: aapl, order: buy }, { now: NOW })).toEqual([]);
    expect(codes(uniqueOrderRef(), of('new'), { now: NOW })).toEqual(['ORDER-REF-UNKNOWN']);
  });
});

describe('tokens are bound to the act', () => {
  it('a token for changing order 5 to 50 places no second order of 50, changes no order 6, and the other way round', () => {
    let made = 0;
    const { guard, request, standing } = confirmations({ now: () => NOW, random: () => `t${++made}` });
    const said = (of: object): readonly string[] =>
      ask(guard, of as Attempt, facts, { confirmation: standing(of as Written) }).map(({ code }) => code);
    const fifty: Attempt = { contract: aapl, order: limit('BUY', 50, 100) };
    const change = request({ ...fifty, orderId: 5 } as Written).token;
    expect(said({ ...fifty, orderId: 5, token: change })).toEqual([]);
    expect(said({ ...fifty, token: change })).toEqual(['CONFIRMATION-OTHER']);
    expect(said({ ...fifty, orderId: 6, token: change })).toEqual(['CONFIRMATION-OTHER']);
    expect(said({ ...fifty, orderId: 5, token: request(fifty as Written).token })).toEqual(['CONFIRMATION-OTHER']);
  });
});
