// Quotes of the strikes around the money, calls and puts, at one moment.

import type { Ib } from '../../client/connect.js';
import type { QualifiedContract } from '../../client/contracts/qualify.js';
import type { Subscription } from '../../client/conversation/subscription.js';
import type { Call } from '../../client/core.js';
import type { Quote, QuoteTick } from '../../client/market/quote.js';
import type { ChainParameters } from '../../client/options/chain.js';
import type { Io } from '../io.js';
import { progressLine } from '../progress.js';
import { untilStopped } from '../until-stopped.js';

export interface OptionRow {
  readonly strike: number;
  /** Undefined where there is no such option. */
  readonly call: Quote | undefined;
  readonly put: Quote | undefined;
}

export interface ChainRequest {
  readonly underlying: QualifiedContract;
  readonly found: ChainParameters;
  readonly expiry: string;
  /** On each side of the money. */
  readonly strikes: number;
  readonly within: number;
}

type Stream = Subscription<QuoteTick, Quote>;

/** Asks for the underlying first, then for the options around its price; all lines are given back. */
export async function quoteChain(
  io: Io,
  ib: Ib,
  { underlying, found, expiry, strikes, within }: ChainRequest,
  call: Call,
): Promise<{ readonly price: number | undefined; readonly rows: readonly OptionRow[] }> {
  ib.market.dataType('delayedFrozen');
  const only = { signal: call.signal };
  const spot = ib.market.quotes({ conId: underlying.conId, exchange: underlying.exchange ?? 'SMART' }, only);
  await settled(io, [spot], ({ view }) => priceOf(view) !== undefined, within);
  const price = priceOf(spot.view);
  const near = aroundMoney(found.strikes, price, strikes);
  const streams = near.map((strike) => {
    const open = (right: 'C' | 'P'): Stream =>
      ib.market.quotes(
        {
          symbol: underlying.symbol ?? '',
          secType: underlying.secType === 'FUT' ? 'FOP' : 'OPT',
          lastTradeDateOrContractMonth: expiry,
          strike,
          right,
          exchange: found.exchange,
          currency: underlying.currency ?? 'USD',
          multiplier: found.multiplier,
          tradingClass: found.tradingClass,
        },
        only,
      );
    return { strike, call: open('C'), put: open('P') };
  });
  const all = streams.flatMap((row) => [row.call, row.put]);
  await settled(io, all, isWhole, within);
  const rows = streams.map((row) => ({ strike: row.strike, call: viewOf(row.call), put: viewOf(row.put) }));
  for (const stream of [spot, ...all]) stream.close();
  return { price, rows };
}

function priceOf({ last, close, bid, ask, markPrice }: Quote): number | undefined {
  const middle = bid?.value === undefined || ask?.value === undefined ? undefined : (bid.value + ask.value) / 2;
  return last?.value ?? middle ?? markPrice?.value ?? close?.value;
}

function isWhole({ view }: Stream): boolean {
  return view.bid !== undefined && view.ask !== undefined && view.modelGreeks !== undefined;
}

/** No quote at all where the stream was refused: there is no such option. */
function viewOf(stream: Stream): Quote | undefined {
  return stream.state.at === 'closed' && stream.state.cause !== undefined && stream.latest === undefined
    ? undefined
    : stream.view;
}

/** So many strikes below the price and above it; around the middle where the price is not known. */
export function aroundMoney(strikes: readonly number[], price: number | undefined, each: number): readonly number[] {
  const above = price === undefined ? Math.floor(strikes.length / 2) : strikes.findIndex((strike) => strike >= price);
  const middle = above < 0 ? strikes.length : above;
  return strikes.slice(Math.max(0, middle - each), middle + each);
}

/** Resolves when each stream has what is wanted or has ended, when the time is up, or at Ctrl-C. */
async function settled(io: Io, streams: readonly Stream[], isDone: (stream: Stream) => boolean, within: number): Promise<void> {
  const progress = progressLine(io);
  let open = streams.length;
  const each = streams.map((stream) => {
    const done = new Promise<void>((resolve) => {
      stream.on(() => {
        if (isDone(stream)) resolve();
      });
      void stream.ended.then(() => resolve());
    });
    return done.then(() => {
      open--;
      if (streams.length > 1)
        progress.at(1 - open / streams.length, `${streams.length - open} of ${streams.length} options`, undefined);
    });
  });
  await untilStopped(io, within / 1000, Promise.all(each));
  progress.end();
}
