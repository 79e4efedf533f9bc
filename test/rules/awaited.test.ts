// The price at which conditions let an order begin, case by case.
import { describe, expect, it } from 'vitest';
import { readDecimal, writeDecimal } from '../../src/rules/decimal.js';
import { awaited, awaitsItsLegs } from '../../src/rules/facts/awaited.js';
import type { ContractFacts, OrderCondition, OrderFacts } from '../../src/rules/types.js';

const stock: ContractFacts = { secType: 'STK', symbol: 'AAPL', currency: 'USD', conId: 1 };
const option = (right: string): ContractFacts => ({ ...stock, secType: 'OPT', conId: 2, underConId: 1, right, strike: '60' });
const order = (contract: ContractFacts, conditions: readonly OrderCondition[], more: Partial<OrderFacts> = {}): OrderFacts => ({
  ...{ contract, conditions, action: 'BUY', orderType: 'MKT', totalQuantity: '1' },
  ...more,
});
const above = (price: string, conId = 1): OrderCondition => ({ conId, isMore: true, price });
const below = (price: string, conId = 1): OrderCondition => ({ conId, isMore: false, price });
const begins = (of: OrderFacts, now: string, way?: 'up' | 'down'): string | undefined => {
  const at = awaited(of, readDecimal(now), way);
  return at === undefined ? undefined : writeDecimal(at);
};
const under = { underlyingPrice: '100' };

describe('an order begins', () => {
  it.each<[string, OrderFacts, string, 'up' | 'down' | undefined, string | undefined]>([
    ['at the market without conditions', order(stock, []), '100', 'up', '100'],
    ['at the price that it waits for', order(stock, [above('150')]), '100', undefined, '150'],
    ['no cheaper than now, where it waits for less', order(stock, [below('90')]), '100', 'up', '100'],
    ['at the dearest of several, first', order(stock, [above('150'), above('120')]), '100', 'up', '150'],
    ['at the dearest of several, last', order(stock, [above('120'), above('150')]), '100', 'up', '150'],
    ['by percent', order(stock, [{ conId: 1, isMore: true, changePercent: '10', close: '100' }]), '100', 'up', '110'],
    [
      'by percent of the last close, not of now',
      order(stock, [{ conId: 1, isMore: true, changePercent: '10', close: '120' }]),
      '100',
      'up',
      '132',
    ],
    [
      'nowhere that is known, by percent of a close that is not',
      order(stock, [{ conId: 1, isMore: true, changePercent: '10' }]),
      '100',
      'up',
      undefined,
    ],
    [
      'no dearer than now, by a fall of so many percent',
      order(stock, [{ conId: 1, isMore: false, changePercent: '-10' }]),
      '100',
      'up',
      '100',
    ],
    [
      'a put: at its strike, by a fall from a close that is not known',
      order(option('P'), [{ conId: 1, isMore: false, changePercent: '-10' }], under),
      '3',
      'up',
      '60',
    ],
    ['at the market where they cancel it', order(stock, [above('150')], { conditionsCancelOrder: true }), '100', 'up', '100'],
    ['at the market where they are about another contract', order(stock, [above('150', 9)]), '100', 'up', '100'],
    ['down: at the price that it waits for', order(stock, [below('80')]), '100', 'down', '80'],
    ['down: at the lowest of several, first', order(stock, [below('80'), below('90')]), '100', 'down', '80'],
    ['down: at the lowest of several, last', order(stock, [below('90'), below('80')]), '100', 'down', '80'],
    ['down: no dearer than now', order(stock, [above('150')]), '100', 'down', '100'],
    ['a call: as much higher as its underlying', order(option('C'), [above('130')], under), '3', 'up', '33'],
    ['a call: as now where its underlying falls', order(option('CALL'), [below('70')], under), '3', 'up', '3'],
    ['a put: as much higher as its underlying is lower', order(option('P'), [below('70')], under), '3', 'up', '33'],
    ['a put: no higher than its strike', order(option('P'), [below('10')], under), '3', 'up', '60'],
    ['a put: as now, though that is above its strike', order(option('P'), [below('10')], under), '61', 'up', '61'],
    ['a put: as now where its underlying rises', order(option('P'), [above('130')], under), '3', 'up', '3'],
    [
      'an option: nowhere that is known without a price of its underlying',
      order(option('C'), [above('130')]),
      '3',
      'up',
      undefined,
    ],
    ['down: an option as now, whatever its underlying does', order(option('C'), [above('130')]), '3', 'down', '3'],
    ['an option: at a price of its own', order(option('C'), [above('9', 2)], under), '3', 'up', '9'],
  ])('%s', (_, of, now, way, at) => {
    expect(begins(of, now, way)).toBe(at);
  });
});

describe('a combination', () => {
  const bag: ContractFacts = {
    ...{ secType: 'BAG', symbol: 'AAPL', currency: 'USD' },
    comboLegs: [{ action: 'BUY', ratio: '1', contract: option('C') }],
  };
  it.each<[string, OrderCondition, boolean]>([
    ['of a leg', above('9', 2), true],
    ['of what is under a leg', above('130'), true],
    ['of something else', above('130', 9), false],
  ])('waits for a price %s', (_, condition, is) => {
    expect(awaitsItsLegs(order(bag, [condition]))).toBe(is);
    expect(awaitsItsLegs(order(bag, [condition], { conditionsCancelOrder: true }))).toBe(false);
  });
});
