// A consumer of the bench, as a process of its own: over the bus, or by hand with the same batches. Says ticks, time and CPU.

import { connectBus } from '@ibwire/bus';
import { connect } from '@nats-io/transport-node';
import { stock } from 'ibwire';
import { ROW_BYTES } from './by-hand.js';

const [mode = '', servers = '', count = '0'] = process.argv.slice(2);
let ticks = 0;
let messages = 0;
let first = 0;
let last = 0;
let cpu = process.cpuUsage();
const latencies: number[] = [];

function heard(many: number, sentAt: number): void {
  if (first === 0) {
    first = performance.now();
    cpu = process.cpuUsage();
  }
  last = performance.now();
  ticks += many;
  // One of each hundred or so is timed.
  if (latencies.length < 100_000) latencies.push(Date.now() - sentAt);
}

if (mode === 'hand') {
  const connection = await connect({ servers });
  let sum = 0;
  connection.subscribe('hand.>', {
    callback(_, { data }) {
      const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
      let time = 0;
      let rows = 0;
      // A program by hand looks at every member of a row, too.
      for (let at = 0; at + ROW_BYTES <= data.length; at += ROW_BYTES, rows++) {
        time = view.getFloat64(at + 9, true);
        sum += view.getUint8(at) + view.getFloat64(at + 1, true) + view.getUint8(at + 17) + view.getInt16(at + 18, true);
      }
      messages++;
      heard(rows, time);
    },
  });
  await connection.flush();
  process.on('exit', () => sum === 0.5 && console.error(sum));
} else {
  const bus = await connectBus({ servers, timeout: 60_000 });
  const streams = Array.from({ length: Number(count) }, (_, at) => bus.market.quotes(stock(`S${at}`)));
  let since = 0;
  for (const stream of streams)
    stream.on(({ time }) => {
      // As often as by hand.
      if (++since < 20) return;
      heard(since, time);
      since = 0;
    });
  await Promise.all(streams.map((stream) => stream.complete()));
}
process.send?.('ready');
process.on('message', (what) => {
  if (what === 'begin') {
    // What was told on joining is no part of the flow.
    ticks = 0;
    messages = 0;
    first = 0;
    latencies.length = 0;
    process.send?.('begun');
    return;
  }
  const used = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  const cpuNs = ((used.user + used.system) * 1000) / ticks;
  process.send?.({ ticks, messages, perSecond: ticks / ((last - first) / 1000), cpuNs, p50: at(0.5), p99: at(0.99) });
});
