// Every trade, every quote change or every midpoint of one instrument.

import type { Sink } from '../../protocol/sinks.js';
import { cut } from '../../protocol/visible-text.js';
import type { ItemsOf } from '../conversation/shapes.js';
import { MOST_FIELD_TEXT } from '../wire/cut.js';
import type { tickByTick } from './conversations.js';
import { priceOrNone } from './no-price.js';

/** Which ticks: trades of the tape (`Last`), all trades (`AllLast`), quotes, midpoints. */
export type TickByTickType = 'Last' | 'AllLast' | 'BidAsk' | 'MidPoint';

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
/** The tick that a type of stream gives: `AllLast` gives trades as `Last` does. */
export type TickOfType<T extends TickByTickType> = Extract<EveryTick, { type: T extends 'Last' | 'AllLast' ? 'Last' : T }>;

type Message = ItemsOf<typeof tickByTick>;

/** The ticks of a message: one of the live stream, many of those that were asked for before its start. */
export function takeTicks(message: Message, asked: TickByTickType, push: (tick: EveryTick) => void): void {
  switch (message.kind) {
    case 'tickByTick':
      push(liveTick(message));
      return;
    case 'historicalTicksLast':
      for (const tick of message.ticks ?? []) push(tradeTick(asked === 'AllLast' ? 'AllLast' : 'Last', tick));
      return;
    case 'historicalTicksBidAsk':
      for (const tick of message.ticks ?? []) {
        const prices = { bidPrice: tick.priceBid, askPrice: tick.priceAsk, bidSize: tick.sizeBid, askSize: tick.sizeAsk };
        push(bidAskTick({ time: tick.time, attribMask: tick.attribMask, ...prices }));
      }
      return;
    case 'historicalTicks':
      for (const tick of message.ticks ?? []) push({ type: 'MidPoint', time: milliseconds(tick.time), midPoint: tick.price });
      return;
    default:
      unreachable(message);
  }
}

/** Takes the fields of the live stream; pushes what `takeTicks` makes of its messages. */
export function tickSink(push: (tick: EveryTick) => void): Sink {
  return {
    tickByTick(tickType, time, price, size, mask, exchange, conditions, bidPrice, askPrice, bidSize, askSize, midPoint) {
      switch (tickType) {
        case 3:
          push(bidAsk(time, bidPrice, askPrice, bidSize, askSize, mask));
          return;
        case 4:
          push({ type: 'MidPoint', time: milliseconds(time), midPoint });
          return;
        default:
          push(trade(tickType === 2 ? 'AllLast' : 'Last', time, price, size, short(exchange), short(conditions), mask));
      }
    },
  };
}

function short(text: string | undefined): string | undefined {
  return text && cut(text, MOST_FIELD_TEXT);
}

function liveTick(tick: Extract<Message, { kind: 'tickByTick' }>): EveryTick {
  switch (tick.tickType) {
    case 3:
      return bidAskTick(tick);
    case 4:
      return { type: 'MidPoint', time: milliseconds(tick.time), midPoint: tick.midPoint };
    default:
      return tradeTick(tick.tickType === 2 ? 'AllLast' : 'Last', tick);
  }
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

function trade(
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

function bidAsk(
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

function milliseconds(seconds: number | undefined): number {
  return (seconds ?? 0) * 1000;
}

function unreachable(message: never): never {
  throw new TypeError(`no such message: ${JSON.stringify(message)}`);
}
