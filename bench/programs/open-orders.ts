// Orders that are open when a client starts, as many as is said, up to the book that holds them: CPU per order, of this side and of the
// gateway of one page in it. `open-orders count`.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect } from '../../src/index.js';
import { outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { greeting, readHello } from '../../src/protocol/handshake.js';

const count = Number(process.argv[2] ?? '10000');
const VERSION = 176;
const encoder = incomingEncoder(VERSION);
const contract = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

function openOrders(): Buffer {
  const frames: Uint8Array[] = [];
  for (let at = 1; at <= count; at++) {
    const permId = String(1_000_000_000 + at);
    const order = {
      action: 'BUY',
      totalQuantity: '100',
      orderType: 'LMT',
      lmtPrice: 187.5,
      account: 'DU9000001',
      clientId: 0,
      permId,
    };
    const message = { orderId: at, contract, order, orderState: { status: 'Submitted' } };
    frames.push(Uint8Array.from(encoder.encode('openOrder', message)));
    const status = { orderId: at, status: 'Submitted', filled: '0', remaining: '100', permId, clientId: 0 };
    frames.push(Uint8Array.from(encoder.encode('orderStatus', status)));
  }
  frames.push(Uint8Array.from(encoder.encode('openOrderEnd', {})));
  return Buffer.concat(frames);
}

const orders = openOrders();
const server = createServer((socket) => {
  const frames = new FrameDecoder();
  const decoder = outgoingDecoder(VERSION);
  let isGreeted = false;
  socket.on('error', () => {});
  socket.on('data', (bytes: Buffer) => {
    let chunk: Uint8Array = bytes;
    if (!isGreeted) {
      isGreeted = true;
      socket.write(greeting(VERSION, '20260818 09:31:02 GMT'));
      chunk = bytes.subarray(readHello(bytes)?.length ?? 0);
    }
    frames.push(chunk, (frame, start, end) => {
      const { kind } = decoder.decode(frame, start, end);
      if (kind === 'startApi') {
        socket.write(encoder.encode('managedAccounts', { accountsList: 'DU9000001' }));
        socket.write(encoder.encode('nextValidId', { orderId: count + 1 }));
      } else if (kind === 'reqOpenOrders' || kind === 'reqAllOpenOrders') socket.write(orders);
    });
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
const began = process.cpuUsage();
const ib = await connect({ port, versions: [100, VERSION], limits: 'none', orders: { accounts: 'none' } });
const open = await ib.orders.open({ timeout: 600_000, maxRows: 3 * count, maxBytes: 1e9 });
const { user, system } = process.cpuUsage(began);
if (open.length !== count) throw new Error(`${open.length} orders came instead of ${count}`);
process.stdout.write(`${JSON.stringify({ ns: ((user + system) * 1000) / count })}\n`, () => process.exit(0));
