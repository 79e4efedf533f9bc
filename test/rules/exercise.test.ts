// Exercise as what it does: a call pays its strike for the shares, a put gives shares, a lapse costs nothing.
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import type { Policy } from '../../src/rules/policy-types.js';
import type { ContractFacts, OrderFacts, Position, Situation, WorkingOrder } from '../../src/rules/types.js';

const stock = (conId = 1): ContractFacts => ({ secType: 'STK', symbol: 'AAA', conId, currency: 'USD', stockType: 'COMMON' });
const option = (right: 'C' | 'P', terms: Partial<ContractFacts> = {}): ContractFacts => ({
  secType: 'OPT',
  symbol: 'AAA',
  conId: right === 'C' ? 11 : 12,
  currency: 'USD',
  lastTradeDateOrContractMonth: '20270115',
  strike: '50',
  right,
  multiplier: '100',
  underConId: 1,
  ...terms,
});
const instruct = (act: 'exercise' | 'lapse', contract: ContractFacts, totalQuantity = '1'): OrderFacts => ({
  act,
  contract,
  action: 'BUY',
  orderType: 'MKT',
  totalQuantity,
  reference: '0.05',
});
const at = (USD: string, positions: readonly Position[], more: Partial<Situation> = {}): Situation => ({
  account: { configuredKind: 'ira-margin', accountType: 'IRA-ROTH NEW', baseCurrency: 'USD' },
  cash: { USD },
  settledCash: { USD },
  positions,
  workingOrders: [],
  ...more,
});
const codes = (order: OrderFacts, situation: Situation, policy?: Partial<Policy>): readonly string[] =>
  check(order, situation, policy).flatMap(({ code, severity }) => (severity === 'reject' ? [code] : []));
const held = (contract: ContractFacts, position = '1'): Position => ({ contract, position });

describe('the exercise of a call', () => {
  const call = option('C');

  it('pays the strike for every share, whatever the option costs at the market', () => {
    expect(codes(instruct('exercise', call), at('5000', [held(call)]))).toEqual([]);
    expect(codes(instruct('exercise', call), at('4999.99', [held(call)]))).toContain('IRA-DEBIT');
    expect(codes(instruct('exercise', call, '2'), at('9999', [held(call, '2')]))).toContain('IRA-DEBIT');
  });

  it('passes while the venue is shut', () => {
    expect(codes({ ...instruct('exercise', call), session: 'closed' }, at('5000', [held(call)]))).toEqual([]);
  });

  it('counts against a cap at its strike', () => {
    expect(codes(instruct('exercise', call), at('9000', [held(call)]), { maxNotional: '4999' })).toEqual(['MAX-NOTIONAL']);
  });

  it('brings nothing of a partnership into an IRA', () => {
    const unit = option('C', { underlyingStockType: 'MLP' });
    expect(codes(instruct('exercise', unit), at('5000', [held(unit)]))).toContain('IRA-MLP');
  });

  it('of an adjusted series or a futures option has no bound', () => {
    for (const contract of [option('C', { nonStandard: true }), option('C', { secType: 'FOP' })])
      expect(codes(instruct('exercise', contract), at('100000', [held(contract)]))).toContain('PRICE-UNKNOWN');
  });

  it('that is settled in cash costs nothing', () => {
    const index = option('C', { settlement: 'cash', exerciseStyle: 'european' });
    expect(codes(instruct('exercise', index), at('0', [held(index)]))).toEqual([]);
  });

  it('while it works holds its strike back', () => {
    const working: WorkingOrder = { ...instruct('exercise', call), orderId: '7' };
    const buy: OrderFacts = {
      contract: { ...stock(9), symbol: 'BBB' },
      action: 'BUY',
      orderType: 'LMT',
      totalQuantity: '1',
      lmtPrice: '1',
    };
    expect(codes(buy, at('5001', [held(call)], { workingOrders: [working] }))).toEqual([]);
    expect(codes(buy, at('5000', [held(call)], { workingOrders: [working] }))).toContain('IRA-DEBIT');
  });
});

describe('the exercise of a put', () => {
  const put = option('P');

  it('needs the shares', () => {
    expect(codes(instruct('exercise', put), at('0', [held(put), held(stock(), '100')]))).toEqual([]);
    expect(codes(instruct('exercise', put), at('100000', [held(put), held(stock(), '99')]))).toContain('IRA-SHORT-STOCK');
  });

  it('needs shares of the line that it names, and those that nothing else sells', () => {
    expect(codes(instruct('exercise', put), at('0', [held(put), held(stock(2), '100')]))).toContain('IRA-SHORT-STOCK');
    const sale: WorkingOrder = {
      orderId: '7',
      contract: stock(),
      action: 'SELL',
      orderType: 'LMT',
      totalQuantity: '1',
      lmtPrice: '9',
    };
    expect(codes(instruct('exercise', put), at('0', [held(put), held(stock(), '100')], { workingOrders: [sale] }))).toContain(
      'IRA-SHORT-STOCK',
    );
  });
});

describe('instructions', () => {
  const call = option('C');

  it('a lapse costs nothing and needs nothing but the option', () => {
    for (const one of [call, option('P'), option('C', { nonStandard: true })])
      expect(codes(instruct('lapse', one), at('0', [held(one)]))).toEqual([]);
  });

  it('are given for no more than is held and not offered', () => {
    for (const act of ['exercise', 'lapse'] as const) {
      expect(codes(instruct(act, call), at('100000', []))).toContain('EXERCISE-QTY');
      expect(codes(instruct(act, call, '2'), at('100000', [held(call)]))).toContain('EXERCISE-QTY');
      const sale: WorkingOrder = {
        orderId: '7',
        contract: call,
        action: 'SELL',
        orderType: 'LMT',
        totalQuantity: '1',
        lmtPrice: '9',
      };
      expect(codes(instruct(act, call), at('100000', [held(call)], { workingOrders: [sale] }))).toContain('EXERCISE-QTY');
    }
  });

  it('leave no call written on shares that a sale of the same option would need', () => {
    const written: WorkingOrder = {
      orderId: '7',
      contract: option('C', { conId: 13, strike: '60' }),
      action: 'SELL',
      orderType: 'LMT',
      totalQuantity: '1',
      lmtPrice: '9',
    };
    expect(codes(instruct('lapse', call), at('0', [held(call), held(stock(), '100')], { workingOrders: [written] }))).toEqual([]);
  });
});
