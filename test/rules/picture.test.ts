// What is not told, not readable or not certain about an account, and what may still leave.
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import type { ContractFacts, OrderFacts, Picture, Situation, WorkingOrder } from '../../src/rules/types.js';

const stock = (symbol: string): ContractFacts => ({ secType: 'STK', symbol, currency: 'USD', stockType: 'COMMON' });
const cash = { USD: '1000' };
const held: Situation = {
  account: { configuredKind: 'ira-margin', accountType: 'IRA-ROTH NEW', baseCurrency: 'USD' },
  cash,
  settledCash: cash,
  positions: [{ contract: stock('AAA'), position: '10' }],
  workingOrders: [],
};
const order = (action: 'BUY' | 'SELL', symbol: string, terms: Partial<OrderFacts> = {}): OrderFacts => ({
  contract: stock(symbol),
  action,
  totalQuantity: '1',
  orderType: 'LMT',
  lmtPrice: '10',
  ...terms,
});
const codes = (one: OrderFacts, situation: Situation): readonly string[] =>
  check(one, situation).flatMap(({ code, severity }) => (severity === 'reject' ? [code] : []));

describe('what this connection has not told', () => {
  const told = { at: 'told', ageSeconds: 0 } as const;
  const all: Picture = { positions: told, workingOrders: told, cash: told };

  it('nothing is in the way of a whole picture', () => {
    expect(codes(order('BUY', 'AAA'), { ...held, picture: all })).toEqual([]);
    expect(codes(order('SELL', 'AAA'), { ...held, picture: all })).toEqual([]);
  });

  it.each(['positions', 'workingOrders'] as const)('%s untold or stale: nothing opens, nothing sells', (name) => {
    for (const missing of [{ at: 'untold' }, { at: 'stale', why: 'connectivity is lost' }] as const) {
      const situation = { ...held, picture: { ...all, [name]: missing } };
      expect(codes(order('BUY', 'AAA'), situation)).toEqual(['SNAPSHOT-STALE']);
      expect(codes(order('SELL', 'AAA'), situation)).toEqual(['SNAPSHOT-STALE']);
    }
  });

  it('cash untold: nothing opens, and a holding may be sold', () => {
    const situation = { ...held, picture: { ...all, cash: { at: 'untold' } as const } };
    expect(codes(order('BUY', 'AAA'), situation)).toEqual(['SNAPSHOT-STALE']);
    expect(codes(order('SELL', 'AAA'), situation)).toEqual([]);
  });

  it('says what is missing, and why', () => {
    const picture: Picture = { positions: { at: 'untold' }, workingOrders: { at: 'stale', why: 'too old' }, cash: told };
    expect(check(order('SELL', 'AAA'), { ...held, picture })[0]?.message).toBe(
      'Not told on this connection: positions, open orders (too old).',
    );
  });
});

describe('what cannot be read', () => {
  const live = (symbol: string): WorkingOrder => ({ ...order('BUY', symbol), orderId: '7', isUnreadable: true });
  const beside = (workingOrders: unknown[]): Situation => ({ ...held, workingOrders: workingOrders as WorkingOrder[] });

  it('a working order of the same stock stops purchases and exits, by its id', () => {
    for (const action of ['BUY', 'SELL'] as const)
      expect(check(order(action, 'AAA'), beside([live('AAA')]))[0]).toMatchObject({
        code: 'CONTRACT-DETAILS-MISSING',
        facts: { contract: '7' },
      });
  });

  it('a working order of another stock stops purchases and lets an exit pass', () => {
    expect(codes(order('BUY', 'AAA'), beside([live('BBB')]))).toEqual(['CONTRACT-DETAILS-MISSING']);
    expect(codes(order('SELL', 'AAA'), beside([live('BBB')]))).toEqual([]);
  });

  it('one of which not even the contract is known stops everything, and so does a line that is none', () => {
    for (const line of [{ ...live('AAA'), contract: {} }, null, 7])
      expect(codes(order('SELL', 'AAA'), beside([line]))).toEqual(['CONTRACT-DETAILS-MISSING']);
    expect(codes(order('SELL', 'AAA'), { ...held, positions: [...held.positions, null] as never })).toEqual([
      'CONTRACT-DETAILS-MISSING',
    ]);
  });
});

describe('a working order of which several terms may be in force', () => {
  const changing = (terms: Partial<OrderFacts>, ...alternatives: Partial<OrderFacts>[]): Situation => ({
    ...held,
    workingOrders: [{ ...order('BUY', 'BBB', terms), orderId: '7', alternatives }],
  });
  const left = (situation: Situation, amount: string): boolean =>
    codes(order('BUY', 'CCC', { lmtPrice: amount }), situation).length === 0;

  it.each([
    ['a dearer limit', changing({}, { lmtPrice: '900' }), 100],
    ['a cheaper one, while the old may fill', changing({ lmtPrice: '900' }, { lmtPrice: '1' }), 100],
    ['a larger size', changing({}, { totalQuantity: '90' }), 100],
    ['another type with a dearer stop', changing({}, { orderType: 'STP', auxPrice: '800' }), 160],
    ['the dearest of three', changing({}, { lmtPrice: '20' }, { lmtPrice: '900' }), 100],
  ] as const)('%s', (_, situation, free) => {
    expect(left(situation, String(free))).toBe(true);
    expect(left(situation, String(free + 1))).toBe(false);
  });

  it('a sale that may be larger takes the larger part of the holding', () => {
    const sale = { ...order('SELL', 'AAA'), orderId: '7', alternatives: [{ totalQuantity: '9' }] };
    const situation = { ...held, workingOrders: [sale] };
    expect(codes(order('SELL', 'AAA', { totalQuantity: '1' }), situation)).toEqual([]);
    expect(codes(order('SELL', 'AAA', { totalQuantity: '2' }), situation)).toContain('IRA-SHORT-STOCK');
  });

  it('terms that cannot be read, or that turn the side, make the order unreadable', () => {
    for (const alternatives of [[{ totalQuantity: 'many' }], [{ action: 'SELL' }], 'x'])
      expect(
        codes(order('BUY', 'CCC'), { ...held, workingOrders: [{ ...order('BUY', 'BBB'), orderId: '7', alternatives } as never] }),
      ).toEqual(['CONTRACT-DETAILS-MISSING']);
  });
});
