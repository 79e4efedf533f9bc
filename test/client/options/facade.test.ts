// Options through the facade, on the simulated gateway: chains first, contracts proven, Greeks kept.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../src/client/connect.js';
import type { QualifiedContract } from '../../../src/client/contracts/qualify.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';

let gateway: SimulatedGateway;
let ib: Ib;
let aapl: QualifiedContract;
const START = Date.UTC(2026, 8, 2, 14);
const asked = (kind: string): number => gateway.received.filter(({ message }) => message.kind === kind).length;

beforeEach(async () => {
  gateway = await simulate({ pacing: 'off' });
  const began = Date.now();
  // The client's clock is the gateway's, so that expiries that are past there are past here.
  const timer = {
    now: () => START + (Date.now() - began),
    after(ms: number, act: () => void) {
      const handle = setTimeout(act, ms);
      return () => clearTimeout(handle);
    },
  };
  ib = await connect({ port: gateway.port, limits: 'none', timer });
  aapl = await ib.contracts.qualify({ symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' });
});
afterEach(async () => {
  ib.close();
  await gateway.close();
});

describe('chains', () => {
  it('parameters are asked for once, by conId and without an exchange', async () => {
    const [first, second] = await Promise.all([ib.options.parameters(aapl), ib.options.parameters(aapl)]);
    expect(second).toBe(first);
    expect(first.some(({ exchange }) => exchange === 'SMART')).toBe(true);
    expect(first[0]).toMatchObject({ underlyingConId: aapl.conId, multiplier: '100' });
    await ib.options.parameters(aapl);
    const questions = gateway.received.filter(({ message }) => message.kind === 'reqSecDefOptParams');
    expect(questions.map(({ message }) => message)).toMatchObject([{ underlyingConId: aapl.conId, underlyingSymbol: 'AAPL' }]);
    await expect(async () => ib.options.parameters({ ...aapl, conId: 0 })).rejects.toThrow(/qualify/);
  });

  it('contracts of a window are proven, and every one of them lies in it', async () => {
    const spot = gateway.market.quote(aapl.conId).last ?? 0;
    const chain = await ib.options.chain(aapl, {
      expiries: { minDays: 7, nearest: 1 },
      moneyness: { from: 0.97, to: 1.03 },
      spot,
    });
    expect(chain.options.length).toBeGreaterThan(2);
    for (const option of chain.options) {
      expect(option.conId).toBeGreaterThan(0);
      expect(Math.abs((option.strike ?? 0) / spot - 1)).toBeLessThanOrEqual(0.03 + 1e-9);
    }
    expect(new Set(chain.options.map(({ lastTradeDateOrContractMonth }) => lastTradeDateOrContractMonth)).size).toBe(1);
    expect(chain.unknown).toBe(0);
    const before = asked('reqContractDetails');
    await ib.options.chain(aapl, { expiries: { minDays: 7, nearest: 1 }, moneyness: { from: 0.97, to: 1.03 }, spot });
    expect(asked('reqContractDetails')).toBe(before);
  });

  it('a delta window asks the Greeks of what is left, and gives every line back', async () => {
    const spot = gateway.market.quote(aapl.conId).last ?? 0;
    const question = { expiries: { minDays: 20, nearest: 1 }, moneyness: { from: 0.95, to: 1.05 }, spot, rights: ['C'] } as const;
    const all = await ib.options.chain(aapl, question);
    const near = await ib.options.chain(aapl, { ...question, delta: { from: 0.4, to: 0.6 } });
    expect(near.options.length).toBeGreaterThan(0);
    expect(near.options.length).toBeLessThan(all.options.length);
    for (const option of near.options) {
      const { delta } = await ib.options.greeks(option);
      expect(Math.abs(delta ?? 0)).toBeGreaterThanOrEqual(0.4);
      expect(Math.abs(delta ?? 0)).toBeLessThanOrEqual(0.6);
    }
    expect(asked('reqMktData')).toBe(all.options.length);
    for (let i = 0; i < 200 && asked('cancelMktData') < all.options.length; i++)
      await new Promise((resolve) => setTimeout(resolve, 2));
    expect(asked('cancelMktData')).toBe(all.options.length);
  });

  it('a chain nobody offers, or strikes by moneyness without a spot, is refused', async () => {
    await expect(ib.options.chain(aapl, { exchange: 'NOWHERE' })).rejects.toThrow(/no chain at NOWHERE/);
    await expect(ib.options.chain(aapl, { moneyness: { from: 0.9 } })).rejects.toThrow(/spot/);
  });
});

describe('calculations', () => {
  it('our model agrees with the server about price and volatility', async () => {
    const spot = gateway.market.quote(aapl.conId).last ?? 0;
    const chain = await ib.options.chain(aapl, {
      expiries: { minDays: 20, nearest: 1 },
      moneyness: { from: 0.99, to: 1.02 },
      spot,
      rights: ['C'],
    });
    const [option] = chain.options;
    if (option === undefined) throw new Error('no option');
    const told = await ib.options.calculateOptionPrice(option, 0.3, spot);
    expect(told.price).toBeGreaterThan(0);
    const back = await ib.options.calculateImpliedVolatility(option, told.price ?? 0, spot);
    expect(back.impliedVolatility).toBeCloseTo(0.3, 3);
    const own = ib.options.modelGreeks(option, 0.3, { spot });
    expect(own.price / (told.price ?? 1)).toBeGreaterThan(0.8);
    expect(own.price / (told.price ?? 1)).toBeLessThan(1.2);
    const implied = ib.options.modelVolatility(option, own.price, { spot });
    expect(implied).toMatchObject({ at: 'found' });
    expect(implied.at === 'found' ? implied.volatility : 0).toBeCloseTo(0.3, 4);
  });

  it('an option without a right or a date is refused, not priced', () => {
    expect(() => ib.options.modelGreeks({ strike: 100, lastTradeDateOrContractMonth: '20270115' }, 0.2, { spot: 100 })).toThrow(
      /right/,
    );
    expect(() => ib.options.modelGreeks({ strike: 100, right: 'C' }, 0.2, { spot: 100 })).toThrow(/yyyyMMdd/);
  });
});
