import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../src/capture/reader.js';
import { Anchors } from '../../../src/gateway/replay/anchors.js';
import { connectionsOf, type RecordedConnection } from '../../../src/gateway/replay/recording.js';
import { incomingEncoder, outgoingEncoder } from '../../../src/protocol/encode.js';
import { greeting } from '../../../src/protocol/handshake.js';
import type { IncomingKind, MessageInput, OutgoingKind, RequestInput } from '../../../src/protocol/registry.js';

const VERSION = 225;
type Line = { readonly direction: 'in' | 'out'; readonly bytes: Uint8Array };
const ask = <K extends OutgoingKind>(kind: K, message: RequestInput<K>): Line => ({
  direction: 'out',
  bytes: outgoingEncoder(VERSION).encode(kind, message),
});
const tell = <K extends IncomingKind>(kind: K, message: MessageInput<K>): Line => ({
  direction: 'in',
  bytes: incomingEncoder(VERSION).encode(kind, message),
});

function recorded(isGreeted: boolean, lines: readonly Line[]): RecordedConnection {
  const hello: Line[] = isGreeted ? [{ direction: 'in', bytes: greeting(VERSION, 'now') }] : [];
  const records = [...hello, ...lines].map((line) => ({ what: 'bytes', micros: 0, ...line }) as const);
  const capture: Capture = {
    header: { serverVersion: VERSION, serverVersionBounds: undefined, start: undefined, redactions: [], source: undefined },
    records: isGreeted ? [{ what: 'connected', micros: 0, serverVersion: undefined }, ...records] : records,
  };
  const [connection] = connectionsOf('made', capture, []);
  if (connection === undefined) throw new Error('no connection');
  return connection;
}

/** For each message the place of its request in the lines, `start`, or `lost`. */
function anchors(isGreeted: boolean, ...lines: Line[]): unknown[] {
  const connection = recorded(isGreeted, lines);
  const anchors = new Anchors(connection);
  return connection.messages.flatMap((message, at) => {
    if (message.direction === 'out') return [];
    const anchor = anchors.of(message, at);
    if (anchor.at === 'lost') return ['lost'];
    return [anchor.request === undefined ? 'start' : connection.messages.indexOf(anchor.request)];
  });
}

const order = (orderId: number, parentId = 0) => ask('placeOrder', { orderId, contract: {}, order: { action: 'BUY', parentId } });
const status = (orderId: number) => tell('orderStatus', { orderId, status: 'Submitted' });
const execution = (reqId: number, orderId: number, execId: string) =>
  tell('execDetails', { reqId, contract: {}, execution: { orderId, execId } });
const commission = (execId: string) => tell('commissionAndFeesReport', { execId });
const notice = (reqId: number) => tell('error', { reqId, errorCode: 2104, errorString: 'x' });

describe('a recorded message belongs', () => {
  it('to the last request before it that has its id and can bring its kind', () => {
    expect(
      anchors(
        true,
        ask('reqMktData', { reqId: 1, contract: {} }),
        ask('reqMktData', { reqId: 2, contract: {} }),
        tell('tickSize', { reqId: 1, tickType: 0, size: 1 }),
        ask('cancelMktData', { reqId: 1 }),
        tell('tickSize', { reqId: 1, tickType: 0, size: 1 }),
        tell('tickSize', { reqId: 2, tickType: 0, size: 1 }),
        tell('historicalDataEnd', { reqId: 2 }),
      ),
    ).toStrictEqual([0, 3, 1, 'lost']);
  });

  it('to the request of its kind when it has no id', () => {
    const position = tell('position', { account: 'DU9000001', contract: {}, position: '1' });
    expect(
      anchors(true, ask('reqPositions', {}), ask('reqCurrentTime', {}), position, tell('currentTime', { time: 1 })),
    ).toStrictEqual([0, 1]);
  });

  it('to the start when nothing was asked before, and to its place when it comes unasked', () => {
    expect(anchors(true, notice(-1), status(9), ask('reqCurrentTime', {}), notice(-1), status(9))).toStrictEqual([
      'start',
      'start',
      2,
      2,
    ]);
  });

  it('to the whole group for the orders of a bracket', () => {
    expect(anchors(true, order(1), order(2, 1), order(3, 1), status(1), status(2), notice(3), order(9), status(1))).toStrictEqual(
      [2, 2, 2, 2],
    );
  });

  it('to the list of orders until its end, and to the order after it', () => {
    const lines = [order(1), ask('reqOpenOrders', {}), status(1), tell('openOrderEnd', {}), status(1)];
    expect(anchors(true, ...lines)).toStrictEqual([1, 1, 0]);
  });

  it('to the order when an execution comes by itself, to the request when it was asked for; the commission goes along', () => {
    const lines = [order(1), ask('reqExecutions', { reqId: 4, filter: {} })];
    expect(
      anchors(true, ...lines, execution(-1, 1, 'a'), execution(4, 1, 'b'), commission('a'), commission('b'), commission('c')),
    ).toStrictEqual([0, 1, 0, 1, 1]);
  });

  it('to the request and not to its cancel when the order of the capture is not known', () => {
    const summary = tell('accountSummary', { reqId: 7, account: 'DU9000001', tag: 'a', value: 'b', currency: '' });
    const lines = [ask('reqAccountSummary', { reqId: 7, group: 'All', tags: 'a' }), ask('cancelAccountSummary', { reqId: 7 })];
    expect(anchors(false, ...lines, summary)).toStrictEqual([0]);
    expect(anchors(true, ...lines, summary)).toStrictEqual([1]);
  });

  it('to a later request too when the order of the capture is not known, and to nobody when there is none', () => {
    expect(
      anchors(
        false,
        tell('headTimestamp', { reqId: 0, headTimestamp: '1' }),
        ask('reqHeadTimestamp', { reqId: 0, contract: {} }),
        notice(-1),
        notice(0),
        tell('managedAccounts', { accountsList: 'DU9000001' }),
      ),
    ).toStrictEqual([1, 'lost', 1, 'lost']);
  });
});
