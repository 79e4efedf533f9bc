// What a session tells: its states, its events, its notices.

import { oneOf } from '../../input/checks.js';
import type { Unknown } from '../../protocol/decode.js';
import type { DecodeError } from '../../protocol/errors.js';
import type { OutgoingKind } from '../../protocol/registry.js';
import type { Gap } from '../core.js';
import type { Verdict } from '../notices/verdict.js';
import type { UnusableError } from '../wire/errors.js';

/**
 * Where a session stands. A union: switch over `at`. `degraded`: the gateway is there and has lost the broker. Epoch
 * milliseconds.
 */
export type SessionState =
  | { readonly at: 'idle' }
  | { readonly at: 'connecting'; readonly attempt: number; readonly port: number }
  | { readonly at: 'ready'; readonly since: number; readonly epoch: number }
  /** Connected to the gateway, which has lost the broker. */
  | { readonly at: 'degraded'; readonly since: number; readonly epoch: number; readonly cause: string }
  | { readonly at: 'reconnecting'; readonly attempt: number; readonly inMs: number; readonly cause: Error }
  | { readonly at: 'closed'; readonly cause: Error | undefined };

/** Why nothing can be sent, as a text for people. */
export function whyNotConnected(state: SessionState): string {
  switch (state.at) {
    case 'closed':
      return 'the session is closed';
    case 'reconnecting':
      return `not connected, the next attempt comes in ${state.inMs} ms (${state.cause.message})`;
    default:
      return `not connected (${state.at})`;
  }
}

/** An error or notice of the gateway that no call took for its own, or that concerns the session. */
export interface SessionNotice {
  /** The gateway's number; 0 in a notice of the library itself. */
  readonly code: number;
  readonly text: string;
  readonly id: number | undefined;
  readonly verdict: Verdict;
  readonly at: number;
}

/** What of one kind of message was not understood since the session began. */
export interface Oddity {
  readonly kind: string;
  /** Messages that could not be read. */
  readonly unreadable: number;
  /** Fields that no table knows. */
  readonly leftOver: number;
  /** The newest message that could not be read, as text; undefined when every one could. */
  readonly last: string | undefined;
}

/**
 * What a session tells, by the name that `ib.on` takes. Listeners run in the turn of the message; what one throws is told as
 * `thrown`.
 */
export interface SessionEvents {
  state: [state: SessionState];
  /** A connection is ready; `epoch` counts them from 1. */
  ready: [info: { readonly epoch: number; readonly serverVersion: number; readonly accounts: readonly string[] }];
  /** `expected`: it happens in a known maintenance window. */
  degraded: [info: { readonly cause: string; readonly expected: boolean }];
  restored: [info: { readonly withData: boolean }];
  /** The link was gone or its data lost. */
  gap: [gap: Gap];
  /** A stream stays silent although it was asked again. */
  stale: [stream: { readonly asked: OutgoingKind; readonly since: number; readonly expected: boolean }];
  notice: [notice: SessionNotice];
  /**
   * Another login of the user has taken the session or its data; `code` says from what it is known: 10197 (streams are silent), 1100 whose
   * text says so (the broker is gone), 10189 or 162 (one request was refused). Texts are read in English.
   */
  competing: [notice: SessionNotice];
  /** 2148: an account is short of margin, and the broker may liquidate its positions without further notice. */
  alarm: [notice: SessionNotice];
  /** Order ids that we handed out and that the gateway has forgotten: those orders never arrived. */
  neverArrived: [orderIds: readonly number[]];
  /** A message that could not be read, that is of a kind nobody knows, or whose values make no sense where they are needed. */
  unreadable: [what: DecodeError | Unknown | UnusableError];
  /** Fields that no table knows, as newer servers add them: told once for each kind, counted in `health.oddities`. */
  leftOver: [what: { readonly kind: string; readonly fields: number }];
  /** A listener of the user threw. */
  thrown: [error: unknown];
  closed: [cause: Error | undefined];
}

const names: Readonly<Record<keyof SessionEvents, true>> = {
  state: true,
  ready: true,
  degraded: true,
  restored: true,
  gap: true,
  stale: true,
  notice: true,
  competing: true,
  alarm: true,
  neverArrived: true,
  unreadable: true,
  leftOver: true,
  thrown: true,
  closed: true,
};

/** The name of an event: one that nobody emits would be listened to for ever. */
export const sessionEvent = oneOf(...Object.keys(names));
