// First connect of a process, to ready, on loopback: nanoseconds of CPU, of this side and of the gateway of one page in it.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect } from '../../src/index.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { greeting } from '../../src/protocol/handshake.js';

const VERSION = 225;
const encoder = incomingEncoder(VERSION);
const start = Buffer.concat([
  Uint8Array.from(encoder.encode('managedAccounts', { accountsList: 'DU9000001' })),
  Uint8Array.from(encoder.encode('nextValidId', { orderId: 1 })),
]);
const server = createServer((socket) => {
  socket.once('data', () => {
    socket.write(greeting(VERSION, '20260818 09:31:02 GMT'));
    socket.once('data', () => socket.write(start));
  });
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
const began = process.cpuUsage();
await connect({ port, orders: { accounts: 'none' } });
const { user, system } = process.cpuUsage(began);
process.stdout.write(`${JSON.stringify({ ns: (user + system) * 1000 })}\n`, () => process.exit(0));
