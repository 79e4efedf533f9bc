// Frames of public reports, field by field as they came at server version 176 (account numbers replaced).

import { describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../src/client/connect.js';
import { UnknownContractError } from '../../../src/client/contracts/qualify.js';
import type { Peer, Script } from '../../helpers/scripted-gateway.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';
import { textFrame } from '../../helpers/text-frame.js';
import { until } from '../../helpers/until.js';
import { AAPL, buy, deskWith } from '../orders/trades/desk.js';

type Frames = readonly (readonly (string | Uint8Array)[])[];
const LOST = 'Historical Market Data Service query message:HMDS server disconnect occurred.  Attempting reconnection...';
const BACK = 'Historical Market Data Service query message:HMDS server connection was successful.';
/** `订单被拒绝` as a Windows of China writes it. */
const GBK = Uint8Array.of(0xb6, 0xa9, 0xb5, 0xa5, 0xb1, 0xbb, 0xbe, 0xdc, 0xbe, 0xf8);

const answer =
  (frames: Frames) =>
  ({ reqId = 0 }: { readonly reqId?: number | undefined }, peer: Peer): void => {
    for (const fields of frames) peer.write(textFrame(fields, reqId));
  };

async function withAnswer<T>(kind: keyof NonNullable<Script['on']>, frames: Frames, act: (ib: Ib) => Promise<T>): Promise<T> {
  await using gateway = await scriptedGateway({ serverVersion: 176, on: { [kind]: answer(frames) } });
  await using ib = await connect({ port: gateway.port, limits: 'none', orders: { accounts: 'none' } });
  return await act(ib);
}

describe('answers', () => {
  it('a line without a market whose "none" is -1 times the magnifier quotes nothing', async () => {
    const sides = ['1', '2'].map((side) => ['1', '6', 'R', side, '-100.0', '0', '0']);
    await withAnswer('reqMktData', [...sides, ['1', '6', 'R', '4', '4293.9999', '288', '0']], async (ib) => {
      const { view } = ib.market.quotes(AAPL);
      await until(() => view.last !== undefined);
      expect([view.bid?.value, view.ask?.value, view.last?.value]).toEqual([undefined, undefined, 4293.9999]);
    });
  });

  it('a history request during which its server is lost and found is answered by its bars', async () => {
    const bar = ['20190702 16:50:00', '20190702 16:50:30', '1', '1562100600', '10.5', '10.7', '10.4', '10.6', '-1', '-1', '-1'];
    const frames = [
      ['4', '2', '-1', '2105', 'HMDS data farm connection is broken:cashhmds', ''],
      ['4', '2', 'R', '165', LOST, ''],
      ['4', '2', '-1', '2106', 'HMDS data farm connection is OK:cashhmds', ''],
      ['4', '2', 'R', '165', BACK, ''],
      ['17', 'R', ...bar],
    ];
    const bars = await withAnswer('reqHistoricalData', frames, (ib) =>
      ib.history.bars(AAPL, { duration: '1 D', size: '30 secs', show: 'MIDPOINT' }),
    );
    expect(bars).toMatchObject([{ close: 10.6, volume: undefined, wap: undefined, count: undefined }]);
  });

  it('a bar of question marks is left out, the one behind it is not', async () => {
    const rows = [
      ['20180424', '?', '?', '?', '?', '-1', '-1.00', '-1'],
      ['20180425', '2.5', '2.6', '2.4', '2.5', '-1', '-1.00', '-1'],
    ];
    const frames = [['17', 'R', '20180423 14:00:22 US/Eastern', '20180430 14:00:22 US/Eastern', '2', ...rows.flat()]];
    const bars = await withAnswer('reqHistoricalData', frames, (ib) =>
      ib.history.bars(AAPL, { duration: '1 W', size: '1 day', show: 'MIDPOINT' }),
    );
    expect(bars.map(({ date, close }) => [date, close])).toEqual([['20180425', 2.5]]);
  });

  it('account values of 1.7976931348623157E308 are no amounts', async () => {
    const row = (key: string) => ['6', '2', key, '1.7976931348623157E308', 'USD', 'DU9000001'];
    const frames = [row('NetLiquidation'), row('BuyingPower'), ['54', '1', 'DU9000001']];
    await withAnswer('reqAccountUpdates', frames, async (ib) => {
      const portfolio = ib.accounts.portfolio('DU9000001');
      await portfolio.complete();
      const { totals } = portfolio.view.numbers ?? {};
      expect([totals?.get('NetLiquidation')?.amount, totals?.get('BuyingPower')?.amount]).toEqual([undefined, undefined]);
    });
  });

  it.each([
    ['German', Buffer.from('Für die Anfrage wurde keine Wertpapierdefinition gefunden')],
    ['Chinese, as GBK bytes', GBK],
  ])('200 in %s means that no instrument fits', async (_, text) => {
    const asked = withAnswer('reqContractDetails', [['4', '2', 'R', '200', text, '']], (ib) => ib.contracts.qualify(AAPL));
    await expect(asked).rejects.toBeInstanceOf(UnknownContractError);
  });

  it.each([
    ['', undefined],
    ['1.2345E7', 12_345_000],
    ['1E-8', 1e-8],
  ])('a volume of %j is %s', async (text, size) => {
    const frames = [
      ['2', '6', 'R', '8', text],
      ['1', '6', 'R', '4', '3', '5', '0'],
    ];
    await withAnswer('reqMktData', frames, async (ib) => {
      const { view } = ib.market.quotes(AAPL);
      await until(() => view.last !== undefined);
      expect(view.volume?.value).toBe(size);
    });
  });
});

describe('orders', () => {
  it('10268 in GBK bytes rejects a new order', async () => {
    await using desk = await deskWith({
      serverVersion: 176,
      on: { placeOrder: ({ orderId }, peer) => peer.write(textFrame(['4', '2', String(orderId), '10268', GBK, ''])) },
    });
    expect(await desk.ib.orders.place(AAPL, buy()).done).toMatchObject({ at: 'rejected', reason: { code: 10268 } });
  });

  it('a French 320 rejects the order that it names, a second one under a conId is nobody’s', async () => {
    const words = (id: number, input: string): string =>
      `Erreur de lecture de la demande.Message id ${id}.  Unable to parse data. java.lang.NumberFormatException: For input string: "${input}"`;
    await using desk = await deskWith({
      serverVersion: 176,
      on: {
        placeOrder: ({ orderId = 0 }, peer) => {
          peer.write(textFrame(['4', '2', String(orderId), '320', words(orderId, 'o'), '']));
          peer.write(textFrame(['4', '2', '478483723', '320', words(478_483_723, 'CBOE'), '']));
        },
      },
    });
    const end = await desk.ib.orders.place(AAPL, buy()).done;
    expect(end).toMatchObject({ at: 'rejected', reason: { code: 320 } });
  }, 10_000);
});
