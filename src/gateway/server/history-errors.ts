// Refusals of historical requests: what the world cannot give, and the pacing rules.
import { WorldError, type WorldErrorCode } from '../world/errors.js';
import type { Instrument } from '../world/instrument.js';
import type { Client } from './client.js';
import type { Gateway } from './state.js';

export const PACING = 'Historical Market Data Service error message:Historical data request pacing violation';

export const DISCONNECTED =
  'Historical Market Data Service error message:HMDS server disconnect occurred.  Attempting reconnection...';

export const TIMED_OUT = 'Historical Market Data Service error message:Request Timed Out';

const INVALID: ReadonlySet<WorldErrorCode> = new Set([
  'badDuration',
  'badBarSize',
  'badWhatToShow',
  'badPeriod',
  'badTickRequest',
]);

/** Answers a request that failed; anything but an error of the world goes on. */
export function refuseHistory(error: unknown, client: Client, reqId: number, instrument: Instrument): void {
  if (!(error instanceof WorldError)) throw error;
  if (error.code === 'unknownContract') client.error(reqId, 200, 'No security definition has been found for the request');
  else if (instrument.secType === 'CRYPTO' && error.code === 'noSuchData' && error.message.includes('TRADES'))
    client.error(reqId, 10299, 'Expected what to show is AGGTRADES, please use that instead of TRADES.');
  else if (INVALID.has(error.code) || error.code === 'durationTooLong')
    client.error(reqId, 321, `Error validating request.-'bQ' : cause - ${error.message}`);
  else
    client.error(reqId, 162, `Historical Market Data Service error message:No market data permissions or data: ${error.message}`);
}

/** Counts a request of small bars, real-time bars or a head timestamp; true when it breaks a rule. Bid and ask count twice. */
export function breaksPacing(gateway: Gateway, identity: string, instrument: Instrument, whatToShow: string): boolean {
  const weight = whatToShow === 'BID_ASK' ? 2 : 1;
  const series = `${instrument.conId} ${instrument.exchange} ${whatToShow}`;
  return gateway.history.breaks(identity, series, weight, gateway.clock.now());
}
