import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stock } from '../../../../src/client/contracts/builders.js';
import { canonical } from '../../../../src/client/conversation/canonical.js';
import { cash } from '../../../../src/client/orders/builders/assemble.js';
import { limit, market, stop } from '../../../../src/client/orders/builders/basic.js';
import { confirmations, fingerprint, type Attempt as Written } from '../../../../src/client/orders/confirmations.js';
import { decisionOf } from '../../../../src/rules/finding.js';
import { maxNotional, maxOrdersPerMinute, maxQuantity, noDuplicate, priceCollar } from '../../../../src/rules/guards/caps.js';
import { type Guard, guardedBy, passes } from '../../../../src/rules/guards/guard.js';
import { killSwitch } from '../../../../src/rules/guards/kill-switch.js';
import { allowOnly, deny, liveSwitch, openMarket, readOnly } from '../../../../src/rules/guards/permission.js';
import { isPaper } from '../../../../src/rules/naming.js';
import { type Attempt, ask, type Facts } from '../../../helpers/guard-facts.js';

const NOW = 1_800_000_000_000;
const aapl = stock('AAPL', { conId: 265598 });
const paper = { account: 'DU9000001' } as const;
const attempt: Attempt = { contract: aapl, order: limit('BUY', 100, 187.5, paper) };
const fresh: Facts = { now: NOW, lastPrice: { price: 188, at: NOW - 1_000 }, sent: [], market: 'open' };
const codes = (guard: Guard, of: Attempt = attempt, facts: Facts = fresh): readonly string[] =>
  ask(guard, of, facts).map((finding) => finding.code);

describe('permission guards', () => {
  it('let nothing leave read-only', () => {
    expect(ask(readOnly(), attempt, fresh)).toStrictEqual([
      {
        code: 'READ-ONLY',
        severity: 'reject',
        message: 'Read-only mode: nothing is sent.',
        facts: {},
        remedy: 'Switch read-only mode off on purpose.',
      },
    ]);
  });

  it.each([
    ['DU9000001', true],
    ['DF9000001', true],
    ['U9000001', false],
    ['F9000001', false],
    ['', false],
    ['DEMO', false],
  ])('take %s for paper: %s', (account, expected) => {
    expect(isPaper(account)).toBe(expected);
  });

  it('let live accounts trade only when they are allowed', () => {
    const live: Attempt = { contract: aapl, order: market('BUY', 1, { account: 'U9000001' }) };
    expect(codes(liveSwitch(), live)).toStrictEqual(['LIVE-ACCOUNT']);
    expect(codes(liveSwitch(['U9000002']), live)).toStrictEqual(['LIVE-ACCOUNT']);
    expect(codes(liveSwitch(['U9000001']), live)).toStrictEqual([]);
    expect(codes(liveSwitch(true), live)).toStrictEqual([]);
    expect(codes(liveSwitch())).toStrictEqual([]);
    expect(codes(liveSwitch(true), { contract: aapl, order: market('BUY', 1) })).toStrictEqual(['ACCOUNT-MISSING']);
    expect(JSON.stringify(ask(liveSwitch(), live, fresh))).not.toContain('9000001');
  });

  it('apply lists of what may and may not be traded', () => {
    expect(codes(allowOnly([{ symbol: 'AAPL', secType: 'STK' }]))).toStrictEqual([]);
    expect(codes(allowOnly([{ symbol: 'AAPL', secType: 'OPT' }]))).toStrictEqual(['NOT-ALLOWED']);
    expect(codes(allowOnly([]))).toStrictEqual(['NOT-ALLOWED']);
    expect(codes(allowOnly([{}]))).toStrictEqual(['NOT-ALLOWED']);
    expect(codes(deny([{ symbol: 'AAPL' }]))).toStrictEqual(['RESTRICTED']);
    expect(codes(deny([{ symbol: 'MSFT' }]))).toStrictEqual([]);
    expect(codes(deny([{ conId: 265598 }]), { ...attempt, contract: stock('AAPL') })).toStrictEqual(['DENY-UNKNOWN']);
  });

  it('let orders leave only while the market is known to be open', () => {
    expect(codes(openMarket())).toStrictEqual([]);
    expect(codes(openMarket(), attempt, { ...fresh, market: 'closed' })).toStrictEqual(['HOURS-CLOSED']);
    expect(codes(openMarket(), attempt, { now: NOW })).toStrictEqual(['HOURS-UNKNOWN']);
    expect(decisionOf(ask(openMarket({ closed: 'warn' }), attempt, { ...fresh, market: 'closed' }))).toBe('warn');
  });

  it('stop everything by the kill switch, once, and tell every listener', () => {
    const kill = killSwitch();
    const told: string[] = [];
    kill.onEngage(() => {
      throw new Error('cancel failed');
    });
    const remove = kill.onEngage((reason) => told.push(`${reason} ${codes(kill.guard).join()}`));
    expect(codes(kill.guard)).toStrictEqual([]);
    expect(() => kill.engage('loss limit')).toThrowError(AggregateError);
    kill.engage('again');
    expect(told).toStrictEqual(['loss limit KILL-SWITCH']);
    expect(kill.reason()).toBe('loss limit');
    kill.release();
    remove();
    expect(codes(kill.guard)).toStrictEqual([]);
  });
});

describe('caps', () => {
  it('limit the quantity, also of orders sized by money', () => {
    expect(codes(maxQuantity(100))).toStrictEqual([]);
    expect(codes(maxQuantity('99.9'))).toStrictEqual(['MAX-QUANTITY']);
    const money: Attempt = { contract: aapl, order: market('BUY', cash(1880), paper) };
    expect(codes(maxQuantity(10), money)).toStrictEqual([]);
    expect(codes(maxQuantity(9), money)).toStrictEqual(['MAX-QUANTITY']);
    expect(codes(maxQuantity(10), money, { now: NOW })).toStrictEqual(['QUANTITY-UNKNOWN']);
  });

  it('limit the value at the dearest of the prices, with the multiplier', () => {
    expect(codes(maxNotional(18_800, 'USD'))).toStrictEqual([]);
    expect(codes(maxNotional(18_799, 'USD'))).toStrictEqual(['MAX-NOTIONAL']);
    const call = { secType: 'OPT', currency: 'USD', multiplier: '100' };
    const order = limit('BUY', 2, 3, paper);
    const facts: Facts = { now: NOW };
    expect(codes(maxNotional(600, 'USD'), { contract: call, order }, facts)).toStrictEqual([]);
    expect(codes(maxNotional(599, 'USD'), { contract: call, order }, facts)).toStrictEqual(['MAX-NOTIONAL']);
  });

  it('refuse a value they cannot work out', () => {
    const order = limit('BUY', 2, 3, paper);
    expect(codes(maxNotional(1e9, 'USD'), { contract: { secType: 'OPT', currency: 'USD' }, order })).toStrictEqual([
      'NOTIONAL-UNKNOWN',
    ]);
    expect(codes(maxNotional(1e9, 'USD'), { contract: { currency: 'USD' }, order })).toStrictEqual(['NOTIONAL-UNKNOWN']);
    expect(codes(maxNotional(1e9, 'EUR'))).toStrictEqual(['NOTIONAL-UNKNOWN']);
    expect(codes(maxNotional(18_000, 'EUR'), attempt, { ...fresh, rate: '0.9' })).toStrictEqual([]);
    expect(codes(maxNotional(1e9, 'USD'), { contract: aapl, order: market('BUY', 1) }, { now: NOW })).toStrictEqual([
      'NOTIONAL-UNKNOWN',
    ]);
    const old: Facts = { now: NOW, lastPrice: { price: 1, at: NOW - 60_001 } };
    expect(codes(maxNotional(1e9, 'USD'), { contract: aapl, order: market('BUY', 1) }, old)).toStrictEqual(['NOTIONAL-UNKNOWN']);
    const ahead: Facts = { now: NOW, lastPrice: { price: 1, at: NOW + 1 } };
    expect(codes(maxNotional(1e9, 'USD'), { contract: aapl, order: market('BUY', 1) }, ahead)).toStrictEqual([
      'NOTIONAL-UNKNOWN',
    ]);
  });

  it('do not take the limit of a sale, or the trigger of a stop, for its value', () => {
    const sale: Attempt = { contract: aapl, order: limit('SELL', 100, 1, paper) };
    expect(codes(maxNotional(100, 'USD'), sale)).toStrictEqual(['MAX-NOTIONAL']);
    expect(codes(maxNotional(100, 'USD'), sale, { now: NOW })).toStrictEqual(['NOTIONAL-UNKNOWN']);
    expect(codes(maxNotional(1e9, 'USD'), { contract: aapl, order: stop('BUY', 1, 1) }, { now: NOW })).toStrictEqual([
      'NOTIONAL-UNKNOWN',
    ]);
  });

  it('count the orders of the last minute', () => {
    const sent = [60_000, 59_999, 10].map((ago) => ({ at: NOW - ago, attempt }));
    expect(codes(maxOrdersPerMinute(3), attempt, { ...fresh, sent })).toStrictEqual([]);
    expect(ask(maxOrdersPerMinute(2), attempt, { ...fresh, sent })[0]?.facts).toStrictEqual({ sent: '2', cap: '2', waitMs: '1' });
    expect(codes(maxOrdersPerMinute(2), attempt, { now: NOW })).toStrictEqual(['RATE-UNKNOWN']);
  });

  it('hold prices near the last fresh price', () => {
    const at = (action: 'BUY' | 'SELL', price: number): Attempt => ({ contract: aapl, order: limit(action, 1, price) });
    expect(codes(priceCollar({ percent: 10 }), at('BUY', 206.8))).toStrictEqual([]);
    expect(codes(priceCollar({ percent: 10 }), at('BUY', 206.81))).toStrictEqual(['PRICE-COLLAR']);
    expect(codes(priceCollar({ percent: 10 }), at('BUY', 100))).toStrictEqual(['PRICE-COLLAR']);
    expect(codes(priceCollar({ percent: 10, onlyMarketable: true }), at('BUY', 100))).toStrictEqual([]);
    expect(codes(priceCollar({ percent: 10, onlyMarketable: true }), at('SELL', 100))).toStrictEqual(['PRICE-COLLAR']);
    expect(codes(priceCollar({ percent: 10 }), { contract: aapl, order: stop('SELL', 1, 18.75) })).toStrictEqual([
      'PRICE-COLLAR',
    ]);
    expect(codes(priceCollar({ percent: 10 }), at('BUY', 188), { now: NOW })).toStrictEqual(['COLLAR-UNKNOWN']);
    expect(codes(priceCollar({ percent: 10 }), { contract: aapl, order: market('BUY', 1) }, { now: NOW })).toStrictEqual([]);
  });

  it('take the same order twice for a mistake, whatever its id and reference', () => {
    const sent = [{ at: NOW - 500, attempt: { contract: aapl, order: { ...attempt.order, orderRef: 'x' } } }];
    expect(codes(noDuplicate(1_000), attempt, { ...fresh, sent })).toStrictEqual(['DUPLICATE-ORDER']);
    expect(codes(noDuplicate(500), attempt, { ...fresh, sent })).toStrictEqual([]);
    const other: Attempt = { contract: aapl, order: limit('BUY', 100, 187.51, paper) };
    expect(codes(noDuplicate(1_000), other, { ...fresh, sent })).toStrictEqual([]);
    expect(codes(noDuplicate(1_000), attempt, { now: NOW })).toStrictEqual(['DUPLICATE-UNKNOWN']);
  });

  it('warn an exit of its size and of stale data, and still stop it outside the collar', () => {
    const closing: Facts = { now: NOW, closes: true };
    const guard = guardedBy(maxQuantity(1), maxNotional(1, 'USD'), priceCollar({ percent: 1 }));
    expect(ask(guard, attempt, closing).map((finding) => [finding.code, finding.severity])).toStrictEqual([
      ['MAX-QUANTITY', 'warn'],
      ['MAX-NOTIONAL', 'warn'],
      ['COLLAR-UNKNOWN', 'warn'],
    ]);
    expect(
      passes(ask(priceCollar({ percent: 1 }), { contract: aapl, order: limit('SELL', 1, 9) }, { ...fresh, closes: true })),
    ).toBe(false);
  });
});

describe('confirmations', () => {
  type Desk = ReturnType<typeof confirmations>;
  const desk = (lifetimeMs = 1_000) => {
    const clock = { now: NOW };
    let n = 0;
    const made = confirmations({ now: () => clock.now, random: () => `token-${++n}`, lifetimeMs });
    return {
      clock,
      desk: made,
      request: (of: Attempt) => made.request(of as Written),
      redeem: (of: Attempt) => made.redeem(of as Written),
    };
  };
  const said = (of: Desk, attempted: Attempt = attempt) =>
    ask(of.guard, attempted, fresh, { confirmation: of.standing(attempted as Written) }).map(({ code }) => code);

  it('let exactly the described order leave, once, in time', () => {
    const { desk: own, request, redeem } = desk();
    expect(said(own)).toStrictEqual(['CONFIRMATION-REQUIRED']);
    const { token, expiresAt } = request(attempt);
    expect(expiresAt).toBe(NOW + 1_000);
    expect(said(own, { ...attempt, token })).toStrictEqual([]);
    expect(redeem({ ...attempt, token })).toBe(true);
    expect(redeem({ ...attempt, token })).toBe(false);
    expect(said(own, { ...attempt, token })).toStrictEqual(['CONFIRMATION-UNKNOWN']);
  });

  it('refuse a token for an order that differs in any field', () => {
    const { desk: own, request } = desk();
    const { token } = request(attempt);
    expect(said(own, { contract: aapl, order: limit('BUY', 100, 187.5, { ...paper, outsideRth: true }), token })).toStrictEqual([
      'CONFIRMATION-OTHER',
    ]);
    expect(said(own, { contract: stock('MSFT'), order: attempt.order, token })).toStrictEqual(['CONFIRMATION-OTHER']);
  });

  it('refuse a late token', () => {
    const { desk: own, request, redeem, clock } = desk();
    const { token } = request(attempt);
    clock.now += 1_000;
    expect(said(own, { ...attempt, token })).toStrictEqual(['CONFIRMATION-LATE']);
    expect(redeem({ ...attempt, token })).toBe(false);
  });

  it('keep a bounded number open', () => {
    const { desk: own, request } = desk(1e9);
    const first = request(attempt).token;
    for (let i = 0; i < 1_000; i++) request(attempt);
    expect(said(own, { ...attempt, token: first })).toStrictEqual(['CONFIRMATION-UNKNOWN']);
  });

  it('are asked only where they are needed', () => {
    const own = confirmations({
      now: () => NOW,
      random: () => 'x',
      needed: ({ order }) => order.orderType === 'MKT',
    });
    expect(said(own)).toStrictEqual([]);
    expect(own.redeem(attempt as Written)).toBe(true);
  });
});

describe('guards together', () => {
  it('report everything, in order, and refuse when one of them breaks', () => {
    const broken: Guard = () => {
      throw new Error('no data');
    };
    const findings = ask(guardedBy(maxQuantity(1), broken, readOnly()), attempt, fresh);
    expect(findings.map((finding) => finding.code)).toStrictEqual(['MAX-QUANTITY', 'GUARD-FAILED', 'READ-ONLY']);
    expect(passes(findings)).toBe(false);
    expect(passes([])).toBe(true);
  });

  it('property: with nothing known, no guard that needs data lets an opening order pass', () => {
    const order = fc.record({
      action: fc.constantFrom('BUY', 'SELL'),
      orderType: fc.constantFrom('MKT', 'LMT', 'STP'),
      lmtPrice: fc.option(fc.constant(5), { nil: undefined }),
      totalQuantity: fc.option(fc.constantFrom('1', 'x', ''), { nil: undefined }),
    });
    const needy = [
      maxNotional(1e12, 'EUR'),
      maxOrdersPerMinute(1e6),
      noDuplicate(1),
      openMarket(),
      liveSwitch(true),
      allowOnly([]),
    ];
    fc.assert(
      fc.property(order, fc.constantFrom(...needy), (one, guard) => {
        expect(passes(ask(guard, { contract: {}, order: one }, { now: NOW }))).toBe(false);
      }),
      { seed: 18, numRuns: 200 },
    );
  });

  it('property: raising a cap never forbids what passed', () => {
    const amount = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, amount, (size, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const of: Attempt = { contract: aapl, order: limit('BUY', size, 2) };
        for (const cap of [maxQuantity, (most: number) => maxNotional(most, 'USD')]) {
          if (passes(ask(cap(low), of, { now: NOW }))) expect(passes(ask(cap(high), of, { now: NOW }))).toBe(true);
        }
      }),
      { seed: 19, numRuns: 300 },
    );
  });

  it('property: every finding that rejects has a code, a message and a remedy', () => {
    const facts = fc.record({
      now: fc.constant(NOW),
      closes: fc.boolean(),
      market: fc.constantFrom('open', 'closed', 'unknown'),
    });
    const all = guardedBy(
      readOnly(),
      liveSwitch(),
      openMarket(),
      maxQuantity(1),
      maxNotional(1, 'EUR'),
      maxOrdersPerMinute(1),
      noDuplicate(5),
      priceCollar({ percent: 1 }),
    );
    fc.assert(
      fc.property(facts, (world) => {
        for (const finding of ask(all, attempt, world as Facts)) {
          expect(finding.code).toMatch(/^[A-Z-]+$/);
          expect(finding.message.length).toBeGreaterThan(5);
          expect(finding.remedy.length).toBeGreaterThan(3);
        }
      }),
      { seed: 20, numRuns: 20 },
    );
  });

  it('tells orders apart by value, not by the order of their fields', () => {
    expect(canonical({ b: 1, a: [Number.POSITIVE_INFINITY, null, undefined], c: undefined })).toBe(
      '{"a":[#Infinity,null,null],"b":1}',
    );
    expect(fingerprint({ contract: { symbol: 'A', secType: 'STK' }, order: attempt.order } as Written)).toBe(
      fingerprint({ contract: { secType: 'STK', symbol: 'A' }, order: attempt.order } as Written),
    );
  });
});
