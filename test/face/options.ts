// Every object of options that the public face takes, with a call that gives it one property too many.

import * as capture from '../../src/capture/index.js';
import { connect } from '../../src/client/connect.js';
import type { Ib } from '../../src/client/index.js';
import { IBApi } from '../../src/compat/stoqey/index.js';
import * as gateway from '../../src/gateway/index.js';
import * as ibwire from '../../src/index.js';

/** What is given beside what is needed: a name that nobody knows. */
type More = Readonly<Record<string, unknown>>;
/** A call as programs without types can make it. */
type Loose = (...given: readonly unknown[]) => unknown;

const loose = (call: unknown): Loose => call as Loose;
const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const option = { ...stock, secType: 'OPT', conId: 7, strike: 100, right: 'C', lastTradeDateOrContractMonth: '20270115' };
const bought = { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: 1 };
const day = { duration: '1 D', size: '1 hour' };
const stopped = ibwire.stop('SELL', 1, 90);
const priced = ibwire.limit('BUY', 1, 100);

/** Families by call: what stands before the options, and what the options need. */
const calls: Readonly<Record<string, readonly (readonly [call: string, before: readonly unknown[], needed?: object])[]>> = {
  accounts: [
    ...['linked', 'positions', 'livePositions', 'live', 'holdings', 'familyCodes', 'managed'].map((one) => [one, []] as const),
    ['summary', [['NetLiquidation']]],
    ...['numbers', 'liveNumbers', 'portfolio', 'pnl'].map((one) => [one, ['DU9000001']] as const),
    ['positionPnl', ['DU9000001', 1]],
  ],
  contracts: [
    ...['qualify', 'details', 'detailsStream', 'grid', 'hours', 'isOpen', 'nextOpen'].map((one) => [one, [stock]] as const),
    ['qualifyMany', [[stock]]],
    ['search', ['AA']],
    ['marketRule', [26]],
    ['snap', [stock, 1, 'BUY']],
  ],
  market: [
    ...['quotes', 'snapshot', 'ticks', 'depth', 'bars5s'].map((one) => [one, [stock]] as const),
    ['columns', [[stock]]],
    ['tickByTick', [stock, 'Last']],
    ['depthExchanges', []],
    ['smartComponents', ['a6']],
  ],
  history: [
    ...['bars', 'columns', 'live'].map((one) => [one, [stock], day] as const),
    ['span', [stock], { from: new Date(0), size: '1 day' }],
    ['headTimestamp', [stock]],
    ['histogram', [stock], { period: '3 days' }],
    ['schedule', [stock], { duration: '5 D' }],
    ['ticks', [stock], { from: new Date(0), to: new Date(1) }],
  ],
  news: [
    ['providers', []],
    ['article', ['BZ', 'x']],
    ['historical', [1], { providers: ['BZ'] }],
    ['live', [stock], { providers: ['BZ'] }],
    ['bulletins', []],
    ['fundamentals', [stock, 'ReportSnapshot']],
  ],
  scanner: [
    ['parameters', []],
    ['run', [{}]],
    ['subscribe', [{}]],
  ],
  calendar: [
    ['meta', []],
    ['events', []],
  ],
  advisor: [
    ...['groups', 'aliases', 'softDollarTiers'].map((one) => [one, []] as const),
    ['xml', ['groups']],
    ['replace', ['groups', '<x/>']],
    ['replaceGroups', [[]]],
  ],
  terminal: [
    ...['time', 'userInfo', 'displayGroups', 'config'].map((one) => [one, []] as const),
    ['displayGroup', [1]],
    ['updateConfig', [{}]],
  ],
  options: [
    ['parameters', [stock]],
    ['chain', [stock]],
    ['greeks', [option]],
    ['modelGreeks', [option, 0.2], { spot: 100 }],
    ['modelVolatility', [option, 5], { spot: 100 }],
    ['calculateImpliedVolatility', [option, 5, 100]],
    ['calculateOptionPrice', [option, 0.2, 100]],
  ],
  orders: [
    ...['place', 'preview', 'check', 'judge'].map((one) => [one, [stock, bought]] as const),
    ...['placeGroup', 'judgeGroup'].map((one) => [one, [stock, { members: [{ role: 'parent', order: bought }] }]] as const),
    ['exercise', [option, { action: 'exercise', quantity: 1 }]],
    ...['open', 'completed', 'prepare'].map((one) => [one, []] as const),
    ['executions', [{}]],
  ],
};

/** Records of the wire among the arguments of a facade: what stands before them. */
const records: readonly (readonly [
  family: keyof typeof calls,
  call: string,
  before: readonly unknown[],
  behind: readonly unknown[],
])[] = [
  ...['qualify', 'details', 'detailsStream', 'grid', 'hours', 'isOpen', 'nextOpen'].map(
    (one) => ['contracts', one, [], []] as const,
  ),
  ['contracts', 'snap', [], [1, 'BUY']],
  ...['quotes', 'snapshot', 'ticks', 'depth', 'bars5s'].map((one) => ['market', one, [], []] as const),
  ['market', 'tickByTick', [], ['Last']],
  ...['bars', 'columns', 'live'].map((one) => ['history', one, [], [day]] as const),
  ['history', 'headTimestamp', [], []],
  ['scanner', 'run', [], []],
  ['scanner', 'subscribe', [], []],
  ['terminal', 'updateConfig', [], []],
  ['orders', 'executions', [], []],
  ['orders', 'exercise', [option], []],
];

/** Calls of a session, by the name that a program writes. */
export const ofSession: readonly (readonly [name: string, call: (ib: Ib, more: More) => unknown])[] = [
  ...Object.entries(calls).flatMap(([family, rows]) =>
    rows.map(([name, before, needed = {}]) => {
      const call = (ib: Ib, more: More): unknown => methodOf(ib, family, name)(...before, { ...needed, ...more });
      return [`ib.${family}.${name}`, call] as const;
    }),
  ),
  ...records.map(([family, name, before, behind]) => {
    const call = (ib: Ib, more: More): unknown => methodOf(ib, family, name)(...before, more, ...behind);
    return [`ib.${family}.${name} (record)`, call] as const;
  }),
  ['subscription.batches', (ib, more) => ib.orders.book.events.batches(more)],
];

function methodOf(ib: Ib, family: string, name: string): Loose {
  return loose((ib as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[family]?.[name]);
}

/** Builders whose last argument is the attributes of an order: what stands before them. */
const attributed: readonly (readonly [build: unknown, before: readonly unknown[]])[] = [
  ...[ibwire.market, ibwire.marketOnClose, ibwire.marketOnOpen, ibwire.marketToLimit, ibwire.marketWithProtection].map(
    (build) => [build, ['BUY', 1]] as const,
  ),
  ...[ibwire.boxTop, ibwire.guaranteedVwap, ibwire.requestForQuote].map((build) => [build, ['BUY', 1]] as const),
  ...[ibwire.limit, ibwire.limitOnClose, ibwire.limitOnOpen, ibwire.auction, ibwire.block, ibwire.sweepToFill].map(
    (build) => [build, ['BUY', 1, 10]] as const,
  ),
  ...[ibwire.marketIfTouched, ibwire.stop, ibwire.stopWithProtection, ibwire.comboLimitMarket, ibwire.discretionaryPeg].map(
    (build) => [build, ['BUY', 1, 10]] as const,
  ),
  ...[ibwire.snapMarket, ibwire.snapMid, ibwire.snapPrimary, ibwire.midprice, ibwire.comboRelativeMarket].map(
    (build) => [build, ['BUY', 1, 1]] as const,
  ),
  ...[ibwire.stopLimit, ibwire.limitIfTouched, ibwire.comboRelativeLimit].map((build) => [build, ['BUY', 1, 10, 9]] as const),
  [ibwire.iceberg, ['BUY', 100, 10, 10]],
  [ibwire.discretionary, ['BUY', 1, 10, 0.1]],
  [ibwire.boxAuction, ['BUY', 1, 10, { strategy: 'match', startingPrice: 9 }]],
  ...[ibwire.trail, ibwire.trailMarketIfTouched, ibwire.comboTrailRelativeMarket].map(
    (build) => [build, ['SELL', 1, { amount: 1 }]] as const,
  ),
  ...[ibwire.trailLimit, ibwire.comboTrailLimitMarket].map(
    (build) => [build, ['SELL', 1, { amount: 1, startAt: 99 }, { lmtPriceOffset: 0.1 }]] as const,
  ),
  [ibwire.trailLimitIfTouched, ['SELL', 1, { amount: 1 }, 0.1]],
  ...[ibwire.pegMarket, ibwire.pegPrimary, ibwire.fixPegged, ibwire.relative, ibwire.passiveRelative].map(
    (build) => [build, ['BUY', 1, { offset: 0.1 }]] as const,
  ),
  [ibwire.pegMid, ['BUY', 1, {}]],
  [ibwire.pegBest, ['BUY', 1, 10, { competeAgainstBestOffset: 0.1 }]],
  [ibwire.pegStock, ['BUY', 1, { delta: 0.4, startingPrice: 10 }]],
  [ibwire.volatility, ['BUY', 1, { volatility: 20, per: 'year' }]],
  [ibwire.pegVolatility, ['primary', 'BUY', 1, { volatility: 20, per: 'year' }]],
];

const benchmark = {
  startingPrice: 10,
  referenceContractId: 5,
  peggedChangeAmount: 0.1,
  referenceChangeAmount: 0.1,
  isPeggedChangeAmountDecrease: false,
};
const chain: readonly never[] = [];

/** Everything else that needs no session: what stands before the object, what the object needs. */
const others: Readonly<Record<string, readonly [call: unknown, before: readonly unknown[], needed?: object]>> = {
  byConId: [ibwire.byConId, ['STK', 1]],
  cfd: [ibwire.cfd, ['IBUS500']],
  combo: [
    ibwire.combo,
    [
      'AAPL',
      [
        { conId: 1, ratio: 1, action: 'BUY', exchange: 'SMART' },
        { conId: 2, ratio: 1, action: 'SELL', exchange: 'SMART' },
      ],
    ],
  ],
  commodity: [ibwire.commodity, ['XAUUSD']],
  crypto: [ibwire.crypto, ['BTC', 'USD']],
  feedStream: [ibwire.feedStream, [], { close() {} }],
  forex: [ibwire.forex, ['EUR', 'USD']],
  fund: [ibwire.fund, ['VINIX']],
  index: [ibwire.index, ['SPX', 'CBOE']],
  stock: [ibwire.stock, ['AAPL']],
  bill: [ibwire.bill, [{ symbol: 'US-T' }]],
  bond: [ibwire.bond, [{ symbol: 'IBM' }]],
  continuousFuture: [ibwire.continuousFuture, ['ES', 'CME']],
  future: [ibwire.future, ['ES', '202712', 'CME']],
  option: [ibwire.option, ['AAPL', '20270115', 100, 'C']],
  futureOption: [ibwire.futureOption, ['ES', '20270115', 5000, 'C', 'CME']],
  warrant: [ibwire.warrant, ['BAYN', '20270115', 100, 'C'], { exchange: 'FWB', currency: 'EUR' }],
  structured: [ibwire.structured, ['BAYN', '20270115', 100, 'C'], { exchange: 'FWB', currency: 'EUR' }],
  eventContract: [ibwire.eventContract, ['ECES', '20270115', 5000, 'C', 'CME']],
  symbol: [ibwire.symbol, ['AAPL']],
  positionsFromCsv: [ibwire.positionsFromCsv, ['account,conId\n']],
  explain: [ibwire.explain, [200]],
  blackScholes: [ibwire.blackScholes, [], { right: 'C', spot: 100, strike: 100, years: 1, rate: 0, volatility: 0.2 }],
  bjerksundStensland: [ibwire.bjerksundStensland, [], { right: 'C', spot: 100, strike: 100, years: 1, rate: 0, volatility: 0.2 }],
  impliedVolatility: [
    (terms: never) => ibwire.impliedVolatility(terms, 5),
    [],
    { right: 'C', spot: 100, strike: 100, years: 1, rate: 0 },
  ],
  'assemble prices': [ibwire.assemble, ['LMT', 'BUY', 1], { lmtPrice: 1 }],
  twap: [ibwire.twap, [priced]],
  vwap: [ibwire.vwap, [priced]],
  arrivalPrice: [ibwire.arrivalPrice, [priced]],
  thirdParty: [ibwire.thirdParty, [priced, 'qb', 'STROBE']],
  adjustable: [ibwire.adjustable, [stopped], { triggerPrice: 95, to: 'STP', stopPrice: 93 }],
  attached: [ibwire.attached, [priced], { stopLoss: true }],
  hedge: [ibwire.hedge, [priced], { kind: 'delta' }],
  routed: [ibwire.routed, [priced]],
  scale: [ibwire.scale, [priced], { initLevelSize: 1, priceIncrement: 1 }],
  bracket: [ibwire.bracket, [priced], { takeProfit: 110 }],
  'bracket stopLoss': [(stopLoss: never) => ibwire.bracket(priced, { stopLoss }), [], { stop: 90, limit: 89 }],
  withIds: [ibwire.withIds, [{ members: [] }, []]],
  'boxAuction terms': [ibwire.boxAuction, ['BUY', 1, 10], { strategy: 'match', startingPrice: 9 }],
  'volatility terms': [ibwire.volatility, ['BUY', 1], { volatility: 20, per: 'year' }],
  'pegVolatility terms': [ibwire.pegVolatility, ['primary', 'BUY', 1], { volatility: 20, per: 'year' }],
  'trail by': [ibwire.trail, ['SELL', 1], { amount: 1 }],
  'trailMarketIfTouched by': [ibwire.trailMarketIfTouched, ['SELL', 1], { amount: 1 }],
  'trailLimit by': [(by: never) => ibwire.trailLimit('SELL', 1, by, { lmtPrice: 1 }), [], { amount: 1, startAt: 9 }],
  'trailLimit limit': [ibwire.trailLimit, ['SELL', 1, { amount: 1, startAt: 9 }], { lmtPrice: 1 }],
  'trailLimitIfTouched by': [(by: never) => ibwire.trailLimitIfTouched('SELL', 1, by, 1), [], { amount: 1 }],
  'comboTrailRelativeMarket by': [ibwire.comboTrailRelativeMarket, ['SELL', 1], { amount: 1 }],
  'comboTrailLimitMarket limit': [ibwire.comboTrailLimitMarket, ['SELL', 1, { amount: 1, startAt: 9 }], { lmtPrice: 1 }],
  'relative by': [ibwire.relative, ['BUY', 1], { offset: 0.1 }],
  'passiveRelative by': [ibwire.passiveRelative, ['BUY', 1], { offset: 0.1 }],
  'pegMarket by': [ibwire.pegMarket, ['BUY', 1], { offset: 0.1 }],
  'pegPrimary by': [ibwire.pegPrimary, ['BUY', 1], { offset: 0.1 }],
  'fixPegged by': [ibwire.fixPegged, ['BUY', 1]],
  'pegMid by': [ibwire.pegMid, ['BUY', 1]],
  'pegBest by': [ibwire.pegBest, ['BUY', 1, 10], { competeAgainstBestOffset: 0.1 }],
  'pegStock by': [ibwire.pegStock, ['BUY', 1], { delta: 0.4, startingPrice: 10 }],
  'pegBench by': [ibwire.pegBench, ['BUY', 1], benchmark],
  'pegBench options': [ibwire.pegBench, ['BUY', 1, benchmark]],
  bag: [ibwire.bag, [[]]],
  pick: [ibwire.pick, [chain], { expiry: '20270115', strike: 1, right: 'C' }],
  vertical: [ibwire.vertical, [chain], { expiry: '20270115', right: 'C', long: 1, short: 2 }],
  ironCondor: [ibwire.ironCondor, [chain], { expiry: '20270115', putWing: 1, shortPut: 2, shortCall: 3, callWing: 4 }],
  butterfly: [ibwire.butterfly, [chain], { expiry: '20270115', right: 'C', low: 1, body: 2, high: 3 }],
  straddle: [ibwire.straddle, [chain], { expiry: '20270115', strike: 1 }],
  strangle: [ibwire.strangle, [chain], { expiry: '20270115', put: 1, call: 2 }],
  calendar: [ibwire.calendar, [chain], { strike: 1, right: 'C', near: '20270115', far: '20270219' }],
  diagonal: [
    ibwire.diagonal,
    [chain],
    { right: 'C', near: { expiry: '20270115', strike: 1 }, far: { expiry: '20270219', strike: 1 } },
  ],
  collar: [ibwire.collar, [{ conId: 1 }, chain], { expiry: '20270115', put: 1, call: 2 }],
  coveredCall: [ibwire.coveredCall, [{ conId: 1 }, chain], { expiry: '20270115', strike: 1 }],
  activateWhen: [ibwire.activateWhen, [priced, ibwire.time.after(new Date(0))]],
  cancelWhen: [ibwire.cancelWhen, [priced, ibwire.time.after(new Date(0))]],
  'price of': [ibwire.price, [], { conId: 1, exchange: 'SMART' }],
  'volume of': [ibwire.volume, [], { conId: 1, exchange: 'SMART' }],
  'percentChange of': [ibwire.percentChange, [], { conId: 1, exchange: 'SMART' }],
  'execution of': [ibwire.execution, [], { symbol: 'AAPL', secType: 'STK', exchange: 'SMART' }],
  confirmations: [ibwire.confirmations, [], { now: () => 0, random: () => 'x' }],
  fileSink: [ibwire.fileSink, [], { path: '/nowhere/at/all' }],
  maxNotional: [ibwire.maxNotional, [1, 'USD']],
  maxQuantity: [ibwire.maxQuantity, [1]],
  priceCollar: [ibwire.priceCollar, [], { percent: 1 }],
  liveData: [ibwire.liveData, []],
  openMarket: [ibwire.openMarket, []],
  allowOnly: [(entry: never) => ibwire.allowOnly([entry]), []],
  deny: [(entry: never) => ibwire.deny([entry]), []],
  connect: [connect, [], { port: 4002 }],
  ...Object.fromEntries(
    ['backOff', 'contracts', 'options', 'orders', 'restart', 'limits'].map((part) => [
      `connect ${part}`,
      [(more: never) => connect({ port: 4002, [part]: more }), []],
    ]),
  ),
  ...Object.fromEntries(
    ['accounts', 'patience', 'reconcile'].map((part) => [
      `connect orders.${part}`,
      [(more: never) => connect({ port: 4002, orders: { [part]: more } }), []],
    ]),
  ),
  'connect orders.accounts.policy': [(policy: never) => connect({ port: 4002, orders: { accounts: { policy } } }), []],
  diffCaptures: [capture.diffCaptures, [[], []]],
  framesBetween: [(more: never) => capture.framesBetween({ header: {}, records: [] } as never, more).next(), []],
  loadExcerpt: [capture.loadExcerpt, [[]]],
  startRecorder: [capture.startRecorder, [], { gateway: { port: 1 }, open: () => {} }],
  redactFile: [capture.redactFile, ['/nowhere/from', '/nowhere/to']],
  createCapture: [capture.createCapture, ['/nowhere/at/all', {}]],
  wallClock: [gateway.wallClock, []],
  simulate: [gateway.simulate, []],
  replayGateway: [gateway.replayGateway, [], { captures: [] }],
  IBApi: [(options: never) => new IBApi(options), []],
};

/** Calls that need no session, by the name that a program writes. */
export const ofPackage: readonly (readonly [name: string, call: (more: More) => unknown])[] = [
  ...attributed.map(([build, before]) => {
    const call = (more: More): unknown => loose(build)(...before, more);
    return [`${(build as { readonly name: string }).name} options`, call] as const;
  }),
  ...Object.entries(others).map(([name, [call, before, needed = {}]]) => {
    return [name, (more: More): unknown => loose(call)(...before, { ...needed, ...more })] as const;
  }),
];
