// Tick-by-tick data: single trades, all trades, bid and ask, midpoints, after as many past ticks as were asked for.
import { historyTicks } from '../../world/history-ticks.js';
import type { Instrument } from '../../world/instrument.js';
import type { Quote } from '../../world/market-view.js';
import { bidAskOf, midPointOf, tradeOf } from '../../world/tape.js';
import type { Family } from '../answer-types.js';
import type { Client } from '../client.js';
import { instrumentFor } from '../contracts.js';
import { lensOf } from '../lens.js';
import { permissionName, rightsOf } from '../rights.js';
import type { Gateway } from '../state.js';
import { TICK_TYPES, type Tick, tellTick, tellTicks } from '../streams/tick-by-tick.js';

export const tickByTickAnswers = {
  reqTickByTickData: (request, client, gateway) => {
    const { reqId = 0, contract, tickType = '', numberOfTicks = 0, ignoreSize } = request;
    const type = TICK_TYPES.find(({ name }) => name === tickType);
    if (type === undefined) {
      client.error(reqId, 321, `Error validating request.-'bY' : cause - Invalid tick type ${tickType}`);
      return;
    }
    const instrument = instrumentFor(gateway, client, reqId, contract);
    if (instrument === undefined) return;
    const refused = refusalOf(gateway, client, instrument, type.number);
    if (refused !== undefined) {
      client.error(reqId, ...refused);
      return;
    }
    if (!gateway.tickLines.take(instrument.conId)) {
      client.error(reqId, 10190, 'Max number of tick-by-tick requests has been reached');
      return;
    }
    gateway.memory.tickByTickAsked.set(instrument.conId, gateway.clock.now());
    if (numberOfTicks > 0) tellPast(gateway, client, reqId, instrument, type.number, Math.min(1000, numberOfTicks));
    watch(gateway, client, reqId, instrument, type.number, ignoreSize === true);
  },

  cancelTickByTickData: ({ reqId = 0 }, client) => {
    if (!client.held.release('tickByTick', reqId)) client.error(reqId, 300, `Can't find EId with tickerId:${reqId}`);
  },
} satisfies Family;

function refusalOf(
  gateway: Gateway,
  client: Client,
  instrument: Instrument,
  type: number,
): readonly [number, string] | undefined {
  const { secType, symbol, conId } = instrument;
  if (secType === 'OPT' || secType === 'FOP' || secType === 'IND' || (type < 3 && secType === 'CASH'))
    return [10189, `Failed to request tick-by-tick data.No data of this type is available for ${symbol} ${secType}`];
  const asked = gateway.memory.tickByTickAsked.get(conId);
  if (rightsOf(gateway, client, instrument).at !== 'live') {
    const text =
      "Requested market data requires additional subscription for API. See link in 'Market Data Connections' dialog for more details.";
    gateway.memory.tickByTickAsked.set(conId, gateway.clock.now());
    return asked === undefined
      ? [10189, `Failed to request tick-by-tick data.No market data permissions for ${permissionName(instrument)}. ${text}`]
      : [10089, text];
  }
  const wait = gateway.limits.tickByTickAgain;
  if (asked !== undefined && gateway.clock.now() - asked < wait)
    return [10190, 'Max number of tick-by-tick requests has been reached: one request per instrument in 15 seconds'];
  return undefined;
}

function tickOf(gateway: Gateway, quote: Quote, type: number): Tick | undefined {
  const track = gateway.world.market.maker.track(quote.conId);
  if (type === 3) return { type: 3, ...bidAskOf(quote) };
  if (type === 4) return { type: 4, ...midPointOf(track, quote) };
  // The maker of history stands elsewhere in time: the move is that of the quote.
  const trade = tradeOf({ ...track, move: track.feed.moveAt(quote.time) }, quote);
  if (trade === undefined || (type === 1 && trade.unreported)) return undefined;
  return { type: type === 1 ? 1 : 2, ...trade };
}

function watch(gateway: Gateway, client: Client, reqId: number, instrument: Instrument, type: number, ignoreSize: boolean): void {
  const { market } = gateway.world;
  const lens = lensOf(client.terminal, instrument);
  let told = market.quote(instrument.conId);
  const unwatch = market.watch(instrument.conId);
  const stop = market.onMove((quote) => {
    if (quote.conId !== instrument.conId || gateway.quotes.isSilent(instrument) || quote.session === 'closed') return;
    const before = told;
    told = quote;
    if (type === 4 && quote.bid + quote.ask === before.bid + before.ask) return;
    if (type === 3 && ignoreSize && quote.bid === before.bid && quote.ask === before.ask) return;
    const tick = tickOf(gateway, quote, type);
    if (tick !== undefined) tellTick(client, reqId, tick, lens);
  });
  client.held.hold('tickByTick', reqId, () => {
    stop();
    unwatch();
    gateway.tickLines.release(instrument.conId);
  });
}

/** The last ticks before now, in the message that historical ticks use. */
function tellPast(gateway: Gateway, client: Client, reqId: number, instrument: Instrument, type: number, count: number): void {
  const what = type === 3 ? 'BID_ASK' : type === 4 ? 'MIDPOINT' : 'TRADES';
  const end = gateway.clock.now() + 1;
  const found = historyTicks(gateway.world.market, what, { conId: instrument.conId, end, count, useRTH: false });
  tellTicks(client, reqId, found, lensOf(client.terminal, instrument));
}
