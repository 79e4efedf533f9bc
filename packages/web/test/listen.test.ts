import { simulate } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { connectWeb } from '../src/client/connect.js';
import { gatewaySigner } from '../src/sign/gateway.js';
import { listenWeb } from '../src/simulate/listen.js';
import { webGateway } from '../src/simulate/web-gateway.js';
import { httpsSend } from '../src/transport/http.js';
import { fingerprintAt, pinnedAgent } from '../src/transport/pin.js';

describe('a certificate of its own', () => {
  it('is known by its fingerprint; another one is sent nothing', async () => {
    await using gateway = await simulate({ accounts: [{ kind: 'cash', holdings: { AAPL: 3 } }] });
    const web = webGateway(gateway);
    await using listening = await listenWeb(web);
    expect(await fingerprintAt('127.0.0.1', listening.port)).toBe(listening.fingerprint);
    const client = connectWeb({ signer: gatewaySigner(), base: listening.base, fingerprint: listening.fingerprint });
    await client.ready();
    expect(await client.accounts.positions()).toMatchObject([
      { contract: { conId: 265598, symbol: 'AAPL' }, account: 'DU9000001' },
    ]);
    client.close();
    const seen = web.seen.length;
    const url = new URL(`${listening.base}/tickle`);
    const wrong = pinnedAgent('127.0.0.1', 'AB'.repeat(32));
    await expect(httpsSend(wrong)({ method: 'POST', url, headers: {} })).rejects.toMatchObject({ code: 'WEB_PIN' });
    await expect(httpsSend()({ method: 'POST', url, headers: {} })).rejects.toThrow(/fingerprint/);
    expect(web.seen.length).toBe(seen);
    wrong.destroy();
  });

  it('is pinned for this machine only', () => {
    expect(() => pinnedAgent('api.ibkr.com', 'AB'.repeat(32))).toThrow(/this machine only/);
    expect(() => pinnedAgent('localhost', 'AB')).toThrow(/64 hex digits/);
  });
});
