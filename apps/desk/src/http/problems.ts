// Every error that can reach a caller, as a problem. What nobody knows is a 500 without details.

import { UnsupportedError, WebError, WebRefusal } from '@ibwire/web';
import {
  AdmissionError,
  AmbiguousContractError,
  ClosedError,
  ConnectError,
  GatewayError,
  InputError,
  JournalError,
  OrderStateError,
  ReadOnlyError,
  RuleError,
  TimeoutError,
  TooOldError,
  UnknownContractError,
} from 'ibwire';
import { shownFinding } from '../orders/preview.js';
import { Problem } from '../problem.js';
import { shownContract } from '../session/contract.js';

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InputError) return new Problem(400, 'input', 'The request cannot be read', error.message);
  if (error instanceof AmbiguousContractError)
    return new Problem(422, 'ambiguous', 'Several instruments fit', error.message, {
      remedy: 'Name the conId of one of the candidates, or say more: primaryExchange, currency, tradingClass.',
      extra: { candidates: error.candidates.slice(0, 20).map(shownContract) },
    });
  if (error instanceof UnknownContractError)
    return new Problem(404, 'unknown-contract', 'No such instrument', error.message, {
      remedy: 'Look for it with contracts.search.',
    });
  if (error instanceof RuleError) {
    const findings = error.findings.map(shownFinding);
    const first = findings.find(({ severity }) => severity === 'reject');
    return new Problem(422, 'refused', 'The order is rejected', first?.message ?? error.message, {
      findings,
      remedy: first?.remedy,
    });
  }
  if (error instanceof ReadOnlyError) return new Problem(403, 'read-only', 'Reading only', error.message);
  if (error instanceof OrderStateError)
    return new Problem(409, 'order-state', 'Not as the order stands', error.message, { remedy: error.remedy });
  if (error instanceof AdmissionError)
    return new Problem(429, 'budget', `The gateway's budget ${error.budget} is spent`, error.message, {
      remedy: 'Come back later, or ask for less.',
      retryAfter: Math.max(1, Math.ceil((error.waitMs ?? 5_000) / 1000)),
      extra: { rule: error.budget },
    });
  if (error instanceof GatewayError)
    return new Problem(502, 'gateway', error.meaning, error.message, { remedy: error.remedy, extra: { code: error.errorCode } });
  if (error instanceof TimeoutError)
    return new Problem(504, 'timeout', 'No answer in time', error.message, {
      remedy: 'An order may live all the same: look at it.',
    });
  if (error instanceof ConnectError)
    return new Problem(502, 'connect', 'No connection to the gateway', error.message, {
      remedy: error.hint,
      extra: { phase: error.phase },
    });
  if (error instanceof ClosedError)
    return new Problem(503, 'closed', 'The session is not there', error.message, { retryAfter: 2 });
  if (error instanceof JournalError) return new Problem(503, 'log', 'The order log fails', error.message);
  if (error instanceof UnsupportedError)
    return new Problem(501, 'unsupported', 'The Web API has no such thing', error.message, {
      remedy: 'Connect the desk to TWS or IB Gateway for it.',
      extra: { capability: error.call },
    });
  if (error instanceof WebRefusal)
    return new Problem(502, 'gateway', 'The broker refuses it', error.message, { extra: { why: error.why } });
  if (error instanceof WebError) return new Problem(502, 'connect', 'No answer of the Web API', error.message);
  if (error instanceof TooOldError) return new Problem(501, 'too-old', 'The gateway is too old for this', error.message);
  return new Problem(500, 'internal', 'Something failed', 'an error that nobody expected', {}, { cause: error });
}

/** Account numbers stay out of texts that go into logs of others; the body may name them, to whoever may read it. */
export function problemBody(problem: Problem, requestId: string, path: string): Record<string, unknown> {
  const { remedy, findings, retryAfter, extra } = problem.more;
  return {
    type: `urn:ibwire:desk:${problem.slug}`,
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    instance: path,
    requestId,
    ...(remedy === undefined ? {} : { remedy }),
    ...(findings === undefined ? {} : { findings }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...extra,
  };
}
