// Our own client and the simulated gateway meet on a socket at every server version there is.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../src/client/connect.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { MAX_VERSION, MIN_VERSION } from '../../../src/protocol/handshake.js';
import type { IncomingKind, MessageOf } from '../../../src/protocol/registry.js';
import { V } from '../../../src/protocol/versions.js';

const AAPL = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const gates = new Set<number>(Object.values(V));
const versions = Array.from({ length: MAX_VERSION - MIN_VERSION + 1 }, (_, i) => MIN_VERSION + i);

/** Resolves with the next message of a kind that fits. */
function next<K extends IncomingKind>(
  ib: Ib,
  kind: K,
  fits: (message: MessageOf<K>) => boolean = () => true,
): Promise<MessageOf<K>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${kind}`)), 4_000);
    const stop = ib.raw.on(kind, (message) => {
      if (!fits(message)) return;
      clearTimeout(timer);
      stop();
      resolve(message);
    });
  });
}

describe('our own client', () => {
  let gateway: SimulatedGateway;
  beforeAll(async () => {
    gateway = await simulate({ seed: 5, pacing: 'off', accounts: [{ kind: 'individual-margin', holdings: { MSFT: 30 } }] });
  });
  afterAll(() => gateway.close());

  it('is tested at every version that changes something', () => {
    expect([...gates].filter((gate) => gate >= 100 && !versions.includes(gate))).toEqual([]);
  });

  it.each(versions)('reads accounts, details, bars, quotes and a filled order at version %i', async (version) => {
    await using ib = await connect({ port: gateway.port, clientId: version, versions: [100, version], limits: 'none' });
    expect(ib.serverVersion).toBe(version);
    expect(ib.accounts.ids).toEqual(['DU9000001']);
    const trouble: string[] = [];
    ib.raw.on('error', ({ errorCode = 0, errorString }) => {
      if (errorCode < 2100 || errorCode > 2200) trouble.push(`${errorCode} ${errorString}`);
    });

    const type = next(ib, 'accountSummary', ({ tag }) => tag === 'AccountType');
    const summaryEnd = next(ib, 'accountSummaryEnd');
    const position = next(ib, 'position', ({ contract }) => contract?.symbol === 'MSFT');
    const positionEnd = next(ib, 'positionEnd');
    ib.raw.send('reqAccountSummary', { reqId: ib.raw.nextReqId(), group: 'All', tags: 'NetLiquidation,AccountType' });
    ib.raw.send('reqPositions', {});
    expect(await type).toMatchObject({ account: 'DU9000001', value: 'INDIVIDUAL' });
    expect(await position).toMatchObject({ account: 'DU9000001', position: '30' });
    await Promise.all([summaryEnd, positionEnd]);

    const details = next(ib, 'contractDetails');
    ib.raw.send('reqContractDetails', { reqId: ib.raw.nextReqId(), contract: AAPL });
    expect(await details).toMatchObject({
      contract: { conId: 265598, localSymbol: 'AAPL' },
      contractDetails: { minTick: 0.01, longName: 'APPLE INC', timeZoneId: 'US/Eastern' },
    });

    const bars = next(ib, 'historicalData');
    ib.raw.send('reqHistoricalData', {
      reqId: ib.raw.nextReqId(),
      contract: AAPL,
      endDateTime: '',
      barSizeSetting: '1 day',
      durationStr: '3 D',
      useRTH: true,
      whatToShow: 'MIDPOINT',
      formatDate: 1,
      ...(version >= V.SYNT_REALTIME_BARS && { keepUpToDate: false }),
    });
    const rows = (await bars).bars ?? [];
    expect(rows.map(({ date }) => date)).toEqual(['20260831', '20260901', '20260902']);
    expect(rows.every(({ volume, low = 0, high = 0 }) => volume === -1 && low <= high)).toBe(true);

    const reqId = ib.raw.nextReqId();
    const bid = next(ib, 'tickPrice', (tick) => tick.reqId === reqId && tick.tickType === 1);
    const ask = next(ib, 'tickPrice', (tick) => tick.reqId === reqId && tick.tickType === 2);
    ib.raw.send('reqMktData', {
      reqId,
      contract: AAPL,
      genericTickList: '',
      snapshot: false,
      ...(version >= V.REQ_SMART_COMPONENTS && { regulatorySnapshot: false }),
    });
    const [{ price: at = 0 }, { price: over = 0 }] = await Promise.all([bid, ask]);
    expect(over - at).toBeCloseTo(0.02, 6);
    ib.raw.send('cancelMktData', { reqId });

    const orderId = ib.raw.nextOrderId();
    const filled = next(ib, 'orderStatus', (status) => status.orderId === orderId && status.status === 'Filled');
    const fill = next(ib, 'execDetails', ({ execution }) => execution?.orderId === orderId);
    const fee = next(ib, 'commissionAndFeesReport');
    ib.raw.send('placeOrder', {
      orderId,
      contract: AAPL,
      order: {
        action: 'BUY',
        orderType: 'LMT',
        lmtPrice: Math.round((over + 1) * 100) / 100,
        totalQuantity: '2',
        tif: 'DAY',
        transmit: true,
      },
    });
    expect(await filled).toMatchObject({ filled: '2', remaining: '0' });
    const { execution } = await fill;
    expect(execution).toMatchObject({ shares: '2', side: 'BOT', acctNumber: 'DU9000001', clientId: version });
    expect(await fee).toMatchObject({ execId: execution?.execId, currency: 'USD' });
    expect(trouble).toEqual([]);
  });
});
