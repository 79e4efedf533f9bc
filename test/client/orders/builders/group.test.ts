import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceGrid } from '../../../../src/client/contracts/price-grid.js';
import { InputError } from '../../../../src/client/input/input-error.js';
import { cash } from '../../../../src/client/orders/builders/assemble.js';
import { hedge } from '../../../../src/client/orders/builders/attachments.js';
import { limit, market, stop } from '../../../../src/client/orders/builders/basic.js';
import { bracket, snapBracket } from '../../../../src/client/orders/builders/bracket.js';
import { family, oca, withIds } from '../../../../src/client/orders/builders/group.js';

const entry = limit('BUY', 100, 50, { account: 'DU9000001', tif: 'GTC' });

describe('bracket', () => {
  it('sends entry, profit taker and stop with ids and the transmit chain', () => {
    const orders = withIds(bracket(entry, { takeProfit: '55.00', stopLoss: 48 }), [7, 8, 9]);
    const exit = { action: 'SELL', totalQuantity: '100', account: 'DU9000001', tif: 'GTC', parentId: 7 };
    expect(orders).toStrictEqual([
      { ...entry, orderId: 7, transmit: false },
      { ...exit, orderType: 'LMT', lmtPrice: 55, orderId: 8, transmit: false },
      { ...exit, orderType: 'STP', auxPrice: 48, orderId: 9, transmit: true },
    ]);
  });

  it('stages the whole group when asked', () => {
    const orders = withIds(bracket(entry, { stopLoss: 48 }), [7, 8], { transmit: false });
    expect(orders.map((order) => order.transmit)).toStrictEqual([false, false]);
  });

  it('stages it too where its last order says so', () => {
    const { members } = bracket(entry, { stopLoss: 48 });
    const staged = members.map((member) => ({ ...member, order: { ...member.order, transmit: false } }));
    expect(withIds({ members: staged }, [7, 8]).map(({ transmit }) => transmit)).toStrictEqual([false, false]);
    expect(withIds({ members: staged }, [7, 8], { transmit: true }).map(({ transmit }) => transmit)).toStrictEqual([false, true]);
  });

  it('takes a stop with a limit, and a trail', () => {
    const limited = bracket(entry, { stopLoss: { stop: 48, limit: 47 } }).members[1]?.order;
    expect(limited).toMatchObject({ orderType: 'STP LMT', auxPrice: 48, lmtPrice: 47, action: 'SELL' });
    const trailing = bracket(entry, { stopLoss: { trail: { percent: 5 } } }).members[1]?.order;
    expect(trailing).toMatchObject({ orderType: 'TRAIL', trailingPercent: 5, action: 'SELL' });
  });

  it('gives exits a life of their own after an immediate entry', () => {
    const ioc = bracket(limit('BUY', 1, 50, { tif: 'IOC' }), { stopLoss: 48 }).members[1]?.order;
    expect(ioc).not.toHaveProperty('tif');
    expect(bracket(limit('BUY', 1, 50, { tif: 'IOC' }), { stopLoss: 48, tif: 'GTC' }).members[1]?.order.tif).toBe('GTC');
  });

  it.each<[string, () => unknown]>([
    ['a profit below a bought entry', () => bracket(entry, { takeProfit: 49 })],
    ['a stop above a bought entry', () => bracket(entry, { stopLoss: 51 })],
    ['a stop at the entry', () => bracket(entry, { stopLoss: 50 })],
    ['a profit above a sold entry', () => bracket(limit('SELL', 1, 50), { takeProfit: 51 })],
    ['exits that cross without an entry price', () => bracket(market('BUY', 1), { takeProfit: 48, stopLoss: 49 })],
    ['no exit at all', () => bracket(entry, {})],
    ['an entry sized by money', () => bracket(market('BUY', cash(5)), { stopLoss: 48 })],
  ])('refuses %s', (_, build) => {
    expect(build).toThrowError(InputError);
  });

  it('is proven again after rounding: prices that meet are refused', () => {
    const grid = priceGrid([{ lowEdge: 0, increment: 0.5 }]);
    const snapped = snapBracket(bracket(limit('BUY', 1, 50.3), { takeProfit: 55.2, stopLoss: 48.6 }), grid);
    expect(snapped.members.map(({ order }) => order.lmtPrice ?? order.auxPrice)).toStrictEqual([50, 55.5, 48.5]);
    expect(() => snapBracket(bracket(limit('BUY', 1, 50.3), { stopLoss: 50.1 }), grid)).toThrowError(/after rounding/);
  });

  it('property: whatever is accepted is on the right sides, for buys and sales', () => {
    const cents = fc.integer({ min: 1, max: 2000 }).map((n) => n / 100);
    fc.assert(
      fc.property(fc.constantFrom('BUY' as const, 'SELL' as const), cents, cents, cents, (action, at, takeProfit, stopLoss) => {
        const right = action === 'BUY' ? stopLoss < at && at < takeProfit : takeProfit < at && at < stopLoss;
        const build = () => bracket(limit(action, 1, at), { takeProfit, stopLoss });
        if (right) expect(build().members).toHaveLength(3);
        else expect(build).toThrowError(InputError);
      }),
      { seed: 11, numRuns: 400 },
    );
  });
});

describe('groups', () => {
  it('cancel one another by name', () => {
    const group = oca([limit('BUY', 1, 5), stop('BUY', 1, 9)], 'pair-1', 'reduceWithBlock');
    expect(withIds(group, [3, 5])).toStrictEqual([
      { ...limit('BUY', 1, 5), ocaGroup: 'pair-1', ocaType: 2, orderId: 3, transmit: true },
      { ...stop('BUY', 1, 9), ocaGroup: 'pair-1', ocaType: 2, orderId: 5, transmit: true },
    ]);
  });

  it('tie a hedge to its parent', () => {
    const [parent, child] = withIds(family(market('BUY', 1), [hedge(market('SELL', 1), { kind: 'delta' })], 'hedge'), [3, 4]);
    expect(parent?.transmit).toBe(false);
    expect(child).toMatchObject({ parentId: 3, transmit: true, hedgeType: 'D' });
  });

  it.each<[string, () => unknown]>([
    ['too few ids', () => withIds(bracket(entry, { stopLoss: 48 }), [1])],
    ['ids that fall', () => withIds(bracket(entry, { stopLoss: 48 }), [2, 1])],
    ['an id of zero', () => withIds(bracket(entry, { stopLoss: 48 }), [0, 1])],
    ['a group of one', () => oca([entry], 'x')],
    ['a group without a name', () => oca([entry, entry], '')],
    ['an order of another group', () => oca([{ ...entry, ocaGroup: 'other' }, entry], 'x')],
    ['a child that has a parent', () => family(entry, [{ ...entry, parentId: 4 }])],
    ['a parent without children', () => family(entry, [])],
  ])('refuse %s', (_, build) => {
    expect(build).toThrowError(InputError);
  });
});
