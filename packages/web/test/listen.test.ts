import { simulate } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { connectWeb } from '../src/client/connect.js';
import { gatewaySigner } from '../src/sign/gateway.js';
import { listenWeb } from '../src/simulate/listen.js';
import { webGateway } from '../src/simulate/web-gateway.js';
import { httpsSend } from '../src/transport/http.js';
import { fingerprintAt, pinnedAgent } from '../src/transport/pin.js';
import { webSocketStream } from '../src/transport/stream.js';

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

  it('that has changed is refused, and what the refusal says helps', async () => {
    await using gateway = await simulate();
    const web = webGateway(gateway);
    const before = await listenWeb(web);
    const { port } = before;
    await before.close();
    await using after = await listenWeb(web, { port });
    expect(after.fingerprint).not.toBe(before.fingerprint);
    const url = new URL(`${after.base}/tickle`);
    const ask = async (fingerprint: string) => {
      const agent = pinnedAgent('127.0.0.1', fingerprint);
      try {
        return (await httpsSend(agent)({ method: 'POST', url, headers: {} })).status;
      } finally {
        agent.destroy();
      }
    };
    const error = await ask(before.fingerprint).catch((thrown: unknown) => thrown as Error & { code: string });
    expect(error).toMatchObject({ code: 'WEB_PIN' });
    const [, told] = /--port (\d+)/.exec((error as Error).message) ?? [];
    expect(await ask(await fingerprintAt('127.0.0.1', Number(told)))).toBe(200);
  });

  it('is checked whatever the environment says', async () => {
    await using gateway = await simulate();
    const web = webGateway(gateway);
    await using listening = await listenWeb(web);
    const url = new URL(`${listening.base}/tickle`);
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      await expect(httpsSend()({ method: 'POST', url, headers: {} })).rejects.toMatchObject({ code: 'WEB_PIN' });
    } finally {
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = undefined;
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
    expect(web.seen).toEqual([]);
  });

  it('an address in the clear, or an option nobody knows, is refused by name', () => {
    const signer = gatewaySigner();
    expect(() => connectWeb({ signer, base: 'http://localhost:5000/v1/api' })).toThrow(/base: begins with https/);
    expect(() => connectWeb({ signer, base: 'localhost' })).toThrow(/base: is no address/);
    expect(() => connectWeb({ signer, fingerPrint: 'AB' } as never)).toThrow(
      /fingerPrint: no such option, did you mean fingerprint/,
    );
    expect(() => connectWeb({ signer, orders: { policies: {} } } as never)).toThrow(/orders.policies/);
  });

  it('is pinned for this machine only', () => {
    expect(() => pinnedAgent('api.ibkr.com', 'AB'.repeat(32))).toThrow(/this machine only/);
    expect(() => pinnedAgent('localhost', 'AB')).toThrow(/64 hex digits/);
  });

  it('streams over a WebSocket of the same certificate, text and binary', async () => {
    const gateway = await simulate({ startAt: Date.parse('2026-09-04T15:00:00Z') });
    const door = webGateway(gateway);
    const listening = await listenWeb(door);
    const web = connectWeb({ signer: gatewaySigner(), base: listening.base, fingerprint: listening.fingerprint });
    const firstPrice = async (): Promise<number | undefined> => {
      const quotes = web.market.quotes({ conId: 265598 });
      for await (const _ of quotes.batches()) if (quotes.view.bid?.value !== undefined) break;
      const { value } = quotes.view.bid ?? {};
      quotes.close();
      return value;
    };
    await web.ready();
    expect(await firstPrice()).toBeGreaterThan(0);
    expect(door.streams.count).toBe(1);
    door.faults.binaryFrames = true;
    expect(await firstPrice()).toBeGreaterThan(0);
    web.close();
    await listening.close();
    await gateway.close();
  });

  it('another certificate than the pinned one gets no stream', async () => {
    const gateway = await simulate();
    const door = webGateway(gateway);
    const listening = await listenWeb(door);
    const closed = await new Promise<string>((resolve) => {
      const agent = pinnedAgent('127.0.0.1', 'AB'.repeat(32));
      const url = new URL(`${listening.base.replace('https', 'wss')}/ws`);
      webSocketStream(agent)({ url, headers: {} }, { opened: () => resolve('opened'), frame() {}, closed: resolve });
    });
    expect(closed).toMatch(/another certificate/);
    expect(door.streams.count).toBe(0);
    await listening.close();
    await gateway.close();
  });
});
