// A holding without its size or its contract says nothing of any holding: no list with such a row is whole, and no stream current.

import { describe, expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import { DecodeError } from '../../../src/protocol/errors.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';

const VOD = { conId: 17_665, symbol: 'VOD', secType: 'STK', currency: 'GBP' } as const;
const account = 'DU9000001';
const values = { marketPrice: 1, marketValue: 1, averageCost: 1, unrealizedPNL: 1, realizedPNL: 1, accountName: account };

describe.each([
  [176, 'an empty size', { contract: VOD }, 'position'],
  [176, 'an unset size', { contract: VOD, position: '170141183460469231731687303715884105727' }, 'position'],
  [226, 'no size', { contract: VOD }, 'position'],
  [226, 'an unset size', { contract: VOD, position: '170141183460469231731687303715884105727' }, 'position'],
  [226, 'no contract', { position: '5' }, 'contract'],
] as const)('at %i, a row with %s', (serverVersion, _, row, missing) => {
  const gateway = () =>
    scriptedGateway({
      serverVersion,
      on: {
        reqPositions: (__, peer) => {
          peer.send('position', { account, contract: { ...VOD, conId: 1 }, position: '1', avgCost: 1 });
          peer.send('position', { account, avgCost: 1, ...row });
          peer.send('positionEnd', {});
        },
        reqPositionsMulti: ({ reqId }, peer) => {
          peer.send('positionMulti', { reqId, account, modelCode: '', avgCost: 1, ...row });
          peer.send('positionMultiEnd', { reqId });
        },
        reqAccountUpdates: (__, peer) => {
          peer.send('updatePortfolio', { ...values, ...row });
          peer.send('accountDownloadEnd', { accountName: account });
        },
      },
    });

  it('refuses the list of all holdings, of those of one account, and the picture of a portfolio, by the name of what is missing', async () => {
    await using server = await gateway();
    await using ib = await connect({ port: server.port, limits: 'none', orders: { accounts: 'none' } });
    const calls = [ib.accounts.positions(), ib.accounts.positions({ account }), ib.accounts.portfolio(account).complete()];
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { row: missing } });
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(DecodeError);
    }
  });
});
