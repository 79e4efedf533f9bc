// The same ticks read with `@stoqey/ib`.

import { type Clock, FIRST_ID } from './clock.js';
import type { Flow } from './flow.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

export async function stoqey(port: number, { streams, mix }: Flow, clock: Clock): Promise<void> {
  // Here, so that it costs no other reader the time to load it.
  const { IBApi } = await import('@stoqey/ib');
  // Its own pacing would hold the requests back; its types know neither the names of events as texts nor all options.
  const ib = new IBApi({ port, host: '127.0.0.1', clientId: 0, maxReqPerSec: 1000 } as never);
  const saw = (): void => clock.saw(1);
  for (const kind of ['tickPrice', 'tickSize', 'tickString', 'tickGeneric', 'tickByTickAllLast'])
    ib.on(kind as never, saw as never);
  ib.on('error' as never, (() => {}) as never);
  ib.on(
    'nextValidId' as never,
    (() => {
      for (let at = 0; at < streams; at++) {
        if (mix === 'quotes') ib.reqMktData(FIRST_ID + at, stock as never, '', false, false);
        else ib.reqTickByTickData(FIRST_ID + at, stock as never, 'AllLast' as never, 0, false);
      }
    }) as never,
  );
  ib.on('disconnected' as never, (() => clock.done()) as never);
  ib.connect();
}
