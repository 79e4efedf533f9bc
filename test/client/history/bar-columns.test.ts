import { describe, expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const whole = { open: 1, high: 2, low: 0.5, close: 1.5, volume: 10, wap: 1.25, barCount: 3 };

describe.each([176, 225])('bars as columns, at %i', (serverVersion) => {
  const open = (dates: readonly string[], last: object) =>
    scriptedGateway({
      serverVersion,
      on: {
        reqHistoricalData({ reqId }, peer) {
          const bars = dates.map((date, at) => ({ ...whole, ...(at === dates.length - 1 ? last : {}), date }));
          peer.send('historicalData', { reqId, bars });
          if (serverVersion >= 196) peer.send('historicalDataEnd', { reqId });
        },
      },
    });

  it('hold what the bars hold, NaN where they have undefined', async () => {
    await using gateway = await open(['1788357600', '1788357660', '1788357720'], { volume: -1, wap: -1, barCount: -1 });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const request = { duration: '1 D', size: '1 min' } as const;
    const columns = await ib.history.columns(stock, request);
    const bars = await ib.history.bars(stock, request);
    expect(columns.length).toBe(3);
    expect([...columns.time]).toEqual([1_788_357_600_000, 1_788_357_660_000, 1_788_357_720_000]);
    for (const name of ['open', 'high', 'low', 'close', 'volume', 'wap', 'count'] as const)
      expect([...columns[name]], name).toEqual(bars.map((bar) => bar[name] ?? Number.NaN));
    expect(columns.volume[2]).toBeNaN();
  });

  it('are the same, and the bars too, where somebody listens raw: then they come as a message', async () => {
    const dates = ['20231110', '1788357600', '20260406 07:37:52 US/Eastern'];
    await using gateway = await open(dates, { wap: -1 });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const request = { duration: '1 D', size: '1 min' } as const;
    const read = async () => ({
      bars: await ib.history.bars(stock, request),
      columns: await ib.history.columns(stock, request),
    });
    const byFields = await read();
    const heard: number[] = [];
    const stop = ib.raw.on('historicalData', ({ bars }) => heard.push(bars.length));
    const byMessage = await read();
    stop();
    expect(heard).toEqual([3, 3]);
    expect(byMessage).toEqual(byFields);
    expect(byFields.bars.map(({ date, time }) => [date, time.getTime()])).toEqual([
      ['20231110', Date.UTC(2023, 10, 10)],
      [undefined, 1_788_357_600_000],
      [undefined, Date.UTC(2026, 3, 6, 11, 37, 52)],
    ]);
    expect(byFields.bars[2]).toMatchObject({ volume: 10, wap: undefined, count: 3, isForming: false });
  });

  it('that two callers share are two copies', async () => {
    await using gateway = await open(['1788357600'], {});
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const request = { duration: '1 D', size: '1 min' } as const;
    const asked = [
      ib.history.columns(stock, request),
      ib.history.bars(stock, request),
      ib.history.columns(stock, request),
    ] as const;
    const [first, bars, second] = await Promise.all(asked);
    expect(gateway.received.filter(({ kind }) => kind === 'reqHistoricalData')).toHaveLength(1);
    first.open[0] = 99;
    expect([second.open[0], bars[0]?.open]).toEqual([1, 1]);
  });

  it('are refused with how much came when they take more bytes than they may', async () => {
    await using gateway = await open(['1788357600', '1788357660'], {});
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const request = { duration: '1 D', size: '1 min', maxBytes: 50 } as const;
    await expect(ib.history.bars(stock, request)).rejects.toMatchObject({ name: 'TooManyRowsError', seen: 1 });
  });

  it('of days begin at midnight UTC of their date; none are empty columns', async () => {
    await using gateway = await open(['20231110'], {});
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const { time } = await ib.history.columns(stock, { duration: '1 D', size: '1 day' });
    expect([...time]).toEqual([Date.UTC(2023, 10, 10)]);
    await using empty = await open([], {});
    await using other = await connect({ port: empty.port, orders: { accounts: 'none' } });
    const none = await other.history.columns(stock, { duration: '1 D', size: '1 day' });
    expect([none.length, none.open.length]).toEqual([0, 0]);
  });
});
