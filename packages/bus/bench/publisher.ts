// The desk of the bench: the same ticks of the same streams, over the bus or by hand. Says what a tick cost.

import { serveBus } from '@ibwire/bus';
import { connect } from '@nats-io/transport-node';
import { feedStream, type Ib, type QuoteTick, retoldQuote, type StreamSource, type Subscription } from 'ibwire';
import { byHand } from './by-hand.js';

const [mode = '', servers = '', count = '0', total = '0', rate = '0'] = process.argv.slice(2);
const instruments = Number(count);
const sources: StreamSource<QuoteTick>[] = [];
const streams: Subscription<QuoteTick, unknown>[] = [];
for (let at = 0; at < instruments; at++) {
  const view = retoldQuote();
  const [stream, source] = feedStream<QuoteTick, unknown>(
    { view: view.view, condense: view.condense, close: () => {} },
    (error) => {
      throw error;
    },
  );
  source.enter({ at: 'live', since: Date.now() });
  streams.push(stream);
  sources.push(source);
}
let flush: () => Promise<void>;
if (mode === 'hand') {
  const connection = await connect({ servers });
  const publish = byHand(connection);
  for (const [at, stream] of streams.entries()) stream.on((tick) => publish(at, tick));
  flush = () => connection.flush();
} else {
  const numberOf = (symbol: string | undefined): number => Number(symbol?.slice(1));
  const ib = {
    contracts: { qualify: ({ symbol }: { symbol?: string }) => Promise.resolve({ conId: numberOf(symbol) + 1, symbol }) },
    market: { quotes: ({ symbol }: { symbol?: string }) => streams[numberOf(symbol)] },
  } as unknown as Ib;
  const nothing = (): Promise<never> => Promise.reject(new TypeError('not in the bench'));
  const served = await serveBus(
    {
      ib: () => ib,
      run: nothing,
      byKey: nothing,
      told: (error) => ({ code: 'bench', title: '', detail: String(error) }),
      onOrders: () => () => {},
      onSession: () => () => {},
      learn: () => Promise.resolve(),
      lead: () => Promise.resolve(),
      follow: () => Promise.resolve(),
      trouble: (text) => console.error(text),
    },
    { servers, desk: 'bench' },
  );
  await served.start();
  flush = () => served.connection.flush();
}
process.send?.('ready');
process.once('message', async () => {
  const cpu = process.cpuUsage();
  const began = performance.now();
  /** Ticks between two looks at the clock or the server. */
  const burst = Number(rate) === 0 ? 10_000 : Math.ceil(Number(rate) / 500);
  let next = 0;
  for (let sent = 0; sent < Number(total); sent += burst) {
    const time = Date.now();
    for (let left = burst; left > 0; left--) {
      const at = next++ % instruments;
      sources[at]?.push({ field: 'bid', value: 100 + (next % 1000) / 100, time, source: 'live', tickType: 1, attribMask: 0 });
    }
    if (Number(rate) === 0) {
      await flush();
      await new Promise((resolve) => setImmediate(resolve));
    } else {
      const due = began + ((sent + burst) / Number(rate)) * 1000;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  await flush();
  const used = process.cpuUsage(cpu);
  process.send?.({
    cpuNs: ((used.user + used.system) * 1000) / Number(total),
    perSecond: Number(total) / ((performance.now() - began) / 1000),
  });
});
