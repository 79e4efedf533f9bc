// The quotes that a session follows, by contract: what an order is held against where the program names no price of its own.
import type { NumberTick, Quote } from './quote.js';

/** A price and when it was seen, epoch milliseconds. */
export interface SeenPrice {
  readonly price: number;
  readonly at: number;
  /** What kind of data it was (the marketDataType of its stream); unset: not known. */
  readonly source?: 'live' | 'frozen' | 'delayed' | 'delayedFrozen' | undefined;
}

type Prices = Partial<Pick<Quote, 'bid' | 'ask' | 'last' | 'close' | 'shortableShares'>>;

/** `shares`: a stream that was asked for generic tick 236. */
type FollowedAs = 'stream' | 'picture' | 'shares';

/** How many shares can be borrowed, and the last sign of life of the quote that told it: a change would have come with it. */
export interface SeenShares {
  readonly shares: number;
  readonly at: number;
}

export interface FollowedQuotes {
  follow(conId: number | undefined, quote: Prices, as: FollowedAs): void;
  /** The ask for a purchase, the bid for a sale, else the last trade. Undefined: no quote of it has been followed. */
  priceOf(contract: { readonly conId?: number | undefined }, action?: string): SeenPrice | undefined;
  /** The close before today's trading. Undefined: no quote of it has told, or it may be that of another day. */
  closeOf(conId: number, now: number): number | undefined;
  /** Undefined: no quote of it has told. */
  sharesOf(contract: { readonly conId?: number | undefined }): SeenShares | undefined;
}

const MOST_FOLLOWED = 5_000;
/** A close is told when a quote begins, and again when the day does. */
const CLOSE_FOR_MS = 18 * 3_600_000;
/** What is not live may be as old as delayed data are. */
const DELAY_MS = 15 * 60_000;

export function createFollowedQuotes(): FollowedQuotes {
  const quotes = new Map<number, Partial<Record<FollowedAs, Prices>>>();
  return {
    follow(conId, quote, as) {
      if (conId === undefined || conId === 0) return;
      const others = quotes.get(conId);
      quotes.delete(conId);
      quotes.set(conId, { ...others, [as]: quote });
      const oldest = quotes.keys().next();
      if (quotes.size > MOST_FOLLOWED && oldest.done !== true) quotes.delete(oldest.value);
    },
    priceOf({ conId }, action) {
      const { stream, picture } = quotes.get(conId ?? 0) ?? {};
      const [one, other] = [priceIn(stream, action), priceIn(picture, action)];
      return one === undefined || (other !== undefined && other.at > one.at) ? other : one;
    },
    closeOf(conId, now) {
      const { stream, picture } = quotes.get(conId) ?? {};
      const [tick] = [stream?.close, picture?.close]
        .filter((one) => one?.value !== undefined)
        .sort((a, b) => (b?.time ?? 0) - (a?.time ?? 0));
      return tick !== undefined && now - tick.time <= CLOSE_FOR_MS ? tick.value : undefined;
    },
    sharesOf({ conId }) {
      const { shares: quote } = quotes.get(conId ?? 0) ?? {};
      const { value: shares, time = 0 } = quote?.shortableShares ?? {};
      if (quote === undefined || shares === undefined) return undefined;
      return { shares, at: Math.max(time, ...[quote.bid, quote.ask, quote.last].map((tick) => tick?.time ?? 0)) };
    },
  };
}

function priceIn(quote: Prices | undefined, action: string | undefined): SeenPrice | undefined {
  const own = action === 'BUY' ? quote?.ask : action === 'SELL' ? quote?.bid : undefined;
  return seen(own) ?? seen(quote?.last);
}

function seen(tick: NumberTick | undefined): SeenPrice | undefined {
  if (tick?.value === undefined) return undefined;
  const { value: price, time, source } = tick;
  if (source === 'live') return { price, at: time, source };
  return { price, at: time - DELAY_MS, source: source === 'unknown' ? undefined : source };
}
