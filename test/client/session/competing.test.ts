// Another login of the same user: one event, whichever code tells of it, with the code on it.

import { describe, expect, it } from 'vitest';
import { createHistory } from '../../../src/client/history/facade.js';
import { createMarket } from '../../../src/client/market/facade.js';
import type { SessionNotice } from '../../../src/client/session/events.js';
import { GatewayError } from '../../../src/client/wire/errors.js';
import { settle } from '../../helpers/hand-timer.js';
import { type PaperSession, paperSession } from './paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

async function watched(): Promise<{ readonly paper: PaperSession; readonly told: SessionNotice[] }> {
  const paper = await paperSession();
  const told: SessionNotice[] = [];
  paper.session.listen('competing', (notice) => told.push(notice));
  return { paper, told };
}

const codesOf = (told: readonly SessionNotice[]): readonly number[] => told.map(({ code }) => code);
const idOf = (paper: PaperSession): number => paper.sent.at(-1)?.reqId as number;

describe('another login of the same user', () => {
  it('takes the live data of a stream (10197): told, and the stream is stale', async () => {
    const { paper, told } = await watched();
    const stream = createMarket(paper.session).ticks(stock);
    await settle();
    paper.say('error', { reqId: idOf(paper), errorCode: 10197, errorString: 'No market data during competing live session' });
    expect(codesOf(told)).toEqual([10197]);
    expect(stream.state).toMatchObject({ at: 'stale', cause: 'competing' });
    paper.session.close();
  });

  it('is asked for its data ever more slowly while it has them, however often it says so', async () => {
    const { paper } = await watched();
    const stream = createMarket(paper.session).ticks(stock);
    await settle();
    const refuse = (): void =>
      paper.say('error', { reqId: idOf(paper), errorCode: 10197, errorString: 'No market data during competing live session' });
    const asked = (): number => paper.sent.filter(({ kind }) => kind === 'reqMktData').length;
    refuse();
    const tries: number[] = [];
    for (let seconds = 1, before = asked(); seconds <= 500; seconds++) {
      await paper.timer.advance(1_000);
      if (asked() > before) {
        tries.push(seconds);
        refuse();
      }
      before = asked();
    }
    expect(tries).toEqual([30, 90, 210, 450]);
    expect(stream.state).toMatchObject({ at: 'stale', cause: 'competing' });
    paper.session.close();
  });

  it('leaves a snapshot no data: it fails at once with 10197, told once', async () => {
    const { paper, told } = await watched();
    const snapshot = createMarket(paper.session).snapshot(stock);
    await settle();
    paper.say('error', { reqId: idOf(paper), errorCode: 10197, errorString: 'No market data during competing live session' });
    await expect(snapshot).rejects.toMatchObject({ errorCode: 10197 });
    expect(codesOf(told)).toEqual([10197]);
    paper.session.close();
  });

  it.each([
    'Connectivity between IBKR and TWS has been lost. Competing session.',
    'Connectivity between IB and Trader Workstation has been lost: another session of this user',
  ])('takes the whole session (1100 "%s"): told, and the session is degraded', async (errorString) => {
    const { paper, told } = await watched();
    paper.say('error', { reqId: -1, errorCode: 1100, errorString });
    expect(codesOf(told)).toEqual([1100]);
    expect(paper.session.state).toMatchObject({ at: 'degraded', cause: 'another login has taken the session' });
    paper.session.close();
  });

  it('keeps tick-by-tick data (10189): told, and the stream ends with its error and what to do', async () => {
    const { paper, told } = await watched();
    const stream = createMarket(paper.session).tickByTick(stock, 'AllLast');
    await settle();
    const errorString = 'Failed to request tick-by-tick data.Trading TWS session is connected from a different IP address';
    paper.say('error', { reqId: idOf(paper), errorCode: 10189, errorString });
    expect(codesOf(told)).toEqual([10189]);
    const cause = (await stream.ended) as GatewayError;
    expect([cause.errorCode, cause.remedy]).toEqual([10189, expect.stringContaining('Log out elsewhere')]);
    expect(told[0]?.id).toBe(cause.id);
  });

  it('keeps history (162): told, and the call rejects', async () => {
    const { paper, told } = await watched();
    const bars = createHistory(paper.session)
      .bars(stock, { duration: '1 D', size: '1 hour' })
      .catch((error: unknown) => error);
    await settle();
    const errorString =
      'Historical Market Data Service error message:Trading TWS session is connected from a different IP address';
    paper.say('error', { reqId: idOf(paper), errorCode: 162, errorString });
    expect(codesOf(told)).toEqual([162]);
    expect(await bars).toBeInstanceOf(GatewayError);
  });

  it('keeps five-second bars (420): told, and the stream ends with what to do', async () => {
    const { paper, told } = await watched();
    const stream = createMarket(paper.session).bars5s(stock);
    await settle();
    const errorString = 'Invalid Real-time Query:Trading TWS session is connected from a different IP address';
    paper.say('error', { reqId: idOf(paper), errorCode: 420, errorString });
    expect(codesOf(told)).toEqual([420]);
    expect(((await stream.ended) as GatewayError).remedy).toContain('Log out elsewhere');
  });

  it('keeps ticks of the past (10187): told, and the call rejects with what to do', async () => {
    const { paper, told } = await watched();
    const page = createHistory(paper.session)
      .ticks(stock, { from: new Date(0), to: new Date(1e12) })
      .next()
      .catch((error: unknown) => error);
    await settle();
    const errorString = 'Failed to request historical ticks:Trading TWS session is connected from a different IP address';
    paper.say('error', { reqId: idOf(paper), errorCode: 10187, errorString });
    expect(codesOf(told)).toEqual([10187]);
    expect(((await page) as GatewayError).remedy).toContain('Log out elsewhere');
  });

  it.each([
    [1100, 'Connectivity between IBKR and Trader Workstation has been lost.'],
    [420, 'Invalid Real-time Query:No market data permissions for NASDAQ'],
    [10187, 'Failed to request historical ticks:No market data permissions for NASDAQ'],
    [10189, 'Failed to request tick-by-tick data:No market data permissions for NASDAQ'],
    [162, 'Historical Market Data Service error message:HMDS query returned no data'],
    [354, 'Requested market data is not subscribed.'],
  ])('is not made of other texts: %i "%s"', async (errorCode, errorString) => {
    const { paper, told } = await watched();
    const stream = createMarket(paper.session).tickByTick(stock, 'Last');
    await settle();
    paper.say('error', { reqId: errorCode === 1100 ? -1 : idOf(paper), errorCode, errorString });
    expect(told).toEqual([]);
    stream.close();
    paper.session.close();
  });
});
