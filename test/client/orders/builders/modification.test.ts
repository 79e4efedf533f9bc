import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limit, market, stop } from '../../../../src/client/orders/builders/basic.js';
import { type Changeable, modification } from '../../../../src/client/orders/builders/modification.js';

const order = limit('BUY', 100, 187.5, { account: 'DU9000001', tif: 'DAY' });
const changed = (more: object): Changeable => ({ ...order, ...more });

describe('modification', () => {
  it.each([
    ['a price', { lmtPrice: 187.6 }, ['lmtPrice']],
    ['a price to zero', { lmtPrice: 0 }, ['lmtPrice']],
    ['a size', { totalQuantity: '120' }, ['totalQuantity']],
    ['DAY to IOC', { tif: 'IOC' }, ['tif']],
    ['price and size together', { lmtPrice: 1, totalQuantity: '50' }, ['lmtPrice', 'totalQuantity']],
  ])('allows %s', (_, more, fields) => {
    const found = modification(order, changed(more));
    expect(found.at).toBe('allowed');
    expect(found.at === 'same' ? [] : found.changes.map((change) => change.field).sort()).toStrictEqual(fields);
  });

  it('allows releasing a staged order, not staging a working one', () => {
    expect(modification({ ...order, transmit: false }, order).at).toBe('allowed');
    expect(modification(order, changed({ transmit: false })).at).toBe('refused');
  });

  it.each([
    ['the side', { action: 'SELL' }],
    ['the type', { orderType: 'MKT', lmtPrice: undefined }],
    ['the account', { account: 'DU9000002' }],
    ['GTC for DAY', { tif: 'GTC' }],
    ['regular hours', { outsideRth: true }],
    ['a three-state flag from default to off', { usePriceMgmtAlgo: false }],
    ['a new OCA group', { ocaGroup: 'x', ocaType: 1 }],
    ['a new price field', { auxPrice: 5 }],
    ['new conditions', { conditions: [{ conditionType: 4, isMore: true, percent: 5, isConjunctionConnection: true }] }],
    ['a good price with a bad field', { lmtPrice: 1, hidden: true }],
  ])('refuses %s with cancel-replace as the remedy', (_, more) => {
    const found = modification(order, changed(more));
    expect(found.at).toBe('refused');
    if (found.at === 'refused')
      for (const finding of found.findings)
        expect(finding).toMatchObject({ code: 'MODIFY-FIELD', severity: 'reject', remedy: 'cancel-replace' });
  });

  it('refuses a total that is filled already', () => {
    expect(modification(order, changed({ totalQuantity: '40' }), '40')).toMatchObject({
      at: 'refused',
      findings: [{ code: 'MODIFY-FILLED' }],
    });
    expect(modification(order, changed({ totalQuantity: '40.1' }), '40').at).toBe('allowed');
    expect(modification(order, changed({ lmtPrice: 1 }), '100').at).toBe('allowed');
  });

  it.each([
    ['the same order', {}],
    ['what the gateway fills in', { permId: '5', filledQuantity: '3' }],
    ['a flag that is off', { hidden: false, ocaGroup: '', conditions: [] }],
    ['the same quantity in other digits', { totalQuantity: '100.00' }],
    ['transmit, which is on by default', { transmit: true }],
  ])('sees no change in %s', (_, more) => {
    expect(modification(order, changed(more))).toStrictEqual({ at: 'same' });
  });

  it('property: from any order to another type or side is never allowed', () => {
    const orders = fc.constantFrom<Changeable>(
      market('BUY', 1),
      market('SELL', 1),
      limit('BUY', 1, 2),
      limit('SELL', 1, 2),
      stop('BUY', 1, 3),
      stop('SELL', 1, 3),
    );
    fc.assert(
      fc.property(orders, orders, (a, b) => {
        const { at } = modification(a, b);
        if (a.action !== b.action || a.orderType !== b.orderType) expect(at).toBe('refused');
        else expect(at).toBe('same');
      }),
      { seed: 23 },
    );
  });
});
