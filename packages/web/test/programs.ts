// Programs that know no door: what they answer must not depend on the one they came through.

import {
  type Big,
  bracket,
  forex,
  future,
  type Ib,
  limit,
  market,
  type OrderDraft,
  option,
  stock,
  type TradeEnd,
  valuesOf,
} from 'ibwire';
import type { Web } from '../src/client/face.js';

/** The socket's face or the Web API's. */
export type Face = Ib | Web;

export interface Setting {
  readonly account: string;
  /** A reference of the program's own. */
  ref(name: string): string;
  /** A listed option and future of the world. */
  readonly option: { readonly expiry: string; readonly strike: number };
  readonly future: { readonly expiry: string };
}

export interface Program {
  readonly name: string;
  /** `open`: the market has to be open for it. */
  readonly when: 'closed' | 'open';
  run(ib: Face, setting: Setting): Promise<unknown>;
}

const text = (amount: Big | undefined): string | undefined => amount?.round(2).toFixed(2);
const withRef = (order: OrderDraft, orderRef: string): OrderDraft => ({ ...order, orderRef });

const ending = ({ at, filled, remaining, fills, commissions, isReported }: TradeEnd) => ({
  at,
  filled: filled.toFixed(),
  remaining: remaining?.toFixed(),
  isReported,
  sides: [...new Set(fills.map(({ side }) => side))],
  contracts: [...new Set(fills.map(({ contract }) => contract?.conId))],
  currencies: [...commissions.keys()],
});

const failure = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Error && 'code' in error ? { name: error.name, code: error.code } : error;
};

export const programs: readonly Program[] = [
  {
    name: 'which accounts there are',
    when: 'closed',
    run: async (ib) => [ib.accounts.ids, await ib.accounts.linked(), await ib.accounts.managed()],
  },
  {
    name: 'what is held',
    when: 'closed',
    async run(ib, { account }) {
      const rows = await ib.accounts.positions({ account });
      return rows
        .map(({ contract, position, avgCost, modelCode, ...row }) => ({
          account: row.account,
          modelCode,
          conId: contract.conId,
          secType: contract.secType,
          currency: contract.currency,
          symbol: contract.symbol,
          position: position.toFixed(),
          avgCost: text(avgCost),
        }))
        .sort((a, b) => Number(a.conId) - Number(b.conId));
    },
  },
  {
    name: 'cash by currency, and what the account is worth',
    when: 'closed',
    async run(ib, { account }) {
      const { totals, ledgers, base } = await ib.accounts.numbers(account);
      const total = (tag: string) => [text(totals.get(tag)?.amount), totals.get(tag)?.currency];
      return {
        cash: [...ledgers].map(([currency, ledger]) => [currency, text(ledger.get('CashBalance')?.amount)]).sort(),
        base: text(base.get('CashBalance')?.amount),
        totals: ['NetLiquidation', 'TotalCashValue', 'BuyingPower', 'InitMarginReq', 'ExcessLiquidity'].map(total),
        type: totals.get('AccountType')?.value,
      };
    },
  },
  {
    name: 'which instrument is meant',
    when: 'closed',
    async run(ib, setting) {
      const asked = [
        stock('AAPL'),
        option('AAPL', setting.option.expiry, setting.option.strike, 'C'),
        future('ES', setting.future.expiry, 'CME'),
        forex('EUR', 'USD'),
      ];
      const found = await ib.contracts.qualifyMany(asked);
      return found.map((one) => {
        if (one.at !== 'found') return one.at;
        const { conId, symbol, secType, currency, exchange, strike, right, multiplier, lastTradeDateOrContractMonth } =
          one.contract;
        return {
          ...{ conId, symbol, secType, currency, exchange, right },
          strike: Number(strike ?? 0),
          multiplier: Number(multiplier ?? 1),
          date: lastTradeDateOrContractMonth || undefined,
        };
      });
    },
  },
  {
    name: 'the options near the money',
    when: 'closed',
    async run(ib, setting) {
      const aapl = await ib.contracts.qualify(stock('AAPL'));
      const { options } = await ib.options.chain(aapl, {
        expiries: [setting.option.expiry],
        spot: 310,
        moneyness: { from: 0.98, to: 1.02 },
        rights: ['C'],
      });
      return options
        .map(({ conId, strike, right, lastTradeDateOrContractMonth: date }) => `${date} ${Number(strike)} ${right} ${conId}`)
        .sort();
    },
  },
  {
    name: 'an instrument that there is not, and one of several',
    when: 'closed',
    run: async (ib) => [
      await failure(ib.contracts.qualify(stock('NOSUCH'))),
      await failure(ib.contracts.qualify({ symbol: 'ES', secType: 'FUT', exchange: 'CME', currency: 'USD' })),
    ],
  },
  {
    name: 'prices that exist',
    when: 'closed',
    async run(ib) {
      const aapl = await ib.contracts.qualify(stock('AAPL'));
      const snapped = (price: string, side: 'BUY' | 'SELL') => ib.contracts.snap(aapl, price, side);
      return [await snapped('180.119', 'BUY'), await snapped('180.111', 'SELL')].map((price) => price.toFixed());
    },
  },
  {
    name: 'a quote',
    when: 'closed',
    async run(ib) {
      const quote = await ib.market.snapshot(await ib.contracts.qualify(stock('AAPL')));
      const { bid, ask, last, close } = valuesOf(quote);
      return { bid, ask, last, close, isCrossed: quote.isCrossed };
    },
  },
  {
    name: 'a stream of quotes',
    when: 'closed',
    async run(ib) {
      const quotes = ib.market.quotes(await ib.contracts.qualify(stock('MSFT')));
      for await (const ticks of quotes.batches()) {
        expectTicks(ticks.length);
        // At night nobody bids.
        const { last, close, high, low } = valuesOf(quotes.view);
        if (last === undefined || close === undefined || high === undefined || low === undefined) continue;
        const { state } = quotes;
        quotes.close();
        return { last, close, high, low, before: state.at, after: quotes.state.at, ended: await quotes.ended };
      }
      throw new Error('it ended');
    },
  },
  {
    name: 'bars of days and of hours',
    when: 'closed',
    async run(ib) {
      const aapl = await ib.contracts.qualify(stock('AAPL'));
      const days = await ib.history.bars(aapl, { duration: '5 D', size: '1 day' });
      const hours = await ib.history.bars(aapl, { duration: '2 D', size: '1 hour' });
      const minutes = await ib.history.bars(aapl, { duration: '3600 S', size: '5 mins', end: new Date('2026-09-03T18:00:00Z') });
      return [days, hours, minutes].map((bars) =>
        bars.map(({ time, date, open, high, low, close, volume, isForming }) => [
          ...[time.toISOString(), date, open, high, low, close, volume, isForming],
        ]),
      );
    },
  },
  {
    name: 'what an order would tie up',
    when: 'closed',
    async run(ib, { account, ref }) {
      const aapl = await ib.contracts.qualify(stock('AAPL'));
      const order = withRef(limit('BUY', 10, '250'), ref('preview'));
      const { initMargin, maintMargin, equityWithLoan, commissionCurrency } = await ib.orders.preview(aapl, order, { account });
      return [initMargin, maintMargin, equityWithLoan]
        .map(({ before, change, after }) => [text(before), text(change), text(after)])
        .concat([[commissionCurrency]]);
    },
  },
  {
    name: 'an order that the rules forbid',
    when: 'closed',
    async run(ib, { account, ref }) {
      const aapl = await ib.contracts.qualify(stock('AAPL'));
      const judged = async (order: OrderDraft) =>
        (await ib.orders.judge(aapl, order, { account })).map(({ code, severity }) => `${severity} ${code}`).sort();
      return [
        await judged(withRef(limit('BUY', 900, '250'), ref('dear'))),
        await judged(withRef(limit('SELL', 11, '250'), ref('short'))),
        await judged(withRef(limit('BUY', 1, '250'), ref('lawful'))),
      ];
    },
  },
  {
    name: 'an order that is filled',
    when: 'open',
    async run(ib, { account, ref }) {
      const aapl = await ib.contracts.qualify(stock('AAPL'));
      await ib.market.snapshot(aapl); // what bounds the cost of a market order
      const trade = await ib.orders.place(aapl, withRef(market('BUY', 3), ref('filled')), { account });
      const end = await trade.done;
      return { ...ending(end), after: (await trade.filled).at, state: trade.state.at, ref: trade.orderRef === ref('filled') };
    },
  },
  {
    name: 'an order that is changed and taken back',
    when: 'open',
    async run(ib, { account, ref }) {
      const aapl = await ib.contracts.qualify(stock('AAPL'));
      const trade = await ib.orders.place(aapl, withRef(limit('BUY', 2, '100'), ref('changed')), { account });
      const accepted = /^(?:accepted|working)$/.test((await trade.accepted).at); // the venue takes a moment

      const changed = await trade.modify({ lmtPrice: 101 });
      const same = await trade.modify({ lmtPrice: 101 });
      const cancelled = await trade.cancel();
      return { accepted, changed, same, cancelled, end: ending(await trade.done), again: await trade.cancel() };
    },
  },
  {
    name: 'a bracket whose entry fills and whose exits are taken back',
    when: 'open',
    async run(ib, { account, ref }) {
      const aapl = await ib.contracts.qualify(stock('AAPL'));
      const { ask } = valuesOf(await ib.market.snapshot(aapl));
      const price = Number(ask) + 5;
      const group = bracket(withRef(limit('BUY', 2, price.toFixed(2)), ref('bracket')), {
        takeProfit: (price + 100).toFixed(2),
        stopLoss: (price - 100).toFixed(2),
      });
      const [entry, ...exits] = await ib.orders.placeGroup(aapl, group, { account });
      if (entry === undefined) throw new Error('no entry');
      const filled = ending(await entry.done);
      const cancelled: unknown[] = [];
      for (const exit of exits) cancelled.push(await exit.cancel()); // the first may take the other along
      return { filled, exits: exits.length, cancelled, ends: await Promise.all(exits.map(async (exit) => (await exit.done).at)) };
    },
  },
  {
    name: 'what was executed',
    when: 'open',
    async run(ib, { account, ref }) {
      const fills = await ib.orders.executions({ acctCode: account });
      const mine = fills.filter(({ orderRef }) => orderRef === ref('filled'));
      if (mine.length === 0) throw new Error('nothing was executed');
      const shares = mine.reduce((sum, { shares: some }) => sum + Number(some), 0);
      return [
        shares,
        ...new Set(
          mine.map(
            ({ side, account: whose, contract, commission }) =>
              `${side} ${whose === account} ${contract?.conId} ${commission?.currency}`,
          ),
        ),
      ];
    },
  },
];

function expectTicks(count: number): void {
  if (count === 0) throw new Error('a batch without ticks');
}
