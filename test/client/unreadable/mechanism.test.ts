// What cannot be read is said: a call rejects with what and where, a stream has a hole and is asked for again once.

import { describe, expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import { incomingEncoder } from '../../../src/protocol/encode.js';
import { DecodeError } from '../../../src/protocol/errors.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';
import { until } from '../../helpers/until.js';
import { framed } from './damaged-fields.js';

const aapl = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const text = (...fields: readonly (string | number)[]): Uint8Array =>
  framed(new TextEncoder().encode(fields.map((field) => `${field}\0`).join('')));
const holding = (position: string, conId = 265598): Uint8Array =>
  text(61, 3, 'DU9000001', conId, 'AAPL', 'STK', '', 0, '', '', '', 'USD', 'AAPL', 'NMS', position, 150.5);
const open = { limits: 'none', orders: { accounts: 'none' }, reconnect: false } as const;

describe('calls', () => {
  it('positions() rejects when one of its rows cannot be read, and says how many could', async () => {
    await using gateway = await scriptedGateway({
      serverVersion: 176,
      on: {
        reqPositions(_, peer) {
          peer.write(holding('100', 1));
          peer.write(holding('ten'));
          peer.send('positionEnd', {});
        },
      },
    });
    await using ib = await connect({ port: gateway.port, ...open });
    const failure = await ib.accounts.positions().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DecodeError);
    expect(failure).toMatchObject({ code: 'DECODE', kind: 'position', row: 'position', seen: 1 });
    expect(gateway.received.filter(({ kind }) => kind === 'reqPositions')).toHaveLength(1);
    expect(ib.health.oddities).toMatchObject([{ kind: 'position', unreadable: 1, last: expect.stringContaining('ten') }]);
  });

  it('details reject with the request that the damaged row names, and another call with the same kind goes on', async () => {
    await using gateway = await scriptedGateway({
      serverVersion: 225,
      on: {
        reqContractDetails({ reqId, contract }, peer) {
          const bytes = incomingEncoder(225).encode('contractDetails', { reqId: reqId ?? 0, contract: aapl });
          peer.write(contract?.symbol === 'BAD' ? framed(bytes.slice(4, -1)) : bytes);
          peer.send('contractDetailsEnd', { reqId: reqId ?? 0 });
        },
      },
    });
    await using ib = await connect({ port: gateway.port, ...open });
    const [bad, good] = await Promise.allSettled([
      ib.contracts.details({ symbol: 'BAD', secType: 'STK' }),
      ib.contracts.details({ symbol: 'AAPL', secType: 'STK' }),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'DECODE', kind: 'contractDetails', seen: 0 } });
    expect(good).toMatchObject({ status: 'fulfilled', value: [{ contract: { conId: 265598 } }] });
  });
});

describe('streams', () => {
  it('a holding that changed and cannot be read is a hole, asked for again once and told when it is filled', async () => {
    let asked = 0;
    await using gateway = await scriptedGateway({
      serverVersion: 176,
      on: {
        reqPositions(_, peer) {
          asked++;
          peer.write(holding(asked === 1 ? '10' : '0'));
          peer.send('positionEnd', {});
        },
      },
    });
    await using ib = await connect({ port: gateway.port, ...open });
    const stream = ib.accounts.livePositions();
    await stream.complete();
    const gaps: unknown[] = [];
    stream.onGap((gap) => gaps.push(gap.cause));
    gateway.peers[0]?.write(holding('nought'));
    await until(() => gaps.length === 1);
    expect(gaps).toEqual(['unreadable']);
    expect(asked).toBe(2);
    expect(stream.state.at).toBe('live');
    expect([...stream.view.values()].map(({ position }) => position.toFixed())).toEqual(['0']);
  });

  it('what cannot be read the second time either leaves the view not current, and is not asked for a third time', async () => {
    let asked = 0;
    await using gateway = await scriptedGateway({
      serverVersion: 176,
      on: {
        reqPositions(_, peer) {
          asked++;
          peer.write(holding('?', 2));
          peer.write(holding('10', 1));
          peer.send('positionEnd', {});
        },
      },
    });
    await using ib = await connect({ port: gateway.port, ...open });
    const stream = ib.accounts.livePositions();
    const stale: unknown[] = [];
    ib.on('stale', (one) => stale.push(one.asked));
    await expect(stream.complete()).rejects.toMatchObject({ code: 'DECODE' });
    await until(() => stale.length === 1);
    gateway.peers[0]?.write(holding('11', 1));
    await until(() => stream.latest?.position.toFixed() === '11');
    expect(asked).toBe(2);
    expect(stream.state).toMatchObject({ at: 'stale', cause: 'unreadable', error: { code: 'DECODE' } });
    await expect(stream.complete()).rejects.toMatchObject({ code: 'DECODE' });
  });
});

describe('the start', () => {
  it.each([176, 225])('says at once that its accounts or its order id cannot be read, at %i', async (serverVersion) => {
    await using gateway = await scriptedGateway({
      serverVersion,
      onStart(peer) {
        if (serverVersion < 201) peer.write(text(9, 1, 'seven'));
        else peer.write(framed(incomingEncoder(serverVersion).encode('nextValidId', { orderId: 700 }).slice(4, -1)));
      },
    });
    const failure = await connect({ port: gateway.port, stepWithin: 60_000 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'CONNECT',
      phase: 'nextValidId',
      hint: expect.stringContaining('could not be read'),
      cause: { code: 'DECODE', kind: 'nextValidId', row: 'orderId' },
    });
  });
});

describe('fields left over', () => {
  it.each([176, 225])('are told once for each kind and counted, at %i', async (serverVersion) => {
    const more = (kind: 'positionEnd' | 'accountSummaryEnd', message: object): Uint8Array => {
      const bytes = incomingEncoder(serverVersion).encode(kind, message as never);
      // A text field, or field 99 with the number 1.
      const field = serverVersion < 201 ? [49, 0] : [0x98, 0x06, 1];
      return framed(Uint8Array.from([...bytes.slice(4), ...field]));
    };
    await using gateway = await scriptedGateway({
      serverVersion,
      on: {
        reqPositions(_, peer) {
          peer.write(more('positionEnd', {}));
        },
      },
    });
    await using ib = await connect({ port: gateway.port, ...open });
    const told: unknown[] = [];
    ib.on('leftOver', (one) => told.push(one));
    await ib.accounts.positions();
    await ib.accounts.positions();
    expect(told).toEqual([{ kind: 'positionEnd', fields: 1 }]);
    expect(ib.health.oddities).toEqual([{ kind: 'positionEnd', unreadable: 0, leftOver: 2, last: undefined }]);
  });
});
