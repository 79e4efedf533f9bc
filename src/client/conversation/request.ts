// What a request is before anybody has answered: whether its answers repeat its id, and what its refusal becomes.

import { tableOfKind } from '../../protocol/encode.js';
import type { OutgoingKind } from '../../protocol/registry.js';
import type { Verdict } from '../notices/verdict.js';
import { GatewayError } from '../wire/errors.js';
import type { ErrorMessage } from './party.js';

/** True when the request carries an id that its answers repeat. */
export function hasReqId(kind: OutgoingKind): boolean {
  return tableOfKind('outgoing', kind).key === 'reqId';
}

/** The refusal of a request, with what the verdict on it says. */
export function gatewayError(error: ErrorMessage, asked: string, verdict: Verdict): GatewayError {
  return new GatewayError({
    errorCode: error.errorCode ?? 0,
    text: error.errorString ?? '',
    id: error.reqId,
    asked,
    refusal: 'refusal' in verdict ? verdict.refusal : verdict.means === 'requestEmpty' ? 'noData' : undefined,
    ...(error.advancedOrderRejectJson === undefined ? {} : { advancedOrderRejectJson: error.advancedOrderRejectJson }),
    ...(error.errorTime === undefined ? {} : { errorTime: error.errorTime }),
  });
}
