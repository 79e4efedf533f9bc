import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import { decisionOf } from '../../src/rules/finding.js';
import { type RebalanceAccount, type RebalanceInput, type RebalancePlan, rebalance } from '../../src/rules/plans/rebalance.js';
import type { OrderFacts, Situation } from '../../src/rules/types.js';

const symbols = ['AAA', 'BBB', 'CCC', 'DDD'];
const account = fc.record({
  kind: fc.constantFrom('ira-cash' as const, 'ira-margin' as const, 'cash' as const, 'reg-t' as const),
  cash: fc.integer({ min: 0, max: 20_000 }),
  held: fc.dictionary(fc.constantFrom(...symbols), fc.integer({ min: 0, max: 150 }), { maxKeys: 3, noNullPrototype: true }),
  weights: fc.dictionary(fc.constantFrom(...symbols), fc.integer({ min: 0, max: 33 }), { maxKeys: 3, noNullPrototype: true }),
});
const worlds = fc.record({
  accounts: fc.array(account, { minLength: 1, maxLength: 3 }),
  prices: fc.tuple(...symbols.map(() => fc.integer({ min: 1, max: 200 }))),
  lots: fc.tuple(...symbols.map(() => fc.constantFrom(1, 1, 1, 10))),
  least: fc.constantFrom(0, 0, 250),
  fee: fc.constantFrom(0, 0, 5),
});
type Given = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

const texts = (given: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
const table = (values: readonly number[]): Record<string, string> =>
  Object.fromEntries(symbols.map((symbol, at) => [symbol, String(values[at])]));
const priceOf = (given: Given, symbol: string): number => given.prices[symbols.indexOf(symbol)] ?? 0;
const lotOf = (given: Given, symbol: string): number => given.lots[symbols.indexOf(symbol)] ?? 1;

function inputOf(given: Given): RebalanceInput {
  return {
    accounts: given.accounts.map(({ kind, cash, held, weights }, at): RebalanceAccount => {
      const value = Object.entries(held).reduce((sum, [symbol, count]) => sum + count * priceOf(given, symbol), cash);
      const targets = Object.fromEntries(
        Object.entries(weights).map(([symbol, weight]) => [symbol, `0.${String(weight).padStart(2, '0')}`]),
      );
      return {
        account: `DU900${at}`,
        kind,
        netAssetValue: String(value),
        spendableCash: String(cash),
        positions: texts(held),
        targets,
      };
    }),
    prices: table(given.prices),
    lots: table(given.lots),
    minTradeValue: String(given.least),
    feeReserve: String(given.fee),
  };
}
function planOf(input: RebalanceInput): Exclude<RebalancePlan, { error: unknown }> {
  const plan = rebalance(input);
  if ('error' in plan) throw new Error(plan.error);
  return plan;
}
const always = (seed: number, test: (given: Given) => void): void =>
  fc.assert(
    fc.property(worlds, (given) => {
      test(given);
    }),
    { numRuns: 300, seed },
  );
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('H rebalancing', () => {
  it('H1 targets above 1 by any amount, negative targets and missing prices refuse the whole plan', () => {
    const one: RebalanceAccount = {
      account: 'DU9000',
      kind: 'cash',
      netAssetValue: '100',
      spendableCash: '100',
      positions: {},
      targets: { AAA: '0.5', BBB: '0.5' },
    };
    const plan = (change: Partial<RebalanceAccount>, prices: Record<string, string> = { AAA: '1', BBB: '1' }): unknown =>
      rebalance({ accounts: [one, { ...one, ...change }], prices });
    expect(plan({ targets: { AAA: '0.5', BBB: '0.500000000000000001' } })).toMatchObject({ error: 'REBAL-TARGETS-SUM' });
    expect(plan({ targets: { AAA: '-0.000000000000000001' } })).toMatchObject({ error: 'REBAL-NEGATIVE-TARGET' });
    for (const BBB of ['0', '-1', 'x']) expect(plan({}, { AAA: '1', BBB })).toMatchObject({ error: 'REBAL-MISSING-PRICE' });
    expect(plan({}, { AAA: '1' })).toEqual({ error: 'REBAL-MISSING-PRICE', what: 'BBB' });
    expect(plan({ spendableCash: 'NaN' })).toMatchObject({ error: 'REBAL-BAD-INPUT' });
  });

  it('H2 ten targets of 0.1 are exactly 1 and pass', () => {
    const names = Array.from({ length: 10 }, (_, at) => `S${at}`);
    const plan = planOf({
      accounts: [
        {
          account: 'DU9000',
          kind: 'cash',
          netAssetValue: '1000',
          spendableCash: '1000',
          positions: {},
          targets: Object.fromEntries(names.map((name) => [name, '0.1'])),
        },
      ],
      prices: Object.fromEntries(names.map((name) => [name, '10'])),
    });
    expect(plan.buys.map((buy) => buy.quantity)).toEqual(Array(10).fill('10'));
  });

  it('H3 no symbol is both sold and bought in one account, and sales come apart from buys', () => {
    always(101, (given) => {
      const { sells, buys } = planOf(inputOf(given));
      const sold = new Set(sells.map((one) => one.account + one.symbol));
      for (const buy of buys) expect(sold.has(buy.account + buy.symbol)).toBe(false);
    });
  });

  it('H4 buys fit cash and own sales less the fee reserve; those marked now fit the cash alone', () => {
    always(102, (given) => {
      const { sells, buys } = planOf(inputOf(given));
      given.accounts.forEach(({ cash, kind }, at) => {
        const mine = buys.filter((one) => one.account === `DU900${at}`);
        const value = (list: readonly { symbol: string; quantity: string }[]): number =>
          sum(list.map((one) => Number(one.quantity) * priceOf(given, one.symbol)));
        if (mine.length > 0)
          expect(value(mine)).toBeLessThanOrEqual(cash + value(sells.filter((one) => one.account === `DU900${at}`)) - given.fee);
        const now = mine.filter((one) => one.after === 'now');
        if (now.length > 0) expect(value(now)).toBeLessThanOrEqual(cash - given.fee);
        const later = new Set(mine.map((one) => one.after));
        expect(later.has(kind === 'ira-cash' || kind === 'cash' ? 'sells' : 'settlement')).toBe(false);
      });
    });
  });

  it('H5 no sale exceeds the holding, nothing is below a lot or the minimum, and all are whole lots or a whole exit', () => {
    always(103, (given) => {
      const { sells, buys } = planOf(inputOf(given));
      for (const one of [...sells, ...buys]) {
        const held = given.accounts[Number(one.account.slice(-1))]?.held[one.symbol] ?? 0;
        const size = Number(one.quantity);
        if (one.action === 'SELL') expect(size).toBeLessThanOrEqual(held);
        expect(size * priceOf(given, one.symbol)).toBeGreaterThanOrEqual(given.least);
        expect(size > 0 && (size % lotOf(given, one.symbol) === 0 || (one.action === 'SELL' && size === held))).toBe(true);
      }
    });
  });

  it('H6 applied at plan prices, the next plan is empty or buys only what the money did not reach, and drift is below a lot', () => {
    always(104, (given) => {
      const first = planOf(inputOf(given));
      const after: Given = {
        ...given,
        accounts: given.accounts.map((one, at) => {
          const held: Record<string, number> = { ...one.held };
          let cash = one.cash;
          for (const order of [...first.sells, ...first.buys].filter((order) => order.account === `DU900${at}`)) {
            const sign = order.action === 'SELL' ? -1 : 1;
            held[order.symbol] = (held[order.symbol] ?? 0) + sign * Number(order.quantity);
            cash -= sign * Number(order.quantity) * priceOf(given, order.symbol);
          }
          return { ...one, held, cash };
        }),
      };
      const input = inputOf(after);
      const second = planOf(input);
      expect(second.sells).toEqual([]);
      for (const one of input.accounts) {
        const wasTrimmed = second.buys.some((buy) => buy.account === one.account);
        for (const [symbol, weight] of Object.entries(one.targets)) {
          const wanted = (Number(one.netAssetValue) * Number(weight)) / priceOf(given, symbol);
          const drift = wanted - Number(one.positions[symbol] ?? 0);
          const odd = Number(one.positions[symbol] ?? 0) % lotOf(given, symbol) !== 0;
          const lot = lotOf(given, symbol);
          const cash = Number(one.spendableCash) - given.fee;
          const short = cash < Math.max(lot * priceOf(given, symbol), given.least);
          if (!wasTrimmed && !odd && !short)
            expect(drift).toBeLessThan(Math.max(lot, given.least / priceOf(given, symbol) + lot) + 1e-9);
        }
      }
      for (const buy of second.buys)
        expect(
          first.buys.every((old) => old.account !== buy.account || old.symbol !== buy.symbol || Number(old.quantity) > 0),
        ).toBe(true);
    });
    const again = planOf({
      accounts: [
        {
          account: 'DU9000',
          kind: 'cash',
          netAssetValue: '1000',
          spendableCash: '0',
          positions: { AAA: '60', BBB: '40' },
          targets: { AAA: '0.6', BBB: '0.4' },
        },
      ],
      prices: { AAA: '10', BBB: '10' },
    });
    expect(again).toEqual({ sells: [], buys: [] });
  });

  it('H7 a portfolio at target yields an empty plan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 50 }), (percent, price) => {
        const positions = { AAA: String(percent), BBB: String(100 - percent) };
        const targets = { AAA: `0.${String(percent).padStart(2, '0')}`, BBB: `0.${String(100 - percent).padStart(2, '0')}` };
        const one: RebalanceAccount = {
          account: 'DU9000',
          kind: 'cash',
          netAssetValue: String(price * 100),
          spendableCash: '0',
          positions,
          targets,
        };
        expect(planOf({ accounts: [one], prices: { AAA: String(price), BBB: String(price) } })).toEqual({ sells: [], buys: [] });
      }),
      { numRuns: 100, seed: 105 },
    );
  });

  it('H8 symbols without a target never appear', () => {
    always(106, (given) => {
      const { sells, buys } = planOf(inputOf(given));
      for (const one of [...sells, ...buys])
        expect(given.accounts[Number(one.account.slice(-1))]?.weights).toHaveProperty(one.symbol);
    });
  });

  it('H9 every order passes the order check in sequence', () => {
    always(107, (given) => {
      const input = inputOf({ ...given, fee: 0 });
      const { sells, buys } = planOf(input);
      for (const one of input.accounts) {
        const held = new Map(Object.entries(one.positions).map(([symbol, count]) => [symbol, Number(count)]));
        let cash = Number(one.spendableCash);
        for (const order of [...sells, ...buys].filter((order) => order.account === one.account)) {
          const price = priceOf(given, order.symbol);
          const contract = (symbol: string) => ({ secType: 'STK', symbol, currency: 'USD', stockType: 'COMMON' });
          const money = { USD: String(cash) };
          const situation: Situation = {
            account: { configuredKind: one.kind, baseCurrency: 'USD', netLiquidation: '50000', availableFunds: String(cash) },
            cash: money,
            settledCash: money,
            positions: [...held].map(([symbol, count]) => ({ contract: contract(symbol), position: String(count) })),
            workingOrders: [],
          };
          const facts: OrderFacts = {
            contract: contract(order.symbol),
            action: order.action,
            totalQuantity: order.quantity,
            orderType: 'LMT',
            lmtPrice: String(price),
          };
          expect([order, decisionOf(check(facts, situation, { maxQuantity: { STK: null } }))]).toEqual([order, 'accept']);
          const sign = order.action === 'SELL' ? -1 : 1;
          held.set(order.symbol, (held.get(order.symbol) ?? 0) + sign * Number(order.quantity));
          cash -= sign * Number(order.quantity) * price;
        }
      }
    });
  });

  it('H10 permuting accounts or symbols does not change the set of orders', () => {
    const set = (plan: { sells: readonly unknown[]; buys: readonly unknown[] }): string[] =>
      [...plan.sells, ...plan.buys].map((one) => JSON.stringify(one)).sort();
    always(108, (given) => {
      const input = inputOf(given);
      const turn = (one: Readonly<Record<string, string>>): Record<string, string> =>
        Object.fromEntries(Object.entries(one).reverse());
      const accounts = [...input.accounts]
        .reverse()
        .map((one) => ({ ...one, targets: turn(one.targets), positions: turn(one.positions) }));
      expect(set(planOf({ ...input, accounts, prices: turn(input.prices) }))).toEqual(set(planOf(input)));
    });
  });

  it('H11 dropping an account changes nothing for the rest', () => {
    always(109, (given) => {
      const input = inputOf(given);
      const whole = planOf(input);
      const [first, ...rest] = input.accounts;
      if (first === undefined || rest.length === 0) return;
      const others = planOf({ ...input, accounts: rest });
      expect(others.sells).toEqual(whole.sells.filter((one) => one.account !== first.account));
      expect(others.buys).toEqual(whole.buys.filter((one) => one.account !== first.account));
    });
  });
});

describe('input that no plan is made of', () => {
  const one: RebalanceAccount = {
    account: 'DU1',
    kind: 'cash',
    netAssetValue: '10000',
    spendableCash: '10000',
    positions: {},
    targets: { AAA: '1' },
  };
  const refusalOf = (change: Partial<RebalanceInput>, account: Partial<RebalanceAccount> = {}): RebalancePlan =>
    rebalance({ accounts: [{ ...one, ...account }], prices: { AAA: '10' }, ...change });

  it.each(['0', '-5', 'x', ''])('a lot of "%s" is refused by its symbol and not taken as 1', (lot) => {
    expect(refusalOf({ lots: { AAA: lot } })).toEqual({ error: 'REBAL-BAD-INPUT', what: 'lot of AAA' });
  });

  it('one account listed twice would spend its cash twice', () => {
    expect(refusalOf({ accounts: [one, { ...one, targets: { AAA: '0.5' } }] })).toMatchObject({ error: 'REBAL-BAD-INPUT' });
  });

  it.each(['0', '-1'])('a value of %s beside holdings sells nothing', (netAssetValue) => {
    const account = { netAssetValue, positions: { AAA: '10' }, spendableCash: '0' };
    expect(refusalOf({}, account)).toEqual({ error: 'REBAL-BAD-INPUT', what: 'a value of zero or less' });
  });

  it('a fee or minimum below zero is refused', () => {
    expect(refusalOf({ feeReserve: '-1' })).toMatchObject({ error: 'REBAL-BAD-INPUT' });
    expect(refusalOf({ minTradeValue: '-1' })).toMatchObject({ error: 'REBAL-BAD-INPUT' });
  });
});
