// An error of nobody that breaks off behind its code: it is told as unreadable, and its code counts.

import { expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import { incomingEncoder } from '../../../src/protocol/encode.js';
import { DecodeError } from '../../../src/protocol/errors.js';
import type { MessageInput } from '../../../src/protocol/registry.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';
import { textFrame } from '../../helpers/text-frame.js';
import { until } from '../../helpers/until.js';

/** The message without the end of its words. */
function half(serverVersion: number, message: MessageInput<'error'>): Uint8Array {
  if (serverVersion < 201) return textFrame(['4', '2', String(message.reqId), String(message.errorCode)]);
  const whole = Buffer.from(incomingEncoder(serverVersion).encode('error', message));
  const cut = whole.subarray(0, -3);
  cut.writeUInt32BE(cut.length - 4);
  return cut;
}

it.each([145, 176, 226])('1102 without its words ends an outage (%i)', async (serverVersion) => {
  await using gateway = await scriptedGateway({ serverVersion });
  await using ib = await connect({ port: gateway.port, reconnect: false, orders: { accounts: 'none' } });
  const unreadable: unknown[] = [];
  ib.on('unreadable', (what) => unreadable.push(what));
  gateway.peers[0]?.send('error', { reqId: -1, errorCode: 1100, errorString: 'Connectivity has been lost.' });
  await until(() => ib.state.at === 'degraded');
  gateway.peers[0]?.write(half(serverVersion, { reqId: -1, errorCode: 1102, errorString: 'Connectivity has been restored.' }));
  await until(() => ib.state.at === 'ready');
  expect(unreadable).toEqual([expect.any(DecodeError)]);
  expect(unreadable[0]).toMatchObject({ kind: 'error', row: 'errorString', errorCode: 1102 });
});

it.each([145, 176, 226])('1100 without its words begins one (%i)', async (serverVersion) => {
  await using gateway = await scriptedGateway({ serverVersion });
  await using ib = await connect({ port: gateway.port, reconnect: false, orders: { accounts: 'none' } });
  gateway.peers[0]?.write(half(serverVersion, { reqId: -1, errorCode: 1100, errorString: 'Connectivity has been lost.' }));
  await until(() => ib.state.at === 'degraded');
});
