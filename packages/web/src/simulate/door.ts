// What handlers of the simulated web gateway share: the world behind them, the session of the user name, and how answers are made.

import type { OrderSummary, SimulatedGateway } from 'ibwire/gateway';
import type { EndpointName } from '../endpoints/list.js';
import type { WebFaults } from './faults.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An order as it was sent. */
export type Ticket = Readonly<Record<string, unknown>>;

/** A question that was asked and not answered. */
export interface PendingReply {
  readonly replyId: string;
  readonly account: string;
  readonly tickets: readonly Ticket[];
  /** Ids still to be asked about, the open one first. */
  readonly messageIds: readonly string[];
  /** The order it changes; undefined for a new one. */
  readonly changes: OrderSummary | undefined;
}

/** The session of the one user name. */
export interface DoorSession {
  /** A person has logged in. */
  outer: boolean;
  /** ssodh/init was answered well. */
  brokerage: boolean;
  /** Another login holds the brokerage session. */
  competing: boolean;
  accountsAsked: boolean;
  portfolioAsked: boolean;
  /** What was read before in this session: the first reads are empty. */
  readonly seen: Set<string>;
  readonly suppressed: Set<string>;
  /** The one question that is open: any other submission makes it stale. */
  pending: PendingReply | undefined;
  /** The one order that waits for the answer to a prompt. */
  prompted: { readonly orderId: string; readonly reqId: string; readonly of: PendingReply } | undefined;
  /** Answers about portfolios that are kept. */
  readonly kept: Map<string, Answer>;
  /** Stale questions, which get 503. */
  readonly stale: Set<string>;
}

export interface Door {
  readonly gateway: SimulatedGateway;
  readonly faults: WebFaults;
  readonly session: DoorSession;
  /** Own references of the last day: a second order with one is refused. */
  readonly references: Map<string, string>;
  /** As whom it trades at the engine. */
  readonly clientId: number;
  now(): number;
  /** Counts from 1. */
  next(): number;
}

export interface Asked {
  readonly name: EndpointName;
  /** Values of the path, in their order. */
  readonly values: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export type Handler = (door: Door, asked: Asked) => Answer | 'lost';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
export const json = (value: unknown, status = 200): Answer => ({ status, headers: JSON_TYPE, body: JSON.stringify(value) });
export const error = (text: string, status: number): Answer => json({ error: text, statusCode: status }, status);
/** Refused with 200, as orders are. */
export const refused = (text: string): Answer => json({ error: text });
export const text = (body: string, status: number): Answer => ({ status, headers: { 'content-type': 'text/plain' }, body });
export const empty = (status: number): Answer => ({ status, headers: {}, body: '' });
export const html404: Answer = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>Resource not found</h1></body></html>',
};

/** True the first time in a session. */
export function isFirst({ session, faults }: Door, what: string): boolean {
  const isNew = !session.seen.has(what);
  session.seen.add(what);
  return isNew && faults.emptyFirstRead;
}
