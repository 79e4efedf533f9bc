// What an error says about trying again.

import { classify } from '../notices/classify.js';
import type { Refusal } from '../notices/row.js';
import { AdmissionError, ClosedError, GatewayError, TimeoutError } from '../wire/errors.js';

/** Why the gateway refused, as far as code and text tell; undefined for errors that are not the gateway's. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof GatewayError)) return undefined;
  const notice = { code: error.errorCode, text: error.text };
  const verdict = classify(notice, { is: 'request', asked: error.asked ?? '', cancelled: false });
  return verdict.means === 'requestFailed' ? verdict.refusal : undefined;
}

export function isPacing(error: unknown): boolean {
  return refusalOf(error) === 'pacing';
}

/** Lost connections, pacing, silence and the server's own trouble pass; wrong requests and missing rights do not. */
export function isRepeatable(error: unknown): boolean {
  if (error instanceof ClosedError || error instanceof TimeoutError) return true;
  if (error instanceof AdmissionError) return error.waitMs !== undefined;
  const refusal = refusalOf(error);
  return refusal === 'pacing' || refusal === 'server' || refusal === 'cancelled';
}
