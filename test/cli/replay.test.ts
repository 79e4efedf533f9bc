// `ibwire replay` on files: comparing, printing, and stretches of time.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaptureRecord, encodeHeader, encodeRecord } from '../../src/capture/format.js';
import { captureTime } from '../../src/cli/capture-time.js';
import { incomingEncoder, outgoingEncoder } from '../../src/protocol/encode.js';
import { greeting, hello } from '../../src/protocol/handshake.js';
import { bytes, framed, headerAt } from '../capture/redact/frames.js';
import { RawClient } from '../gateway/replay/raw-client.js';
import { plain, run, start } from './run-cli.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-replay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SECOND = 1_000_000;
const START = new Date('2026-03-02T14:30:00Z');
const tick = (micros: number, price: number, reqId = 7): CaptureRecord =>
  bytes('in', incomingEncoder(225).encode('tickPrice', { reqId, tickType: 1, price, size: 1, attribMask: 0 }), micros);
const ask = (reqId: number, micros: number): CaptureRecord =>
  bytes('out', outgoingEncoder(225).encode('reqMktData', { reqId, contract: { symbol: 'AAPL' }, genericTickList: '' }), micros);
const opening: readonly CaptureRecord[] = [
  { what: 'connected', micros: 0, serverVersion: undefined },
  bytes('out', hello({ min: 100, max: 225 })),
  bytes('in', greeting(225, '20260302 14:30:00 UTC')),
];

function file(name: string, records: readonly CaptureRecord[], begun: Date | undefined = START): string {
  const path = join(folder, `${name}.ibcap`);
  writeFileSync(path, Buffer.concat([encodeHeader({ ...headerAt(undefined), start: begun }), ...records.map(encodeRecord)]));
  return path;
}
const session = (name: string, price = 3, reqId = 7, begun: Date | undefined = START): string =>
  file(
    name,
    [...opening, ask(reqId, SECOND), tick(2 * SECOND, 1, reqId), tick(90 * SECOND, 2, reqId), tick(100 * SECOND, price, reqId)],
    begun,
  );
const objects = (lines: readonly string[]): Record<string, unknown>[] =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('replay --diff', () => {
  it('ends with 0 for a session under other ids, and says how much is equal', async () => {
    const ran = await run(['replay', '--diff', session('a'), session('b', 3, 900)]);
    expect([ran.code, ran.lines]).toEqual([0, ['equal: 6 messages']]);
  });

  it('ends with 1 and names the field, for people without colours, and for programs', async () => {
    const ran = await run(['replay', '--diff', session('a'), session('b', 4, 900)]);
    expect([ran.code, ran.lines]).toEqual([
      1,
      ['~ in   100.000000 s → 100.000000 s  tickPrice of request 7', '    price  3 → 4', '1 difference, 5 messages equal'],
    ]);
    const running = start(['replay', '--diff', session('a'), session('b', 4, 900)]);
    await running.done;
    expect(running.out.join('')).not.toContain('\x1b');
    const json = await run(['replay', '--diff', session('a'), session('b', 4, 900), '--json']);
    expect(json.code).toBe(1);
    expect(objects(json.lines)).toMatchObject([
      { what: 'changed', kind: 'tickPrice', a: { reqId: 7 }, b: { reqId: 900 }, fields: [{ path: 'price', a: 3, b: 4 }] },
      { what: 'summary', equal: 5, differences: 1 },
    ]);
  });

  it('compares stretches of time, each from the start of its own capture', async () => {
    const later = session('later', 4, 900, new Date(START.getTime() + 3_600_000));
    expect((await run(['replay', '--diff', session('a'), later, '--to', '95s'])).code).toBe(0);
    expect((await run(['replay', '--diff', session('a'), later, '--from', '95s'])).code).toBe(1);
  });

  it('shows hostile text without obeying it', async () => {
    const error = (text: string): CaptureRecord =>
      bytes('in', incomingEncoder(225).encode('error', { reqId: 7, errorCode: 1, errorString: text }));
    const [a, b] = [
      file('plain', [...opening, error('fine')]),
      file('evil', [...opening, error('\x1b[2J\x9b31m\u202eevil\r\n')]),
    ];
    for (const json of [[], ['--json']]) {
      const running = start(['replay', '--diff', a, b, ...json]);
      expect((await running.done).code).toBe(1);
      expect(running.out.map(plain).join('\n')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
      expect(running.out.join('\n')).toContain('evil');
    }
  });

  it.each([
    ['one capture', () => [session('a')], '--diff takes two captures, not 1.'],
    ['three captures', () => [session('a'), session('a'), session('a')], '--diff takes two captures, not 3.'],
    ['a file that is not there', () => [session('a'), join(folder, 'none.ibcap')], 'no such file'],
    ['a file that is no capture', () => [session('a'), 'package.json'], 'capture: '],
    ['--to-json beside it', () => [session('a'), session('b'), '--to-json'], 'do not go together'],
    [
      'a stretch that ends before it begins',
      () => [session('a'), session('b'), '--from', '9s', '--to', '8s'],
      '--from is after --to.',
    ],
  ])('ends with 2 for %s', async (_what, files, says) => {
    const ran = await run(['replay', '--diff', ...files()]);
    expect(ran.code).toBe(2);
    expect(ran.beside.join('\n')).toContain(says);
  });
});

describe('replay --to-json', () => {
  it('is one object per message with its time and direction', async () => {
    const ran = await run(['replay', '--to-json', session('a')]);
    expect(ran.code).toBe(0);
    expect(objects(ran.lines)).toMatchObject([
      { micros: 0, at: '2026-03-02T14:30:00.000Z', kind: 'connected' },
      { direction: 'out', connection: 0, kind: 'hello' },
      { direction: 'in', kind: 'greeting', message: { serverVersion: 225 } },
      { micros: SECOND, direction: 'out', kind: 'reqMktData', message: { reqId: 7, contract: { symbol: 'AAPL' } } },
      { micros: 2 * SECOND, at: '2026-03-02T14:30:02.000Z', direction: 'in', kind: 'tickPrice', message: { price: 1 } },
      { message: { price: 2 } },
      { message: { price: 3 } },
    ]);
  });

  it('shows what cannot be read as such, and goes on', async () => {
    const path = file('damaged', [
      ...opening,
      bytes('in', framed(Buffer.from([0, 0, 0, 202, 0x0a]))),
      bytes('in', framed(Buffer.from([0, 0, 3, 0, 1]))),
      tick(5, 1),
      bytes('out', Buffer.from([0xff, 0xff, 0xff, 0xff]), 6),
      bytes('in', Buffer.from([0, 0, 0, 9, 1]), 7),
    ]);
    const ran = await run(['replay', '--to-json', path]);
    expect(ran.code).toBe(0);
    expect(objects(ran.lines).slice(3)).toMatchObject([
      { direction: 'in', kind: 'tickSize', unreadable: expect.any(String), bytes: '000000ca0a' },
      { direction: 'in', kind: 'unknown', id: 568, bytes: '0000030001' },
      { kind: 'tickPrice' },
      { direction: 'out', kind: 'broken', unreadable: expect.stringContaining('announces') },
      { direction: 'in', kind: 'unfinished', bytes: 5 },
    ]);
  });

  it('reads every message of a captured session', async () => {
    const ran = await run(['replay', '--to-json', 'fixtures/captures/ibkr-go-order-fill-v225.ibcap']);
    const kinds = objects(ran.lines).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'execDetails').length).toBeGreaterThan(0);
    expect(ran.lines.join()).not.toContain('unreadable');
  });

  it('says what it had read before the file broke off', async () => {
    const whole = session('whole');
    const path = join(folder, 'broken-off.ibcap');
    writeFileSync(path, readFileSync(whole).subarray(0, -3));
    const ran = await run(['replay', '--to-json', path]);
    expect([ran.code, ran.lines.length]).toEqual([1, 6]);
    expect(ran.beside.join()).toContain('into a value');
  });
});

describe('--from and --to', () => {
  it('say beside the output that nothing stands between them', async () => {
    const ran = await run(['replay', '--to-json', session('a'), '--from', '3s', '--to', '4s']);
    expect([ran.code, ran.lines]).toEqual([0, []]);
    expect(ran.beside.join('\n')).toContain('nothing stands between 3 s and 4 s after the start');
    const whole = await run(['replay', '--to-json', session('a')]);
    expect(objects(whole.lines).map(({ micros }) => micros)).toContain(2 * SECOND);
  });

  const prices = async (...times: string[]): Promise<unknown[]> =>
    objects((await run(['replay', '--to-json', session('a'), ...times])).lines)
      .filter(({ kind }) => kind === 'tickPrice')
      .map(({ message }) => (message as { price: number }).price);

  it.each([
    [
      ['--from', '90s'],
      [2, 3],
    ],
    [['--from', '90.000001s'], [3]],
    [
      ['--to', '90s'],
      [1, 2],
    ],
    [['--from', '1.5m', '--to', '+95'], [2]],
    [['--from', '2026-03-02T14:31:35Z'], [3]],
    [['--from', '2026-03-02T15:31:30+01:00', '--to', '2026-03-02T14:31:31Z'], [2]],
    [['--from', '1h'], []],
  ])('%j leaves %j', async (times, expected) => {
    expect(await prices(...times)).toEqual(expected);
  });

  it('serve a stretch with the handshake of its connection', async () => {
    const running = start(['replay', session('served'), '--from', '0.5s', '--to', '95s', '--json']);
    const [line] = await running.until(/^\{"event":"listening".*\}$/);
    const { port } = JSON.parse(line) as { port: number };
    {
      await using client = new RawClient(port);
      await client.start(0);
      client.send('reqMktData', { reqId: 33, contract: { symbol: 'AAPL' }, genericTickList: '' });
      expect((await client.settled()).map((message) => 'price' in message && message.price)).toEqual([1, 2]);
    }
    running.stop();
    expect((await running.done).code).toBe(0);
  });

  it.each(['', 'soon', '-5s', '5 s', '1e3s', '2026-03-02', '2026-03-02T14:30:00', '2026-13-02T14:30:00Z', '99999999999999999s'])(
    '%j is no time',
    (text) => {
      expect(() => captureTime(text)).toThrow('It is a time after the start');
    },
  );

  it('an instant needs a capture that says when it began', async () => {
    const path = join(folder, 'timeless.ibcap');
    writeFileSync(path, encodeHeader(headerAt(225)));
    const ran = await run(['replay', '--to-json', path, '--from', '2026-03-02T14:30:00Z']);
    expect(ran.code).toBe(2);
    expect(ran.beside.join()).toContain('does not say when it began');
  });
});
