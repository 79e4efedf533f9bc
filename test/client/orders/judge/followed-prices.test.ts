// Without a function of the program an order is held against the quotes that its session follows.
import { expect, it } from 'vitest';
import { connect } from '../../../../src/client/connect.js';
import { createFollowedQuotes } from '../../../../src/client/market/followed-quotes.js';
import { newQuote, type Quote } from '../../../../src/client/market/quote.js';
import { quoteFields } from '../../../../src/client/market/tick-types.js';
import { market } from '../../../../src/client/orders/builders/basic.js';
import { activateWhen } from '../../../../src/client/orders/conditions/expression.js';
import { percentChange } from '../../../../src/client/orders/conditions/kinds.js';
import { simulate } from '../../../../src/gateway/simulate.js';
import { maxNotional } from '../../../../src/rules/guards/caps.js';
import { quick } from '../trades/desk.js';

const AAPL = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;

it('at the market an IRA buys what its session follows, and a cap counts it', async () => {
  await using gateway = await simulate({ seed: 1, accounts: [{ kind: 'roth-ira-cash', cash: { USD: 10_000 } }] });
  await using ib = await connect({ port: gateway.port, ...quick, orders: { guards: [maxNotional(5_000, 'USD')] } });
  await ib.contracts.details(AAPL);
  await ib.orders.prepare();
  const codes = () => ib.orders.check(AAPL, market('BUY', 1)).map(({ code }) => code);
  expect(codes()).toEqual(['NOTIONAL-UNKNOWN', 'PRICE-UNKNOWN']);
  const quotes = ib.market.quotes(AAPL);
  for await (const _ of quotes.batches({ overflow: 'latest' })) if (quotes.view.ask !== undefined) break;
  expect(codes()).toEqual([]);
});

it('a rise in percent counts from the close that its quote has told; without one nothing bounds it', async () => {
  await using gateway = await simulate({ seed: 1, accounts: [{ kind: 'roth-ira-cash', cash: { USD: 10_000 } }] });
  const lastPrice = () => ({ price: 300, at: Date.now() });
  await using ib = await connect({ port: gateway.port, ...quick, orders: { lastPrice } });
  await ib.contracts.details(AAPL);
  await ib.orders.prepare();
  const codes = (percent: number) =>
    ib.orders.check(AAPL, activateWhen(market('BUY', 10), percentChange(AAPL).above(percent))).map(({ code }) => code);
  expect(codes(5)).toEqual(['PRICE-UNKNOWN']);
  const quotes = ib.market.quotes(AAPL);
  for await (const _ of quotes.batches({ overflow: 'latest' })) if (quotes.view.close !== undefined) break;
  expect([codes(5), codes(900)]).toEqual([[], ['IRA-DEBIT']]);
});

const quoteOf = (
  ticks: Partial<
    Record<
      'bid' | 'ask' | 'last' | 'close' | 'shortableShares',
      readonly [value: number | undefined, time: number, source: string]
    >
  >,
): Quote => {
  const { memory, quote } = newQuote();
  for (const [field, [value, time, source]] of Object.entries(ticks))
    memory.slots[quoteFields.indexOf(field as 'bid')] = {
      field,
      value,
      time,
      source,
      tickType: 1,
      attribMask: undefined,
    } as never;
  return quote;
};
const AT = 1_000_000_000;

it('a purchase is held against the ask, a sale against the bid, anything else against the last trade', () => {
  const followed = createFollowedQuotes();
  followed.follow(1, quoteOf({ bid: [9, AT, 'live'], ask: [11, AT + 1, 'live'], last: [10, AT - 5, 'live'] }), 'stream');
  const priceOf = (action?: string) => followed.priceOf({ conId: 1 }, action);
  expect(priceOf('BUY')).toEqual({ price: 11, at: AT + 1, source: 'live' });
  expect(priceOf('SELL')).toEqual({ price: 9, at: AT, source: 'live' });
  expect(priceOf()).toEqual({ price: 10, at: AT - 5, source: 'live' });
  expect([followed.priceOf({ conId: 2 }), followed.priceOf({})]).toEqual([undefined, undefined]);
});

it('a side without a price is none, the last trade counts; what is not live is a quarter of an hour old', () => {
  const followed = createFollowedQuotes();
  followed.follow(1, quoteOf({ ask: [undefined, AT, 'live'], last: [10, AT, 'delayed'] }), 'stream');
  expect(followed.priceOf({ conId: 1 }, 'BUY')).toEqual({ price: 10, at: AT - 900_000, source: 'delayed' });
  followed.follow(1, quoteOf({ last: [12, AT, 'unknown'] }), 'stream');
  expect(followed.priceOf({ conId: 1 }, 'BUY')).toEqual({ price: 12, at: AT - 900_000, source: undefined });
});

it('a picture does not hide the stream, nor the stream a newer picture', () => {
  const followed = createFollowedQuotes();
  followed.follow(1, quoteOf({ last: [10, AT, 'live'] }), 'stream');
  followed.follow(1, quoteOf({ last: [9, AT - 1, 'live'] }), 'picture');
  expect(followed.priceOf({ conId: 1 })?.price).toBe(10);
  followed.follow(1, quoteOf({ last: [11, AT + 1, 'live'] }), 'picture');
  expect(followed.priceOf({ conId: 1 })?.price).toBe(11);
});

it('the newest 5,000 contracts are followed, and nothing without an id', () => {
  const followed = createFollowedQuotes();
  const quote = quoteOf({ last: [10, AT, 'live'] });
  followed.follow(0, quote, 'stream');
  followed.follow(undefined, quote, 'stream');
  expect([followed.priceOf({ conId: 0 }), followed.priceOf({})]).toEqual([undefined, undefined]);
  for (let conId = 1; conId <= 5_000; conId++) followed.follow(conId, quote, 'stream');
  followed.follow(1, quote, 'picture');
  followed.follow(5_001, quote, 'stream');
  expect([1, 2, 3, 5_001].map((conId) => followed.priceOf({ conId })?.price)).toEqual([10, undefined, 10, 10]);
});

it('a short sale is held against the shares that a followed quote tells, and is untold without', async () => {
  await using gateway = await simulate({ seed: 1, accounts: [{ kind: 'individual-margin', cash: { USD: 100_000 } }] });
  const accounts = { kinds: { DU9000001: 'reg-t' }, watch: 'all' } as const;
  await using ib = await connect({ port: gateway.port, ...quick, orders: { accounts } });
  await ib.contracts.details(AAPL);
  await ib.orders.prepare();
  const said = (quantity: number) =>
    ib.orders
      .check(AAPL, market('SELL', quantity))
      .flatMap(({ code, message }) => (code === 'MARGIN-NO-LOCATE' ? [message] : []));
  expect(said(10)).toEqual(['10 would be sold short, and it is not known whether shares can be borrowed.']);
  const quotes = ib.market.quotes(AAPL, { genericTicks: [236] });
  for await (const _ of quotes.batches({ overflow: 'latest' })) if (quotes.view.shortableShares !== undefined) break;
  const shares = quotes.view.shortableShares?.value ?? 0;
  expect(shares).toBeGreaterThan(10);
  expect(said(10)).toEqual([]);
  expect(said(shares + 1)).toEqual([`${shares + 1} would be sold short, ${shares} can be borrowed.`]);
});

it('shares to borrow are as old as the last sign of life of their quote', () => {
  const followed = createFollowedQuotes();
  const sharesOf = () => followed.sharesOf({ conId: 1 });
  expect(sharesOf()).toBeUndefined();
  followed.follow(1, quoteOf({ bid: [9, AT + 7, 'live'] }), 'shares');
  expect(sharesOf()).toBeUndefined();
  followed.follow(
    1,
    quoteOf({ bid: [9, AT + 7, 'live'], last: [9, AT + 5, 'live'], shortableShares: [300, AT, 'live'] }),
    'shares',
  );
  expect(sharesOf()).toEqual({ shares: 300, at: AT + 7 });
  // One opened later that was not asked for them tells none.
  followed.follow(1, quoteOf({ bid: [9, AT + 9, 'live'] }), 'stream');
  expect(sharesOf()).toEqual({ shares: 300, at: AT + 7 });
  followed.follow(1, quoteOf({ shortableShares: [undefined, AT, 'live'] }), 'shares');
  expect(sharesOf()).toBeUndefined();
});

it('the newest close counts for eighteen hours', () => {
  const followed = createFollowedQuotes();
  followed.follow(1, quoteOf({ close: [9, AT - 1, 'live'] }), 'picture');
  followed.follow(1, quoteOf({ close: [10, AT, 'delayed'] }), 'stream');
  const hours = (count: number) => followed.closeOf(1, AT + count * 3_600_000);
  expect([hours(0), hours(18), hours(18.1), followed.closeOf(2, AT)]).toEqual([10, 10, undefined, undefined]);
});
