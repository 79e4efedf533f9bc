import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExplainArgs, runExplain } from '../../src/cli/commands/explain.js';
import { explain } from '../../src/client/notices/explain.js';
import { incomingEncoder, outgoingEncoder } from '../../src/protocol/encode.js';
import { hello, MAX_VERSION } from '../../src/protocol/handshake.js';

// Colours are of no interest here.
const plain = (text: string): string => text.replaceAll(/\x1b\[\d+m/g, '');

async function run(args: ExplainArgs): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const code = await runExplain(args, { write: (line) => lines.push(plain(line)) });
  return { code, text: lines.join('\n') };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const tick = { reqId: 7, tickType: 1, price: 187.5, size: 300 };

describe('explain', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ibwire-explain-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('shows digits of a frame with aligned columns', async () => {
    const { code, text } = await run({ source: hex(incomingEncoder(176).encode('tickPrice', tick)), serverVersion: 176 });
    expect(code).toBe(0);
    expect(text).toContain('tickPrice  offset 0, incoming, id 1, server version 176');
    const lines = text.split('\n');
    expect(lines.find((line) => line.includes(' price '))).toMatch(/^ {7}8 {2}price {7}double {3}187\.5 {2}187\.5$/);
  });

  it('takes a payload without its length, and digits with blanks and colons between them', async () => {
    const payload = hex(incomingEncoder(MAX_VERSION).encode('tickPrice', tick).subarray(4));
    const { text } = await run({ source: payload.replaceAll(/(..)/g, '$1:').slice(0, -1) });
    expect(text).toContain('tickPrice  payload, incoming, id 1, protobuf, server version 226');
    expect(text).toMatch(/\d+ {2}price +double +19[0-9a-f]{16} +187\.5/);
  });

  it('reads a file of frames with the first bytes of a client', async () => {
    const path = join(folder, 'client.bin');
    const encoder = outgoingEncoder(176);
    const parts = [
      hello({ min: 100, max: 176 }),
      encoder.encode('startApi', { clientId: 5 }),
      encoder.encode('cancelMktData', { reqId: 9 }),
    ];
    writeFileSync(path, Buffer.concat([...parts, Uint8Array.of(0, 0, 1)]));
    const { text } = await run({ source: path, serverVersion: 176, direction: 'outgoing' });
    expect(text).toContain('hello: API·');
    expect(text).toContain('startApi  offset 17, outgoing');
    expect(text).toContain('cancelMktData');
    expect(text).toContain('3 bytes of a frame that is not complete');
  });

  it('reads a capture with the versions and directions it tells', async () => {
    const path = fileURLToPath(new URL('../../fixtures/captures/ibkr-go-order-fill-v225.ibcap', import.meta.url));
    const { text } = await run({ source: path });
    expect(text).toMatch(/placeOrder {2}[\d.]+ s out/);
    expect(text).toMatch(/execDetails {2}[\d.]+ s in/);
    expect(text).toContain('server version 225');
    const onlyOut = await run({ source: path, direction: 'outgoing' });
    expect(onlyOut.text).not.toContain('execDetails  ');
  });

  it('says what is wrong and gives 1, shows unknown kinds and goes on', async () => {
    const frames = [
      Uint8Array.from([0, 0, 0, 8, ...Buffer.from('2\x006\0x\x000\0')]),
      Uint8Array.from([0, 0, 0, 6, ...Buffer.from('199\0a\0')]),
    ];
    const { code, text } = await run({ source: frames.map(hex).join(' '), serverVersion: 176 });
    expect(code).toBe(1);
    expect(text).toContain(`'x' is not an integer`);
    expect(text).toContain('unknown  offset 12, incoming, id 199');
  });

  it('is one JSON object per frame for programs', async () => {
    const { text } = await run({ source: hex(incomingEncoder(176).encode('tickPrice', tick)), serverVersion: 176, json: true });
    const item = JSON.parse(text) as { explained: { kind: string; lines: { row: string; value: unknown }[] } };
    expect(item.explained.kind).toBe('tickPrice');
    expect(item.explained.lines.find((line) => line.row === 'price')).toMatchObject({ value: 187.5, offset: 8 });
  });

  it('says what a code means and what to do, known or not', async () => {
    const { code, text: words } = await run({ source: '10197' });
    const { meaning, remedy } = explain(10197);
    expect([code, ...words.split('\n')]).toEqual([
      0,
      '',
      'Code 10197  subscription',
      `  means  ${meaning}`,
      `  do     ${remedy}`,
      '  more   docs/codes.md#10197',
    ]);
    expect((await run({ source: '10998' })).text).toMatch(
      /^\nCode 10998 {2}not in the table\n {2}means {2}This code is in no table/,
    );
    const { text } = await run({ source: '1100', json: true });
    expect(JSON.parse(text)).toMatchObject({ code: 1100, class: 'connectivity', help: 'docs/codes.md#1100' });
  });

  it('refuses what is neither a file nor digits', async () => {
    await expect(run({ source: 'nowhere.bin' })).rejects.toMatchObject({ code: 'NOTHING_TO_EXPLAIN' });
    await expect(run({ source: '00', serverVersion: Number.NaN })).rejects.toMatchObject({ code: 'USAGE' });
  });
});
