// A session that is cut at any byte: what was asked settles, and the next connection carries on.

import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { ClosedError } from '../../src/client/wire/errors.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { greeting } from '../../src/protocol/handshake.js';
import { scriptedGateway } from '../helpers/scripted-gateway.js';
import { until } from '../helpers/until.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const FIRST_ID = 1_500_000_000;
const quick = { backOff: { baseMs: 2, capMs: 4, floorMs: 1 }, stepWithin: 2000, silence: 0, random: () => 0.5 };

/** The bytes of a session after its start: a quote, an answer in two rows, a notice. */
function sessionBytes(serverVersion: number): Uint8Array[] {
  const encoder = incomingEncoder(serverVersion);
  const reqId = FIRST_ID;
  return [
    encoder.encode('tickPrice', { reqId, tickType: 1, price: 187.5, size: 100, attribMask: 1 }),
    encoder.encode('contractDetails', { reqId: reqId + 1, contract: { ...stock, conId: 265598 } }),
    encoder.encode('error', { reqId: -1, errorCode: 2104, errorString: 'Market data farm connection is OK:usfarm' }),
    encoder.encode('contractDetailsEnd', { reqId: reqId + 1 }),
  ].map((bytes) => Uint8Array.from(bytes));
}

describe.each([176, 225])('at server version %i', (serverVersion) => {
  it('a cut at any byte settles the call, keeps the stream, and the next connection is whole', async () => {
    const body = Buffer.concat(sessionBytes(serverVersion));
    const endOfAnswer = body.length;
    for (let at = 0; at <= body.length; at++) {
      let connections = 0;
      await using gateway = await scriptedGateway({
        serverVersion,
        onSocket(socket: Socket) {
          connections++;
          if (connections > 1) return false;
          serveUntil(socket, serverVersion, body.subarray(0, at));
          return true;
        },
        on: {
          reqMktData: ({ reqId }, peer) => peer.send('tickPrice', { reqId, tickType: 1, price: 1, size: 1, attribMask: 0 }),
        },
      });
      await using ib = await connect({ port: gateway.port, ...quick, orders: { accounts: 'none' } });
      const stream = ib.market.ticks(stock);
      const gaps: string[] = [];
      stream.onGap(({ cause }) => gaps.push(cause));
      await Promise.resolve();
      const answer = await ib.contracts.details(stock, { timeout: 2000 }).catch((error: unknown) => error);
      if (at === endOfAnswer) expect(answer, `cut at ${at}`).toHaveLength(1);
      else expect(answer, `cut at ${at}`).toBeInstanceOf(ClosedError);
      await until(() => stream.state.at === 'live' && gaps.length === 1);
      expect(gaps).toEqual(['disconnected']);
      expect(ib.health).toMatchObject({ epoch: 2, openRequests: 1, liveStreams: 1 });
    }
  }, 30_000);
});

/** Greets, starts, answers nothing but these bytes once both requests are there, and cuts. */
function serveUntil(socket: Socket, serverVersion: number, bytes: Uint8Array): void {
  const encoder = incomingEncoder(serverVersion);
  let chunks = 0;
  let requests = 0;
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    chunks++;
    if (chunks === 1) {
      socket.write(greeting(serverVersion, '20260818 09:31:02 GMT'));
      return;
    }
    if (chunks === 2) {
      socket.write(encoder.encode('managedAccounts', { accountsList: 'DU9000001' }));
      socket.write(encoder.encode('nextValidId', { orderId: 1 }));
      return;
    }
    for (let at = 0; at < chunk.length; at += 4 + chunk.readUInt32BE(at)) requests++;
    if (requests >= 2) {
      socket.end(bytes, () => setTimeout(() => socket.destroy(), 20));
    }
  });
}
