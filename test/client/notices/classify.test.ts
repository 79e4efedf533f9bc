// What notices mean for their owners: the session, requests and streams, by recorded texts.

import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/client/notices/classify.js';
import type { NoticeTarget, Verdict } from '../../../src/client/notices/verdict.js';

const request = (asked: string, cancelled = false): NoticeTarget => ({ is: 'request', asked, cancelled });
const order = (asked: 'place' | 'modify' | 'cancel', working: boolean | undefined): NoticeTarget => ({
  is: 'order',
  asked,
  working,
});
const nobody: NoticeTarget = { is: 'nobody' };
const verdict = (code: number, text: string, target: NoticeTarget): Verdict => classify({ code, text }, target);
const failed = (refusal: string, teaches?: string) => ({ means: 'requestFailed', refusal, teaches });

const history = 'Historical Market Data Service error message:';

describe('a notice about the session', () => {
  it('tells the state of the link, whoever the id belongs to', () => {
    expect(verdict(1100, 'Connectivity between IB and TWS has been lost.', nobody)).toEqual({
      means: 'link',
      now: 'lost',
      competing: false,
    });
    expect(verdict(2110, 'Connectivity between Trader Workstation and server is broken.', nobody)).toMatchObject({ now: 'lost' });
    expect(verdict(1101, '', request('reqMktData'))).toMatchObject({ means: 'link', now: 'backWithoutData' });
    expect(verdict(1102, '', order('place', true))).toMatchObject({ means: 'link', now: 'backWithData' });
  });

  it('knows a competing session by its code, and by the text of 1100', () => {
    expect(verdict(10197, 'No market data during competing live session', request('reqMktData'))).toEqual({
      means: 'competingSession',
    });
    expect(verdict(1100, 'Connectivity has been lost: competing session', nobody)).toMatchObject({ competing: true });
  });

  it('reads the new port, and none where there is none', () => {
    const text = 'TWS socket port has been reset and this connection is being dropped. Please reconnect on the new port - 7498';
    expect(verdict(1300, text, nobody)).toEqual({ means: 'portMoved', port: 7498 });
    expect(verdict(1300, '端口已更改 4002', nobody)).toEqual({ means: 'portMoved', port: 4002 });
    expect(verdict(1300, 'Port changed.', nobody)).toEqual({ means: 'portMoved', port: undefined });
    expect(verdict(1300, 'Port changed to 70000', nobody)).toEqual({ means: 'portMoved', port: undefined });
  });

  it('rate, client id, unreadable requests, library numbers', () => {
    expect(verdict(100, 'Max rate of messages per second has been exceeded', nobody)).toEqual({ means: 'rate', now: 'exceeded' });
    expect(verdict(0, 'Warning: Approaching max rate of 50 messages per second (48)', nobody)).toEqual({
      means: 'rate',
      now: 'approaching',
    });
    expect(verdict(0, 'Etwas anderes', nobody)).toEqual({ means: 'notice', level: 'warning' });
    expect(verdict(326, 'Unable to connect as the client id is already in use.', nobody)).toEqual({ means: 'clientIdInUse' });
    expect(verdict(320, 'Error reading request:Message type -1.', nobody)).toEqual({ means: 'unreadable' });
    expect(verdict(507, '', nobody)).toEqual({ means: 'local' });
  });
});

describe('a notice about a request', () => {
  it('162 is read by its text: pacing, no data, no permission, cancelled', () => {
    const bars = request('reqHistoricalData');
    expect(verdict(162, `${history}Historical data request pacing violation`, bars)).toEqual(failed('pacing', 'history'));
    expect(verdict(162, `${history}HMDS query returned no data: AAPL@SMART Trades`, bars)).toEqual({ means: 'requestEmpty' });
    expect(verdict(162, `${history}No market data permissions for ISLAND STK`, bars)).toEqual(failed('permission'));
    expect(verdict(162, `${history}No data of type EODChart is available for the exchange`, bars)).toEqual(failed('notOffered'));
    expect(verdict(162, `${history}API historical data query cancelled: 5`, bars)).toEqual(failed('cancelled'));
  });

  it('162 in another language fails with the real text, and is never an empty answer', () => {
    expect(verdict(162, 'Mensaje de error del servicio de datos: sin datos', request('reqHistoricalData'))).toEqual(
      failed('other'),
    );
  });

  it('after our own cancel 162, 300, 310, 365 and 366 are echoes in any language', () => {
    for (const code of [162, 300, 310, 365, 366]) {
      expect(verdict(code, 'abgebrochen', request('reqHistoricalData', true))).toEqual({ means: 'requestEcho' });
    }
    expect(verdict(162, `${history}API scanner subscription cancelled: 1`, request('reqScannerSubscription', true))).toEqual({
      means: 'requestEcho',
    });
  });

  it('366 that nobody caused by a cancel means that there is no such data', () => {
    expect(verdict(366, 'No historical data query found for ticker id:1', request('reqHistoricalData'))).toEqual(
      failed('notOffered'),
    );
  });

  it.each([
    'Historical Market Data Service query message:HMDS server disconnect occurred.  Attempting reconnection...',
    'Historical Market Data Service query message:HMDS server connection was successful.',
  ])('165 that tells of the reconnection of the history service ends no query: %s', (text) => {
    expect(verdict(165, text, request('reqHistoricalData'))).toEqual({ means: 'notice', level: 'warning' });
  });

  it('165 keeps a scanner open and ends a historical query', () => {
    const text = 'Historical Market Data Service query message:no items retrieved';
    expect(verdict(165, text, request('reqScannerSubscription'))).toEqual({ means: 'stream', effect: 'emptyBatch', kinds: [] });
    expect(verdict(165, '...', request('reqScannerSubscription'))).toEqual({ means: 'notice', level: 'warning' });
    expect(verdict(165, '...', request('reqHistoricalData'))).toEqual(failed('other'));
  });

  it('200 tells unknown from ambiguous where the text does', () => {
    const contracts = request('reqContractDetails');
    expect(verdict(200, 'No security definition has been found for the request', contracts)).toEqual(failed('noDefinition'));
    expect(verdict(200, 'The contract description specified for AAPL is ambiguous', contracts)).toEqual(failed('ambiguous'));
  });

  it('321 in read-only mode is told from other invalid requests', () => {
    const text = "Error validating request.-'as' : cause - The API interface is currently in Read-Only mode.";
    expect(verdict(321, text, nobody)).toEqual({ means: 'unaddressedRefusal', refusal: 'readOnly', kinds: [] });
    expect(
      verdict(321, "Error validating request.-'bQ' : cause - Please enter a valid security type", request('reqMktData')),
    ).toEqual(failed('invalid'));
  });

  it('322 counts against account summaries by what was asked, not by its words', () => {
    expect(
      verdict(322, 'Error processing request. Maximum number of account summary requests exceeded', request('reqAccountSummary')),
    ).toEqual(failed('limit', 'accountSummaries'));
    expect(verdict(322, 'Fehler bei der Verarbeitung', request('reqAccountSummary'))).toEqual(
      failed('server', 'accountSummaries'),
    );
    expect(verdict(322, 'Error processing request:-Duplicate ticker id', request('reqAccountSummary'))).toEqual(
      failed('duplicateId'),
    );
    expect(verdict(322, 'Unknown market rule', request('reqMarketRule'))).toEqual(failed('invalid'));
  });

  it('a spent budget is named for admission', () => {
    expect(verdict(101, 'Max number of tickers has been reached', request('reqMktData'))).toEqual(failed('limit', 'lines'));
    expect(verdict(309, '', request('reqMktDepth'))).toEqual(failed('limit', 'depth'));
    expect(verdict(10190, '', request('reqTickByTickData'))).toEqual(failed('limit', 'tickByTick'));
    expect(verdict(420, 'Invalid Real-time Query:Historical data request pacing violation', request('reqRealTimeBars'))).toEqual(
      failed('pacing', 'smallBars'),
    );
    expect(verdict(420, 'Invalid Real-time Query:No market data permissions for ISLAND STK', request('reqRealTimeBars'))).toEqual(
      failed('permission'),
    );
  });

  it('advisories leave a quote running and end what cannot run without the data', () => {
    const text = 'Requested market data requires additional subscription for API. Delayed market data is available.';
    expect(verdict(10089, text, request('reqMktData'))).toEqual({ means: 'notice', level: 'advisory' });
    expect(verdict(10089, text, request('reqTickByTickData'))).toEqual(failed('permission'));
    expect(verdict(10167, 'Displaying delayed market data.', request('reqMktData'))).toEqual({
      means: 'notice',
      level: 'advisory',
    });
    expect(verdict(2188, '', request('reqHistoricalData'))).toEqual({ means: 'notice', level: 'advisory' });
  });

  it('streams are reset, asked again, or cancelled first', () => {
    expect(verdict(317, '', request('reqMktDepth'))).toMatchObject({ means: 'stream', effect: 'reset' });
    expect(verdict(316, '', request('reqMktDepth'))).toMatchObject({ effect: 'askAgain' });
    expect(verdict(10225, '', request('reqRealTimeBars'))).toMatchObject({ effect: 'cancelThenAskAgain' });
    expect(verdict(10182, '', request('reqHistoricalData'))).toMatchObject({ effect: 'askAgain' });
    expect(verdict(2100, 'API client has been unsubscribed from account data.', nobody)).toEqual({
      means: 'stream',
      effect: 'ended',
      kinds: ['reqAccountUpdates'],
    });
  });

  it('an unknown code fails the request; without an id it is a warning', () => {
    expect(verdict(10999, 'Something new', request('reqMktData'))).toEqual(failed('other'));
    expect(verdict(10999, 'Something new', nobody)).toEqual({ means: 'notice', level: 'warning' });
    expect(verdict(200, 'late', { is: 'gone' })).toEqual({ means: 'notice', level: 'warning' });
  });

  it('a request that the gateway could not read has failed', () => {
    expect(verdict(320, 'Error reading request', request('reqMktData'))).toEqual(failed('unreadable'));
  });
});
