// Quotes of several instruments as rows: for `quote` and `watch`.

import type { Ib } from '../client/connect.js';
import { formatSymbol } from '../client/contracts/format-symbol.js';
import type { Subscription } from '../client/conversation/subscription.js';
import { type DataSource, type Quote, type QuoteTick, valuesOf } from '../client/market/quote.js';
import { GatewayError } from '../client/wire/errors.js';
import { contractOf } from './contract-argument.js';
import type { Io } from './io.js';
import { bad, type Column, dim, figure, right, signed, warn } from './print.js';

/** One instrument that is watched. */
export interface Watched {
  /** As it was written on the command line. */
  readonly word: string;
  /** Unset for a contract that is named by its id. */
  readonly secType: string | undefined;
  readonly stream: Subscription<QuoteTick, Quote>;
  /** Why it ended; undefined while it runs. */
  cause: Error | undefined;
}

/**
 * Streams end by `close`, not by a signal: an aborted one would count as failed.
 * Live prices where the login may see them, else delayed ones, else the last of the session before. */
export function watchQuotes(ib: Ib, words: readonly string[]): readonly Watched[] {
  const contracts = words.map((word) => contractOf(word));
  ib.market.dataType('delayedFrozen');
  return contracts.map((contract, i) => watchQuote(ib, words[i] ?? formatSymbol(contract), contract));
}

/** The same of one contract, under the name it is shown by. */
export function watchQuote(ib: Ib, word: string, contract: ReturnType<typeof contractOf>): Watched {
  const stream = ib.market.quotes(contract);
  const watched: Watched = {
    word,
    secType: 'secType' in contract ? contract.secType : undefined,
    stream,
    cause: undefined,
  };
  void stream.ended.then((cause) => {
    watched.cause = cause;
  });
  return watched;
}

/** True when all has come that a quote usually has: sizes and volume come before or with these. */
function isWhole({ secType, stream: { view }, cause }: Watched): boolean {
  if (cause !== undefined) return true;
  if (view.bid === undefined || view.ask === undefined) return false;
  if (secType === 'CASH') return true; // no trades, so no last price
  if (secType === 'OPT' && view.modelGreeks === undefined) return false;
  return view.last !== undefined && view.close !== undefined;
}

/** Sizes and volume come right behind the prices. */
const SETTLE_MS = 80;

/** Resolves when every quote is whole or has ended, when the time is up, or at Ctrl-C. */
export function allWhole(io: Io, all: readonly Watched[], withinMs: number): Promise<void> {
  if (all.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    let settling: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      if (all.every(isWhole)) settling ??= setTimeout(done, SETTLE_MS);
    };
    const done = (): void => {
      clearTimeout(timer);
      clearTimeout(settling);
      io.stop.removeEventListener('abort', done);
      for (const stop of stops) stop();
      resolve();
    };
    const timer = setTimeout(done, withinMs);
    io.stop.addEventListener('abort', done, { once: true });
    const stops = all.map(({ stream }) => stream.on(look));
    for (const { stream } of all) void stream.ended.then(() => setImmediate(look));
  });
}

/** What the last trade says; see {@link lastCells}. */
export const lastColumns: readonly Column[] = [right('last'), right('change', 2), right('%'), right('volume', 3)];

export const quoteColumns: readonly (string | Column)[] = [
  'symbol',
  right('bid size', 4),
  right('bid'),
  right('ask'),
  right('ask size', 4),
  ...lastColumns,
  'prices',
];

export function quoteRow({ word, stream: { view }, cause }: Watched): readonly unknown[] {
  if (cause !== undefined) return [word, ...Array.from({ length: 8 }, () => undefined), bad(short(cause))];
  const { bidSize, askSize } = view;
  return [
    word,
    figure(bidSize?.value),
    ...priceCells(view),
    figure(askSize?.value),
    ...lastCells(view),
    sourceText(view.dataType),
  ];
}

/** Bid and ask. */
export function priceCells(view: Quote): readonly (string | undefined)[] {
  return [view.bid, view.ask].map((tick) => figure(tick?.value, decimalsOf(view)));
}

export function lastCells(view: Quote): readonly (string | undefined)[] {
  const { last, close, volume } = view;
  const change = changeOf(view);
  const decimals = decimalsOf(view);
  return [
    figure(last?.value, decimals),
    signed(change, decimals),
    signed(change === undefined ? undefined : (100 * change) / (close?.value ?? 0), 2),
    figure(volume?.value),
  ];
}

/** Last price less the close before; undefined while one of them is not known. */
export function changeOf({ last, close }: Quote): number | undefined {
  return last?.value === undefined || close?.value === undefined || close.value === 0
    ? undefined
    : Number((last.value - close.value).toFixed(8));
}

/** Decimals that the prices have, two at least. */
export function decimalsOf({ last, bid, ask, close }: Quote): number {
  const texts = [last, bid, ask, close].map((tick) => (tick?.value === undefined ? '' : plainText(tick.value)));
  return Math.min(8, Math.max(2, ...texts.map((text) => text.split('.')[1]?.length ?? 0)));
}

function plainText(value: number): string {
  return value.toFixed(8).replace(/\.0+$|(?<![.0])0+$/, '');
}

function sourceText(source: DataSource): string | undefined {
  if (source === 'live') return 'live';
  return source === 'unknown' ? undefined : warn(source === 'delayedFrozen' ? 'delayed, frozen' : source);
}

/** Enough for a column; the whole of it stands in {@link troubleLines}. */
function short(cause: Error): string {
  return cause instanceof GatewayError ? `code ${cause.errorCode}` : 'failed';
}

/** Why symbols have no prices, a line each. */
export function troubleLines(all: readonly Watched[]): readonly string[] {
  return all.flatMap(({ word, cause }) => (cause === undefined ? [] : [`  ${bad(word)}  ${cause.message}`]));
}

/** What programs get of a quote. */
export function quoteData({ word, stream, cause }: Watched): object {
  const { view } = stream;
  if (cause !== undefined) return { symbol: word, error: cause.message };
  const { open, high, low, ...rest } = valuesOf(view);
  return {
    symbol: word,
    source: view.dataType,
    ...rest,
    open,
    high,
    low,
    change: changeOf(view),
    ...(stream.state.at === 'stale' ? { stale: true } : {}),
  };
}

/** Greeks of an option, when it is one. */
export function greeksText({ stream: { view } }: Watched): string | undefined {
  const greeks = view.modelGreeks?.value;
  if (greeks === undefined) return undefined;
  const part = (name: string, value: number | undefined, decimals: number): string => `${name} ${figure(value, decimals) ?? '-'}`;
  const { impliedVol, delta, gamma, vega, theta, undPrice } = greeks;
  const volatility = impliedVol === undefined ? undefined : impliedVol * 100;
  return dim(
    [
      part('implied volatility %', volatility, 2),
      part('delta', delta, 4),
      part('gamma', gamma, 5),
      part('vega', vega, 4),
      part('theta', theta, 4),
      part('underlying', undPrice, 2),
    ].join('  '),
  );
}
