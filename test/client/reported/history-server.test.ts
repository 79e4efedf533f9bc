// 165: the history server was lost and asks again by itself. Both texts are notices, and the answer is the one that begins anew.

import { describe, expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import { GatewayError } from '../../../src/client/wire/errors.js';
import { type Peer, type Script, scriptedGateway } from '../../helpers/scripted-gateway.js';

const AAPL = { conId: 265_598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;
const SAID = 'Historical Market Data Service query message:';
const LOST = `${SAID}HMDS server disconnect occurred.  Attempting reconnection...`;
const BACK = `${SAID}HMDS server connection was successful.`;

const word = (peer: Peer, reqId: number, errorString: string): void => peer.send('error', { reqId, errorCode: 165, errorString });

describe.each([176, 226])('at server version %i', (serverVersion) => {
  const bars = (peer: Peer, reqId: number, ...closes: readonly number[]): void =>
    peer.send('historicalData', {
      reqId,
      bars: closes.map((close, i) => {
        const date = String(1_788_357_600 + 60 * i);
        return { date, open: 1, high: 9, low: 1, close, volume: -1, wap: -1, barCount: -1 };
      }),
    });
  const end = (peer: Peer, reqId: number): void => {
    if (serverVersion >= 196) peer.send('historicalDataEnd', { reqId });
  };
  async function closes(reqHistoricalData: NonNullable<NonNullable<Script['on']>['reqHistoricalData']>) {
    await using gateway = await scriptedGateway({ serverVersion, on: { reqHistoricalData } });
    await using ib = await connect({ port: gateway.port, limits: 'none', orders: { accounts: 'none' } });
    const notices: string[] = [];
    ib.on('notice', ({ code, verdict }) => notices.push(`${code} ${verdict.means}`));
    const found = await ib.history.bars(AAPL, { duration: '1 D', size: '1 min', show: 'MIDPOINT' });
    return { closes: found.map(({ close }) => close), notices };
  }

  it('bars that come after both words are the answer', async () => {
    const found = await closes(({ reqId = 0 }, peer) => {
      word(peer, reqId, LOST);
      word(peer, reqId, BACK);
      bars(peer, reqId, 2, 3);
      end(peer, reqId);
    });
    expect(found).toEqual({ closes: [2, 3], notices: ['165 notice', '165 notice'] });
  });

  it('any other word of 165 ends the request', async () => {
    const asked = closes(({ reqId = 0 }, peer) => word(peer, reqId, `${SAID}no permissions for this data`));
    await expect(asked).rejects.toMatchObject({ errorCode: 165 });
    await expect(asked).rejects.toBeInstanceOf(GatewayError);
  });

  if (serverVersion >= 196) {
    it('rows so far are dropped when the answer begins anew', async () => {
      const found = await closes(({ reqId = 0 }, peer) => {
        bars(peer, reqId, 7, 8, 9);
        word(peer, reqId, LOST);
        word(peer, reqId, BACK);
        bars(peer, reqId, 2, 3);
        end(peer, reqId);
      });
      expect(found.closes).toEqual([2, 3]);
    });

    it('rows so far are kept when nothing but the end comes after it', async () => {
      const found = await closes(({ reqId = 0 }, peer) => {
        bars(peer, reqId, 7, 8);
        word(peer, reqId, LOST);
        word(peer, reqId, BACK);
        end(peer, reqId);
      });
      expect(found.closes).toEqual([7, 8]);
    });

    it('an answer in several messages stays whole without it', async () => {
      const found = await closes(({ reqId = 0 }, peer) => {
        word(peer, reqId, LOST);
        bars(peer, reqId, 1);
        bars(peer, reqId, 1, 2);
        end(peer, reqId);
      });
      expect(found.closes).toEqual([1, 1, 2]);
    });
  }
});
