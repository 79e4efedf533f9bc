// Requests of any content, as the tables allow them: each is answered or refused, and the gateway goes on.

import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { outgoingEncoder, tableOfKind } from '../../../src/protocol/encode.js';
import { EncodeError, TooOldError } from '../../../src/protocol/errors.js';
import { outgoingKinds } from '../../../src/protocol/registry.js';
import { anyMessage, type Plain } from '../../arbitraries/messages.js';
import { AAPL, closeAll, EURUSD, wireClient } from './wire-client.js';

const VERSIONS = [100, 137, 176, 200, 203, 212, 225];
const OPTION = { localSymbol: 'AAPL  260918C00315000', secType: 'OPT', exchange: 'SMART', currency: 'USD' };
const FUTURE = { localSymbol: 'ESU6', secType: 'FUT', exchange: 'CME', currency: 'USD' };

/** Half of the requests are about something real, or they would all end at the contract. */
function sensible(message: Plain, salt: number): Plain {
  const contract = [undefined, undefined, AAPL, EURUSD, OPTION, FUTURE][salt % 6];
  if (contract === undefined) return message;
  const order = message['order'] as Plain | undefined;
  return {
    ...message,
    ...('contract' in message && { contract }),
    ...('conId' in message && { conId: 265598 }),
    ...('account' in message && { account: 'DU9000001' }),
    ...('whatToShow' in message && { whatToShow: ['TRADES', 'MIDPOINT', 'BID_ASK', 'SCHEDULE'][salt % 4] }),
    ...('barSizeSetting' in message && { barSizeSetting: '1 hour', durationStr: '2 D' }),
    ...('numberOfTicks' in message && { numberOfTicks: salt % 20 }),
    ...(order !== undefined && {
      order: {
        ...order,
        action: salt % 2 === 0 ? 'BUY' : 'SELL',
        totalQuantity: '3',
        orderType: ['MKT', 'LMT', 'TRAIL', 'STP', 'PEG MID'][salt % 5],
      },
    }),
  };
}

/** The bytes of a message without the fields that no client could send; undefined when none can be left out. */
function encoded(encode: (plain: Plain) => Uint8Array, message: Plain): Uint8Array | undefined {
  const draft = structuredClone(message) as Record<string, unknown>;
  for (let attempt = 0; attempt < 150; attempt++) {
    try {
      return encode(draft);
    } catch (error) {
      if (!(error instanceof EncodeError) && !(error instanceof TooOldError)) throw error;
      const path = error.field.replace(/\[.*$/, '').split('.');
      if (error.field === '') return undefined;
      const holder = path.slice(0, -1).reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], draft);
      (holder as Record<string, unknown>)[path.at(-1) ?? ''] = undefined;
    }
  }
  return undefined;
}

describe('properties', () => {
  let gateway: SimulatedGateway;
  beforeAll(async () => {
    gateway = await simulate({ clock: 'virtual', pacing: 'off', keep: 200_000 });
  });
  afterEach(closeAll);
  afterAll(() => gateway.close());

  const kinds = outgoingKinds.map(({ kind }) => kind).filter((kind) => kind !== 'startApi');
  it.each(kinds)('%s with any content is answered or refused', async (kind) => {
    const table = tableOfKind('outgoing', kind);
    for (const version of VERSIONS) {
      const messages = fc.sample(fc.tuple(anyMessage(table), fc.nat(1_000)), { numRuns: 12, seed: version });
      const encoder = outgoingEncoder(version);
      const client = await wireClient(gateway.port, { version, clientId: version });
      for (const [message, salt] of messages) {
        const bytes = encoded((plain) => encoder.encode(kind, plain), sensible(message, salt));
        if (bytes !== undefined) client.socket.write(bytes);
      }
      client.send('reqManagedAccts', {});
      await client.wait('managedAccounts', () => client.of('managedAccounts').length >= 2);
      client.close();
      await client.closed();
    }
    await gateway.advance(2_000);
    expect(gateway.received.filter(({ message }) => message.kind === kind).length).toBeGreaterThan(11);
    expect(gateway.log.filter(({ what }) => what === 'trouble')).toEqual([]);
  });
});
