// A consumer as a process of its own: counts what it hears, and says so whenever it is asked by a line.

import { createInterface } from 'node:readline';
import { connectBus } from '@ibwire/bus';
import { stock } from 'ibwire';

const [servers = '', account = '', ...symbols] = process.argv.slice(2);
const bus = await connectBus({ servers, who: 'counter', timeout: 20_000 });
const heard = { ticks: 0, gaps: 0, missed: 0, events: [] as number[], eventGaps: 0, state: '' };
const streams = symbols.map((symbol) => bus.market.quotes(stock(symbol)));
for (const stream of streams) {
  stream.on(() => heard.ticks++);
  stream.onGap((gap) => {
    heard.gaps++;
    heard.missed += (gap as { readonly missed?: number }).missed ?? 0;
  });
}
const events = bus.orders.events(account);
events.on(({ number }) => heard.events.push(number as number));
events.onGap(() => heard.eventGaps++);
await Promise.all([...streams.map((stream) => stream.complete()), events.complete()]);
console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) {
  heard.state = streams[0]?.state.at ?? '';
  console.log(JSON.stringify(heard));
}
await bus.close();
