// What cash an order leaves, as the ticket says it before it is sent.

import { describe, expect, it } from 'vitest';
import { cashAfter, type Trade } from '../../src/web/state/live.js';

const stock = { secType: 'STK', currency: 'USD' };
const commission = { amount: '1', most: '1.5', currency: 'USD' };
const of = (more: Partial<Trade>): string | undefined =>
  cashAfter('1000', { contract: stock, side: 'BUY', value: '400.10', commission, ...more });

describe('the cash after an order', () => {
  it('is less by what it buys and its commission at most, and more by what it sells', () => {
    expect([of({}), of({ side: 'SELL' }), of({ commission: { amount: '1', currency: 'USD' } })]).toEqual([
      '598.4',
      '1398.6',
      '598.9',
    ]);
  });

  it('of a future is less by the commission alone; a commission in another currency is paid there', () => {
    expect(of({ contract: { secType: 'FUT', currency: 'USD', multiplier: '50' }, value: '291125' })).toBe('998.5');
    expect(of({ commission: { ...commission, currency: 'EUR' } })).toBe('599.9');
  });

  it('is not known without cash, value or commission, of a kind that is paid otherwise, or an option of unknown multiplier', () => {
    expect(cashAfter(undefined, { contract: stock, side: 'BUY', value: '1', commission })).toBeUndefined();
    for (const more of [
      { value: undefined },
      { commission: {} },
      { contract: { secType: 'BOND', currency: 'USD' } },
      { contract: { secType: 'FOP', currency: 'USD', multiplier: '50' } },
      { contract: { secType: 'OPT', currency: 'USD' } },
    ])
      expect(of(more)).toBeUndefined();
    expect(of({ contract: { secType: 'OPT', currency: 'USD', multiplier: '100' } })).toBe('598.4');
  });
});
