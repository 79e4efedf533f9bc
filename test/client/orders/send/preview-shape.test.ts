// A what-if asks nothing about an order that cannot be meant as it is written: it is refused by name as `place` refuses it.
import { describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../../src/client/connect.js';
import { crypto } from '../../../../src/client/contracts/builders.js';
import { cash } from '../../../../src/client/orders/builders/assemble.js';
import { limit, market } from '../../../../src/client/orders/builders/basic.js';
import type { OrderDraft } from '../../../../src/client/orders/draft.js';
import { simulate } from '../../../../src/gateway/simulate.js';
import { AAPL, buy, deskWith, placedBy, quick } from '../trades/desk.js';

const legs = [1, 2, 3].map((conId) => ({ conId, ratio: 1, action: 'BUY', exchange: 'SMART' }));
const bag = { ...AAPL, conId: 0, secType: 'BAG', comboLegs: legs };
const coin = { ...AAPL, conId: 0, symbol: 'BTC', secType: 'CRYPTO', exchange: 'PAXOS' };
const atMarket = { action: 'BUY', orderType: 'MKT', totalQuantity: '0.01' };

const shapes: readonly (readonly [string, string, object, object])[] = [
  ['a size and an amount of money', 'QTY-AND-CASH', AAPL, { ...buy(), cashQty: 1_000 }],
  ['no size', 'QTY-INVALID', AAPL, { ...buy(), totalQuantity: '0' }],
  ['an account and a group', 'ACCOUNT-AND-GROUP', AAPL, { ...buy(), account: 'DU9000001', faGroup: 'All' }],
  ['prices on three legs', 'LEG-PRICES', bag, { ...buy(), orderComboLegs: [{ price: 1 }, { price: 2 }, { price: 3 }] }],
  ['coins at the market by size', 'COIN-PURCHASE-BY-SIZE', coin, atMarket],
  ['coins sold by money', 'COIN-SALE-BY-CASH', coin, { ...atMarket, action: 'SELL', totalQuantity: '0', cashQty: 100 }],
];

describe.each([176, 226])('at server version %i', (serverVersion) => {
  it.each(shapes)('%s is refused as an order, in a group, as a what-if and raw', async (_, code, contract, order) => {
    await using desk = await deskWith({ serverVersion });
    const { orders, raw } = desk.ib;
    const draft = order as OrderDraft;
    const words = new RegExp(code);
    expect(() => orders.place(contract, draft)).toThrow(words);
    expect(() => orders.placeGroup(contract, { members: [{ role: 'member', order: draft }] })).toThrow(words);
    expect(() => orders.preview(contract, draft)).toThrow(words);
    expect(orders.check(contract, draft).map((finding) => finding.code)).toContain(code);
    const { orderComboLegs, ...plain } = draft;
    const priced = { ...contract, ...(orderComboLegs && { comboLegs: legs.map((leg) => ({ ...leg, perLegPrice: 1 })) }) };
    for (const whatIf of [true, false])
      expect(() => raw.send('placeOrder', { orderId: 7, contract: priced, order: { ...plain, whatIf } })).toThrow(words);
    await orders.book.reconcile();
    expect(placedBy(desk.gateway)).toEqual([]);
  });
});

describe('an account that may not borrow', () => {
  const words: readonly (readonly [string, string, object])[] = [
    ['a mark', 'ORDER-INVALID', { ...buy('1'), action: 'SSHORT' }],
    ['a type that nobody knows', 'ORDER-INVALID', { ...buy('1'), orderType: 'WISH' }],
    ['a limit without a price', 'PRICE-INVALID', { action: 'BUY', orderType: 'LMT', totalQuantity: '1' }],
  ];
  it.each(words)('asks no what-if about %s', async (_, code, order) => {
    await using stage = await coins('roth-ira-cash');
    expect(() => stage.ib.orders.preview(AAPL, order as OrderDraft)).toThrow(new RegExp(code));
    // What only the account forbids can be asked about: the gateway answers.
    await expect(stage.ib.orders.preview(AAPL, limit('SELL', 1, 500))).rejects.toMatchObject({ errorCode: 201 });
  });
});

describe.each([176, 225, 226])('coins, at server version %i', (serverVersion) => {
  it('at the market by size never leave; by money, by limit and as a sale they do', async () => {
    await using stage = await coins('individual-margin', serverVersion);
    const { orders } = stage.ib;
    const [found] = await stage.ib.contracts.details(crypto('BTC'));
    const btc = { ...found?.contract } as typeof coin;
    expect(() => orders.place(btc, market('BUY', '0.01', { tif: 'IOC' }))).toThrow(/COIN-PURCHASE-BY-SIZE.*cashQty/s);
    const bought = await orders.place(btc, market('BUY', cash(5_000), { tif: 'IOC' })).done;
    expect(bought).toMatchObject({ at: 'filled' });
    expect(orders.check(btc, limit('BUY', '0.01', 50_000)).map(({ code }) => code)).not.toContain('COIN-PURCHASE-BY-SIZE');
    expect(orders.check(btc, market('SELL', '0.01')).map(({ code }) => code)).not.toContain('COIN-PURCHASE-BY-SIZE');
  });
});

interface Stage extends AsyncDisposable {
  readonly ib: Ib;
}

async function coins(kind: 'roth-ira-cash' | 'individual-margin', serverVersion = 226): Promise<Stage> {
  const gateway = await simulate({ seed: 1, serverVersion, accounts: [{ kind, cash: { USD: 100_000 } }] });
  const ib = await connect({ port: gateway.port, ...quick });
  await ib.contracts.details(AAPL);
  await ib.orders.prepare();
  return {
    ib,
    async [Symbol.asyncDispose]() {
      ib.close();
      await gateway.close();
    },
  };
}
