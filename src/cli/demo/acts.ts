// What the demo shows, one act each: they only know the session, not what is behind its port.

import type { Ib } from '../../client/connect.js';
import { TimeoutError } from '../../client/wire/errors.js';
import type { MessageOf } from '../../protocol/registry.js';
import { dim, figure, good, heading, right, sparkline, table } from '../print.js';

/** Longest wait for an act. */
const PATIENCE_MS = 20_000;

export type Print = (text: string) => void;

/** Server version, connection time, accounts. */
export function showSession(ib: Ib, took: number, print: Print): void {
  print(heading('Connected', `in ${took.toFixed(0)} ms`));
  print(
    table(
      ['server version', 'wire', 'gateway clock', 'client id', 'accounts'],
      [
        [
          ib.serverVersion,
          ib.serverVersion > 200 ? 'protobuf' : 'text',
          ib.connectionTime,
          ib.clientId,
          ib.accounts.ids.join(' '),
        ],
      ],
    ),
  );
}

export async function showSummary(ib: Ib, tags: readonly string[], print: Print): Promise<void> {
  const rows = await ib.accounts.summary(tags);
  print(heading('Account summary', `${rows.length} rows`));
  const shown = rows.filter((row) => row.value !== undefined).slice(0, 10);
  print(
    table(
      ['account', 'tag', right('value'), 'currency'],
      shown.map((row) => [row.account, row.tag, amountOf(row.value), row.currency]),
    ),
  );
  if (shown.length < rows.length) print(dim(`  … and ${rows.length - shown.length} more`));
}

function amountOf(value: string | undefined): string | undefined {
  return value !== undefined && /^-?\d+(\.\d+)?$/.test(value) ? figure(value, 2) : value;
}

export async function showPositions(ib: Ib, print: Print): Promise<void> {
  const rows = await ib.accounts.positions();
  print(heading('Positions', `${rows.length}`));
  print(
    table(
      ['account', 'contract', 'kind', 'expiry', right('quantity'), right('average cost'), 'currency'],
      rows.map(({ account, contract, position, avgCost }) => [
        account,
        contract?.localSymbol ?? contract?.symbol,
        contract?.secType,
        contract?.lastTradeDateOrContractMonth,
        figure(position.toFixed()),
        figure(avgCost?.toFixed()),
        contract?.currency,
      ]),
    ),
  );
}

export async function showDetails(ib: Ib, contract: Parameters<Ib['contracts']['details']>[0], print: Print): Promise<void> {
  const found = await ib.contracts.details(contract);
  const first = found[0];
  print(heading('Contract details', `${contract.symbol ?? contract.conId}: ${found.length} found`));
  if (first === undefined) return;
  const { contract: named, contractDetails: details } = first;
  print(
    table(
      ['field', 'value'],
      [
        ['conId', named?.conId],
        ['local symbol', named?.localSymbol],
        ['name', details?.longName],
        ['exchange', `${named?.exchange ?? ''} of ${shortened(details?.validExchanges ?? '', 48)}`],
        ['last trade', named?.lastTradeDateOrContractMonth],
        ['multiplier', named?.multiplier],
        ['minimum tick', details?.minTick],
        ['time zone', details?.timeZoneId],
        ['trading hours', details?.tradingHours?.split(';')[0]],
      ],
    ),
  );
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Daily bars by the raw face, as somebody coming from the official API would ask. */
export function showBars(ib: Ib, request: Omit<Parameters<typeof askBars>[1], 'reqId'>, print: Print): Promise<void> {
  return askBars(ib, request).then(({ bars }) => {
    print(heading('Historical bars', `${request.barSizeSetting}, ${bars.length} bars`));
    print(
      table(
        ['date', right('open'), right('high'), right('low'), right('close'), right('volume')],
        bars.map((bar) => [bar.date, figure(bar.open), figure(bar.high), figure(bar.low), figure(bar.close), figure(bar.volume)]),
      ),
    );
    print(`  ${sparkline(bars.map((bar) => bar.close ?? 0))}  ${dim('close')}`);
  });
}

interface BarsRequest {
  readonly contract: { readonly [field: string]: string | number };
  readonly endDateTime: string;
  readonly durationStr: string;
  readonly barSizeSetting: string;
  readonly whatToShow: string;
  readonly useRTH: boolean;
  readonly formatDate: number;
}

function askBars(ib: Ib, request: BarsRequest): Promise<MessageOf<'historicalData'>> {
  const reqId = ib.raw.nextReqId();
  return new Promise((resolve, reject) => {
    const stops = [
      ib.raw.on('historicalData', (message) => {
        if (message.reqId === reqId) finish(() => resolve(message));
      }),
      ib.on('closed', () => finish(() => reject(new Error('the session ended before the bars came')))),
    ];
    const late = setTimeout(() => finish(() => reject(new TimeoutError('reqHistoricalData', PATIENCE_MS))), PATIENCE_MS);
    const finish = (settle: () => void): void => {
      clearTimeout(late);
      for (const stop of stops) stop();
      settle();
    };
    ib.raw.send('reqHistoricalData', { reqId, ...request });
  });
}

/** Ticks for a moment, or until `most` have come. */
export async function showPrices(
  ib: Ib,
  contract: { symbol: string; secType: string; exchange: string; currency: string },
  print: Print,
): Promise<void> {
  ib.raw.send('reqMarketDataType', { marketDataType: 3 });
  const stream = ib.market.ticks(contract);
  const rows: unknown[][] = [];
  let kind = 'live';
  const stop = setTimeout(() => stream.close(), 1500);
  for await (const ticks of stream.batches()) {
    for (const tick of ticks) {
      if (tick.kind === 'marketDataType')
        kind = ['', 'live', 'frozen', 'delayed', 'delayed and frozen'][tick.marketDataType ?? 0] ?? kind;
      if (tick.kind === 'tickPrice')
        rows.push([tickNames[tick.tickType ?? 0] ?? tick.tickType, figure(tick.price, 2), figure(tick.size)]);
      if (tick.kind === 'tickSize') rows.push([tickNames[tick.tickType ?? 0] ?? tick.tickType, undefined, figure(tick.size)]);
    }
    if (rows.length >= 6) break;
  }
  clearTimeout(stop);
  stream.close();
  print(heading(`Prices of ${contract.symbol}`, kind));
  print(table(['tick', right('price'), right('size')], rows));
}

const tickNames: Readonly<Record<number, string>> = {
  0: 'bid size',
  1: 'bid',
  2: 'ask',
  3: 'ask size',
  4: 'last',
  5: 'last size',
  6: 'high',
  7: 'low',
  8: 'volume',
  9: 'close',
  14: 'open',
  66: 'bid',
  67: 'ask',
  68: 'last',
  69: 'bid size',
  70: 'ask size',
  71: 'last size',
  72: 'high',
  73: 'low',
  74: 'volume',
  75: 'close',
  76: 'open',
};

/** One market order from submission to its commission, every message of it as it comes. */
export async function showOrder(
  ib: Ib,
  contract: { conId: number; symbol: string; secType: string; exchange: string; currency: string },
  order: { action: string; totalQuantity: string; orderType: string; tif: string; account: string },
  print: Print,
): Promise<void> {
  const orderId = ib.raw.nextOrderId();
  const began = performance.now();
  const rows: unknown[][] = [];
  const note = (event: string, what: string): void => {
    rows.push([`${(performance.now() - began).toFixed(1)} ms`, event, what]);
  };
  const stops: (() => void)[] = [];
  const done = new Promise<void>((resolve, reject) => {
    let execId: string | undefined;
    stops.push(
      ib.raw.on('openOrder', (m) => {
        if (m.orderId === orderId) note('openOrder', m.orderState?.status ?? '');
      }),
      ib.raw.on('orderStatus', (m) => {
        if (m.orderId === orderId) note('orderStatus', `${m.status}, filled ${m.filled}, remaining ${m.remaining}`);
      }),
      ib.raw.on('execDetails', (m) => {
        if (m.execution?.orderId !== orderId) return;
        execId = m.execution.execId;
        note('execution', good(`${m.execution.shares} at ${m.execution.price} on ${m.execution.exchange}`));
      }),
      ib.raw.on('commissionAndFeesReport', (m) => {
        if (m.execId !== execId) return;
        note('commission', `${m.commissionAndFees} ${m.currency}`);
        resolve();
      }),
      ib.raw.on('error', (m) => {
        if (m.reqId === orderId) note(`notice ${m.errorCode}`, (m.errorString ?? '').replaceAll('\n', ' '));
      }),
      ib.on('closed', () => reject(new Error('the session ended before the order was done'))),
    );
    const late = setTimeout(() => reject(new TimeoutError('placeOrder', PATIENCE_MS)), PATIENCE_MS);
    stops.push(() => clearTimeout(late));
    note('placeOrder', `${order.action} ${order.totalQuantity} ${contract.symbol} ${order.orderType}`);
    ib.raw.send('placeOrder', { orderId, contract, order: { ...order, transmit: true } });
  });
  try {
    await done;
  } finally {
    for (const stop of stops) stop();
  }
  print(heading('The life of an order', `id ${orderId}`));
  print(table([right('after'), 'message', 'what it says'], rows));
}
