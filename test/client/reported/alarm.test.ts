// 2148: an account is about to be liquidated. It is an alarm of the session, whatever id it carries.

import { describe, expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import type { SessionNotice } from '../../../src/client/session/events.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';
import { until } from '../../helpers/until.js';

const TEXT = 'URGENT: liquidation of positions may commence without further notice';

describe.each([
  [176, -1],
  [226, -1],
  [226, undefined],
  [226, 7],
])('at %i, with the id %s', (serverVersion, reqId) => {
  it('is told as an alarm and as a notice, and ends nothing', async () => {
    await using gateway = await scriptedGateway({ serverVersion });
    await using ib = await connect({ port: gateway.port, limits: 'none', orders: { accounts: 'none' } });
    const alarms: SessionNotice[] = [];
    const notices: SessionNotice[] = [];
    ib.on('alarm', (notice) => alarms.push(notice));
    ib.on('notice', (notice) => notices.push(notice));
    gateway.peers[0]?.send('error', { reqId, errorCode: 2148, errorString: TEXT });
    await until(() => notices.length > 0);
    expect(alarms).toMatchObject([{ code: 2148, text: TEXT, verdict: { means: 'alarm' } }]);
    expect(notices).toEqual(alarms);
    expect(ib.state.at).toBe('ready');
  });
});
