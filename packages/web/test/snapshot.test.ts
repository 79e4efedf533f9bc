import { GatewayError, TimeoutError, valuesOf } from 'ibwire';
import { describe, expect, it } from 'vitest';
import type { Send } from '../src/sign/signer.js';
import type { WebGateway } from '../src/simulate/web-gateway.js';
import { AAPL, webWorld } from './web-world.js';

/** A world whose snapshots are these, one after the other; the last one stands. */
async function withSnapshots(...rows: readonly object[]) {
  let door: WebGateway | undefined;
  let asked = 0;
  const send: Send = async (request) => {
    if (!request.url.pathname.endsWith('/snapshot')) return (door as WebGateway).send(request);
    const row = rows[Math.min(asked, rows.length - 1)];
    asked += 1;
    return { status: 200, headers: {}, body: JSON.stringify([{ conidEx: '265598', conid: 265598, ...row }]) };
  };
  const world = await webWorld({ send }, {}, (made) => {
    door = made;
  });
  return { world, asked: () => asked };
}

describe('a snapshot', () => {
  it('that never says anything is no answer, and no price of 0', async () => {
    const { world } = await withSnapshots({});
    await expect(world.run(world.web.market.snapshot(AAPL, { timeout: 4_000 }))).rejects.toThrow(TimeoutError);
    await world[Symbol.asyncDispose]();
  });

  it('is whole with bid, ask and last, in however many answers they come', async () => {
    const { world, asked } = await withSnapshots({}, { '6509': 'RpB', '31': '180.5' }, { '84': '180.4' }, { '86': '180.6' });
    const quote = await world.run(world.web.market.snapshot(AAPL));
    expect([valuesOf(quote), asked()]).toEqual([{ last: 180.5, bid: 180.4, ask: 180.6 }, 4]);
    await world[Symbol.asyncDispose]();
  });

  it('ends when nothing new comes any more: what was not told is undefined', async () => {
    const { world, asked } = await withSnapshots({}, { '6509': 'ZB', '31': 'C188.36' });
    const quote = await world.run(world.web.market.snapshot(AAPL));
    expect([quote.dataType, quote.close?.value, quote.last, quote.bid]).toEqual(['frozen', 188.36, undefined, undefined]);
    expect(asked()).toBeLessThan(8);
    await world[Symbol.asyncDispose]();
  });

  it('without rights is the error that it is on the socket', async () => {
    const { world } = await withSnapshots({ '6509': 'N' });
    const failed = world.run(world.web.market.snapshot(AAPL, { timeout: 4_000 }));
    await expect(failed).rejects.toThrow(GatewayError);
    await expect(failed).rejects.toMatchObject({ errorCode: 354 });
    await world[Symbol.asyncDispose]();
  });

  it('of delayed data says so', async () => {
    const { world } = await withSnapshots({ '6509': 'DPB', '31': '180.5', '84': '180.4', '86': '180.6' });
    const quote = await world.run(world.web.market.snapshot(AAPL));
    expect([quote.dataType, quote.bid?.source]).toEqual(['delayed', 'delayed']);
    await world[Symbol.asyncDispose]();
  });

  it('is given up by its signal', async () => {
    const { world } = await withSnapshots({});
    const controller = new AbortController();
    const asked = world.web.market.snapshot(AAPL, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(world.run(asked)).rejects.toThrow('enough');
    await world[Symbol.asyncDispose]();
  });
});
