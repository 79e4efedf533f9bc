// What an error says about trying again.

import { AdmissionError, ClosedError, GatewayError, TimeoutError } from '../wire/errors.js';

export function isPacing(error: unknown): boolean {
  return error instanceof GatewayError && error.refusal === 'pacing';
}

/** Lost connections, pacing, silence and the server's own trouble pass; wrong requests and missing rights do not. */
export function isRepeatable(error: unknown): boolean {
  if (error instanceof ClosedError || error instanceof TimeoutError) return true;
  if (error instanceof AdmissionError) return error.waitMs !== undefined;
  if (!(error instanceof GatewayError)) return false;
  return error.refusal === 'pacing' || error.refusal === 'server' || error.refusal === 'cancelled';
}
