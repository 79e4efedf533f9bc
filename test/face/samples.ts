// A sample of every class that programs can hold, and of what a session hands out.
import { CaptureError } from '../../src/capture/capture-error.js';
import { channel } from '../../src/client/conversation/subscription.js';
import { begun } from '../../src/client/orders/record/order-record.js';
import { Trade } from '../../src/client/orders/trade.js';
import { UnusableError } from '../../src/client/wire/errors.js';
import { FaultScriptError } from '../../src/gateway/faults/script.js';
import { ReplayError } from '../../src/gateway/replay/replay-error.js';
import { WorldError } from '../../src/gateway/world/errors.js';
import * as ibwire from '../../src/index.js';
import { IbwireError } from '../../src/protocol/errors.js';

export interface Sample {
  readonly value: object;
  /** Reckoned from what is written, or said by another member. */
  readonly derived?: readonly string[];
  /** What `console.log` leaves to JSON. */
  readonly brief?: readonly string[];
}

const end = { at: 'cancelled', filled: ibwire.Big(1), reason: undefined } as unknown as ibwire.TradeEnd;
const finding = { code: 'X', severity: 'reject', message: 'No.', facts: {}, remedy: 'Wait.' } as const;
const aapl = ibwire.stock('AAPL');
const place = { kind: 'tickPrice', serverVersion: 176, row: 'price', offset: 4, id: 7, errorCode: 200 };
const facts = { errorCode: 201, text: 'no', id: 1, asked: 'placeOrder', advancedOrderRejectJson: '{}', errorTime: 5 };

/** By class, each with everything set that it can hold. */
export const samples: Readonly<Record<string, Sample>> = {
  AdmissionError: {
    value: new ibwire.AdmissionError('reqMktData', { budget: 'lines', because: 'full', waitMs: 5, patienceMs: 1 }),
  },
  AmbiguousContractError: { value: new ibwire.AmbiguousContractError(aapl, []) },
  CaptureError: { value: new CaptureError('CAPTURE_TRUNCATED', 5, 'it ends', new TypeError('x')) },
  ClosedError: { value: new ibwire.ClosedError('over', { asked: 'reqPositions', cause: new TypeError('x') }) },
  ConnectError: { value: new ibwire.ConnectError('socket', 'refused', { hint: 'Start it.', cause: new TypeError('x') }) },
  DecodeError: { value: new ibwire.DecodeError('is no number', place) },
  EncodeError: { value: new ibwire.EncodeError('placeOrder', 'order.tif', 'is no text') },
  FaultScriptError: { value: new FaultScriptError('x', 'y') },
  FrameError: { value: new ibwire.FrameError('FRAME_LENGTH', 'too long', 5, 6) },
  GatewayError: { value: new ibwire.GatewayError(facts) },
  IbwireError: { value: new IbwireError('X', 'no', { cause: 'y' }) },
  IdRangeError: { value: new ibwire.IdRangeError(7, 'too high') },
  InputError: { value: new ibwire.InputError('price', 'is none') },
  JournalError: { value: new ibwire.JournalError('full', { cause: new TypeError('x') }) },
  NotAcceptedError: { value: new ibwire.NotAcceptedError(end) },
  NotChangedError: { value: new ibwire.NotChangedError(5, { lmtPrice: 1 } as ibwire.ReportedOrder) },
  NotFilledError: { value: new ibwire.NotFilledError(end) },
  OptionError: { value: new ibwire.OptionError('seed', 'is none') },
  OrderStateError: { value: new ibwire.OrderStateError('it is over', 'place another') },
  OverflowError: { value: new ibwire.OverflowError(5) },
  ReadOnlyError: { value: new ibwire.ReadOnlyError('placeOrder', 'client') },
  ReplayError: { value: new ReplayError('REPLAY_EMPTY', 'nothing') },
  RuleError: { value: new ibwire.RuleError([finding]) },
  Subscription: { value: streaming() },
  TimeoutError: { value: new ibwire.TimeoutError('reqPositions', 5, { seen: 2 }) },
  TooManyRowsError: { value: new ibwire.TooManyRowsError('reqPositions', { seen: 2, bytes: 3, maxRows: 1, maxBytes: 9 }) },
  TooOldError: { value: new ibwire.TooOldError('placeOrder', 'order.x', 200, 176) },
  Trade: {
    value: ordered(),
    derived: ['record', 'events'],
    brief: ['isPlaced', 'permIds', 'reported', 'orderState', 'asked', 'statuses'],
  },
  UnknownContractError: { value: new ibwire.UnknownContractError(aapl, { cause: new TypeError('x') }) },
  UnusableError: { value: new UnusableError('nextValidId', new TypeError('x')) },
  WorldError: { value: new WorldError('limit', 'no') },
};

/** Classes that work on what they are given, and hold nothing that anybody would write down. */
export const machinery: readonly string[] = [
  ...['BarRows', 'Decoder', 'FrameDecoder', 'Faults', 'IBApi'],
  ...['CaptureParser', 'CaptureWriter', 'FrameWalk', 'Learnt', 'MessageReader', 'Pseudonyms', 'Redactor'],
];

function streaming(): ibwire.Subscription<number, { readonly sum: number }> {
  const [subscription, source] = channel<number, { readonly sum: number }>({ view: { sum: 5 }, close() {} }, () => {});
  source.enter({ at: 'live', since: 1 });
  source.push(5);
  return subscription;
}

function ordered(): Trade {
  const draft = ibwire.limit('BUY', 1, 10, { tif: 'DAY', orderRef: 'mine' });
  const record = begun({ clientId: 1, orderId: 7, isPlaced: true, account: 'DU9000001', contract: aapl, draft });
  const reported = { lmtPrice: 10, parentId: 3 } as ibwire.ReportedOrder;
  return new Trade({ ...record, permIds: ['9'], sentAt: 1, heardAt: 2, reported }, {} as never);
}

/** What a session hands out, by the call that gives it. */
export async function handlesOf(ib: ibwire.Ib): Promise<Readonly<Record<string, unknown>>> {
  const [account = ''] = ib.accounts.ids;
  const contract = await ib.contracts.qualify(aapl);
  const live = ib.accounts.live();
  const portfolio = ib.accounts.portfolio(account);
  const quotes = ib.market.quotes(contract);
  const depth = ib.market.depth(contract);
  const bars = ib.history.live(contract, { duration: '1 D', size: '1 hour' });
  const [positions, numbers] = [ib.accounts.livePositions(), ib.accounts.liveNumbers(account)];
  await Promise.all([live, portfolio, bars, positions, numbers].map((one) => one.complete()));
  const pnl = ib.accounts.pnl(account);
  await Promise.all(
    [quotes, depth, pnl].map((one) => new Promise((resolve) => (one as ibwire.Subscription<unknown>).on(resolve))),
  );
  const trade = ib.orders.place(contract, ibwire.market('BUY', 1));
  const end = await trade.done;
  const expiry = (await ib.options.parameters(contract)).find(({ exchange }) => exchange === 'SMART')?.expirations[3] ?? '';
  const moneyness = { from: 0.99, to: 1.01 };
  const chain = await ib.options.chain(contract, { expiries: [expiry], moneyness, spot: 314, rights: ['C'] });
  return {
    ib,
    ...Object.fromEntries(Object.entries(ib).map(([name, family]) => [`ib.${name}`, family])),
    'ib.orders.book': ib.orders.book,
    live,
    'live.totals': live.totals,
    'live.accounts': live.accounts,
    quotes,
    'quotes.view': quotes.view,
    depth,
    'depth.view': depth.view,
    bars,
    positions,
    numbers,
    portfolio,
    pnl,
    trade,
    end,
    chain,
    'accounts.numbers': await ib.accounts.numbers(account),
    'accounts.positions': await ib.accounts.positions(),
    'accounts.holdings': await ib.accounts.holdings(),
    'accounts.summary': await ib.accounts.summary(['NetLiquidation']),
    'orders.open': await ib.orders.open(),
    'orders.completed': await ib.orders.completed(),
    'orders.executions': await ib.orders.executions(),
    'orders.preview': await ib.orders.preview(contract, ibwire.limit('BUY', 1, 300)),
    'contracts.details': await ib.contracts.details(aapl),
    'contracts.grid': await ib.contracts.grid(contract),
    'contracts.hours': await ib.contracts.hours(contract),
    'history.bars': await ib.history.bars(contract, { duration: '2 D', size: '1 hour' }),
    'history.columns': await ib.history.columns(contract, { duration: '2 D', size: '1 hour' }),
    'history.schedule': await ib.history.schedule(contract, { duration: '2 D' }),
    'news.providers': await ib.news.providers(),
    'market.depthExchanges': await ib.market.depthExchanges(),
    readRatios: ibwire.readRatios('PE=5;EPS=2'),
    storiesOf: ibwire.storiesOf([]),
  };
}
