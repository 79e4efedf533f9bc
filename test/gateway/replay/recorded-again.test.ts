import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { loadCapture } from '../../../src/capture/reader.js';
import { startRecorder } from '../../../src/capture/recorder.js';
import { CaptureWriter } from '../../../src/capture/writer.js';
import { replayGateway } from '../../../src/gateway/replay/replay-gateway.js';
import { type Message, RawClient } from './raw-client.js';

/** A short session: connect, ask, order; gives everything that was heard. */
async function session(port: number, orderId: number, reqId: number): Promise<Message[]> {
  await using client = new RawClient(port);
  const heard = await client.start(2);
  const order = { action: 'BUY', orderType: 'MKT', totalQuantity: '1' } as const;
  client.send('placeOrder', { orderId, contract: { symbol: 'AAPL' }, order });
  heard.push(...(await client.next(6)));
  client.send('reqContractDetails', { reqId, contract: { secType: 'BOND' } });
  heard.push(...(await client.next(1)));
  client.send('reqContractDetails', { reqId: reqId + 1, contract: { secType: 'STK', symbol: 'NOBODY' } });
  heard.push(...(await client.next(1)));
  return heard;
}

const anonymous = (messages: readonly Message[]): string =>
  JSON.stringify(messages)
    .replaceAll(/DU9\d{6}/g, 'DU9')
    .replaceAll(/"(accountsList|account|acctNumber|orderRef|shareholder|submitter)":"[^"]*"/g, '"$1":""');

describe('a session recorded by the proxy', () => {
  it('replays to another client as it was, redacted, under the ids of that client', async () => {
    const chunks: Uint8Array[] = [];
    const open = (): CaptureWriter => {
      const sink = new Writable({ write: (chunk: Uint8Array, _encoding, done) => done(void chunks.push(chunk) as undefined) });
      return new CaptureWriter(sink, {
        serverVersion: undefined,
        serverVersionBounds: undefined,
        start: undefined,
        source: undefined,
      });
    };
    const captures = ['ibkr-go-order-fill-v225', 'ibkr-go-bond-details-v225'].map((name) => `fixtures/captures/${name}.ibcap`);
    await using played = await replayGateway({ captures });
    const recorder = await startRecorder({ gateway: { port: played.port }, open });
    const first = await session(recorder.port, 5, 70);
    await recorder.close();
    expect(recorder.failures).toStrictEqual([]);

    const capture = await loadCapture(chunks);
    expect(capture.header.redactions).toStrictEqual(['account', 'name', 'orderRef']);
    await using again = await replayGateway({ captures: [{ name: 'again', capture }], pace: 'recorded' });
    const second = await session(again.port, 5, 70);
    expect(anonymous(second)).toBe(anonymous(first));
    expect(again.unplayed).toStrictEqual([]);
    expect(again.unmatched).toStrictEqual([]);

    const third = await session(again.port, 1005, 1070);
    const moved = anonymous(third)
      .replaceAll(/"orderId":1005\b/g, '"orderId":5')
      .replaceAll(/"reqId":10(7\d)\b/g, '"reqId":$1');
    expect(moved).toBe(anonymous(first));
  });
});
