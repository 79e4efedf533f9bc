// Five-second bars as they end.
import { whatToShowOf } from '../../world/bar-sizes.js';
import { barBetween } from '../../world/history.js';
import type { Family } from '../answer-types.js';
import { instrumentFor } from '../contracts.js';
import { breaksPacing, refuseHistory } from '../history-errors.js';
import { barIn } from '../history-texts.js';
import { lensOf } from '../lens.js';
import { permissionName } from '../rights.js';

const BAR_MS = 5_000;

export const realTimeBarAnswers = {
  reqRealTimeBars: (request, client, gateway) => {
    const { reqId = 0, contract, whatToShow = '', useRTH } = request;
    const instrument = instrumentFor(gateway, client, reqId, contract);
    if (instrument === undefined) return;
    if (!['TRADES', 'BID', 'ASK', 'MIDPOINT'].includes(whatToShow)) {
      client.error(reqId, 321, "Error validating request.-'bU' : cause - Invalid whatToShow");
      return;
    }
    if (gateway.settings.marketData !== 'live') {
      client.error(reqId, 420, `Invalid Real-time Query:No market data permissions for ${permissionName(instrument)}`);
      return;
    }
    if (breaksPacing(gateway, `real ${instrument.conId} ${whatToShow}`, instrument, whatToShow)) {
      client.error(reqId, 420, 'Invalid Real-time Query:Historical data request pacing violation');
      return;
    }
    const what = whatToShowOf(whatToShow);
    const lens = lensOf(client.terminal, instrument);
    const tell = (): void => {
      if (gateway.quotes.isSilent(instrument)) return;
      const to = Math.floor(gateway.clock.now() / BAR_MS) * BAR_MS;
      if (useRTH === true && gateway.world.market.session(instrument.conId, to - BAR_MS).kind !== 'regular') return;
      const bar = barBetween(gateway.world.market, instrument.conId, what, to - BAR_MS, to);
      if (bar === undefined) return;
      const { open, high, low, close, volume, average: wap, count } = barIn(lens, bar);
      client.send('realtimeBar', { reqId, time: (to - BAR_MS) / 1000, open, high, low, close, volume, wap, count });
    };
    try {
      barBetween(gateway.world.market, instrument.conId, what, gateway.clock.now() - BAR_MS, gateway.clock.now());
    } catch (error) {
      refuseHistory(error, client, reqId, instrument);
      return;
    }
    const first = (Math.floor(gateway.clock.now() / BAR_MS) + 1) * BAR_MS;
    const timer = gateway.clock.every(BAR_MS, tell, first);
    client.held.hold('fiveSecondBars', reqId, () => timer.cancel());
  },

  cancelRealTimeBars: ({ reqId = 0 }, client) => {
    if (!client.held.release('fiveSecondBars', reqId)) client.error(reqId, 300, `Can't find EId with tickerId:${reqId}`);
  },
} satisfies Family;
