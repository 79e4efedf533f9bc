// Single ticks as messages. Their sizes are shares, whatever the terminal counts elsewhere.

import type { HistoryTicks } from '../../world/history-ticks.js';
import type { BidAskTick, MidPointTick, TradeTick } from '../../world/tape.js';
import type { Client } from '../client.js';
import type { Lens } from '../lens.js';

/** Names in requests and numbers in answers. */
export const TICK_TYPES = [
  { name: 'Last', number: 1 },
  { name: 'AllLast', number: 2 },
  { name: 'BidAsk', number: 3 },
  { name: 'MidPoint', number: 4 },
] as const;

export type Tick =
  | ({ readonly type: 1 | 2 } & TradeTick)
  | ({ readonly type: 3 } & BidAskTick)
  | ({ readonly type: 4 } & MidPointTick);

const seconds = (time: number): number => Math.floor(time / 1000);
const bits = (first: boolean, second: boolean): number => (first ? 1 : 0) | (second ? 2 : 0);

export function tellTick(client: Client, reqId: number, tick: Tick, { price: shown }: Lens): void {
  const head = { reqId, tickType: tick.type, time: seconds(tick.time) };
  if (tick.type === 4) client.send('tickByTick', { ...head, midPoint: shown(tick.middle) });
  else if (tick.type === 3) {
    const { bid, ask, bidSize, askSize, bidPastLow, askPastHigh } = tick;
    const prices = { bidPrice: shown(bid, 'bid'), askPrice: shown(ask, 'ask') };
    client.send('tickByTick', { ...head, ...prices, bidSize, askSize, attribMask: bits(bidPastLow, askPastHigh) });
  } else {
    const { price, size, exchange, specialConditions, pastLimit, unreported } = tick;
    client.send('tickByTick', { ...head, price, size, exchange, specialConditions, attribMask: bits(pastLimit, unreported) });
  }
}

/** Past ticks: the three kinds travel as three messages, and each says that it is the last. */
export function tellTicks(client: Client, reqId: number, found: HistoryTicks, { price: shown }: Lens): void {
  switch (found.whatToShow) {
    case 'TRADES':
      client.send('historicalTicksLast', {
        reqId,
        ticks: found.ticks.map(({ time, price, size, exchange, specialConditions, pastLimit, unreported }) => ({
          time: seconds(time),
          attribMask: bits(pastLimit, unreported),
          price,
          size,
          exchange,
          specialConditions,
        })),
        done: true,
      });
      return;
    case 'BID_ASK':
      client.send('historicalTicksBidAsk', {
        reqId,
        ticks: found.ticks.map(({ time, bid, ask, bidSize, askSize, bidPastLow, askPastHigh }) => ({
          time: seconds(time),
          attribMask: bits(bidPastLow, askPastHigh),
          priceBid: shown(bid, 'bid'),
          priceAsk: shown(ask, 'ask'),
          sizeBid: bidSize,
          sizeAsk: askSize,
        })),
        done: true,
      });
      return;
    case 'MIDPOINT':
      client.send('historicalTicks', {
        reqId,
        ticks: found.ticks.map(({ time, middle }) => ({ time: seconds(time), price: shown(middle), size: 0 })),
        done: true,
      });
  }
}
