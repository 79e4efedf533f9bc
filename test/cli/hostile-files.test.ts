// Captures, and clients of the gateways that commands play, with signs that a terminal would obey or hide: all are shown.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaptureRecord, encodeHeader, encodeRecord } from '../../src/capture/format.js';
import { incomingEncoder, outgoingEncoder } from '../../src/protocol/encode.js';
import { greeting, hello } from '../../src/protocol/handshake.js';
import { bytes, framed, headerAt } from '../capture/redact/frames.js';
import { RawClient } from '../gateway/replay/raw-client.js';
import { type Running, start } from './run-cli.js';

const TAIL = '\u001b[2J\u001b]0;x\u0007\u001b]8;;http:x\u001b\\\u009b31m\u202e\u2069\u200b\ufeff\u061c\b\r\nFORGED';
const ESCAPED = '\\u001b[2J\\u001b]0;x\\u0007\\u001b]8;;http:x\\u001b';
const OBEYED = /[\p{Cc}\p{Cf}]/u;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const decoded = incomingEncoder(225);
const records = (tail: string): readonly CaptureRecord[] => [
  { what: 'connected', micros: 0, serverVersion: undefined },
  bytes('out', hello({ min: 100, max: 225 })),
  bytes('in', greeting(225, `20260302 14:30:00 ${tail}`)),
  { what: 'note', micros: 0, text: `note${tail}` },
  { what: 'about', micros: 1, doubts: ['partial'], serverVersion: undefined, text: `about${tail}` },
  bytes('out', outgoingEncoder(225).encode('reqMktData', { reqId: 7, contract: { symbol: `A${tail}` }, genericTickList: '' }), 1),
  bytes('in', decoded.encode('error', { reqId: 7, errorCode: 200, errorString: `error${tail}` }), 2),
  bytes('in', decoded.encode('tickString', { reqId: 7, tickType: 45, value: `v${tail}` }), 2),
  bytes('in', framed(Buffer.concat([Buffer.from([0, 0, 0, 209, 0x12, 0x7f]), Buffer.from(tail)])), 3),
  { what: 'failed', micros: 4, direction: 'in', text: `failed${tail}` },
  { what: 'disconnected', micros: 4 },
];
function capture(name: string, tail: string): string {
  const path = join(folder, `${name}.ibcap`);
  writeFileSync(path, Buffer.concat([encodeHeader(headerAt(undefined)), ...records(tail).map(encodeRecord)]));
  return path;
}

function shown({ out, err }: Running): string {
  const lines = [...out, ...err];
  expect(lines.filter((line) => OBEYED.test(line))).toEqual([]);
  expect(lines.filter((line) => /^\s*FORGED/.test(line))).toEqual([]);
  return lines.join('\n');
}

/** A client that says what a terminal would obey, in every text that it may choose. */
async function hostileClient(port: number): Promise<void> {
  await using client = new RawClient(port);
  await client.start(0);
  client.send('reqMktData', { reqId: 9, contract: { symbol: `A${TAIL}`, secType: 'STK', exchange: `X${TAIL}` } });
  client.send('placeOrder', {
    orderId: 1,
    contract: { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' },
    order: {
      action: 'BUY',
      totalQuantity: '1',
      orderType: 'LMT',
      lmtPrice: 1,
      account: 'DU9000001',
      tif: `DAY${TAIL}`,
      orderRef: TAIL,
    },
  } as never);
  client.send('reqSoftDollarTiers', { reqId: 5 }); // answered last, or refused
  await client.until(() => client.messages.some((message) => 'reqId' in message && message.reqId === 5));
}

describe('replay of a hostile capture', () => {
  it('--to-json is JSON with the texts whole', async () => {
    const running = start(['replay', '--to-json', capture('a', TAIL)]);
    await running.done;
    expect(shown(running)).toContain(`error${ESCAPED}`);
    const texts = running.out.map((line) => JSON.parse(line) as { message?: { errorString?: string }; text?: string });
    expect(texts.map(({ message }) => message?.errorString).filter(Boolean)).toEqual([`error${TAIL}`]);
    expect(texts.map(({ text }) => text).filter(Boolean)).toEqual([`note${TAIL}`, `failed${TAIL}`]);
  });

  it.each([[[]], [['--json']]])('--diff %j', async (json) => {
    const running = start(['replay', '--diff', capture('a', ''), capture('b', TAIL), ...json]);
    expect((await running.done).code).toBe(1);
    expect(shown(running)).toContain(json.length > 0 ? `error${ESCAPED}` : 'error\\u001b[2J');
  });

  it.each([[[]], [['--json']]])('served %j, to a hostile client', async (json) => {
    const running = start(['replay', capture(`served${TAIL.replaceAll('/', '')}`, TAIL), ...json]);
    const [, port] = await running.until(/(?:127\.0\.0\.1:|"port":)(\d+)/);
    await hostileClient(Number(port));
    running.stop();
    await running.done;
    expect(shown(running)).toContain(`served${ESCAPED.replaceAll('/', '')}`);
  });

  it('--redact', async () => {
    const running = start(['replay', '--redact', join(folder, `to${TAIL.replaceAll('/', '')}.ibcap`), capture('a', TAIL)]);
    await running.done;
    expect(shown(running)).toContain(`to${ESCAPED.replaceAll('/', '')}`);
  });
});

describe.each([[[]], [['--json']]])('a hostile client of %j', (json) => {
  it('simulate', async () => {
    const running = start(['simulate', '--port', '0', ...json]);
    const [, port] = await running.until(/(?:127\.0\.0\.1:|"port":)(\d+)/);
    await hostileClient(Number(port));
    await running.until(/u001b\[2J/);
    running.stop();
    await running.done;
    shown(running);
  });

  it('record', async () => {
    const file = join(folder, `recorded${TAIL.replaceAll('/', '')}${json.length}.ibcap`);
    const running = start(['record', file, '--simulate', ...json]);
    const [, port] = await running.until(/(?:recording 127\.0\.0\.1:|"port":)(\d+)/);
    await hostileClient(Number(port));
    running.stop();
    await running.done;
    expect(shown(running)).toContain(`recorded${ESCAPED.replaceAll('/', '')}`);
  });
});
