// Proofs of the remedies of the library and of its rules.
import { strict as assert } from 'node:assert';
import { startSimulated } from '../../src/cli/session/simulated.js';
import { simulate } from '../../src/gateway/simulate.js';
import * as ibwire from '../../src/index.js';
import { type Proof, says, session, test } from './remedy-steps.js';

const aapl = ibwire.stock('AAPL');
const es = ibwire.limit('BUY', 1, 5000);
const account = { account: 'DU9000001' };
const bars = (duration: string, size: ibwire.BarSize) => (ib: ibwire.Ib) => ib.history.bars(aapl, { duration, size });

/** By the words of the remedy, `…` for what is put in. */
export const libraryProofs: Readonly<Record<string, Proof>> = {
  "'All' is a group: summary(['NetLiquidation'], { group: 'All' })": session(
    (ib) => ib.accounts.summary(['All']),
    /summary\(\['NetLiquidation'\], \{ group: 'All' \}\)/,
    async (ib) => assert.equal((await ib.accounts.summary(['NetLiquidation'], { group: 'All' })).length, 2),
  ),
  'is not named, and none is usual for this kind: name it, as contracts.details tells it': session(
    (ib) =>
      ib.orders.preview({ symbol: 'ES', secType: 'FUT', lastTradeDateOrContractMonth: '202612', currency: 'USD' }, es, account),
    /name it, as contracts\.details tells it/,
    async (ib) => {
      const [told] = await ib.contracts.details(ibwire.future('ES', '202612', 'CME'));
      assert.ok(told?.contract?.exchange);
      await ib.orders.preview(ibwire.future('ES', '202612', told.contract.exchange), es, account);
    },
  ),
  'ask for … S, for longer bars (5 secs), or for history.span, which pages': session(
    bars('3600 S', '1 secs'),
    /ask for 2000 S, for longer bars \(5 secs\), or for history\.span/,
    async (ib) => {
      assert.ok((await bars('2000 S', '1 secs')(ib)).length > 0);
      assert.ok((await bars('3600 S', '5 secs')(ib)).length > 0);
      const to = new Date('2026-09-01T15:00:00Z');
      const span = ib.history.span(aapl, { from: new Date(to.getTime() - 3_600_000), to, size: '1 secs' });
      assert.ok((await span.all()).bars.length > 2000);
    },
  ),
  'bars that go on have 5 secs or more, got …: ask for 5 secs, or for market.tickByTick': session(
    (ib) => ib.history.live(aapl, { duration: '60 S', size: '1 secs' }),
    /ask for 5 secs, or for market\.tickByTick/,
    async (ib) => {
      await ib.history.live(aapl, { duration: '60 S', size: '5 secs' }).complete();
      await new Promise((resolve) => ib.market.tickByTick(aapl, 'AllLast').on(resolve));
    },
  ),
  "a contract, such as stock('AAPL')": session(
    (ib) => ib.market.snapshot('AAPL' as never),
    /such as stock\('AAPL'\)/,
    (ib) => ib.market.snapshot(ibwire.stock('AAPL')),
  ),
  'Open the session without the read-only option.': async () => {
    await using gateway = await startSimulated();
    const place = (readOnly: boolean) => async (): Promise<unknown> => {
      const ib = await ibwire.connect({ port: gateway.port, clientId: 5, readOnly });
      try {
        return await ib.orders.place(aapl, ibwire.market('BUY', 1), { account: 'DU9000001' }).done;
      } finally {
        ib.close();
      }
    };
    await assert.rejects(place(true), /without the read-only option/);
    assert.equal(((await place(false)()) as ibwire.TradeEnd).at, 'filled');
  },
  'What the gateway sent could not be read: record the bytes with `ibwire record` and look at the last frame.': test(
    'cli/gateways.test.ts',
    'records a session, hides the account, and replays it to the same command',
  ),
  'URGENT: the account is short of margin; positions may be liquidated without further notice. The session says `alarm`.': says(
    'an event of the session: test/client/reported/alarm.test.ts',
  ),
  'Use the bar size `1 day`; on an order use the TIF `DAY`.': session(bars('5 D', '1d' as never), /1 day/, async (ib) =>
    assert.equal((await bars('5 D', '1 day')(ib)).length, 5),
  ),
  'Use the TIF `DAY`.': session(
    (ib) => ib.orders.place(aapl, ibwire.limit('BUY', 1, 10, { tif: 'DAYS' as never }), { account: 'DU9000001' }),
    /DAY/,
    (ib) => ib.orders.place(aapl, ibwire.limit('BUY', 1, 300, { tif: 'DAY' }), { account: 'DU9000001' }).accepted,
  ),
  'Send `HH:mm:ss` in UTC.': says('a form of the wire, which the builders write'),
  'The group `All` cannot be used when accounts are added on demand.': says('a name of the broker'),
  'the wire has no brackets: an `or` cannot be inside an `and`; place one order per alternative in an OCA group': session(
    () => {
      const [a, b, c] = [5, 6, 7].map((day) => ibwire.time.after(new Date(Date.UTC(2026, 8, day))));
      return ibwire.activateWhen(ibwire.limit('BUY', 1, 300), a!.and(b!.or(c!)));
    },
    /one order per alternative in an OCA group/,
    (ib) => {
      const one = (day: number) =>
        ibwire.activateWhen(ibwire.limit('BUY', 1, 300), ibwire.time.after(new Date(Date.UTC(2026, 8, day))));
      const trades = ib.orders.placeGroup(aapl, ibwire.oca([one(5), one(6)], 'either'), { account: 'DU9000001' });
      return Promise.all(trades.map(({ accepted }) => accepted));
    },
  ),
  'wait for prepare() to finish, or let the order wait: it leaves when this is told': async () => {
    await using gateway = await startSimulated();
    const ib = await ibwire.connect({ port: gateway.port, clientId: 5 });
    try {
      const [contract, account] = [await ib.contracts.qualify(aapl), 'DU9000002'];
      const order = ibwire.limit('BUY', 1, 300);
      await ib.orders.prepare({ contracts: [contract] });
      assert.deepEqual(ib.orders.check(contract, order, { account }), []);
      await ib.orders.place(contract, order, { account }).accepted;
    } finally {
      ib.close();
    }
  },
  'name its kind in `accounts.kinds`': async () => {
    await using gateway = await startSimulated();
    const codes = async (orders: ibwire.OrderOptions): Promise<readonly string[]> => {
      const ib = await ibwire.connect({ port: gateway.port, clientId: 5, orders });
      try {
        return (await ib.orders.judge(aapl, ibwire.limit('BUY', 1, 300), { account: 'DU9000077' })).map(({ code }) => code);
      } finally {
        ib.close();
      }
    };
    assert.ok((await codes({})).includes('ACCOUNT-UNKNOWN'));
    assert.ok(!(await codes({ accounts: { kinds: { DU9000077: 'reg-t' } } })).includes('ACCOUNT-UNKNOWN'));
  },
  'name a group that advisor.groups() lists': async () => {
    await using gateway = await simulate({ seed: 1, accounts: 'advisor' });
    const ib = await ibwire.connect({ port: gateway.port, clientId: 5 });
    try {
      const contract = await ib.contracts.qualify(aapl);
      await ib.orders.prepare({ contracts: [contract] });
      const placed = (faGroup: string): Promise<unknown> =>
        ib.orders.place(contract, ibwire.limit('BUY', 10, 300, { faGroup, tif: 'DAY' })).accepted;
      await assert.rejects(placed('Nope'), /name a group that advisor\.groups\(\) lists/);
      const [group] = await ib.advisor.groups();
      await placed(group?.name ?? '');
    } finally {
      ib.close();
    }
  },
  'connect as client 0 with open({ which: "autoBind" })': async () => {
    await using gateway = await startSimulated();
    for (const clientId of [5, 0]) {
      const ib = await ibwire.connect({ port: gateway.port, clientId });
      const bound = ib.orders.open({ which: 'autoBind' });
      await (clientId === 0 ? bound : assert.rejects(bound, /client 0/));
      ib.close();
    }
  },
  'must be above 0, got …: raw.nextOrderId() draws one': test(
    'client/orders/send/raw.test.ts',
    'are in the journal and in the book, with the time in force they work under',
  ),
  '… is that of an order that has ended: raw.nextOrderId() draws a new one': test(
    'client/orders/money-links.test.ts',
    'under the id of an order that has ended never leaves',
  ),
  // The rules.
  'Give cashQty and a totalQuantity of 0: market("BUY", cash(…)); or a limit for a size.': session(
    (ib) => ib.orders.place(ibwire.crypto('BTC', 'USD'), ibwire.market('BUY', '0.01'), { account: 'DU9000001' }).accepted,
    /market\("BUY", cash\(…\)\)/,
    async (ib) => {
      const order = ibwire.market('BUY', ibwire.cash(500), { tif: 'IOC' });
      assert.equal((await ib.orders.place(ibwire.crypto('BTC', 'USD'), order, { account: 'DU9000001' }).done).at, 'filled');
    },
  ),
  'Follow the contract with market.quotes, or supply its last price.': async () => {
    await using gateway = await startSimulated();
    const orders = { guards: [ibwire.priceCollar({ percent: 5 })] };
    const ib = await ibwire.connect({ port: gateway.port, clientId: 5, orders });
    try {
      const contract = await ib.contracts.qualify(aapl);
      const place = (): Promise<unknown> =>
        ib.orders.place(contract, ibwire.limit('BUY', 1, 310), { account: 'DU9000001' }).accepted;
      await assert.rejects(async () => await place(), /Follow the contract with market\.quotes/);
      const quotes = ib.market.quotes(contract);
      await new Promise<void>((resolve) =>
        quotes.on(() => quotes.view.ask?.value !== undefined && quotes.view.bid?.value !== undefined && resolve()),
      );
      await place();
    } finally {
      ib.close();
    }
  },
};
