// Every trade, every quote change or every midpoint of one instrument.

import type { Sink } from '../../protocol/sinks.js';
import { cut } from '../../protocol/visible-text.js';
import type { ItemsOf } from '../conversation/shapes.js';
import type { Asking } from '../conversation/stream-terms.js';
import { bidAsk, bidAskTick, type EveryTick, milliseconds, type TradeTick, trade, tradeTick, untimed } from '../history/tick.js';
import { MOST_FIELD_TEXT } from '../wire/cut.js';
import type { tickByTick } from './conversations.js';

/** Which ticks: trades of the tape (`Last`), all trades (`AllLast`), quotes, midpoints. */
export type TickByTickType = 'Last' | 'AllLast' | 'BidAsk' | 'MidPoint';

/** The tick that a type of stream gives: `AllLast` gives trades as `Last` does. */
export type TickOfType<T extends TickByTickType> = T extends 'Last' | 'AllLast' ? TradeTick : Extract<EveryTick, { type: T }>;

type Message = ItemsOf<typeof tickByTick>;

/** The ticks of a message: one of the live stream, many of those that were asked for before its start. */
export function takeTicks(message: Message, asked: TickByTickType, push: (tick: EveryTick) => void, asking: Asking): void {
  const missing = untimed(message);
  if (missing !== undefined) {
    asking.misread(message.kind, missing, 'is missing');
    return;
  }
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
export function tickSink(push: (tick: EveryTick) => void, asking: Asking): Sink {
  return {
    tickByTick(tickType, time, price, size, mask, exchange, conditions, bidPrice, askPrice, bidSize, askSize, midPoint) {
      if (!time) {
        asking.misread('tickByTick', 'time', 'is missing');
        return;
      }
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

function unreachable(message: never): never {
  throw new TypeError(`no such message: ${JSON.stringify(message)}`);
}
