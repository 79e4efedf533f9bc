// Every family of conversation: the request that opens it, and the call that makes it.

import type { Ib } from '../../../src/client/connect.js';
import type { Subscription } from '../../../src/client/conversation/subscription.js';
import type { OutgoingKind } from '../../../src/protocol/registry.js';

const aapl = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

export type Life = Pick<Subscription<unknown, unknown>, 'state' | 'onGap' | 'close'>;

/** What answers once, and what goes on until it is closed. */
export type Family =
  | { readonly shape: 'call'; readonly asks: OutgoingKind; call(ib: Ib): Promise<unknown> }
  | { readonly shape: 'stream'; readonly asks: OutgoingKind; open(ib: Ib, account: string): Life };

export const families: Readonly<Record<string, Family>> = {
  'one, by id': { shape: 'call', asks: 'reqUserInfo', call: (ib) => ib.terminal.userInfo() },
  'one, without id': { shape: 'call', asks: 'reqFamilyCodes', call: (ib) => ib.accounts.familyCodes() },
  'list of contracts': {
    shape: 'call',
    asks: 'reqContractDetails',
    call: (ib) => ib.contracts.details({ symbol: 'MSFT', secType: 'STK', exchange: 'SMART', currency: 'USD' }),
  },
  bars: { shape: 'call', asks: 'reqHistoricalData', call: (ib) => ib.history.bars(aapl, { duration: '2 D', size: '1 hour' }) },
  'head timestamp': { shape: 'call', asks: 'reqHeadTimestamp', call: (ib) => ib.history.headTimestamp(aapl) },
  'picture of positions': { shape: 'call', asks: 'reqPositions', call: (ib) => ib.accounts.positions() },
  'account summary': { shape: 'call', asks: 'reqAccountSummary', call: (ib) => ib.accounts.summary(['NetLiquidation']) },
  'snapshot of a quote': { shape: 'call', asks: 'reqMktData', call: (ib) => ib.market.snapshot(aapl) },
  quotes: { shape: 'stream', asks: 'reqMktData', open: (ib) => ib.market.ticks(aapl) },
  depth: { shape: 'stream', asks: 'reqMktDepth', open: (ib) => ib.market.depth({ ...aapl, exchange: 'NASDAQ' }) },
  'tick by tick': { shape: 'stream', asks: 'reqTickByTickData', open: (ib) => ib.market.tickByTick(aapl, 'BidAsk') },
  'bars kept up to date': {
    shape: 'stream',
    asks: 'reqHistoricalData',
    open: (ib) => ib.history.live(aapl, { duration: '300 S', size: '5 secs' }),
  },
  'profit and loss': { shape: 'stream', asks: 'reqPnL', open: (ib, account) => ib.accounts.pnl(account) },
  'account updates': { shape: 'stream', asks: 'reqAccountUpdates', open: (ib, account) => ib.accounts.portfolio(account) },
  scanner: {
    shape: 'stream',
    asks: 'reqScannerSubscription',
    open: (ib) =>
      ib.scanner.subscribe({ instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'TOP_PERC_GAIN', numberOfRows: 3 }),
  },
};
