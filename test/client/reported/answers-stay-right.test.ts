// Situations of connections and answers from public reports that were right when they were tried.

import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../src/client/connect.js';
import { contractDetails } from '../../../src/client/contracts/conversations.js';
import { createContracts } from '../../../src/client/contracts/facade.js';
import { priceGrid, snap } from '../../../src/client/contracts/price-grid.js';
import { isOpen, sessionsOf } from '../../../src/client/contracts/trading-hours.js';
import { ClosedError, GatewayError, TimeoutError } from '../../../src/client/wire/errors.js';
import { Encoder } from '../../../src/protocol/encode.js';
import { frame } from '../../../src/protocol/frames.js';
import { settle } from '../../helpers/hand-timer.js';
import { type Script, scriptedGateway } from '../../helpers/scripted-gateway.js';
import { until } from '../orders/trades/desk.js';
import { paperSession } from '../session/paper-link.js';

const AAPL = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function ibOf(script: Script): Promise<Ib> {
  const gateway = await scriptedGateway(script);
  const ib = await connect({ port: gateway.port, reconnect: false });
  stops.push(async () => ib.close(), gateway.close);
  return ib;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('a greeting', () => {
  it.each([
    ['a zone of Windows', ascii('20260818 09:31:02 Central Standard Time')],
    ['EET', ascii('20260818 09:31:02 EET')],
    ['PST', ascii('20260818 09:31:02 PST')],
    ['a zone in Chinese, in UTF-8', new TextEncoder().encode('20260818 09:31:02 中国标准时间')],
    ['a zone in Chinese, in GBK', Uint8Array.of(...ascii('20260818 09:31:02 '), 0xd6, 0xd0, 0xb9, 0xfa)],
    ['no zone', ascii('20260818 09:31:02')],
    ['nothing at all', ascii('')],
  ])('with %s and an account list that ends with a comma: connected, with the accounts', async (_, time) => {
    const said = new Encoder('incoming', 176);
    const ib = await ibOf({
      onSocket(socket) {
        socket.once('data', () => {
          socket.write(frame(Uint8Array.of(...ascii('176\0'), ...time, 0)));
          socket.write(said.encode('managedAccounts', { accountsList: 'DU9000001,DU9000002,' }));
          socket.write(said.encode('nextValidId', { orderId: 1 }));
        });
        return true;
      },
    });
    expect(ib.accounts.ids).toEqual(['DU9000001', 'DU9000002']);
    expect(ib.state.at).toBe('ready');
  });
});

describe('answers', () => {
  it('492 before the rows of a scan: the rows', async () => {
    const ib = await ibOf({
      on: {
        reqScannerSubscription({ reqId }, peer) {
          peer.send('error', { reqId, errorCode: 492, errorString: 'Not allowed on a subscription of this kind' });
          peer.send('scannerData', { reqId, elements: [{ rank: 0, contract: AAPL, marketName: 'NMS' }] });
        },
      },
    });
    const rows = await ib.scanner.run({ scanCode: 'TOP_PERC_GAIN', instrument: 'STK', locationCode: 'STK.US' });
    expect(rows.map(({ contract }) => contract?.symbol)).toEqual(['AAPL']);
  });

  it('320 with id -1, then a hang-up: every call settles', async () => {
    const ib = await ibOf({
      on: {
        reqContractDetails(_, peer) {
          peer.send('error', { reqId: -1, errorCode: 320, errorString: 'Server error when reading an API client request.' });
          peer.cut();
        },
      },
    });
    const calls = [ib.accounts.positions(), ib.contracts.details(AAPL), ib.contracts.search('AAPL')];
    for (const outcome of await Promise.allSettled(calls)) expect(outcome.status).toBe('rejected');
    expect(ib.health.openRequests).toBe(0);
    await expect(ib.accounts.managed()).rejects.toBeInstanceOf(ClosedError);
  });

  it('details of a combination: 321 is an error of the gateway', async () => {
    const ib = await ibOf({
      on: {
        reqContractDetails: ({ reqId }, peer) =>
          peer.send('error', { reqId, errorCode: 321, errorString: 'Error validating request. BAG is not supported' }),
      },
    });
    await expect(ib.contracts.details({ ...AAPL, secType: 'BAG' })).rejects.toBeInstanceOf(GatewayError);
  });

  it('details of a combination: no answer ends with the deadline of 30 s', async () => {
    const paper = await paperSession();
    const outcome = createContracts(paper.session)
      .details({ ...AAPL, secType: 'BAG' })
      .catch((error: unknown) => error);
    await paper.timer.advance(contractDetails.within - 1);
    expect(paper.session.router.openRequests).toBe(1);
    await paper.timer.advance(1);
    expect([contractDetails.within, await outcome]).toEqual([30_000, expect.any(TimeoutError)]);
  });

  it('P&L of a position with 1.7976931348623157E308 in every number: undefined', async () => {
    const unset = 1.7976931348623157e308;
    const ib = await ibOf({
      serverVersion: 176,
      on: {
        reqPnLSingle: ({ reqId }, peer) =>
          peer.send('pnlSingle', { reqId, position: '5', dailyPnL: unset, unrealizedPnL: unset, realizedPnL: unset, value: 10 }),
      },
    });
    const stream = ib.accounts.positionPnl('DU9000001', 265598);
    await until(() => stream.latest !== undefined);
    expect(stream.latest).toMatchObject({ dailyPnL: undefined, unrealizedPnL: undefined, realizedPnL: undefined });
    stream.close();
  });

  it('tick types 88 and 90, and numbers that do not exist: told, and the stream goes on', async () => {
    const ib = await ibOf({
      on: {
        reqMktData({ reqId }, peer) {
          for (const tickType of [88, 90, 4_711]) peer.send('tickGeneric', { reqId, tickType, value: 1 });
          peer.send('tickString', { reqId, tickType: 9_999, value: 'new' });
          peer.send('tickPrice', { reqId, tickType: 1, price: 10, size: 1 });
        },
      },
    });
    const quotes = ib.market.quotes(AAPL);
    const seen: number[] = [];
    quotes.on((tick) => seen.push('tickType' in tick ? tick.tickType : 0));
    await until(() => quotes.view.bid !== undefined);
    expect(seen).toEqual(expect.arrayContaining([88, 90, 4_711, 9_999]));
    expect(quotes.state.at).toBe('live');
    quotes.close();
  });
});

describe('sizes', () => {
  it.each([
    ['0.0349', 0.0349],
    ['1E-8', 1e-8],
    ['12345000', 12_345_000],
  ])('%s is exact', async (text, value) => {
    const paper = await paperSession({ serverVersion: 176 });
    const ticks: (number | undefined)[] = [];
    paper.session.router.listen('tickSize', ({ size }) => ticks.push(size));
    paper.hear(frame(ascii(`2\x006\x001000000\x000\x00${text}\0`)));
    await settle();
    expect(ticks).toEqual([value]);
  });
});

describe('contracts', () => {
  it.each([
    ['no zone and no hours', '', '', 'unknown'],
    ['a zone MET and hours of the old form', '20260902:0900-1730', 'MET', 'open'],
    ['India in IST', '20260902:0915-20260902:1530', 'IST', 'open'],
  ])('%s: %j in %j is %s', (_, hours, zone, state) => {
    expect(isOpen(sessionsOf(hours, zone), Date.parse('2026-09-02T08:00:00Z'))).toBe(state);
  });

  it('minTick and increment 5.0E-5: a bought 1.05522 goes down to 1.0552, a sold one up to 1.05525', () => {
    const grid = priceGrid([{ lowEdge: 0, increment: 5.0e-5 }], 5.0e-5);
    expect([snap('1.05522', grid, 'down'), snap('1.05522', grid, 'up')].map(String)).toEqual(['1.0552', '1.05525']);
  });

  it.each(['27.5', '105.2839', '100'])('a multiplier of %s survives both ways, on both wires', async (multiplier) => {
    for (const serverVersion of [176, 225]) {
      const told = { ...AAPL, conId: 7, secType: 'OPT', multiplier };
      const gateway = await scriptedGateway({
        serverVersion,
        on: {
          reqContractDetails({ reqId, contract }, peer) {
            peer.send('contractDetails', { reqId, contract: { ...told, multiplier: contract?.multiplier } });
            peer.send('contractDetailsEnd', { reqId });
          },
        },
      });
      const ib = await connect({ port: gateway.port, reconnect: false });
      stops.push(async () => ib.close(), gateway.close);
      const [found] = await ib.contracts.details(told);
      expect(found?.contract?.multiplier).toBe(multiplier);
    }
  });
});
