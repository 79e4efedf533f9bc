// Why a request was refused is read once, when the error comes: what is asked again hangs on it.

import { describe, expect, it } from 'vitest';
import { isPacing, isRepeatable } from '../../../src/client/conversation/refusals.js';
import { createHistory } from '../../../src/client/history/facade.js';
import { AdmissionError, ClosedError, GatewayError, TimeoutError } from '../../../src/client/wire/errors.js';
import { asked } from '../../helpers/asked.js';
import { paperSession } from '../session/paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

async function refusedWith(errorCode: number, errorString: string): Promise<GatewayError> {
  const paper = await paperSession();
  const answer = createHistory(paper.session).headTimestamp(stock, { show: 'TRADES' });
  const { reqId } = await asked(paper, 'reqHeadTimestamp');
  paper.say('error', { reqId, errorCode, errorString });
  const error: unknown = await answer.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof GatewayError)) throw error;
  return error;
}

describe('a request that was refused', () => {
  it.each([
    [162, 'Historical Market Data Service error message:Historical data request pacing violation', 'pacing', true],
    [162, 'Historical Market Data Service error message:No market data permissions for ISLAND STK', 'permission', false],
    [162, 'Historical Market Data Service error message:HMDS query returned no data: AAPL@SMART Trades', 'noData', false],
    [162, 'Historical Market Data Service error message:API historical data query cancelled: 3', 'cancelled', true],
    [200, 'No security definition has been found for the request', 'noDefinition', false],
    [320, 'Error reading request', 'unreadable', false],
    [99_999, 'in no table', 'other', false],
  ])('%i %s: %s', async (code, text, refusal, isAskedAgain) => {
    const error = await refusedWith(code, text);
    expect([error.errorCode, error.refusal]).toEqual([code, refusal]);
    expect([isPacing(error), isRepeatable(error)]).toEqual([refusal === 'pacing', isAskedAgain]);
  });
});

describe('what is asked again', () => {
  it('is what passes by itself', () => {
    expect(isRepeatable(new ClosedError('gone'))).toBe(true);
    expect(isRepeatable(new TimeoutError('reqHistoricalData', 10))).toBe(true);
    expect(isRepeatable(new AdmissionError('reqHistoricalData', { budget: 'history', because: 'spent', waitMs: 5 }))).toBe(true);
    expect(isRepeatable(new AdmissionError('reqHistoricalData', { budget: 'lines', because: 'spent' }))).toBe(false);
    expect(isRepeatable(new TypeError('no'))).toBe(false);
  });

  it('is no refusal that nobody has read: the code alone says too little', () => {
    const error = new GatewayError({ errorCode: 162, text: 'pacing violation', id: 1, asked: 'reqHistoricalData' });
    expect([error.refusal, isRepeatable(error)]).toEqual([undefined, false]);
  });
});
