// A session that has a call and a stream of every family open, each with its end noted.

import type { Ib } from '../../../src/client/connect.js';

const aapl = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD', conId: 265598 };
const option = { symbol: 'AAPL', secType: 'OPT', exchange: 'SMART', currency: 'USD', conId: 700000001 };
const ACCOUNT = 'DU9000001';

type Ask = (ib: Ib) => Promise<unknown>;
interface Life {
  readonly ended: Promise<unknown>;
  close(): void;
}
type Open = (ib: Ib) => Life;

export const calls: Readonly<Record<string, Ask>> = {
  positions: (ib) => ib.accounts.positions(),
  summary: (ib) => ib.accounts.summary(['NetLiquidation']),
  numbers: (ib) => ib.accounts.numbers(ACCOUNT),
  familyCodes: (ib) => ib.accounts.familyCodes(),
  managed: (ib) => ib.accounts.managed(),
  linked: (ib) => ib.accounts.linked(),
  snapshot: (ib) => ib.market.snapshot(aapl),
  depthExchanges: (ib) => ib.market.depthExchanges(),
  smartComponents: (ib) => ib.market.smartComponents('9c0001'),
  bars: (ib) => ib.history.bars(aapl, { duration: '2 D', size: '1 hour' }),
  headTimestamp: (ib) => ib.history.headTimestamp(aapl),
  histogram: (ib) => ib.history.histogram(aapl, { period: '3 days' }),
  providers: (ib) => ib.news.providers(),
  article: (ib) => ib.news.article('DJ-N', 'DJ-N$1'),
  headlines: (ib) => ib.news.historical(265598, { providers: ['DJ-N'] }),
  scannerParameters: (ib) => ib.scanner.parameters(),
  scan: (ib) => ib.scanner.run({ instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'MOST_ACTIVE' }),
  calendarMeta: (ib) => ib.calendar.meta(),
  groups: (ib) => ib.advisor.groups(),
  time: (ib) => ib.terminal.time(),
  userInfo: (ib) => ib.terminal.userInfo(),
  displayGroups: (ib) => ib.terminal.displayGroups(),
  details: (ib) => ib.contracts.details(aapl),
  qualify: (ib) => ib.contracts.qualify({ symbol: 'MSFT', secType: 'STK', exchange: 'SMART', currency: 'USD' }),
  search: (ib) => ib.contracts.search('APP'),
  marketRule: (ib) => ib.contracts.marketRule(26),
  greeks: (ib) => ib.options.greeks(option),
  impliedVolatility: (ib) => ib.options.calculateImpliedVolatility(option, 5, 300),
  openOrders: (ib) => ib.orders.open(),
  completedOrders: (ib) => ib.orders.completed(),
  executions: (ib) => ib.orders.executions(),
};

export const streams: Readonly<Record<string, Open>> = {
  quotes: (ib) => ib.market.quotes(aapl),
  ticks: (ib) => ib.market.ticks(option),
  tickByTick: (ib) => ib.market.tickByTick(aapl, 'BidAsk'),
  depth: (ib) => ib.market.depth({ ...aapl, exchange: 'NASDAQ' }),
  smartDepth: (ib) => ib.market.depth(aapl, { isSmartDepth: true }),
  bars5s: (ib) => ib.market.bars5s(aapl),
  liveBars: (ib) => ib.history.live(aapl, { duration: '300 S', size: '5 secs' }),
  livePositions: (ib) => ib.accounts.livePositions(),
  liveNumbers: (ib) => ib.accounts.liveNumbers(ACCOUNT),
  portfolio: (ib) => ib.accounts.portfolio(ACCOUNT),
  pnl: (ib) => ib.accounts.pnl(ACCOUNT),
  positionPnl: (ib) => ib.accounts.positionPnl(ACCOUNT, 265598),
  scanner: (ib) => ib.scanner.subscribe({ instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'TOP_PERC_GAIN' }),
  liveNews: (ib) => ib.news.live(aapl, { providers: ['DJ-N'] }),
  bulletins: (ib) => ib.news.bulletins(),
  detailsStream: (ib) => ib.contracts.detailsStream(aapl),
};

export interface Everything {
  /** Calls that have not settled, by name. */
  readonly unsettled: ReadonlySet<string>;
  close(): void;
}

/** Opens all of it; what cannot be asked of an old server rejects at once. */
export function openEverything(ib: Ib): Everything {
  const unsettled = new Set(Object.keys(calls));
  for (const [name, ask] of Object.entries(calls)) {
    const settled = (): void => void unsettled.delete(name);
    ask(ib).then(settled, settled);
  }
  const lives = Object.values(streams).map((open) => open(ib));
  return {
    unsettled,
    close() {
      for (const life of lives) life.close();
    },
  };
}
