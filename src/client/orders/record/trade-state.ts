// The states of an order, and how they follow from what is known of it. Pure: the same facts, in any order heard, one state.

import type Big from 'big.js';
import type { Keyed } from '../../../input/keyed.js';
import type { Finding } from '../../../rules/finding.js';
import type { Fill } from './fills.js';
import type { StatusClass } from './status.js';

/** Why an order ended otherwise than filled. */
export interface EndReason {
  /** The gateway's code; undefined when it gave none. */
  readonly code: number | undefined;
  /** Its words, account numbers hidden; empty when it gave none. */
  readonly text: string;
  readonly by: 'user' | 'gateway' | 'client' | 'unknown';
  /** JSON of the refusal (server 166 and up). */
  readonly advancedOrderRejectJson: string | undefined;
  /** What the judgement found, where it refused an order that had waited. */
  readonly findings?: readonly Finding[];
}

export function endReason(by: EndReason['by'], text: string, more: Partial<EndReason> = {}): EndReason {
  return { code: undefined, text, by, advancedOrderRejectJson: undefined, ...more };
}

/** How an order ended, with everything that was executed. */
export interface TradeEnd {
  /** How it ended. A cancelled order may be filled in part: see `filled`. */
  readonly at: 'filled' | 'cancelled' | 'rejected';
  /** Who ended it and with which words; undefined for one that was filled. */
  readonly reason: EndReason | undefined;
  /** What was executed, 0 when nothing was. */
  readonly filled: Big;
  /** What was cancelled or refused; undefined for an order without a quantity. */
  readonly remaining: Big | undefined;
  /** Of all fills; undefined when there are none. */
  readonly averagePrice: Big | undefined;
  /** Every execution as last corrected. */
  readonly fills: readonly Fill[];
  /** By currency; `isReported` says whether reports of all fills have come. */
  readonly commissions: Keyed<string, Big>;
  /** By currency, as the reports of commissions tell it. */
  readonly realizedPnl: Keyed<string, Big>;
  /** Whether the commissions of all fills are in `commissions`. */
  readonly isReported: boolean;
}

/** Why nothing is certain about an order. */
export type Doubt =
  /** The link broke while it lived. */
  | 'disconnected'
  /** A notice that is not known to leave it alone. */
  | 'notice'
  /** The gateway counts more as filled than executions have shown. */
  | 'fillsMissing'
  /** Messages contradict each other. */
  | 'contradiction'
  /** The gateway no more lists it, and nothing says how it ended. */
  | 'vanished';

/** Where an order stands. A union: switch over `at`. `unclear` says what is in doubt; only an end is final. */
export type TradeState =
  /** Waiting for its turn; nothing has left. */
  | { readonly at: 'waiting' }
  /** On the wire; nobody has acknowledged it. */
  | { readonly at: 'sent' }
  /** Held by TWS, untransmitted or on its way. */
  | { readonly at: 'pending' }
  /** With the broker, not at the venue. */
  | { readonly at: 'accepted' }
  | { readonly at: 'working' }
  | { readonly at: 'cancelling' }
  /** Not working; may come back. */
  | { readonly at: 'inactive' }
  /** Counts as live until open orders and executions have been asked for. */
  | { readonly at: 'unclear'; readonly why: Doubt }
  | { readonly at: 'filled' }
  | { readonly at: 'cancelled' }
  | { readonly at: 'rejected' };

/** What the state of an order rests on. */
export interface LifeFacts {
  /** Undefined: an order sized by money, or one of which only executions are known. */
  readonly total: Big | undefined;
  readonly filled: Big;
  readonly isSent: boolean;
  /** Meaning of the last status that counts; undefined before the first. */
  readonly status: StatusClass | undefined;
  /** Largest quantity that a status or a completed order called filled. */
  readonly claimed: Big | undefined;
  readonly isRejected: boolean;
  /** A cancelled status, a 202 or a completed order said so. */
  readonly isOver: boolean;
  readonly isCancelAsked: boolean;
  readonly doubt: Doubt | undefined;
}

/** The state that follows. Only executions make an order filled; a cancel counts when all that was filled before it is here. */
export function stateOf(facts: LifeFacts): TradeState {
  const { total, filled, status, claimed } = facts;
  if (total?.gt(0) === true && filled.gte(total)) return { at: 'filled' };
  const isMissing = claimed?.gt(filled) === true;
  if (status === 'filled' && !isMissing && filled.gt(0)) return { at: 'filled' };
  if (facts.isRejected) return { at: 'rejected' };
  if (facts.isOver || status === 'over') return isMissing ? { at: 'unclear', why: 'fillsMissing' } : { at: 'cancelled' };
  if (status === 'filled') return { at: 'unclear', why: 'fillsMissing' };
  if (facts.doubt !== undefined) return { at: 'unclear', why: facts.doubt };
  if (facts.isCancelAsked || status === 'cancelling') return { at: 'cancelling' };
  if (!facts.isSent && status === undefined) return { at: 'waiting' };
  switch (status) {
    case undefined:
      return { at: 'sent' };
    case 'held':
    case 'unknown':
      return { at: 'pending' };
    case 'accepted':
      return { at: 'accepted' };
    case 'working':
      return { at: 'working' };
    case 'idle':
      return { at: 'inactive' };
    default:
      return unreachable(status);
  }
}

/** Whether nothing more is expected of an order. */
export function isEnd(state: TradeState): boolean {
  return state.at === 'filled' || state.at === 'cancelled' || state.at === 'rejected';
}

function unreachable(status: never): never {
  throw new TypeError(`no such status: ${String(status)}`);
}
