// A property that no table knows is refused by name before anything leaves.
import { describe, expect, it } from 'vitest';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import type { OrderDraft } from '../../../../src/client/orders/draft.js';
import { AAPL, buy, deskWith, placedBy, says, until } from '../trades/desk.js';

const working = {
  placeOrder: (request: { orderId: number | undefined }, peer: Parameters<typeof says>[0]) =>
    says(peer, { orderId: request.orderId ?? 0, permId: String(9000 + (request.orderId ?? 0)) }).status('Submitted'),
};
const with_ = <T extends object>(value: T, more: object): T => ({ ...value, ...more });
const leg = { conId: 1, ratio: 1, action: 'BUY', exchange: 'SMART' } as const;

const drafts: readonly (readonly [string, object, RegExp])[] = [
  ['whatif for whatIf', { whatif: true }, /order\.whatif: no such property, did you mean whatIf\?/],
  ['transmitt for transmit', { transmitt: false }, /did you mean transmit\?/],
  ['tiff for tif', { tiff: 'GTC' }, /did you mean tif\?/],
  ['a word near to nothing', { takeProfitAt: 12 }, /order\.takeProfitAt: no such property/],
  [
    'a condition',
    { conditions: [{ conditionType: 1, isConjunctionConnection: true, isMore: true, prize: 5 }] },
    /conditions\[0\]\.prize/,
  ],
  ['an algo parameter', { algoStrategy: 'Twap', algoParams: [{ tag: 'x', val: '1' }] }, /algoParams\[0\]\.val/],
  ['a price that is no number', { lmtPrice: Number.NaN }, /order\.lmtPrice: must be a number, got NaN/],
  ['an amount without end', { cashQty: Number.POSITIVE_INFINITY }, /order\.cashQty: must be a number, got Infinity/],
];
const contracts: readonly (readonly [string, object, RegExp])[] = [
  ['conID', { conID: 5 }, /contract\.conID: no such property, did you mean conId\?/],
  ['expiry', { expiry: '20270115' }, /contract\.expiry/],
  ['a strike that is no number', { strike: Number.NaN }, /contract\.strike: must be a number/],
  ['the ratio of a leg', { secType: 'BAG', comboLegs: [{ ...leg, ratio: Number.NaN }] }, /contract\.comboLegs\[0\]\.ratio/],
  ['a combination leg', { secType: 'BAG', comboLegs: [{ ...leg, side: 'SELL' }] }, /contract\.comboLegs\[0\]\.side/],
];

describe('refused by name, and nothing leaves', () => {
  it.each(drafts)('in a draft: %s', async (_, more, words) => {
    await using desk = await deskWith({ on: working });
    const { orders } = desk.ib;
    const draft = with_(buy(), more);
    expect(() => orders.place(AAPL, draft)).toThrow(words);
    expect(() => orders.check(AAPL, draft)).toThrow(words);
    const group = { members: [{ role: 'parent', order: buy() } as const, { role: 'child', order: draft, parent: 0 } as const] };
    expect(() => orders.placeGroup(AAPL, group)).toThrow(words);
    expect(() => orders.preview(AAPL, draft)).toThrow(words);
    expect(placedBy(desk.gateway)).toEqual([]);
  });

  it.each(contracts)('in a contract: %s', async (_, more, words) => {
    await using desk = await deskWith({ on: working });
    expect(() => desk.ib.orders.place(with_(AAPL, more), buy())).toThrow(words);
    const option = with_({ ...AAPL, secType: 'OPT' }, more);
    if (!('secType' in more)) expect(() => desk.ib.orders.exercise(option, { action: 'exercise', quantity: 1 })).toThrow(words);
    expect(desk.gateway.received.map(({ kind }) => kind)).not.toContain('placeOrder');
  });

  it('in the changes of a modify, in call options and in terms', async () => {
    await using desk = await deskWith({ on: working });
    const { orders } = desk.ib;
    const trade = orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    await expect(trade.modify(with_<Partial<OrderDraft>>({}, { lmtprice: 5 }))).rejects.toThrow(/did you mean lmtPrice\?/);
    await expect(trade.modify({ lmtPrice: Number.NaN })).rejects.toThrow(/order\.lmtPrice: must be a number/);
    await expect(trade.modify({ lmtPrice: 5 }, with_({}, { evenIfuncertain: true }))).rejects.toThrow(/evenIfUncertain/);
    await expect(trade.cancel(with_({}, { timeOut: 5 }))).rejects.toThrow(/did you mean timeout\?/);
    expect(() => orders.place(AAPL, buy(), with_({}, { transmitt: false }))).toThrow(/did you mean transmit\?/);
    expect(() => orders.place(AAPL, buy(), with_({}, { whatif: true }))).toThrow(/options\.whatif/);
    const terms = with_({ action: 'exercise', quantity: 1 } as const, { overide: true });
    expect(() => orders.exercise({ ...AAPL, secType: 'OPT' }, terms)).toThrow(/did you mean override\?/);
    expect(() => orders.placeGroup(AAPL, with_(bracket(buy(), { stopLoss: 90 }), { transmit: false }))).toThrow(
      /group\.transmit/,
    );
    expect(placedBy(desk.gateway)).toHaveLength(1);
  });
});

describe('a time in force is always on the wire', () => {
  it('DAY where nobody says: single, member, preview, change', async () => {
    await using desk = await deskWith({ on: working });
    const { orders } = desk.ib;
    const trade = orders.place(AAPL, buy('1'));
    orders.placeGroup(AAPL, bracket(buy('1', 100), { takeProfit: 110, stopLoss: 90 }));
    orders.place(AAPL, { ...buy('3'), tif: 'GTC' });
    const preview = orders.preview(AAPL, buy('2'), { timeout: 50 }).catch(() => {});
    await until(() => trade.state.at === 'working');
    const change = trade.modify({ lmtPrice: 5 }, { timeout: 50 }).catch(() => {});
    await until(() => placedBy(desk.gateway).length === 7);
    expect(placedBy(desk.gateway).map(({ order }) => order?.tif)).toEqual(['DAY', 'DAY', 'DAY', 'DAY', 'GTC', 'DAY', 'DAY']);
    await Promise.all([preview, change]);
  });
});
