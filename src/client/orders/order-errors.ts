// The errors of the order path: nothing was sent, or it is said what may live.

import type { Finding } from '../../rules/finding.js';
import { ClientError, TimeoutError } from '../wire/errors.js';
import type { TradeEnd } from './record/trade-state.js';
import type { ReportedOrder } from './record/trade-types.js';

/** Guards of programs may word their messages without a full stop. */
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text};`);

/** Nothing was sent: guards or account rules refuse the order. */
export class RuleError extends ClientError {
  declare readonly code: 'RULE';
  /** Every finding, warnings included. */
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const reasons = findings.filter((finding) => finding.severity === 'reject');
    super(
      'RULE',
      `order not sent: ${reasons.map(({ code, message, remedy }) => `${code}: ${sentence(message)} ${remedy}`).join(' | ')}`,
    );
    this.findings = findings;
  }
}

/** Nothing was sent: the order is in no state for it. `remedy` says what can be done. */
export class OrderStateError extends ClientError {
  declare readonly code: 'ORDER_STATE';
  readonly remedy: string;

  constructor(problem: string, remedy: string) {
    super('ORDER_STATE', `not sent: ${problem}; ${remedy}`);
    this.remedy = remedy;
  }
}

/**
 * Nobody has answered a change in time, and open orders that were asked for since show that it was not made: venues refuse changes
 * without a word. The order works on; `reported` are its terms as they were listed.
 */
export class NotChangedError extends TimeoutError {
  declare readonly code: 'NOT_CHANGED';
  readonly reported: ReportedOrder;

  constructor(afterMs: number, reported: ReportedOrder) {
    super('modify', afterMs, { code: 'NOT_CHANGED', hint: 'Open orders, asked for since, show the old terms: it was refused.' });
    this.reported = reported;
  }
}

/** The order ended otherwise than filled; `end` says how, with what was executed. */
export class NotFilledError extends ClientError {
  declare readonly code: 'NOT_FILLED';
  readonly end: TradeEnd;

  constructor(end: TradeEnd) {
    const why = end.reason?.text === undefined || end.reason.text === '' ? '' : `: ${end.reason.text}`;
    super('NOT_FILLED', `the order was ${end.at} after ${end.filled.toFixed()} were executed${why}`);
    this.end = end;
  }
}

/** The order ended before the broker acknowledged it; `end` says how. */
export class NotAcceptedError extends ClientError {
  declare readonly code: 'NOT_ACCEPTED';
  readonly end: TradeEnd;

  constructor(end: TradeEnd) {
    const why = end.reason?.text === undefined || end.reason.text === '' ? '' : `: ${end.reason.text}`;
    super('NOT_ACCEPTED', `the order was ${end.at} before the broker acknowledged it${why}`);
    this.end = end;
  }
}
