// Soft dollar tiers: as the gateway tells them, on both wires, refused where a server has none.

import { describe, expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { scriptedGateway } from '../helpers/scripted-gateway.js';

describe.each([106, 176, 225])('soft dollar tiers at server version %i', (serverVersion) => {
  it('are name, value and what people read', async () => {
    await using gateway = await scriptedGateway({
      serverVersion,
      on: {
        reqSoftDollarTiers: ({ reqId }, peer) =>
          peer.send('softDollarTiers', { reqId, tiers: [{ name: 'Research', value: '0.01', displayName: 'Research 1c' }] }),
      },
    });
    await using ib = await connect({ port: gateway.port });
    expect(await ib.advisor.softDollarTiers()).toEqual([{ name: 'Research', value: '0.01', displayName: 'Research 1c' }]);
  });
});

it('a tier that says less is what it says', async () => {
  await using gateway = await scriptedGateway({
    on: { reqSoftDollarTiers: ({ reqId }, peer) => peer.send('softDollarTiers', { reqId, tiers: [{ displayName: 'None' }] }) },
  });
  await using ib = await connect({ port: gateway.port });
  expect(await ib.advisor.softDollarTiers()).toEqual([{ name: '', value: '', displayName: 'None' }]);
});

it('a server without them is refused by name, and nothing is sent', async () => {
  await using gateway = await scriptedGateway({ serverVersion: 105 });
  await using ib = await connect({ port: gateway.port });
  await expect(ib.advisor.softDollarTiers()).rejects.toMatchObject({ code: 'TOO_OLD', kind: 'reqSoftDollarTiers', needs: 106 });
  expect(gateway.received.map(({ kind }) => kind)).toEqual(['startApi']);
});
