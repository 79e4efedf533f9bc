// One tick as users see it, live or past: a trade, a change of the best quote, a change of the midpoint.

import { priceOrNone } from './no-price.js';

/** A trade that was made, with its size and venue. */
export interface TradeTick {
  readonly type: 'Last' | 'AllLast';
  /** Epoch milliseconds, whole seconds. */
  readonly time: number;
  readonly price: number | undefined;
  readonly size: number | undefined;
  readonly exchange: string | undefined;
  /** Letters of the tape; leading blanks belong to them. */
  readonly specialConditions: string | undefined;
  readonly pastLimit: boolean;
  readonly unreported: boolean;
}

/** A change of the best quote. */
export interface BidAskTick {
  readonly type: 'BidAsk';
  readonly time: number;
  /** Undefined while there is no bid. */
  readonly bidPrice: number | undefined;
  readonly askPrice: number | undefined;
  readonly bidSize: number | undefined;
  readonly askSize: number | undefined;
  readonly bidPastLow: boolean;
  readonly askPastHigh: boolean;
}

/** A change of the midpoint; undefined while a side of the quote is missing. */
export interface MidPointTick {
  readonly type: 'MidPoint';
  readonly time: number;
  readonly midPoint: number | undefined;
}

/** A tick of any type; `type` tells them apart. */
export type EveryTick = TradeTick | BidAskTick | MidPointTick;

interface Timed {
  readonly time?: number | undefined;
}

interface Past {
  readonly kind: 'historicalTicks' | 'historicalTicksBidAsk' | 'historicalTicksLast';
  readonly ticks?: readonly Timed[];
}

/** The row of the time that a message of ticks should have, and has not: its tick would be of 1970. */
export function untimed(message: ({ readonly kind: 'tickByTick' } & Timed) | Past): string | undefined {
  if (message.kind === 'tickByTick') return message.time ? undefined : 'time';
  const at = message.ticks?.findIndex(({ time }) => !time) ?? -1;
  return at < 0 ? undefined : `ticks[${at}].time`;
}

interface Trade {
  readonly time?: number | undefined;
  readonly price?: number | undefined;
  readonly size?: number | undefined;
  readonly attribMask?: number | undefined;
  readonly exchange?: string | undefined;
  readonly specialConditions?: string | undefined;
}

export function tradeTick(type: 'Last' | 'AllLast', tick: Trade): TradeTick {
  return trade(type, tick.time, tick.price, tick.size, tick.exchange, tick.specialConditions, tick.attribMask);
}

export function trade(
  type: 'Last' | 'AllLast',
  time: number | undefined,
  price: number | undefined,
  size: number | undefined,
  exchange: string | undefined,
  specialConditions: string | undefined,
  mask = 0,
): TradeTick {
  return {
    type,
    time: milliseconds(time),
    price,
    size,
    exchange,
    specialConditions,
    pastLimit: (mask & 1) !== 0,
    unreported: (mask & 2) !== 0,
  };
}

interface Prices {
  readonly time?: number | undefined;
  readonly attribMask?: number | undefined;
  readonly bidPrice?: number | undefined;
  readonly askPrice?: number | undefined;
  readonly bidSize?: number | undefined;
  readonly askSize?: number | undefined;
}

export function bidAskTick(tick: Prices): BidAskTick {
  return bidAsk(tick.time, tick.bidPrice, tick.askPrice, tick.bidSize, tick.askSize, tick.attribMask);
}

export function bidAsk(
  time: number | undefined,
  bidPrice: number | undefined,
  askPrice: number | undefined,
  bidSize: number | undefined,
  askSize: number | undefined,
  mask = 0,
): BidAskTick {
  return {
    type: 'BidAsk',
    time: milliseconds(time),
    bidPrice: priceOrNone(bidPrice, bidSize),
    askPrice: priceOrNone(askPrice, askSize),
    bidSize,
    askSize,
    bidPastLow: (mask & 1) !== 0,
    askPastHigh: (mask & 2) !== 0,
  };
}

export function milliseconds(seconds: number | undefined): number {
  return (seconds ?? 0) * 1000;
}
