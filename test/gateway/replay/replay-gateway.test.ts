import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureHeader, CaptureRecord, Direction } from '../../../src/capture/format.js';
import { virtualClock } from '../../../src/gateway/clock.js';
import { type ReplayOptions, replayGateway } from '../../../src/gateway/replay/replay-gateway.js';
import type { NamedCapture } from '../../../src/gateway/replay/script.js';
import { incomingEncoder, outgoingEncoder } from '../../../src/protocol/encode.js';
import { greeting, hello } from '../../../src/protocol/handshake.js';
import { type Message, RawClient } from './raw-client.js';

const fixture = (name: string): string => `fixtures/captures/${name}.ibcap`;
const kinds = (messages: readonly Message[]): string[] => messages.map(({ kind }) => kind);
const play = (...names: string[]) => replayGateway({ captures: names.map(fixture) });

const header: CaptureHeader = {
  serverVersion: 176,
  serverVersionBounds: undefined,
  start: undefined,
  redactions: [],
  source: undefined,
};
const say = (direction: Direction, bytes: Uint8Array, micros = 0): CaptureRecord => ({ what: 'bytes', micros, direction, bytes });
const fromServer = incomingEncoder(176);
const fromClient = outgoingEncoder(176);
/** A connection at 176 with its handshake, then these records. */
const session = (...records: CaptureRecord[]): NamedCapture => ({
  name: 'made',
  capture: {
    header,
    records: [
      { what: 'connected', micros: 0, serverVersion: undefined },
      say('in', greeting(176, '20240101 00:00:00 UTC')),
      say('out', fromClient.encode('startApi', { clientId: 1, optionalCapabilities: '' }), 1000),
      ...records,
    ],
  },
});

describe('a replay of a text session at 176', () => {
  const captures = 'pyfutures-place-market-order';

  it('greets as recorded and sends after startApi what came unasked', async () => {
    await using replay = await play(captures);
    await using client = new RawClient(replay.port);
    const opening = await client.start(5);
    expect(client).toMatchObject({ serverVersion: 176, connectionTime: '20240327 12:18:44 Greenwich Mean Time' });
    expect(opening).toMatchObject([
      { kind: 'managedAccounts', accountsList: 'DU9000111' },
      { kind: 'nextValidId', orderId: 682 },
      { kind: 'error', reqId: -1, errorCode: 2104 },
      { kind: 'error', reqId: -1, errorCode: 2107 },
      { kind: 'error', reqId: -1, errorCode: 2158 },
    ]);
  });

  it('answers with the id that the client chose, and says nothing before it is asked', async () => {
    await using replay = await play(captures);
    await using client = new RawClient(replay.port);
    await client.start(5);
    expect(client.messages).toStrictEqual([]);
    client.send('reqContractDetails', { reqId: 7_000_001, contract: { symbol: 'EBM', secType: 'FUT', exchange: 'MATIF' } });
    const answers = await client.next(13);
    expect(kinds(answers)).toStrictEqual([...Array<string>(12).fill('contractDetails'), 'contractDetailsEnd']);
    expect(new Set(answers.map((message) => 'reqId' in message && message.reqId))).toStrictEqual(new Set([7_000_001]));
    expect(replay.unmatched).toStrictEqual([]);
    expect(replay.received).toMatchObject([
      { message: { kind: 'startApi' }, source: undefined },
      { message: { kind: 'reqContractDetails', reqId: 7_000_001 }, source: captures },
    ]);
  });

  it('gives the same answer again when a question is put again, under its new id', async () => {
    await using replay = await play(captures);
    await using client = new RawClient(replay.port);
    await client.start(5);
    for (const reqId of [5, 6]) client.send('reqContractDetails', { reqId, contract: { symbol: 'EBM', secType: 'FUT' } });
    const answers = await client.next(26);
    expect([answers[12], answers[25]]).toMatchObject([{ reqId: 5 }, { reqId: 6 }]);
  });

  it('refuses what was not recorded with error 321 under the id of the request, and reports it', async () => {
    await using replay = await play(captures);
    await using client = new RawClient(replay.port);
    await client.start(5);
    client.send('reqContractDetails', { reqId: 8, contract: { symbol: 'AAPL', secType: 'STK' } });
    client.send('reqPositions', {});
    const errorString = (kind: string): string => `Error validating request.-'replay' : cause - this ${kind} was not recorded`;
    expect(await client.next(2)).toMatchObject([
      { kind: 'error', reqId: 8, errorCode: 321, errorString: errorString('reqContractDetails') },
      { kind: 'error', reqId: -1, errorCode: 321, errorString: errorString('reqPositions') },
    ]);
    expect(replay.unmatched.map(({ message }) => message.kind)).toStrictEqual(['reqContractDetails', 'reqPositions']);
  });

  it('takes requests that have no answer without a word', async () => {
    await using replay = await play(captures);
    await using client = new RawClient(replay.port);
    await client.start(5);
    client.send('reqMarketDataType', { marketDataType: 3 });
    client.send('cancelMktData', { reqId: 12 });
    client.send('reqAccountUpdates', { subscribe: false, acctCode: '' });
    expect(await client.settled()).toStrictEqual([]);
    expect(replay.unmatched).toHaveLength(4);
  });
});

describe('a replay of a protobuf session at 225', () => {
  const buy = { contract: { symbol: 'AAPL' }, order: { action: 'BUY', orderType: 'MKT', totalQuantity: '1' } } as const;

  it("plays an order's life with the client's order id in every report", async () => {
    await using replay = await play('ibkr-go-order-fill-v225');
    await using client = new RawClient(replay.port);
    await client.start(2);
    client.send('placeOrder', { orderId: 5, ...buy });
    const life = await client.next(6);
    expect(life).toMatchObject([
      { kind: 'openOrder', orderId: 5, order: { orderId: 5 } },
      { kind: 'orderStatus', orderId: 5, status: 'Submitted' },
      { kind: 'execDetails', reqId: -1, execution: { orderId: 5 } },
      { kind: 'openOrder', orderId: 5, orderState: { status: 'Filled' } },
      { kind: 'orderStatus', orderId: 5, status: 'Filled' },
      { kind: 'commissionAndFeesReport' },
    ]);
  });

  it('plays no order twice, and takes a second order for the second one recorded', async () => {
    await using replay = await play('ibkr-go-order-fill-v225');
    await using client = new RawClient(replay.port);
    await client.start(2);
    client.send('placeOrder', { orderId: 5, ...buy });
    client.send('placeOrder', { orderId: 6, ...buy });
    client.send('placeOrder', { orderId: 7, ...buy, order: { ...buy.order, action: 'SELL' } });
    const answers = await client.settled();
    const errors = answers.filter(({ kind }) => kind === 'error');
    expect(errors).toMatchObject([{ reqId: 6, errorCode: 321 }]);
    const orders = answers.flatMap((message) => (message.kind === 'orderStatus' ? [`${message.orderId} ${message.status}`] : []));
    expect(orders).toStrictEqual(['5 Submitted', '5 Filled', '7 PreSubmitted', '7 Submitted', '7 Filled', '7 Filled']);
  });

  it('lets a cancelled order be cancelled, under its own id', async () => {
    await using replay = await play('ibkr-go-order-rejects-v225');
    await using client = new RawClient(replay.port);
    await client.start(4);
    const limit = { action: 'BUY', orderType: 'LMT', totalQuantity: '1' } as const;
    client.send('placeOrder', { orderId: 90, contract: { symbol: 'AAPL' }, order: limit });
    expect(await client.next(3)).toMatchObject([
      { kind: 'openOrder', orderId: 90 },
      { kind: 'orderStatus', orderId: 90, status: 'PreSubmitted' },
      { kind: 'error', reqId: 90, errorCode: 399 },
    ]);
    client.send('cancelOrder', { orderId: 90 });
    expect(await client.next(2)).toMatchObject([
      { kind: 'orderStatus', orderId: 90, status: 'Cancelled' },
      { kind: 'error', reqId: 90, errorCode: 202 },
    ]);
    client.send('cancelOrder', { orderId: 91 });
    expect(await client.next(1)).toMatchObject([{ kind: 'error', reqId: 91, errorCode: 321 }]);
  });

  it('binds the children of a bracket to the parent that the client chose', async () => {
    await using replay = await play('ibkr-go-bracket-v225');
    await using client = new RawClient(replay.port);
    await client.start(6);
    const order = { totalQuantity: '1', tif: 'DAY' } as const;
    const contract = { symbol: 'AAPL' };
    client.send('placeOrder', { orderId: 31, contract, order: { ...order, action: 'BUY', orderType: 'MKT' } });
    client.send('placeOrder', { orderId: 32, contract, order: { ...order, action: 'SELL', orderType: 'LMT', parentId: 31 } });
    expect(await client.settled()).toStrictEqual([]); // the gateway reports a bracket when it is whole
    client.send('placeOrder', { orderId: 33, contract, order: { ...order, action: 'SELL', orderType: 'STP', parentId: 31 } });
    const reports = await client.settled();
    const parents = reports.flatMap((message) => (message.kind === 'orderStatus' ? [[message.orderId, message.parentId]] : []));
    expect(new Set(parents.map(String))).toStrictEqual(new Set(['31,0', '32,31', '33,31']));
    expect(reports.filter(({ kind }) => kind === 'error')).toMatchObject([{ reqId: 31 }, { reqId: 32 }, { reqId: 33 }]);
  });

  it('keeps answers to several executions requests apart, commissions included', async () => {
    await using replay = await play('ibkr-go-executions-concurrent-v225');
    await using client = new RawClient(replay.port);
    await client.start(5);
    client.send('reqExecutions', { reqId: 44, filter: {} });
    const answers = await client.settled();
    expect(kinds(answers)).toStrictEqual([
      ...Array<string>(8).fill('execDetails'),
      ...Array<string>(8).fill('commissionAndFeesReport'),
      'execDetailsEnd',
    ]);
    expect(answers.filter(({ kind }) => kind !== 'commissionAndFeesReport').every((m) => 'reqId' in m && m.reqId === 44)).toBe(
      true,
    );
  });

  it('ends a stream at the cancel, and sends what still came after it', async () => {
    await using replay = await play('ibkr-go-market-data-type-switch-v225');
    await using client = new RawClient(replay.port);
    await client.start(9);
    client.send('reqMktData', { reqId: 3, contract: { symbol: 'AAPL', secType: 'STK' } });
    expect((await client.settled()).length).toBe(8); // ticks after the change of the data type included
    client.send('reqMarketDataType', { marketDataType: 4 });
    client.send('cancelMktData', { reqId: 3 });
    const late = await client.settled();
    expect(kinds(late)).toStrictEqual(['tickPrice', 'tickString', 'tickPrice', 'tickPrice']);
    expect(late.every((message) => 'reqId' in message && message.reqId === 3)).toBe(true);
  });
});

describe('a joined script', () => {
  it('starts as its first capture, knows the requests of all, and names them', async () => {
    await using replay = await play('ibkr-go-order-fill-v225', 'ibkr-go-bond-details-v225');
    expect(replay.sources).toMatchObject([
      { name: 'ibkr-go-order-fill-v225', where: expect.stringContaining('ibkr-go'), licence: 'MIT', serverVersions: [225] },
      { name: 'ibkr-go-bond-details-v225', licence: 'MIT', serverVersions: [225] },
    ]);
    await using client = new RawClient(replay.port);
    expect(await client.start(2)).toMatchObject([{ kind: 'managedAccounts' }, { kind: 'nextValidId', orderId: 600 }]);
    client.send('reqContractDetails', { reqId: 1, contract: { secType: 'BOND' } });
    expect(await client.next(1)).toMatchObject([{ kind: 'bondContractDetails', reqId: 1 }]);
    expect(replay.received.at(-1)?.source).toBe('ibkr-go-bond-details-v225');
  });

  it('takes frames without a session along: ids and kinds tell which request brought them', async () => {
    const captures = ['pyfutures-place-market-order', 'rust-ibapi-interactions-v173'].map(fixture);
    await using replay = await replayGateway({ captures, serverVersion: 176 });
    await using client = new RawClient(replay.port);
    await client.start(5);
    client.send('reqAccountSummary', { reqId: 61, group: 'All', tags: 'NetLiquidation' });
    client.send('reqPositions', {});
    const answers = await client.settled();
    expect(kinds(answers)).toStrictEqual([
      ...Array<string>(3).fill('accountSummary'),
      'accountSummaryEnd',
      'position',
      'position',
      'positionEnd',
    ]);
    expect(answers.slice(0, 4).every((message) => 'reqId' in message && message.reqId === 61)).toBe(true);
  });

  it('refuses captures of different server versions, unless told at which one to play them', async () => {
    const captures = ['pyfutures-place-market-order', 'ibkr-go-order-fill-v225'].map(fixture);
    await expect(replayGateway({ captures })).rejects.toMatchObject({ code: 'REPLAY_VERSION' });
    for (const serverVersion of [176, 225]) {
      await using replay = await replayGateway({ captures, serverVersion });
      await using client = new RawClient(replay.port);
      await client.start(5);
      expect(client.serverVersion).toBe(serverVersion);
      const order = { action: 'BUY', orderType: 'MKT', totalQuantity: '1' } as const;
      client.send('placeOrder', { orderId: 9, contract: { symbol: 'AAPL' }, order });
      const life = await client.next(6);
      expect(life[4]).toMatchObject({ kind: 'orderStatus', orderId: 9, status: 'Filled', filled: '1' });
      expect(life[5]).toMatchObject({ kind: 'commissionAndFeesReport' });
      expect(kinds(life).includes('unknown')).toBe(false);
    }
  });

  it.each([
    ['no captures', { captures: [] }, 'REPLAY_EMPTY'],
    ['a version nobody said', { captures: [fixture('rust-ibapi-v1-scanner')] }, 'REPLAY_EMPTY'],
    ['a version that is not spoken', { captures: [fixture('ibkr-go-order-fill-v225')], serverVersion: 99 }, 'REPLAY_VERSION'],
    ['a pace of 0', { captures: [fixture('ibkr-go-order-fill-v225')], pace: 0 }, 'REPLAY_PACE'],
  ] satisfies [string, ReplayOptions, string][])('refuses %s', async (_what, options, code) => {
    await expect(replayGateway(options)).rejects.toMatchObject({ name: 'ReplayError', code });
  });

  it('passes on that a file is damaged', async () => {
    await expect(replayGateway({ captures: ['package.json'] })).rejects.toMatchObject({ code: 'NOT_A_CAPTURE' });
  });
});

describe('connections', () => {
  it('gives the n-th client the n-th recorded connection, at its own server version, and later ones the last', async () => {
    await using replay = await play('ibkr-go-versions-208-222');
    const versions: number[] = [];
    for (let n = 0; n < 16; n++) {
      await using client = new RawClient(replay.port);
      await client.handshake();
      versions.push(client.serverVersion);
    }
    expect(versions).toStrictEqual([...Array.from({ length: 15 }, (_, n) => 208 + n), 222]);
  });

  it('ends the connection where the server ended it', async () => {
    const captures = [
      session(say('out', fromClient.encode('reqCurrentTime', {})), say('in', fromServer.encode('currentTime', { time: 1 })), {
        what: 'eof',
        micros: 0,
        direction: 'in',
      }),
    ];
    await using replay = await replayGateway({ captures });
    await using client = new RawClient(replay.port);
    await client.start(0);
    client.send('reqCurrentTime', {});
    await client.closed;
    expect(client.messages).toMatchObject([{ kind: 'currentTime', time: 1 }]);
  });
});

describe('pace', () => {
  const captures = [
    session(
      say('in', fromServer.encode('nextValidId', { orderId: 1 }), 201_000),
      say('out', fromClient.encode('reqMktData', { reqId: 1, contract: { symbol: 'A' } }), 1_000_000),
      say('in', fromServer.encode('tickSize', { reqId: 1, tickType: 0, size: 1 }), 2_000_000),
      say('in', fromServer.encode('tickSize', { reqId: 1, tickType: 0, size: 2 }), 4_000_000),
      say('in', fromServer.encode('tickSize', { reqId: 1, tickType: 0, size: 3 }), 4_000_000),
    ),
  ];
  const sizes = (messages: readonly Message[]): unknown[] => messages.map((message) => 'size' in message && message.size);

  it.each([
    ['recorded', 1],
    [10, 10],
    [0.5, 0.5],
  ] as const)('%s: sends each message as long after its request as it was recorded', async (pace, speed) => {
    const clock = virtualClock(0);
    await using replay = await replayGateway({ captures, pace, clock });
    await using client = new RawClient(replay.port);
    const sent = (count: number) => until(() => client.messages.length >= count);
    await client.start(0);
    await until(() => replay.received.length === 1);
    expect(clock.advance(200 / speed - 1)).toBe(0);
    expect(clock.advance(1)).toBe(1);
    await sent(1);
    client.send('reqMktData', { reqId: 8, contract: { symbol: 'A' } });
    await until(() => replay.received.length === 2);
    expect(clock.advance(1000 / speed - 1)).toBe(0);
    expect(clock.advance(1)).toBe(1);
    await sent(2);
    expect(clock.advance(2000 / speed - 1)).toBe(0);
    expect(clock.advance(1)).toBe(1);
    await sent(4);
    expect(sizes(client.messages)).toStrictEqual([false, 1, 2, 3]);
  });

  it('step: sends nothing until told, then as many as told', async () => {
    await using replay = await replayGateway({ captures, pace: 'step' });
    await using client = new RawClient(replay.port);
    await client.start(0);
    client.send('reqMktData', { reqId: 8, contract: { symbol: 'A' } });
    await until(() => replay.received.length === 2);
    expect(client.messages).toStrictEqual([]);
    expect(replay.step(2)).toBe(2);
    expect(kinds(await client.next(2))).toStrictEqual(['nextValidId', 'tickSize']);
    expect(replay.step(9)).toBe(2);
    expect(sizes(await client.next(2))).toStrictEqual([2, 3]);
    expect(replay.step()).toBe(0);
  });

  it('calls off what waits when the client cancels', async () => {
    await using replay = await replayGateway({ captures, pace: 'step' });
    await using client = new RawClient(replay.port);
    await client.start(0);
    client.send('reqMktData', { reqId: 8, contract: { symbol: 'A' } });
    client.send('cancelMktData', { reqId: 8 });
    await until(() => replay.received.length === 3);
    expect(replay.step(9)).toBe(1);
    expect(kinds(await client.next(1))).toStrictEqual(['nextValidId']);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2000 && !holds(); turn++) await new Promise((resolve) => setTimeout(resolve, 1));
  if (!holds()) throw new Error('waited in vain');
}

describe('clients that misbehave', () => {
  const name = 'pyfutures-place-market-order';
  /** What the server says to these bytes until it ends the connection. */
  const ended = async (port: number, ...chunks: Uint8Array[]): Promise<string> => {
    const socket = connect({ port, host: '127.0.0.1' });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    for (const chunk of chunks) socket.write(chunk);
    await once(socket, 'close');
    return text;
  };
  const shake = hello({ min: 100, max: 176 });

  it.each([
    [100, 175],
    [177, 225],
  ])('offering %i to %i: the connection ends without a greeting', async (min, max) => {
    await using replay = await play(name);
    expect(await ended(replay.port, hello({ min, max }))).toBe('');
    expect(replay.troubles).toStrictEqual([
      { connection: 0, at: 'handshake', text: `the client offers server versions ${min} to ${max}, the capture has 176` },
    ]);
  });

  it('garbage instead of a handshake: the connection ends', async () => {
    await using replay = await play(name);
    expect(await ended(replay.port, Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toBe('');
    expect(replay.troubles).toMatchObject([{ connection: 0, at: 'handshake' }]);
  });

  it('saying nothing, or half a handshake: the connection ends when the patience is over', async () => {
    await using replay = await replayGateway({ captures: [fixture(name)], patience: 60 });
    expect(await Promise.all([ended(replay.port), ended(replay.port, shake.subarray(0, 11))])).toStrictEqual(['', '']);
    expect(replay.troubles.map(({ text }) => text)).toStrictEqual(Array(2).fill('no handshake within 60 ms'));
  });

  it('a handshake byte by byte is a handshake', async () => {
    await using replay = await play(name);
    await using client = new RawClient(replay.port);
    client.socket.setNoDelay(true);
    for (const byte of shake) client.socket.write(Uint8Array.of(byte));
    await client.until(() => client.serverVersion === 176);
  });

  it('a frame of an impossible length: the connection ends', async () => {
    await using replay = await play(name);
    await ended(replay.port, shake, Uint8Array.of(255, 255, 255, 255));
    await ended(replay.port, shake, Uint8Array.of(0, 0, 0, 0));
    expect(replay.troubles).toMatchObject([{ at: 'frame' }, { at: 'frame' }]);
  });

  it.each([
    ['of a kind nobody knows', '\0\0\0\x05999\0\0', 'Message type 999. Unable to parse data.'],
    ['without an id', '\0\0\0\x02x\0', 'Message type -1. Unable to parse data.'],
    ['that does not fit its table', '\0\0\0\x049\0x\0', 'reqContractDetails'],
  ])('a request %s: error 320, then the connection ends', async (_what, bytes, reason) => {
    await using replay = await play(name);
    const said = await ended(replay.port, shake, Buffer.from(bytes, 'latin1'));
    expect(said).toContain('\0-1\x00320\0Error reading request:');
    expect(said).toContain(reason);
    expect(replay.troubles).toMatchObject([{ connection: 0, at: 'request' }]);
  });

  it('leaving in the middle of everything: the next client is served', async () => {
    await using replay = await replayGateway({ captures: [fixture(name)], pace: 'recorded' });
    for (const cut of [0, 5, shake.length, shake.length + 3]) {
      const socket = connect({ port: replay.port, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      socket.write(
        Buffer.concat([shake, fromClient.encode('startApi', { clientId: 1, optionalCapabilities: '' })]).subarray(0, cut),
      );
      await once(socket, 'connect');
      socket.resetAndDestroy();
    }
    await using client = new RawClient(replay.port);
    await client.start(5);
  });

  it('open connections are ended when the replay is closed, and the port is free again', async () => {
    const replay = await play(name);
    const client = new RawClient(replay.port);
    await client.start(5);
    await Promise.all([replay.close(), client.closed]);
    await replay.close();
    const socket = connect({ port: replay.port, host: '127.0.0.1' });
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  describe('properties', () => {
    it('any bytes end in an ended connection or a served client, never in a hang or a crash', async () => {
      await using replay = await replayGateway({ captures: [fixture(name)], patience: 50 });
      const start = fromClient.encode('startApi', { clientId: 1, optionalCapabilities: '' });
      const ask = fromClient.encode('reqContractDetails', { reqId: 1, contract: { symbol: 'EBM' } });
      const whole = Buffer.concat([shake, start, ask, ask]);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), { maxLength: 3 }),
          fc.nat({ max: whole.length }),
          async (changes, length) => {
            const bytes = Uint8Array.from(whole.subarray(0, length));
            for (const [at, value] of changes) if (at < length) bytes[at] = value;
            const socket = connect({ port: replay.port, host: '127.0.0.1' });
            socket.on('error', () => undefined);
            socket.resume();
            socket.end(bytes);
            await once(socket, 'close');
          },
        ),
        { seed: 51, numRuns: 120 },
      );
      await using client = new RawClient(replay.port);
      await client.start(5);
    });
  });
});
