// Bars of one answer in ibwire and in @stoqey/ib 1.6. In a process of its own: what ran before decides how theirs was compiled.

import { IBApiNext } from '@stoqey/ib';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../src/client/connect.js';
import { type Script, type ScriptedGateway, scriptedGateway } from '../helpers/scripted-gateway.js';
import { until } from '../helpers/until.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function gatewayOf(script: Script): Promise<ScriptedGateway> {
  const gateway = await scriptedGateway({ serverVersion: 176, ...script });
  closing.push(() => gateway.close());
  return gateway;
}

async function ours(script: Script): Promise<Ib> {
  const ib = await connect({ port: (await gatewayOf(script)).port });
  closing.push(() => ib.close());
  return ib;
}

async function theirs(script: Script): Promise<IBApiNext> {
  const gateway = await gatewayOf(script);
  const next = new IBApiNext({ port: gateway.port, host: '127.0.0.1' });
  next.errorSubject.subscribe(() => {});
  next.connect(7);
  closing.push(() => next.disconnect());
  await until(() => next.isConnected && gateway.peers.some(({ clientId }) => clientId === 7));
  return next;
}

describe('bars of one answer', () => {
  const script = (count: number): Script => ({
    on: {
      reqHistoricalData({ reqId }, peer) {
        const bar = { open: 100.25, high: 101.5, low: 99.75, close: 100.5, volume: 12_345, wap: 100.3, barCount: 321 };
        const bars = Array.from({ length: count }, (_, at) => ({ ...bar, date: String(1_700_000_000 + at * 60) }));
        peer.send('historicalData', { reqId, startDateStr: '', endDateStr: '', bars });
      },
    },
  });
  const measured = async (work: () => Promise<readonly unknown[]>): Promise<readonly [count: number, ms: number]> => {
    const began = performance.now();
    const { length } = await work();
    return [length, performance.now() - began];
  };

  it('cost theirs eight times ours and more, because theirs grows with the square', async () => {
    const asked = [stock, '', '1 D', '1 min', 'TRADES', 1, 2] as const;
    const bars = (next: IBApiNext): Promise<readonly unknown[]> =>
      next.getHistoricalData(...(asked as unknown as Parameters<IBApiNext['getHistoricalData']>)); // their enums, our words
    const few = await theirs(script(10_000));
    const more = await theirs(script(40_000));
    const ib = await ours(script(40_000));
    const mineOnce = () => measured(() => ib.history.bars(stock, { duration: '1 D', size: '1 min' }));
    // Compiled before it is measured.
    await bars(few);
    await mineOnce();
    const [, small] = await measured(() => bars(few));
    const [, large] = await measured(() => bars(more));
    const [count, mine] = await mineOnce();
    expect(count).toBe(40_000);
    expect(large / small).toBeGreaterThan(4.5); // four times the bars
    expect(large / mine).toBeGreaterThan(8);
  }, 90_000);
});
